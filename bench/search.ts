/**
 * Search in headless Chromium beside other engines on the same documents and queries: bytes a reader loads, time to the
 * first results of a page with nothing cached, time of a keystroke, memory, and whether the right answer is found.
 * `npm run bench:search [-- [--limit SECONDS] ENGINE...]`. The machine is shared: compare rows of one run, not runs.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../lib/content/compile.ts';
import { readGuides } from '../lib/content/read/guides.ts';
import { documentsOf, type SearchDocument } from '../lib/search/documents.ts';
import { enlarged } from './search.documents.ts';
import type { Figures } from './search.engine.ts';
import { ENGINES, type Engine } from './search.payloads.ts';
import { figuresOf } from './search.process.ts';
import { say } from './spl.say.ts';

const PROJECT = join(import.meta.dirname, '..');
const CORPUS = join(PROJECT, '..', 'shared', 'corpus');
/** Seconds that an engine has for one set of documents, from making its index to its last answer. */
const LIMIT = '900';

const { values, positionals } = parseArgs({
  options: { limit: { type: 'string', default: LIMIT } },
  allowPositionals: true,
});
const engines = ENGINES.filter((engine) => positionals.length === 0 || positionals.includes(engine));

if (!existsSync(join(CORPUS, 'security_content'))) {
  say('No public repositories lie at ../shared/corpus; there is nothing to measure with.');
  process.exit(0);
}
const small = await read(['security_content']);
const large = await read(['security_content', 'sigma']);
const sets: [label: string, documents: SearchDocument[]][] = [
  [`security_content: ${count(small)}`, small],
  [`with Sigma: ${count(large)}`, large],
  ['10,000 documents, the last of them copies', enlarged(large, 10_000)],
];
const folder = mkdtempSync(join(tmpdir(), 'sightline-bench-search-'));
try {
  for (const [at, [label, documents]] of sets.entries()) {
    const file = join(folder, `${at}.json`);
    writeFileSync(file, JSON.stringify(documents));
    say(`\n${label}`);
    say('engine      first KB   all KB  cold ms  key p50  key p95   keys  heap MB');
    const measured: [Engine, Figures][] = [];
    for (const engine of engines) {
      // The right answers are known for the first set; in copies of it others are as right.
      const figures = await figuresOf(engine, file, at === 0, Number(values.limit));
      if (typeof figures === 'string') say(`${engine.padEnd(11)} ${figures}`);
      else {
        say(rowOf(engine, figures));
        measured.push([engine, figures]);
      }
    }
    if (at === 0) sayQuality(measured);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function read(folders: string[]): Promise<SearchDocument[]> {
  return documentsOf(await compile(folders.map((folder) => join(CORPUS, folder))), readGuides(PROJECT));
}

function count(documents: SearchDocument[]): string {
  const detections = documents.filter(({ kind }) => kind === 'detection').length;
  return `${detections.toLocaleString('en')} detections, ${documents.length.toLocaleString('en')} documents`;
}

function rowOf(engine: Engine, { first, all, parts, cold, keys, heap, thrown }: Figures): string {
  const split = Object.entries(parts).map(([part, size]) => `${part} ${kb(size)}`);
  return [
    engine.padEnd(11),
    kb(first).padStart(8),
    kb(all).padStart(8),
    cold.toFixed(0).padStart(8),
    keys.p50.toFixed(1).padStart(8),
    keys.p95.toFixed(1).padStart(8),
    String(keys.count).padStart(6),
    (heap / 1e6).toFixed(1).padStart(8),
    engine === 'sightline' ? ` (${split.join(', ')})` : '',
    thrown > 0 ? ` threw on ${thrown} queries` : '',
  ].join(' ');
}

function kb(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

/** Of each class of query the share with a right answer among the first ten, and the mean reciprocal rank. */
function sayQuality(measured: readonly [Engine, Figures][]): void {
  const [[, first] = []] = measured;
  if (!first?.quality) return;
  say('\nhit in the first ten / mean reciprocal rank');
  say(`${'class'.padEnd(14)}${measured.map(([engine]) => engine.padStart(13)).join('')}`);
  for (const name of Object.keys(first.quality)) {
    const cells = measured.map(([, { quality }]) => {
      const { hit, reciprocal } = quality![name]!;
      return `${hit.toFixed(2)} / ${reciprocal.toFixed(2)}`.padStart(13);
    });
    say(name.padEnd(14) + cells.join(''));
  }
  const asked = measured.map(([, { quality }]) =>
    Object.values(quality!).reduce((sum, { queries }) => sum + queries, 0),
  );
  say(`${'queries'.padEnd(14)}${asked.map((all) => String(all).padStart(13)).join('')}`);
}
