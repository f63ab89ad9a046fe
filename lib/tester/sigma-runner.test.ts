import { describe, expect, it } from 'vitest';
import { plainRecord } from '../events/plain-record.ts';
import { environmentOf } from './environment.ts';
import { sigmaRunner } from './sigma-runner.ts';

const environment = environmentOf({ macros: [], lookups: [] }, () => undefined);
const events = [
  { Image: 'C:\\x\\a.exe', EventID: '1', Channel: 'Microsoft-Windows-Sysmon/Operational' },
  { Image: 'C:\\x\\b.exe', EventID: '1', Channel: 'Microsoft-Windows-Sysmon/Operational' },
  { Image: 'C:\\x\\a.exe', EventID: '7', Channel: 'Microsoft-Windows-Sysmon/Operational' },
].map((row, number) => plainRecord(row, {}, number));

function run(search: string) {
  return sigmaRunner.run({ name: 'r', language: 'sigma', search }, events, environment);
}

const rule = (condition: string) =>
  `title: T\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s:\n    Image|endswith: \\a.exe\n  condition: ${condition}\n`;

describe('Sigma rules', () => {
  it('give a row for each event that matches, with its fields', () => {
    const { rows, eventsOf, matched, error } = run(rule('s'));
    expect(error).toBeUndefined();
    expect(rows).toMatchObject([{ Image: 'C:\\x\\a.exe', EventID: '1', host: 'localhost' }]);
    expect(eventsOf(0)).toEqual([0]);
    expect(matched()).toEqual([0]);
  });

  it('may be selections without a rule around them, of any log source', () => {
    const { rows, error } = run(
      'one:\n  Image|endswith: b.exe\ntwo:\n  EventID: 1\ncondition: one and two\n',
    );
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(1);
  });

  it('say why they cannot be matched', () => {
    expect(run(rule('s | count() by Image > 3')).error?.code).toBe('sigma-counting');
    expect(
      run('title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1h, condition: {gte: 2}}\n').error
        ?.code,
    ).toBe('sigma-counting');
    expect(run('selection: {a: b}\n').error?.message).toBeTruthy();
    expect(run('').error?.message).toBeTruthy();
    expect(run(rule('nothing')).error?.code).toMatch(/^sigma-/);
  });
});
