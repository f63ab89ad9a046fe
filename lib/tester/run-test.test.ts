import { describe, expect, it } from 'vitest';
import type { DeclaredTest, Detection } from '../content/model.ts';
import { plainRecord } from '../events/plain-record.ts';
import { runTest, type Sample } from './run-test.ts';
import { detectionEvidence, summarise } from './status.ts';
import { environmentOf } from './whole-environment.ts';

const environment = environmentOf({ macros: [], lookups: [] }, () => undefined);
const data = { data: 'samples/a.ndjson' };
const sample: Sample = {
  data,
  records: [
    { user: 'ann', n: '1' },
    { user: 'bob', n: '2' },
  ].map((row, at) => plainRecord(row, {}, at)),
  sha256: 'ab',
  skipped: 0,
};
const test: DeclaredTest = { name: 'True positive', kind: 'unit', data: [data] };

function detection(search: string, language: Detection['language'] = 'spl') {
  return {
    name: 'D',
    language,
    search,
    risk: {
      message: '$user$ was seen',
      entities: [{ field: 'user', type: 'user', score: 10, primary: false }],
      threatObjects: [],
    },
  };
}

function statusOf(
  search: string,
  samples: Sample[] = [sample],
  declared = test,
  language?: Detection['language'],
) {
  const { evidence } = runTest(detection(search, language), declared, samples, environment, () => 0);
  return [evidence.status, evidence.code];
}

describe('runTest', () => {
  it('keeps what was found as evidence', () => {
    const { evidence } = runTest(
      detection('n=2 | table user'),
      { ...test, expectedResults: 1 },
      [sample],
      environment,
      () => 0,
    );
    expect(evidence).toEqual({
      name: 'True positive',
      expected: 1,
      datasets: [{ data: 'samples/a.ndjson', sha256: 'ab', events: 2 }],
      status: 'passing',
      results: 1,
      firstMatch: { data: 'samples/a.ndjson', number: 1, raw: 'user="bob" n="2"' },
      messages: ['bob was seen'],
      milliseconds: 0,
    });
  });

  it('finds the first event among several data sets', () => {
    const other: Sample = { ...sample, data: { data: 'samples/b.ndjson' } };
    const { evidence } = runTest(
      detection('n=2 | tail 1'),
      test,
      [{ ...sample, records: sample.records.slice(0, 1) }, other],
      environment,
    );
    expect(evidence.firstMatch).toMatchObject({ data: 'samples/b.ndjson', number: 1 });
  });

  it('tells failing, error, impossible, untested and declared apart', () => {
    expect(statusOf('n=3')).toEqual(['failing', 'no-results']);
    expect(statusOf('n=1 | eval user="null"')).toEqual(['failing', 'risk-field-missing']);
    expect(statusOf('n=1 | where (')[0]).toBe('error');
    expect(statusOf('n=1 | apply some_model')).toEqual(['impossible', 'model-missing']);
    const missing: Sample = { data, missing: { code: 'not-fetched', reason: 'r' } };
    expect(statusOf('n=1', [missing])).toEqual(['untested', 'not-fetched']);
    expect(statusOf('n=1 | apply some_model', [missing])).toEqual(['impossible', 'model-missing']);
    expect(statusOf('n=1', [])).toEqual(['untested', 'no-sample']);
    expect(statusOf('n=1', [{ ...sample, records: [] }])).toEqual(['error', 'sample-empty']);
    expect(statusOf('n=1', [sample], { ...test, kind: 'manual' })).toEqual(['declared', 'manual']);
  });

  it('a status of several tests is the one that wants attention', () => {
    const of = (...statuses: ('passing' | 'failing' | 'untested' | 'declared')[]) =>
      detectionEvidence(
        'd',
        statuses.map((status) => ({ name: '', status, datasets: [], messages: [] })),
      ).status;
    expect(of('passing', 'passing')).toBe('passing');
    expect(of('passing', 'failing', 'untested')).toBe('failing');
    expect(of('passing', 'untested')).toBe('untested');
    expect(of('passing', 'declared')).toBe('passing');
    expect(of('declared')).toBe('declared');
    expect(summarise([detectionEvidence('d', [])]).untested).toBe(1);
  });
});
