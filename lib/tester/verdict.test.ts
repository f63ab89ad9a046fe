import { describe, expect, it } from 'vitest';
import type { Risk } from '../content/model.ts';
import { judge } from './verdict.ts';

const risk: Risk = {
  entities: [
    { field: 'dest', type: 'system', score: 40, primary: false },
    { field: 'user', type: 'user', score: 40, primary: false },
  ],
  threatObjects: [
    { field: 'process', type: 'process' },
    { field: 'url', type: 'url' },
  ],
};
const full = { dest: 'h', user: 'u', process: 'p', url: 'x' };

function codeOf(...parameters: Parameters<typeof judge>): string {
  const verdict = judge(...parameters);
  return verdict.passed ? 'passed' : verdict.code;
}

describe('judge', () => {
  it('wants at least one row, with or without risk', () => {
    expect(codeOf([], risk, undefined)).toBe('no-results');
    expect(codeOf([], undefined, undefined)).toBe('no-results');
    expect(codeOf([{ count: 1 }], undefined, undefined)).toBe('passed');
  });

  it('wants every risk field in every row that it looks at, and takes the text null for nothing', () => {
    expect(codeOf([full], risk, undefined)).toBe('passed');
    expect(codeOf([{ ...full, user: 'null' }], risk, undefined)).toBe('risk-field-missing');
    const { dest: _dest, ...without } = full;
    expect(codeOf([without], risk, undefined)).toBe('risk-field-missing');
    expect(codeOf([{ ...full, url: 'null' }, without], risk, undefined)).toBe('risk-field-missing');
  });

  it('looks no further than the first row that has everything', () => {
    expect(codeOf([full, { ...full, user: 'null' }], risk, undefined)).toBe('passed');
  });

  it('wants each threat field in some row', () => {
    const onlyProcess = { ...full, url: 'null' };
    const onlyUrl = { ...full, process: 'null' };
    expect(codeOf([onlyProcess], risk, undefined)).toBe('threat-field-missing');
    expect(codeOf([onlyProcess, onlyUrl], risk, undefined)).toBe('passed');
    const verdict = judge([onlyProcess], risk, undefined);
    expect(verdict).toMatchObject({ reason: 'No row has a value for the threat object `url`' });
  });

  it('an exact number of results counts first, and zero asks for nothing else', () => {
    expect(codeOf([], risk, 0)).toBe('passed');
    expect(codeOf([full], risk, 0)).toBe('unexpected-results');
    expect(codeOf([full], risk, 2)).toBe('result-count');
    expect(codeOf([], risk, 2)).toBe('no-results');
    expect(codeOf([full, full], risk, 2)).toBe('passed');
    expect(codeOf([{ dest: 'h' }], risk, 1)).toBe('risk-field-missing');
  });

  it('an empty text and a multivalue are values; names of object members are not fields', () => {
    expect(codeOf([{ ...full, user: '', url: ['a', 'null'] }], risk, undefined)).toBe('passed');
    const odd: Risk = {
      entities: [{ field: 'toString', type: 'user', score: 1, primary: false }],
      threatObjects: [],
    };
    expect(codeOf([full], odd, undefined)).toBe('risk-field-missing');
  });
});
