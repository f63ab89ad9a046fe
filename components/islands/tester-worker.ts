/** The worker of the tester: reads events and runs rules, away from the page. */
import type { FromWorker, ToWorker } from '../../lib/tester/worker/protocol.ts';
import { serve } from '../../lib/tester/worker/serve.ts';

const scope = self as unknown as {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<ToWorker>) => void): void;
  location: Location;
};

// The site may lie below a path; assets lie at its top.
const base = new URL(scope.location.href).pathname.replace(/\/assets\/[^/]*$/, '');

serve(
  {
    post: (message) => scope.postMessage(message),
    listen: (receive) => scope.addEventListener('message', ({ data }) => receive(data)),
  },
  base,
);
