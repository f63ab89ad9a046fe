/**
 * Made-up logs of every kind that published detections read, written by hand after the formats' own documentation: each
 * is read whole, told by its content, keeps the source type and source that a test states, and makes the detections
 * fire that its case names.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../content/compile.ts';
import type { Catalog } from '../../content/model.ts';
import { readAll } from '../../events/read/read.ts';
import { type RuleEnvironment, runTest, type Sample } from '../../tester/index.ts';
import { environmentFrom, environmentSpec } from './task.ts';

const FOLDER = fileURLToPath(new URL('kinds', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

/** One log: what it is, how a test states it, and what follows from it. */
interface Kind {
  kind: string;
  /** As a detection's test states them. */
  sourcetype: string;
  source: string;
  /** Source type that the content alone tells; the stated one where left out. */
  recognised?: string;
  /** Events in the log. */
  events: number;
  /** The log's text is there so often, `#N` in it being the number from 01. */
  times?: number;
  /** Line ends of the file. */
  lineEnd?: '\r\n';
  /** Detections that must fire, by contentctl's criteria. */
  fires?: string[];
  /** Logs of the same test, for detections that need more than one kind. */
  beside?: Pick<Kind, 'sourcetype' | 'source' | 'log'>[];
  /** Fields of the first event that the add-on gives. */
  fields?: Record<string, string | string[]>;
  log: string;
}

const files = readdirSync(FOLDER).sort();
const kindsIn = (file: string): Kind[] => parse(readFileSync(join(FOLDER, file), 'utf8')) as Kind[];

function bytesOf({ log, times = 1, lineEnd }: Pick<Kind, 'log' | 'times' | 'lineEnd'>): Uint8Array {
  const text = Array.from({ length: times }, (_, at) =>
    log.replaceAll('#N', String(at + 1).padStart(2, '0')),
  ).join('');
  return new TextEncoder().encode(lineEnd === undefined ? text : text.replaceAll('\n', lineEnd));
}

async function sampleOf(
  kind: Pick<Kind, 'log' | 'times' | 'lineEnd' | 'sourcetype' | 'source'>,
): Promise<Sample> {
  const { sourcetype, source } = kind;
  const { records, summary } = await readAll(bytesOf(kind), { sourcetype, source });
  const data = { data: 'made-up.log', sourcetype, source };
  return { data, records, sha256: '', skipped: summary.counts.skipped };
}

describe.each(files)('%s', (file) => {
  const kinds = kindsIn(file);

  it.each(kinds)('$kind: no event is lost, and the content tells what it is', async (kind) => {
    const { records, summary } = await readAll(bytesOf(kind));
    expect(summary.skipped).toEqual([]);
    expect(records).toHaveLength(kind.events);
    const { sourcetype, recognised = sourcetype } = kind;
    expect([...new Set(records.map((record) => record.sourcetype))]).toEqual([recognised]);
    expect(records.filter(({ time }) => time === null).map(({ raw }) => raw)).toEqual([]);
  });

  it.each(kinds)('$kind: the stated source type and source hold', async (kind) => {
    const { sourcetype, source } = kind;
    const { records } = await readAll(bytesOf(kind), { sourcetype, source });
    expect(new Set(records.map((record) => record.sourcetype))).toEqual(new Set([sourcetype]));
    if (sourcetype !== 'stash')
      expect(new Set(records.map((record) => record.source))).toEqual(new Set([source]));
    const wanted = kind.fields ?? {};
    const first = records[0]!.fields;
    expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, first.get(name)]))).toEqual(wanted);
  });
});

/** Newer content first: where a detection is in several folders, the older one is asked. */
const ROOTS = ['security_content', 'security_content_g2', 'security_content_g2_late', 'security_content_g3'];
const absent = existsSync(CORPUS) ? '' : ' (skipped: no ../shared beside the checkout)';

describe.skipIf(absent !== '')(`published detections over made-up logs${absent}`, () => {
  const contents: { catalog: Catalog; environment: RuleEnvironment }[] = [];

  beforeAll(async () => {
    for (const root of ROOTS.map((name) => join(CORPUS, name))) {
      const catalog = await compile([root]);
      contents.push({ catalog, environment: environmentFrom(environmentSpec(catalog, [root])) });
    }
  }, 240_000);

  const cases = files.flatMap((file) =>
    kindsIn(file).flatMap((kind) => (kind.fires ?? []).map((name) => [file, name, kind] as const)),
  );

  it.each(cases)('%s: %s', async (_file, name, kind) => {
    const samples = await Promise.all([kind, ...(kind.beside ?? [])].map(sampleOf));
    const found = contents.flatMap(({ catalog, environment }) =>
      catalog.detections
        .filter((detection) => detection.name === name)
        .map((detection) => ({ detection, environment, catalog })),
    );
    expect(found.length, name).toBeGreaterThan(0);
    for (const { detection, environment, catalog } of found) {
      const test = { name: 'made up', kind: 'unit' as const, data: samples.map(({ data }) => data) };
      const { evidence } = runTest(detection, test, samples, environment);
      const path = `${catalog.roots[0]?.label}/${detection.source.path}`;
      expect([path, evidence.status, evidence.code]).toEqual([path, 'passing', undefined]);
    }
  });
});
