import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from './spl.say.ts';

const QUERIES = {
  and: `SELECT count(*) FROM events WHERE lower(process_name) = 'msiexec.exe' AND process ILIKE '%http://%'`,
  wildcard: `SELECT count(*) FROM events WHERE process ILIKE '%http://%'`,
  stats: 'SELECT count(*) FROM (SELECT dest, process_name, count(*) FROM events GROUP BY dest, process_name)',
} as const;

/** The same questions to DuckDB, from the same bytes: load, then best of fifteen. Says when it is not installed. */
export async function duckDb(
  chunks: readonly Uint8Array[],
  count: number,
  expected: Record<keyof typeof QUERIES, number>,
): Promise<void> {
  let DuckDBInstance: typeof import('@duckdb/node-api').DuckDBInstance;
  try {
    ({ DuckDBInstance } = await import('@duckdb/node-api'));
  } catch {
    say('DuckDB is not installed; left out');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'events.ndjson');
  const handle = openSync(file, 'w');
  for (const chunk of chunks) writeSync(handle, chunk);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // One thread, as the engine in a browser worker has.
  await connection.run('SET threads = 1');
  const started = performance.now();
  await connection.run(
    `CREATE TABLE events AS SELECT * FROM read_json_auto('${file}', format='newline_delimited')`,
  );
  const load = performance.now() - started;
  say(`DuckDB load ${load.toFixed(0)} ms (one thread)`);
  for (const [name, sql] of Object.entries(QUERIES)) {
    let least = Infinity;
    let rows = 0;
    for (let i = 0; i < 15; i += 1) {
      const from = performance.now();
      const reader = await connection.runAndReadAll(sql);
      least = Math.min(least, performance.now() - from);
      rows = Number(reader.getRows()[0]?.[0]);
    }
    const same = rows === expected[name as keyof typeof QUERIES];
    say(
      `DuckDB ${name.padEnd(10)} ${least.toFixed(2).padStart(9)} ms  ${(count / 1000 / least).toFixed(1)} M events/s  ${same ? 'same rows' : `${rows} rows instead of ${expected[name as keyof typeof QUERIES]}`}`,
    );
  }
  connection.closeSync();
  rmSync(folder, { recursive: true });
}
