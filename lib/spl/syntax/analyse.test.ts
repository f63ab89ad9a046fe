import { describe, expect, it } from 'vitest';
import type { Dialect } from './ast.ts';
import { analyse, parse, parseReport } from './index.ts';

const of = (text: string, dialect: Dialect = 'spl1') => analyse(parse(text, { dialect }).query);

describe('analyse', () => {
  it('reads from events only what no stage made', () => {
    const { fieldsRead, fieldsWritten } = of(
      'sourcetype=x EventCode=1 | eval n=len(cmd), m=n+1 | where m>3 AND user!="a" | stats count values(n) as ns by host | where count>2 AND ns="x" AND late=1',
    );
    expect(fieldsRead).toEqual(['sourcetype', 'EventCode', 'cmd', 'user', 'host']);
    expect(fieldsWritten).toEqual(['n', 'm', 'count', 'ns', 'host']);
  });

  it('knows the dataset of tstats and what dropping its name does', () => {
    const analysis = of(
      '| tstats `summariesonly` count min(_time) as firstTime from datamodel=Endpoint.Processes where Processes.process_name=x by Processes.dest _time span=1h | `drop_dm_object_name(Processes)` | where dest="a" | lookup assets host as dest OUTPUT owner | outputlookup seen.csv',
    );
    expect(analysis.dataModels).toEqual(['Endpoint.Processes']);
    expect(analysis.fieldsRead).toEqual(['Processes.dest', '_time', 'Processes.process_name']);
    expect(analysis.fieldsWritten).toEqual([
      'count',
      'firstTime',
      'Processes.dest',
      '_time',
      'dest',
      'owner',
    ]);
    expect(
      analysis.stages.map(({ command, fieldsRead, fieldsWritten }) => [command, fieldsRead, fieldsWritten]),
    ).toEqual([
      [
        'tstats',
        ['Processes.dest', '_time', 'Processes.process_name'],
        ['count', 'firstTime', 'Processes.dest', '_time'],
      ],
      ['macro', [], ['dest']],
      ['where', ['dest'], []],
      ['lookup', ['dest'], ['owner']],
      ['outputlookup', [], []],
    ]);
    expect(analysis.lookups.map(({ name, direction }) => [name, direction])).toEqual([
      ['assets', 'read'],
      ['seen.csv', 'write'],
    ]);
    expect(analysis.macros.map(({ name, args }) => [name, args])).toEqual([
      ['summariesonly', []],
      ['drop_dm_object_name', ['Processes']],
    ]);
  });

  it('names groups of rex, inputs and outputs of spath, targets of rename and convert', () => {
    const { fieldsRead, fieldsWritten } = of(
      'a=1 | rex field=cmd "(?<x>a)|(?P<y>b)" | spath input=j path=p.q output=z | rename b as c, x as w | convert ctime(t) as u | search w=1 c=2 z=3 u=4',
    );
    expect(fieldsRead).toEqual(['a', 'cmd', 'j', 'b', 't']);
    expect(fieldsWritten).toEqual(['x', 'y', 'z', 'c', 'w', 'u']);
  });

  it('takes subsearches apart', () => {
    const { fieldsRead, commands, subsearches, timeRange } = of(
      'earliest=-24h latest=now a=1 [search b=2 earliest=-7d | fields c] | join k [| inputlookup t | rename q as r] | where r=1 | foreach * [eval <<FIELD>>=if(<<FIELD>>="null",null(),1)] | appendpipe [stats count]',
    );
    expect(fieldsRead).toEqual(['a', 'b', 'c', 'k']);
    expect(commands).toEqual([
      'search',
      'fields',
      'join',
      'inputlookup',
      'rename',
      'where',
      'foreach',
      'eval',
      'appendpipe',
      'stats',
    ]);
    expect(subsearches).toHaveLength(4);
    expect(timeRange).toEqual({ earliest: '-24h', latest: 'now' });
  });

  it('follows paths of SPL2', () => {
    const { fieldsRead, fieldsWritten } = of(
      '$main = from source | eval p=process.file, n=lower(p.name), d={"a": device.uuid} | into sink;',
      'spl2',
    );
    expect(fieldsRead).toEqual(['process.file', 'device.uuid']);
    expect(fieldsWritten).toEqual(['p', 'n', 'd']);
  });
});

describe('parseReport', () => {
  it('reports one search, expanded when macros are given', () => {
    const spl = '`m` user=*|stats count by host | `x_filter`';
    const report = parseReport({
      id: 'a',
      spl,
      macros: [{ name: 'm', args: [], definition: 'sourcetype=s' }],
    });
    expect(report).toEqual({
      id: 'a',
      ok: true,
      diagnostics: [],
      commands: ['search', 'stats'],
      fields_read: ['sourcetype', 'user', 'host'],
      macros: ['m', 'x_filter'],
      formatted: '`m` user=*\n| stats count by host\n| `x_filter`',
    });
  });

  it('gives ranges in the text as typed', () => {
    const { ok, diagnostics, formatted } = parseReport({
      id: 'b',
      spl: ' `m` | where x= ',
      macros: [{ name: 'm', args: [], definition: 'a long definition' }],
    });
    expect(ok).toBe(false);
    expect(diagnostics.map(({ code, range }) => [code, range?.start])).toEqual([['expected-expression', 16]]);
    expect(formatted).toBe('`m` | where x=');
  });
});

it('a field read out of a map of fields is that field', () => {
  const { query } = parse(
    '| from read_ssa_enriched_events() | eval a=lower(ucast(map_get(input_event, "process"), "string", null)) | where "Endpoint_Processes" IN (_datamodels)',
    { dialect: 'spl2' },
  );
  expect(analyse(query).fieldsRead).toEqual(['process', '_datamodels']);
});
