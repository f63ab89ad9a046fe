import { describe, expect, it } from 'vitest';
import { EventDatabase } from '../cli/test/duckdb.ts';
import type { ConversionCheck, TestEvidence } from '../content/model.ts';
import { readAll } from '../events/read/read.ts';
import { checkConversions, checkWithMadeEvents, type OpenDatabase } from './check-conversions.ts';
import { conversionChecks, mergeChecks } from './conversion-checks.ts';
import { elsewhereIn } from './sigma-alerts.ts';

const text = (detection: string, logsource = '{product: windows, category: process_creation}') =>
  `title: A\nlogsource: ${logsource}\ndetection:\n${detection}\n  condition: sel\n`;

const security = (image: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4688</EventID><Channel>Security</Channel><Computer>a</Computer></System><EventData><Data Name='NewProcessName'>${image}</Data></EventData></Event>`;
const other =
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4624</EventID><Channel>Security</Channel><Computer>a</Computer></System><EventData><Data Name='NewProcessName'>C:\\a.exe</Data></EventData></Event>";

const events = async () =>
  (
    await readAll(
      new TextEncoder().encode([security('C:\\a.exe'), security("C:\\it's.exe"), other].join('\n')),
    )
  ).records;

describe('checkConversions', () => {
  it('compares over the events of the log source, under the names that the rule has for their fields', async () => {
    const checks = await checkConversions(
      text('  sel:\n    Image|endswith: \\A.EXE'),
      await events(),
      new EventDatabase().open,
    );
    expect(checks).toEqual([
      { backend: 'splunk', events: 2, selected: 1, same: true },
      { backend: 'duckdb', events: 2, selected: 1, same: true },
    ]);
  });

  it('says why a backend was not run', async () => {
    const keyword = text("  sel:\n    - it's");
    const [splunk, duckdb] = await checkConversions(keyword, await events(), new EventDatabase().open);
    expect(splunk).toEqual({ backend: 'splunk', events: 2, selected: 1, same: true });
    expect(duckdb?.same).toBeUndefined();
    expect(duckdb?.reason).toMatch(/field/i);
    const without = await checkConversions(keyword, await events(), async () => undefined);
    expect(without[1]).toMatchObject({ reason: expect.stringContaining('not installed') });
  });

  it('tells a difference, and in which direction', async () => {
    const wrong: OpenDatabase = async () => async () => [1];
    const [, duckdb] = await checkConversions(
      text('  sel:\n    Image|endswith: \\a.exe'),
      await events(),
      wrong,
    );
    expect(duckdb).toMatchObject({
      same: false,
      reason: 'it misses 1 of these events and selects 1 that the rule does not match',
    });
  });

  it('checks nothing where no event is of the log source or the rule cannot be matched', async () => {
    const open = new EventDatabase().open;
    const linux = text('  sel:\n    Image: a', '{product: linux, service: auditd}');
    expect(await checkConversions(linux, await events(), open)).toEqual([]);
    expect(await checkConversions('title: A', await events(), open)).toEqual([]);
  });
});

describe('checkWithMadeEvents', () => {
  it('compares over events that meet the rule and near misses of them', async () => {
    const checks = await checkWithMadeEvents(
      text("  sel:\n    Image|endswith: '\\a.exe'\n  no:\n    User: root").replace(
        'sel\n',
        'sel and not no\n',
      ),
      new EventDatabase().open,
    );
    expect(checks).toMatchObject([
      { backend: 'splunk', same: true, made: true },
      { backend: 'duckdb', same: true, made: true },
    ]);
    for (const { events, selected } of checks) {
      expect(selected).toBeGreaterThan(1);
      expect(selected).toBeLessThan(events);
    }
  });

  it('tells a difference, and has nothing to say of what cannot be matched', async () => {
    const wrong: OpenDatabase = async () => async () => [];
    const [, duckdb] = await checkWithMadeEvents(text('  sel: {a: b}'), wrong);
    expect(duckdb).toMatchObject({ same: false, made: true });
    expect(await checkWithMadeEvents('title: A', wrong)).toEqual([]);
  });

  it('joins filters of other files to both sides', async () => {
    const filter = 'title: F\nlogsource: {}\nfilter: {rules: any, s: {b: c}, condition: not s}\n';
    const checks = await checkWithMadeEvents(
      text('  sel: {a: b}'),
      new EventDatabase().open,
      elsewhereIn([filter]),
    );
    expect(checks.map(({ same }) => same)).toEqual([true, true]);
  });
});

describe('mergeChecks', () => {
  it('adds counts up and keeps the worst outcome', () => {
    const one = { backend: 'splunk', events: 2, selected: 1, same: true } as const;
    const bad = { backend: 'splunk', events: 3, selected: 0, same: false, reason: 'x' } as const;
    expect(mergeChecks([one, bad, one])).toEqual([
      { backend: 'splunk', events: 7, selected: 2, same: false, reason: 'x' },
    ]);
    expect(conversionChecks(undefined)).toEqual([]);
  });

  it('takes recorded events before made ones', () => {
    const recorded = { backend: 'splunk', events: 2, selected: 1, same: true } as const;
    const made = { ...recorded, made: true } as const;
    const test = (conversions?: ConversionCheck[]): TestEvidence => ({
      name: 't',
      status: 'passing',
      datasets: [],
      messages: [],
      ...(conversions ? { conversions } : {}),
    });
    const of = (tests: TestEvidence[], conversions?: ConversionCheck[]) =>
      conversionChecks({ slug: 's', status: 'passing', tests, ...(conversions ? { conversions } : {}) });
    expect(of([test([made]), test([recorded])])).toEqual([recorded]);
    expect(of([test(), test([made]), test([made])])).toEqual([made]);
    expect(of([], [made])).toEqual([made]);
  });
});
