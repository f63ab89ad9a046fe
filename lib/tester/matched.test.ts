import { describe, expect, it } from 'vitest';
import { plainRecord } from '../events/plain-record.ts';
import { RUNNERS } from './rule-run.ts';
import { environmentOf } from './whole-environment.ts';

const events = [
  { _time: 1, process: 'cmd /c x', process_name: 'cmd.exe', process_id: '1', dest: 'h1', user: 'a' },
  { _time: 2, process: 'cmd /c y', process_name: 'cmd.exe', process_id: '2', dest: 'h1', user: 'a' },
  { _time: 3, process: 'calc', process_name: 'calc.exe', process_id: '3', dest: 'h2', user: 'a' },
  { _time: 4, process: 'cmd /c x', process_name: 'cmd.exe', process_id: '4', user: 'a' },
].map((row, number) => plainRecord(row, {}, number));
const environment = environmentOf({ macros: [], lookups: [] }, () => undefined);

function matched(search: string): number[] {
  return RUNNERS.spl.run({ name: 'r', language: 'spl', search }, events, environment).matched();
}

describe('matched events', () => {
  it('are those of the result where nothing is grouped', () => {
    expect(matched('process_name=cmd.exe | eval x=1 | where process="cmd /c x"')).toEqual([0, 3]);
  });

  it('are those that reach the grouping, also without its keys', () => {
    expect(matched('process_name=cmd.exe | stats count by dest')).toEqual([0, 1, 3]);
  });

  it('stay when a threshold drops their group', () => {
    expect(matched('process_name=cmd.exe | stats count by dest | where count > 99')).toEqual([0, 1, 3]);
    expect(matched('* | stats dc(process) as n by dest | search n > 99')).toEqual([0, 1, 2, 3]);
  });

  it('are held against later filters on the keys of the grouping, renamed or not', () => {
    expect(matched('process_name=cmd.exe | stats count by process | regex process="y$"')).toEqual([1]);
    expect(
      matched(
        '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=cmd.exe by Processes.process Processes.dest | rename "Processes.*" as * | where match(process, "x$") | where count > 5',
      ),
    ).toEqual([0, 3]);
    expect(matched('* | stats count by process | eval process="z" | search process=y')).toEqual([0, 1, 2, 3]);
  });

  it('are none where the run met no event', () => {
    expect(matched('process_name=nothing | stats count')).toEqual([]);
  });
});
