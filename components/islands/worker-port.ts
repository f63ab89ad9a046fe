import type { FromWorker, ToWorker } from '../../lib/tester/worker/protocol.ts';
import type { Port } from '../../lib/tester/worker/serve.ts';

const scope = self as unknown as {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<ToWorker>) => void): void;
  location: Location;
};

/** The page that a worker answers. */
export const port: Port = {
  post: (message) => scope.postMessage(message),
  listen: (receive) => scope.addEventListener('message', ({ data }) => receive(data)),
};

/** Path that the site lies below; assets lie at its top. */
export const base = new URL(scope.location.href).pathname.replace(/\/assets\/[^/]*$/, '');
