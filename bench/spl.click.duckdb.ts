/** Page side of "click to rows" with DuckDB: its worker, its WebAssembly, the events as a table, one query. */
import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';

const COMMA = 44;
const NEWLINE = 10;

export async function click(events: string, query: string): Promise<{ cold: number; rows: number }> {
  const started = performance.now();
  const database = new AsyncDuckDB(new VoidLogger(), new Worker('/duckdb-worker.js'));
  await database.instantiate('/duckdb.wasm');
  const connection = await database.connect();
  const cold = performance.now() - started;
  const lines = new Uint8Array(await (await fetch(events)).arrayBuffer());
  // `read_json` is an extension that DuckDB fetches from its own servers; the built-in reader takes one JSON array.
  await database.registerFileBuffer('events.json', jsonArray(lines));
  await connection.insertJSONFromPath('events.json', { name: 'events' });
  const answer = await connection.query(query);
  return { cold, rows: answer.numRows };
}

function jsonArray(lines: Uint8Array): Uint8Array {
  const array = new Uint8Array(lines.length + 1);
  array[0] = 0x5b;
  array.set(lines, 1);
  for (let at = 1; at < lines.length; at += 1) if (array[at] === NEWLINE) array[at] = COMMA;
  // The last line's own end becomes the bracket.
  array[lines.length] = 0x5d;
  return array;
}
