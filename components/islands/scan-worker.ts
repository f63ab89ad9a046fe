/** The worker of a scan: reads logs and runs every rule over them, away from the page. */
import { ScanSession } from '../../lib/tester/scan/session.ts';
import { serve } from '../../lib/tester/worker/serve.ts';
import { base, port } from './worker-port.ts';

serve(port, base, ScanSession);
