import { describe, expect, it } from 'vitest';
import { EventDatabase } from '../cli/test/duckdb.ts';
import { readAll } from '../events/read/read.ts';
import { checkConversions, type OpenDatabase } from './check-conversions.ts';
import { conversionChecks, mergeChecks } from './conversion-checks.ts';

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

describe('mergeChecks', () => {
  it('adds counts up and keeps the worst outcome', () => {
    const one = { backend: 'splunk', events: 2, selected: 1, same: true } as const;
    const bad = { backend: 'splunk', events: 3, selected: 0, same: false, reason: 'x' } as const;
    expect(mergeChecks([one, bad, one])).toEqual([
      { backend: 'splunk', events: 7, selected: 2, same: false, reason: 'x' },
    ]);
    expect(conversionChecks(undefined)).toEqual([]);
  });
});
