import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/** No port was free among those tried. */
export class PortError extends Error {}

const TRIES = 20;

/**
 * Serves a finished site as a static host would: `404.html` for what is not there. Listens on the loopback address
 * only. A taken port gives way to the next one, unless it is 0 (any).
 */
export async function serveSite(
  out: string,
  basePath: string,
  wanted: number,
): Promise<{ server: Server; port: number }> {
  const notFound = readFileSync(join(out, '404.html'));
  const files = sirv(out, { dev: false, dotfiles: false, etag: true });
  const server = createServer((request, response) => {
    const missing = () => {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(notFound);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const path = request.url ?? '/';
    if (basePath && path !== basePath && !path.startsWith(`${basePath}/`)) {
      if (path === '/') response.writeHead(302, { location: `${basePath}/` }).end();
      else missing();
      return;
    }
    request.url = path.slice(basePath.length) || '/';
    files(request, response, missing);
  });
  for (let port = wanted; port < wanted + TRIES; port += 1) {
    if (await listens(server, port)) {
      const address = server.address();
      return { server, port: typeof address === 'object' && address ? address.port : port };
    }
  }
  throw new PortError(`Ports ${wanted} to ${wanted + TRIES - 1} are all taken; name a free one with --port.`);
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
