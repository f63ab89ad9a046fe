/** The worker of the tester: reads events and runs rules, away from the page. */
import { TesterSession } from '../../lib/tester/session/session.ts';
import { serve } from '../../lib/tester/worker/serve.ts';
import { base, port } from './worker-port.ts';

serve(port, base, (fetch) => new TesterSession(fetch));
