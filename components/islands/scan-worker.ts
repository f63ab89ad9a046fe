/** The worker of a scan: reads logs and runs every rule over them, away from the page. */
import { ScanSession } from '../../lib/tester/scan/session.ts';
import { WorkerClient } from '../../lib/tester/worker/client.ts';
import { serve } from '../../lib/tester/worker/serve.ts';
import { base, port } from './worker-port.ts';

serve(
  port,
  base,
  (fetch) => new ScanSession(fetch, (prepare) => new WorkerClient(self.location.href, prepare)),
);
