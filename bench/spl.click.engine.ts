/** Worker side of "click to rows": fetches the events as they come, loads and searches them. */
import { loadFor, prepare, run } from '../lib/spl/core.ts';
import { NdjsonLoader } from '../lib/spl/run/columns/ndjson.ts';

self.onmessage = async ({ data }: MessageEvent<{ events: string; search: string }>) => {
  const loader = new NdjsonLoader();
  const reader = (await fetch(data.events)).body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) loader.push(part.value);
  const prepared = prepare(data.search);
  await loadFor(prepared);
  self.postMessage(run(prepared, { events: loader.finish() }, { now: 0 }).rows.length);
};
