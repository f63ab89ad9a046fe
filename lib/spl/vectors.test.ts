import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type InputRow, type LookupDefinition, prepare, run } from './index.ts';

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
  lookups?: Record<
    string,
    InputRow[] | { rows: InputRow[]; match_type?: string; case_sensitive_match?: boolean }
  >;
}

/** What differs, and why. A vector that comes right has to leave the list. */
const DEVIATIONS: ReadonlyMap<string, string> = new Map([
  ['pth10-cmd-024', 'an approximate median; the documentation interpolates'],
  ['dbx-17', '`return` gives search text, as the documentation shows, not rows'],
  ['dbx-33', '`fields` keeps `_raw`, which differs from row to row, so no rows combine'],
  ['dbx-34', '`fields` keeps `_raw`, which differs from row to row, so no rows combine'],
  ['dbx-41', '`rmunit` is a function of `convert`, not of `eval`'],
  ['dbx-42', '`rmcomma` is a function of `convert`, not of `eval`'],
  ['dbx-43', 'numbers print without `.0`; units are cut off, not multiplied out'],
  ['dbx-44', '`ctime` leaves a value alone that is not a time in seconds'],
  ['dbx-45', '`ctime` leaves a value alone that is not a time in seconds'],
  ['dbx-46', 'numbers print without exponent'],
  ['dbx-47', 'numbers print without exponent'],
  ['dbx-48', '`strftime` takes a time in seconds, not a date as text'],
  ['dbx-49', 'numbers print without `.0`'],
]);

const LEAST: Readonly<Record<string, number>> = {
  gold: 1,
  'gold-query': 0.98,
  docs: 0.98,
  derived: 0.98,
  impl: 0.9,
};

function vectors(): Vector[] {
  return readFileSync(`${folder}spl.ndjson`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector)
    .filter((vector) => vector.kind === 'stats' || vector.kind === 'command');
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

function outcome(vector: Vector): string | undefined {
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

describe.skipIf(!here)('command and stats vectors (skipped without ../shared/vectors)', () => {
  const groups = new Map<string, Vector[]>();
  for (const vector of here ? vectors() : []) {
    if (vector.assert === false) continue;
    groups.set(vector.confidence, [...(groups.get(vector.confidence) ?? []), vector]);
  }
  for (const [confidence, members] of groups) {
    it(`${confidence}: ${members.length} vectors`, () => {
      const failed = new Map<string, string>();
      for (const vector of members) {
        const difference = outcome(vector);
        if (difference !== undefined) failed.set(vector.id, `${vector.query}: ${difference}`);
      }
      expect([...failed].filter(([id]) => !DEVIATIONS.has(id))).toEqual([]);
      expect(members.map(({ id }) => id).filter((id) => DEVIATIONS.has(id) && !failed.has(id))).toEqual([]);
      const least = LEAST[confidence] ?? 0;
      expect(members.length - failed.size).toBeGreaterThanOrEqual(least * members.length);
    });
  }
});
