import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseConf } from '../events/extract/props/conf.ts';
import { indexTime } from '../events/extract/props/index-time.ts';
import { searchTime } from '../events/extract/props/search-time.ts';
import { settingsFor } from '../events/extract/props/settings.ts';
import { propsEnvironment } from '../tester/props-environment.ts';
import { type InputRow, type LookupDefinition, prepare, run } from './index.ts';
import { DEVIATIONS } from './vectors.deviations.ts';
import { type EvalVector, evalDifference } from './vectors.eval.ts';

/** Recorded behaviour of Splunk and of other readers of the language, one JSON object per line. */
const folder = fileURLToPath(new URL('../../../shared/vectors/', import.meta.url));
const here = existsSync(`${folder}spl.ndjson`);

interface Vector {
  id: string;
  kind: string;
  confidence: string;
  query: string;
  input: InputRow[] | { dataset: string };
  expected: Record<string, unknown>[];
  ordered?: boolean;
  tolerance?: number;
  tz?: string;
  assert?: boolean;
  accept?: unknown;
  extraProps?: { stanza: string; body: string }[];
  props?: string;
  transforms?: string;
  input_raw?: string;
  lookups?: Record<
    string,
    InputRow[] | { rows: InputRow[]; match_type?: string; case_sensitive_match?: boolean }
  >;
}

const LEAST: Readonly<Record<string, number>> = {
  gold: 1,
  'gold-query': 0.98,
  docs: 0.98,
  derived: 0.98,
  impl: 0.9,
};

function vectors(): Vector[] {
  return (
    readFileSync(`${folder}spl.ndjson`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Vector)
      // Texts that another reader refuses say nothing about this one.
      .filter(({ assert, kind, expected }) => assert !== false && (kind !== 'parse' || !refused(expected)))
  );
}

function refused(expected: unknown): boolean {
  return (expected as { parse: boolean | null }).parse === null;
}

function lookupsOf(vector: Vector): LookupDefinition[] {
  return Object.entries(vector.lookups ?? {}).map(([name, lookup]) =>
    Array.isArray(lookup)
      ? { name, rows: lookup }
      : {
          name,
          rows: lookup.rows,
          ...(lookup.match_type === undefined ? {} : { matchType: lookup.match_type }),
          ...(lookup.case_sensitive_match === undefined
            ? {}
            : { caseSensitive: lookup.case_sensitive_match }),
        },
  );
}

/** The rows of a vector that names a data set are the events of that index. */
function events(): InputRow[] {
  const sets = JSON.parse(readFileSync(`${folder}databricks.json`, 'utf8')) as Record<string, InputRow[]>;
  return Object.entries(sets).flatMap(([name, rows]) =>
    rows.map((row) => ({ ...row, index: name.replace(/^databricks_/, '') })),
  );
}

function canonical(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : value.map(String);
  return typeof value === 'object' ? value : String(value);
}

function cellMatches(actual: unknown, expected: unknown, tolerance: number | undefined): boolean {
  const want = canonical(expected);
  const got = canonical(actual);
  if (want !== null && typeof want === 'object' && !Array.isArray(want)) {
    return String(got).startsWith((want as { $prefix: string }).$prefix);
  }
  if (tolerance !== undefined && Math.abs(Number(got) - Number(want)) <= tolerance) return true;
  return JSON.stringify(got) === JSON.stringify(want);
}

function rowMatches(actual: InputRow, expected: InputRow, tolerance: number | undefined): boolean {
  return Object.entries(expected).every(([name, value]) => cellMatches(actual[name], value, tolerance));
}

function sameRows(actual: InputRow[], vector: Vector): boolean {
  const { expected, tolerance } = vector;
  if (actual.length !== expected.length) return false;
  if (vector.ordered && vector.accept === undefined) {
    return expected.every((row, at) => rowMatches(actual[at]!, row, tolerance));
  }
  const left = [...actual];
  return expected.every((row) => {
    const at = left.findIndex((candidate) => rowMatches(candidate, row, tolerance));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** How a vector of each kind differs from what is recorded; undefined where it agrees. */
const DIFFERENCE: Readonly<Record<string, (vector: Vector) => string | undefined>> = {
  parse: ({ query }) =>
    prepare(query).diagnostics.find((diagnostic) => diagnostic.severity === 'error')?.message,
  eval: (vector) => evalDifference(vector as unknown as EvalVector),
  stats: rowsDifference,
  command: rowsDifference,
  props: propsDifference,
};

/** A source that a stanza of a vector is for: the one it names, or one that has what its pattern asks for. */
function inputOf(stanzas: readonly string[]): { source: string; host: string; sourcetype: string } {
  const named = (kind: string) =>
    stanzas
      .filter((name) => name.startsWith(kind))
      .map((name) => name.slice(kind.length).replaceAll('...', '/'))
      .join('');
  return { source: named('source::'), host: named('host::'), sourcetype: 'vector' };
}

/** Events, their times and their fields, as both kinds of settings give them. */
function propsDifference(vector: Vector): string | undefined {
  const { props, transforms = '', input_raw, expected, extraProps = [] } = vector;
  const extra = extraProps.map(({ stanza, body }) => `[${stanza}]\n${body}`).join('\n');
  const input = inputOf(extraProps.map(({ stanza }) => stanza));
  const settings = settingsFor(parseConf(`[vector]\n${props}\n${extra}`), input);
  const environment = propsEnvironment(1_700_000_000);
  const stanzas = parseConf(transforms);
  const indexing = indexTime(settings, stanzas, environment);
  const searching = searchTime(settings, stanzas, environment);
  const found = indexing.events(input_raw!, input).map(({ raw, time, fields }) => {
    // The captures leave out what Splunk adds to every event unless they ask for it.
    if (!settings.has('ANNOTATE_PUNCT')) fields.delete('punct');
    return {
      _raw: raw,
      _time: Math.round((time ?? 0) * 1000),
      fields: Object.fromEntries(searching.extract(raw, fields)),
    };
  });
  return isDeepStrictEqual(found, expected) ? undefined : JSON.stringify(found);
}

function rowsDifference(vector: Vector): string | undefined {
  const prepared = prepare(vector.query);
  const input = Array.isArray(vector.input) ? { rows: vector.input } : { rows: events() };
  const lookups = [
    ...lookupsOf(vector),
    { name: 'fake', rows: here ? events().filter((row) => row.index === 'fake') : [] },
  ];
  const result = run(prepared, input, { tz: vector.tz ?? 'UTC', lookups, now: 1_700_000_000 });
  if (result.error !== undefined) return `${result.error.code}: ${result.error.message}`;
  return sameRows(result.rows, vector) ? undefined : JSON.stringify(result.rows);
}

describe.skipIf(!here)('recorded behaviour (skipped without ../shared/vectors)', () => {
  const all = here ? vectors() : [];
  const failed = new Map<string, string>();
  for (const vector of all) {
    const difference = DIFFERENCE[vector.kind]!(vector);
    if (difference !== undefined) failed.set(vector.id, difference);
  }
  const rate = (members: readonly Vector[]) => {
    const right = members.filter(({ id }) => !failed.has(id)).length;
    return { right, of: members.length, share: right / members.length };
  };

  it('differs only where the table says why, and everywhere that it says so', () => {
    expect([...failed].filter(([id]) => DEVIATIONS[id] === undefined)).toEqual([]);
    expect(Object.keys(DEVIATIONS).filter((id) => !failed.has(id))).toEqual([]);
  });

  it('gives so many of each confidence and kind', () => {
    const rates: Record<string, string> = {};
    for (const { confidence, kind } of all) {
      const members = all.filter((other) => other.confidence === confidence && other.kind === kind);
      const { right, of } = rate(members);
      rates[`${confidence} ${kind}`] = `${right}/${of}`;
    }
    expect(rates).toMatchInlineSnapshot(`
      {
        "derived command": "47/47",
        "derived eval": "39/40",
        "derived stats": "13/13",
        "docs command": "24/24",
        "docs eval": "68/69",
        "docs stats": "5/5",
        "gold eval": "2/2",
        "gold props": "49/49",
        "gold-query eval": "56/56",
        "impl command": "12/12",
        "impl eval": "63/63",
        "impl parse": "483/484",
        "impl stats": "7/7",
        "impl-unverified command": "14/26",
        "impl-unverified eval": "44/59",
        "impl-unverified stats": "2/3",
      }
    `);
  });

  it.each(Object.entries(LEAST))('%s: at least %d', (confidence, least) => {
    const { of, share } = rate(all.filter((vector) => vector.confidence === confidence));
    expect(of).toBeGreaterThan(0);
    expect(share).toBeGreaterThanOrEqual(least);
  });
});
