import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMore } from '../../spl/run/more.ts';
import { plainWords } from '../../text/words.ts';
import { NO_EDITS, withEvent } from './edits.ts';
import { MUTATIONS } from './mutate.ts';
import { orderBy } from './row-order.ts';
import { TesterSession } from './session.ts';

addMore();

const RULE = {
  name: 'Test',
  language: 'spl',
  search: 'process_name=msiexec.exe process="*http://*"',
} as const;
const EVENTS = [
  {
    _time: 1_700_000_010,
    host: 'a',
    source: 's',
    sourcetype: 'x',
    process_name: 'msiexec.exe',
    process: 'msiexec /i http://h/a',
  },
  {
    _time: 1_700_000_020,
    host: 'b',
    source: 's',
    sourcetype: 'x',
    process_name: 'MSIEXEC.EXE',
    process: 'msiexec /i a.msi',
  },
  { _time: 1_700_000_030, host: 'c', source: 's', sourcetype: 'x', process: 'cmd /c' },
];
const ndjson = (events: readonly object[]) => events.map((event) => JSON.stringify(event)).join('\n');

async function sessionWith(events: readonly object[]) {
  const session = new TesterSession(async (address) => new Blob([`key,value\n${address},1\n`]));
  const { id } = await session.read({ name: 'e.ndjson', content: ndjson(events) });
  return { session, sets: [id] };
}

describe('a session', () => {
  it('runs a rule and explains each event by the clause that decided', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    const run = await session.run({ rule: RULE, sets, expected: 1 });
    expect(run).toMatchObject({
      events: 3,
      matched: [0],
      matchedCount: 1,
      rows: 1,
      verdict: { passed: true },
    });
    expect(session.event(0)?.explanation).toMatchObject({ outcome: 'in-result', rows: [0] });
    const second = session.event(1)!.explanation;
    expect(second.outcome).toBe('left-out');
    expect(second.steps[0]?.clause?.children).toMatchObject([
      { matched: true, field: 'process_name' },
      { matched: false, field: 'process', reason: 'value_mismatch', actual: 'msiexec /i a.msi' },
    ]);
    expect(plainWords(session.event(2)!.explanation.message)).toContain('no field process_name');
    expect(session.event(3)).toBeUndefined();
  });

  it('says that a test fails when another number of rows comes out', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    const run = await session.run({ rule: RULE, sets, expected: 0 });
    expect(run.verdict).toMatchObject({ passed: false, code: 'unexpected-results' });
  });

  it('gives an error with its code, and answers on', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    const run = await session.run({ rule: { ...RULE, search: 'a=1 | frobnicate' }, sets });
    expect(run.error?.code).toBeDefined();
    expect(session.event(0)?.explanation).toBeDefined();
    expect((await session.run({ rule: RULE, sets })).rows).toBe(1);
  });

  it('changes, adds and takes out events without touching what was read', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    await session.run({ rule: RULE, sets });
    const { place, fields } = session.event(1)!;
    const changed = withEvent(NO_EDITS, place, { ...fields, process: 'msiexec /i http://h/b' });
    expect((await session.run({ rule: RULE, sets, edits: changed })).matched).toEqual([0, 1]);
    const without = withEvent(changed, session.event(0)!.place, null);
    expect(await session.run({ rule: RULE, sets, edits: without })).toMatchObject({
      events: 2,
      matched: [0],
    });
    const added = { ...NO_EDITS, added: [fields] };
    expect((await session.run({ rule: RULE, sets, edits: added })).events).toBe(4);
    expect((await session.run({ rule: RULE, sets })).matched).toEqual([0]);
  });

  it('keeps changes when the events are read again under other names, as after a worker was ended', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    await session.run({ rule: RULE, sets });
    const { place, fields } = session.event(1)!;
    const edits = withEvent(NO_EDITS, place, { ...fields, process: 'msiexec /i http://h/b' });
    const { id } = await session.read({ name: 'e.ndjson', content: ndjson(EVENTS) });
    expect(id).not.toBe(sets[0]);
    expect((await session.run({ rule: RULE, sets: [id], edits })).matched).toEqual([0, 1]);
  });

  it('counts in stages, sorts rows by number, and leads a row back to its events', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    const search = '* | stats count max(_time) as last by host | where last > 1700000010';
    const run = await session.run({ rule: { ...RULE, search }, sets });
    expect(run.stages.map(({ command, rowsIn, rowsOut }) => [command, rowsIn, rowsOut])).toEqual([
      ['search', 3, 3],
      ['stats', 3, 3],
      ['where', 3, 2],
    ]);
    const page = session.rows({ from: 0, count: 10, sort: 'last', descending: true });
    expect(page.rows.map(({ host }) => host)).toEqual(['c', 'b']);
    expect(session.rows({ from: 0, count: 10, stage: 1 }).total).toBe(3);
    expect(session.eventsOf(page.positions[0]!)).toEqual([2]);
  });

  it('stops reading at a limit and says so', async () => {
    const session = new TesterSession(async () => new Blob([]));
    const summary = await session.read(
      { name: 'e.ndjson', content: ndjson(EVENTS) },
      { events: 2, bytes: 1e9 },
    );
    expect(summary).toMatchObject({ events: 2, cut: 'events' });
  });

  it('fetches the table of a lookup that a search names, once', async () => {
    const asked: string[] = [];
    const session = new TesterSession(async (address) => {
      asked.push(address);
      return new Blob(['host,owner\na,anna\n']);
    });
    session.open({
      macros: [],
      dataModels: [],
      lookups: [
        { name: 'owners', lookupType: 'csv', fields: ['host', 'owner'], matchType: [], file: '/o.csv' },
        { name: 'other', lookupType: 'csv', fields: [], matchType: [], file: '/other.csv' },
      ],
    });
    const { id } = await session.read({ name: 'e.ndjson', content: ndjson(EVENTS) });
    const rule = { ...RULE, search: 'host=a | lookup owners host OUTPUT owner | table owner' };
    await session.run({ rule, sets: [id] });
    await session.run({ rule, sets: [id] });
    expect(session.resultRows().rows).toEqual([{ owner: 'anna' }]);
    expect(asked).toEqual(['/o.csv']);
  });

  it('runs Sigma, and names the log source of an event that is not of it', async () => {
    const { session, sets } = await sessionWith([{ ...EVENTS[0], Channel: 'Security', EventID: '4624' }]);
    const search =
      'title: T\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s:\n    Image|endswith: msiexec.exe\n  condition: s\n';
    const run = await session.run({ rule: { name: 'T', language: 'sigma', search }, sets });
    expect(run).toMatchObject({ matchedCount: 0, events: 1 });
    expect(plainWords(session.event(0)!.explanation.message)).toContain(
      'another log source than `product: windows',
    );
  });

  it('completes commands behind a pipe, fields in a condition, macros between ticks', async () => {
    const { session, sets } = await sessionWith(EVENTS);
    session.open({
      macros: [{ name: 'drop', args: ['x'], definition: 'a=$x$' }],
      lookups: [],
      dataModels: [],
    });
    await session.run({ rule: RULE, sets });
    const labels = async (text: string) =>
      (await session.complete(text, text.length, 'spl')).completions.map(({ label }) => label);
    expect(await labels('* | st')).toContain('stats');
    expect(await labels('* | stats dc(proc')).toContain('process_name');
    expect(await labels('* | where ')).toContain('match');
    expect(await labels('* `dr')).toEqual(['drop']);
    expect(await labels('process="a ')).toEqual([]);
  });
});

describe('evasions', () => {
  const fields = {
    Image: 'C:\\Windows\\System32\\msiexec.exe',
    CommandLine: 'msiexec.exe /q /i http://h/a.msi',
    _raw: '<Data Name="CommandLine">msiexec.exe /q /i http://h/a.msi</Data>',
  };
  it.each([
    ['rename', 'svchelper.exe /q /i http://h/a.msi'],
    ['dash', 'msiexec.exe -q -i http://h/a.msi'],
    ['spaces', 'msiexec.exe  /q  /i  http://h/a.msi'],
  ])('%s changes the command line, in the text of the event too', (id, wanted) => {
    const changed = MUTATIONS.find((each) => each.id === id)!.apply(fields);
    expect(changed).toMatchObject({ CommandLine: wanted, _raw: `<Data Name="CommandLine">${wanted}</Data>` });
  });

  it('leave an event alone that has nothing to change, and never change the letters that stay', () => {
    for (const { apply } of MUTATIONS) expect(apply({ message: 'hello' })).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { id, apply } of MUTATIONS) {
          const changed = apply({ CommandLine: text })?.CommandLine;
          if (changed === undefined || id === 'rename') continue;
          const bare = (value: string) => value.toLowerCase().replaceAll(/[\s^"/-]/g, '');
          expect(bare(String(changed))).toBe(bare(text));
        }
      }),
    );
  });
});

it('orders numbers before texts and rows without the field last, either way round', () => {
  const cells = ['b', '10', undefined, '9', 'a'];
  expect(orderBy(5, (row) => cells[row], false)).toEqual([3, 1, 4, 0, 2]);
  expect(orderBy(5, (row) => cells[row], true)).toEqual([0, 4, 1, 3, 2]);
});
