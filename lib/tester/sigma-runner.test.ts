import { describe, expect, it } from 'vitest';
import { plainRecord } from '../events/plain-record.ts';
import { filesForOthers } from './sigma-alerts.ts';
import { sigmaRunner } from './sigma-runner.ts';
import { environmentOf } from './whole-environment.ts';

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
    expect(run(rule('s | near s')).error?.code).toBe('sigma-near');
    expect(
      run('title: T\ncorrelation: {type: event_count, rules: [a], timespan: 1h, condition: {gte: 2}}\n').error
        ?.code,
    ).toBe('sigma-rule-unknown');
    expect(run('selection: {a: b}\n').error?.message).toBeTruthy();
    expect(run('').error?.message).toBeTruthy();
    expect(run(rule('nothing')).error?.code).toMatch(/^sigma-/);
  });
});

describe('Sigma rules that count events', () => {
  const logs = [
    [0, 'a', 'x', 'h1'],
    [10, 'a', 'y', 'h1'],
    [20, 'b', 'x', 'h1'],
    [30, 'a', 'x', 'h1'],
    [500, 'a', 'x', 'h2'],
  ].map(([time, user, ip, host], at) =>
    plainRecord(
      { _time: String(time), user: String(user), ip: String(ip), kind: 'logon', host: String(host) },
      {},
      at,
    ),
  );
  const base =
    'title: B\nid: 11111111-1111-1111-1111-111111111111\nname: base\nlogsource: {product: x}\ndetection: {s: {kind: logon}, condition: s}\n';
  const correlation = (more: string) =>
    `title: C\nname: c\ncorrelation:\n  rules: [base]\n  group-by: [user]\n  timespan: 1m\n  ${more}\n`;
  const counted = (search: string, environmentOfOthers = environment) => {
    const { rows, error, eventsOf, matched, notes } = sigmaRunner.run(
      { name: 'r', language: 'sigma', search },
      logs,
      environmentOfOthers,
    );
    expect(error).toBeUndefined();
    return { rows, events: rows.map((_, row) => eventsOf(row)), matched: matched(), notes };
  };

  it('give a row each time they are met', () => {
    const found = counted(`${base}---\n${correlation('type: event_count\n  condition: {gte: 3}')}`);
    expect(found.rows).toEqual([
      expect.objectContaining({ _time: 30, user: 'a', host: 'h1', event_count: 3, events: 3, kind: 'logon' }),
    ]);
    expect(found.rows[0]).not.toHaveProperty('ip');
    expect(found.events).toEqual([[0, 1, 3]]);
    expect(found.matched).toEqual([0, 1, 2, 3, 4]);
  });

  it('alert beside their rules where `generate` says so', () => {
    const search = `${base}---\n${correlation('type: value_count\n  condition: {gte: 2, field: ip}\n  generate: true')}`;
    const { events } = counted(search);
    expect(events).toEqual([[0], [1], [2], [3], [4], [0, 1, 3]]);
  });

  it.each(['base', '11111111-1111-1111-1111-111111111111'])('find rules of other files by %s', (name) => {
    const search = correlation('type: event_count\n  condition: {gte: 3}').replace('[base]', `[${name}]`);
    const sigmaFiles = filesForOthers([
      { id: '11111111-1111-1111-1111-111111111111', language: 'sigma', search: base },
      { id: 'c', language: 'sigma', search },
      { id: 'other', language: 'sigma', search: base.replace(/base|1{4}/g, 'z') },
    ]);
    expect(sigmaFiles).toEqual([base]);
    expect(
      counted(
        search,
        environmentOf({ macros: [], lookups: [], sigmaFiles }, () => undefined),
      ).events,
    ).toEqual([[0, 1, 3]]);
  });

  const filter =
    'title: No admins\nlogsource: {product: x}\nfilter:\n  rules: [base]\n  s: {user: a}\n  condition: not s\n';
  it('are joined with filters of other files, which are named', () => {
    const sigmaFiles = filesForOthers([
      { id: 'a', language: 'sigma', search: filter },
      { id: 'b', language: 'sigma', search: base },
      { id: 'c', language: 'spl', search: 'filter: 1' },
    ]);
    expect(sigmaFiles).toEqual([filter]);
    const environment = environmentOf({ macros: [], lookups: [], sigmaFiles }, () => undefined);
    const { matched, notes } = counted(base, environment);
    expect(matched).toEqual([2]);
    expect(notes).toMatchObject([
      { code: 'sigma-filter-joined', severity: 'info', message: expect.stringContaining('“No admins”') },
    ]);
    const { notes: none } = counted(base.replace('name: base', 'name: c').replace(/1{4}/g, 'z'), environment);
    expect(none).toEqual([]);
    const { error } = sigmaRunner.run({ name: 'f', language: 'sigma', search: filter }, logs, environment);
    expect(error).toMatchObject({ code: 'sigma-filter' });
  });

  it('are joined once with a filter of their own file', () => {
    const search = `${base}---\n${filter}`;
    const environment = environmentOf({ macros: [], lookups: [], sigmaFiles: [filter] }, () => undefined);
    expect(counted(search, environment)).toMatchObject({ matched: [2], notes: [] });
  });

  const old = (condition: string, timeframe = '') =>
    `title: T\nlogsource: {product: x}\ndetection:\n  s: {kind: logon}\n${timeframe}  condition: ${condition}\n`;
  it.each([
    ['s | count() > 4', '', [[0, 1, 2, 3, 4]]],
    ['s | count() by user > 3', '', [[0, 1, 3, 4]]],
    ['s | count() by user > 3', '  timeframe: 1m\n', []],
    ['s | count(ip) by user >= 2', '  timeframe: 1m\n', [[0, 1, 3]]],
    ['s | max(_time) > 400', '', [[0, 1, 2, 3, 4]]],
    ['s | min(_time) > 400', '', []],
  ])('count as the old ones do: %s%s', (condition, timeframe, events) =>
    expect(counted(old(condition, timeframe)).events).toEqual(events),
  );

  it('say which events they cannot count', () => {
    const search = `${base}---\n${correlation('type: event_count\n  condition: {gte: 1}')}`;
    const timeless = [{ ...logs[0]!, time: null }];
    const { rows, notes } = sigmaRunner.run({ name: 'r', language: 'sigma', search }, timeless, environment);
    expect(rows).toEqual([]);
    expect(notes).toMatchObject([{ code: 'sigma-event-without-time' }]);
  });
});
