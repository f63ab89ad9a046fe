import { describe, expect, it } from 'vitest';
import { formatSearch, parse, print } from './index.ts';

describe('print', () => {
  it('puts one stage on a line and the clauses of a long one below it', () => {
    const { text } = formatSearch(
      '| tstats `security_content_summariesonly` count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes where Processes.process_name IN ("cmd.exe","powershell.exe") OR Processes.process="*-enc*" by Processes.dest Processes.user _time span=1h | `drop_dm_object_name(Processes)`| where   count>3 and (a="x" OR b . "y"=\'c d\')|stats values( process )  AS p BY dest user|join type=outer dest [ search index=a "b  c" | fields dest ]',
    );
    expect(text).toBe(
      [
        '| tstats `security_content_summariesonly` count min(_time) as firstTime max(_time) as lastTime',
        '    from datamodel=Endpoint.Processes',
        '    where Processes.process_name IN ("cmd.exe", "powershell.exe") OR Processes.process="*-enc*"',
        '    by Processes.dest, Processes.user, _time span=1h',
        '| `drop_dm_object_name(Processes)`',
        '| where count>3 AND (a="x" OR b . "y"=\'c d\')',
        '| stats values(process) as p by dest, user',
        '| join type=outer dest [search index=a "b  c" | fields dest]',
      ].join('\n'),
    );
  });

  it('lays a long subsearch out below its command', () => {
    const { text } = formatSearch(
      'index=main | join process_guid [| tstats count from datamodel=Endpoint.Processes by Processes.process_guid Processes.parent_process_name Processes.dest | rename Processes.* as *]',
    );
    expect(text).toBe(
      [
        'index=main',
        '| join process_guid',
        '    [| tstats count',
        '        from datamodel=Endpoint.Processes',
        '        by Processes.process_guid, Processes.parent_process_name, Processes.dest',
        '    | rename Processes.* as *]',
      ].join('\n'),
    );
  });

  it('keeps comments', () => {
    expect(formatSearch('```why``` a=1 ```here``` b=2 | ```first``` head 3 ```last```').text).toBe(
      '```why``` a=1 b=2 ```here```\n| ```first``` head 3 ```last```',
    );
  });

  it('keeps the text of a column that has no other name', () => {
    expect(formatSearch('a | stats count(eval( x =  1 )) avg( eval(y+1) ) AS m').text).toBe(
      'a\n| stats count(eval( x =  1 )) avg(eval(y + 1)) as m',
    );
  });

  it('prints what it does not understand as it was typed', () => {
    const text = 'a | frobnicate  x="1|2"   [y | z] | head 3';
    expect(formatSearch(text).text).toBe('a\n| frobnicate  x="1|2"   [y | z]\n| head 3');
    const { query } = parse('a | stats by  "|" x | head 3');
    expect(print(query)).toBe('a\n| stats by  "|" x\n| head 3');
    expect(formatSearch('  a | stats by  x ').text).toBe('a | stats by  x');
  });

  it('adds the parentheses that a tree needs and keeps those that were written', () => {
    expect(formatSearch('(a OR b) (c)').text).toBe('(a OR b) (c)');
    const { query } = parse('a OR b');
    const [stage] = query.stages;
    if (stage?.kind !== 'command' || stage.shape !== 'search' || !stage.expr) throw new Error('not a search');
    const range = stage.range;
    stage.expr = { kind: 'search-not', expr: stage.expr, range };
    expect(print(query)).toBe('NOT (a OR b)');
  });

  it('prints SPL2 with its statements and placeholder', () => {
    expect(
      formatSearch('$main = from source | eval a=process.file.name | where a LIKE "%x%" --finding_report--', {
        dialect: 'spl2',
      }).text,
    ).toBe('$main = from source\n| eval a = process.file.name\n| where a LIKE "%x%"\n--finding_report--');
  });
});
