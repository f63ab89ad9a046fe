import { createReadStream, existsSync } from 'node:fs';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import type { Catalog } from '../../content/model.ts';
import { ASSETS } from '../build/assets.ts';
import type { Settings } from '../settings.ts';

/**
 * Stands before Next's development server and does what the finish of a build does: assets, redirects, downloads.
 * Everything else goes to Next, where a page's address is that of its file.
 */
export class Front {
  readonly server: Server;
  private readonly readers = new Set<ServerResponse>();
  private redirects = new Map<string, string>();
  private catalog: Catalog | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly nextPort: number,
  ) {
    const assets = sirv(ASSETS, { dev: true });
    this.server = createServer((request, response) => {
      const path = decodeURI((request.url ?? '/').split('?')[0]!).slice(settings.basePath.length) || '/';
      const redirect = this.redirects.get(path.endsWith('/') ? path : `${path}/`);
      if (path === '/events') this.subscribe(response);
      else if (path.startsWith('/assets/')) {
        request.url = path.slice('/assets'.length);
        assets(request, response, () => void response.writeHead(404).end());
      } else if (redirect) response.writeHead(302, { location: settings.basePath + redirect }).end();
      else if (path.endsWith('.csv')) this.download(path, response);
      else this.forward(request, response, path);
    });
  }

  /** Takes a new catalog and tells every open page to load itself again. */
  update(catalog: Catalog): void {
    this.catalog = catalog;
    this.redirects = new Map(catalog.redirects);
    this.reload();
  }

  reload(): void {
    for (const reader of this.readers) reader.write('data: reload\n\n');
  }

  private subscribe(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': ready\n\n');
    this.readers.add(response);
    response.on('close', () => this.readers.delete(response));
  }

  private download(path: string, response: ServerResponse): void {
    const lookup = this.catalog?.lookups.find((entry) => path === `/lookups/${entry.slug}/${entry.slug}.csv`);
    const root = lookup && this.settings.content[lookup.source.root];
    const file = root && lookup?.table ? join(root, lookup.table.path) : undefined;
    if (!file || !existsSync(file)) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }));
  }

  private forward(request: IncomingMessage, response: ServerResponse, path: string): void {
    const target = path.endsWith('/') ? `${path}index.html` : path;
    const upstream = httpRequest(
      {
        host: '127.0.0.1',
        port: this.nextPort,
        path: encodeURI(target),
        method: request.method,
        headers: request.headers,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on('error', (error) =>
      response.writeHead(502).end(`The page server does not answer: ${error.message}`),
    );
    request.pipe(upstream);
  }
}
