import { describe, expect, it } from 'vitest';
import { plainWords } from '../../text/words.ts';
import { type Drop, lineage, prepare, type RunResult, run, Table, whyNot } from '../index.ts';

const EVENTS = [
  {
    _time: 10,
    EventCode: '1',
    process_name: 'msiexec.exe',
    process: 'msiexec /i http://x/a.msi',
    host: 'h1',
  },
  { _time: 30, EventCode: '1', process_name: 'cmd.exe', process: 'cmd /c whoami', host: 'h1' },
  { _time: 20, EventCode: '3', process_name: 'MSIEXEC.EXE', process: 'x', host: 'h2' },
  { _time: 40, EventCode: '1', process_name: 'msiexec.exe', process: 'msiexec http://y', user: 'bob' },
];

function traced(spl: string): RunResult {
  return run(prepare(spl), { events: Table.fromRows(EVENTS) }, { trace: true });
}

function dropped(spl: string, event: number): Drop {
  const fate = whyNot(traced(spl), event);
  if (fate.kind !== 'dropped') throw new Error(JSON.stringify(fate));
  return fate;
}

describe('whyNot', () => {
  const spl = 'EventCode=1 process_name=msiexec.exe process="*http://*" | stats count by host';

  it('names the clause with the value that the event has', () => {
    const drop = dropped(spl, 1);
    expect(drop.stage).toBe(0);
    expect(drop.clause?.children?.map((child) => [child.matched, child.reason])).toEqual([
      [true, 'matched'],
      [false, 'value_mismatch'],
      [false, 'value_mismatch'],
    ]);
    expect(drop.clause?.children?.[1]).toMatchObject({
      field: 'process_name',
      actual: 'cmd.exe',
      expected: 'msiexec.exe',
    });
    expect(plainWords(drop.message)).toContain('process_name is "cmd.exe"');
  });

  it('shows a path as the event has it', () => {
    const table = Table.fromRows([{ Image: 'C:\\Windows\\a.exe' }]);
    const fate = whyNot(run(prepare('Image=b.exe'), { events: table }, { trace: true }), 0);
    expect(fate).toMatchObject({
      message: [{ code: 'search' }, ': ', 'Image is "C:\\Windows\\a.exe", not b.exe'],
    });
  });

  it('keeps code apart from text, whatever characters either has', () => {
    const table = Table.fromRows([{ Image: 'a`b`c' }]);
    const fate = whyNot(run(prepare('Image=x'), { events: table }, { trace: true }), 0);
    expect(fate).toMatchObject({ message: [{ code: 'search' }, ': ', 'Image is "a`b`c", not x'] });
    expect(plainWords(dropped('process="http://y"', 3).message)).toBe(
      '`search`: process has text before http://y; it would match `*http://y`',
    );
  });

  it('tells which key a grouping missed', () => {
    expect(dropped(spl, 3)).toMatchObject({ stage: 1, command: 'stats', absent: ['host'] });
  });

  it('says in which rows an event is', () => {
    expect(whyNot(traced(spl), 0)).toEqual({ kind: 'in-result', rows: [0] });
  });

  it('names the field that a mistyped one meant', () => {
    expect(plainWords(dropped('proces_name=x', 3).message)).toContain(
      'no field proces_name; did you mean process_name?',
    );
    expect(plainWords(dropped('user=ann', 0).message)).not.toContain('did you mean');
  });

  it('separates absent, missing wildcard and case', () => {
    expect(dropped('user=ann', 0).clause?.reason).toBe('field_absent');
    expect(dropped('process="http://y"', 3).clause?.reason).toBe('wildcard_missing_left');
    expect(dropped('process=msiexec', 3).clause?.reason).toBe('wildcard_missing_right');
    expect(dropped('* | where process_name="msiexec.exe"', 2).clause?.reason).toBe('case_mismatch');
    expect(dropped('EventCode!=1', 0).clause?.reason).toBe('value_excluded');
  });

  it('explains negation by what it excludes', () => {
    const drop = dropped('NOT (host=h1 OR host=h2)', 0);
    expect(drop.clause).toMatchObject({ kind: 'not', matched: false });
    expect(drop.clause?.children?.[0]).toMatchObject({ kind: 'or', matched: true });
  });

  it('explains a filter behind an aggregation on the row that the event went into', () => {
    const drop = dropped('EventCode=1 | stats count by host | where count > 5', 0);
    expect(drop).toMatchObject({ stage: 2, command: 'where' });
    expect(drop.clause).toMatchObject({ field: 'count', actual: 2, expected: '5' });
  });

  it('agrees with the run about every event', () => {
    for (const search of [spl, 'EventCode=1 NOT user=*', 'host=h1 | dedup host', 'process=*http* | head 1']) {
      const result = traced(search);
      const kept = new Set(result.rows.flatMap((_, row) => lineage(result, row)));
      for (const event of EVENTS.keys()) {
        expect(whyNot(result, event).kind === 'in-result').toBe(kept.has(event));
      }
    }
  });
});

describe('lineage', () => {
  it('leads from a row back to its events, in the order of the input', () => {
    const result = traced('EventCode=1 | stats count by host | eval twice=count*2');
    expect(result.rows).toEqual([{ host: 'h1', count: 2, twice: 4 }]);
    expect(lineage(result, 0)).toEqual([0, 1]);
  });

  it('counts rows and fields per stage', () => {
    const result = traced('EventCode=1 | stats count by host | eval twice=count*2');
    expect(
      result.trace.map(({ command, step, rowsIn, rowsOut }) => [command, step, rowsIn, rowsOut]),
    ).toEqual([
      ['search', 'source', 0, 4],
      ['search', 'filter', 4, 3],
      ['search', 'newest-first', 3, 3],
      ['stats', 'command', 3, 1],
      ['eval', 'command', 1, 1],
    ]);
    expect(result.trace.at(-1)?.fieldsAdded).toEqual(['twice']);
    expect(result.trace[3]?.fieldsRemoved).toContain('process');
  });
});
