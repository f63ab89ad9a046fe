import { documentOf } from '../../_site/document.ts';
import { pages } from '../../_site/load.ts';

/**
 * Every document of the site, many to a file: one JSON line `[address, html]` per page, which the finish of a build
 * writes out as one file each.
 *
 * Next spends about 3.5 ms of CPU and three files on whatever it prerenders, be it a page component (plus 135 KB of
 * JavaScript that a document does not need) or a route handler. Our documents take 1.3 ms to draw, so they are drawn
 * in batches and Next's share is paid once per batch.
 */
export const dynamic = 'force-static';
export const dynamicParams = false;

/** A fixed number, so that listing the batches does not take reading the catalog. */
const SHARDS = 64;

interface Context {
  params: Promise<{ shard: string }>;
}

export function generateStaticParams(): { shard: string }[] {
  return Array.from({ length: SHARDS }, (_, index) => ({ shard: `${index}.ndjson` }));
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { shard } = await params;
  const all = [...pages()];
  const index = Number.parseInt(shard, 10);
  const batch = all.slice(
    Math.floor((index * all.length) / SHARDS),
    Math.floor(((index + 1) * all.length) / SHARDS),
  );
  let lines = '';
  for (const [address, draw] of batch) {
    lines += `${JSON.stringify([address, await documentOf(await draw())])}\n`;
  }
  return new Response(lines, { headers: { 'content-type': 'application/x-ndjson' } });
}
