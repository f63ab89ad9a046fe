import { describe, expect, it } from 'vitest';
import {
  type InputRow,
  type LookupDefinition,
  type PlainRow,
  prepare,
  type RunOptions,
  type RunResult,
  run,
  Table,
  tableFromObjects,
} from '../index.ts';

function search(spl: string, rows: readonly InputRow[] = [], options: RunOptions = {}): RunResult {
  return run(prepare(spl), { rows }, { now: 1_700_000_000, ...options });
}

function rows(spl: string, input: readonly InputRow[] = [], options: RunOptions = {}): PlainRow[] {
  const result = search(spl, input, options);
  if (result.error !== undefined) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.rows;
}

function table(
  name: string,
  entries: readonly InputRow[],
  more: Partial<LookupDefinition> = {},
): LookupDefinition {
  return { name, rows: entries, ...more };
}

describe('names that are also properties of objects', () => {
  it('are fields like any other', () => {
    const input = JSON.parse(
      '[{"__proto__":"a","constructor":"b","toString":"c"},{"__proto__":"a"}]',
    ) as InputRow[];
    const found = rows('| search __proto__=a | stats count by __proto__ | rename __proto__ AS x', input);
    expect(found).toEqual([{ x: 'a', count: 2 }]);
    expect(JSON.stringify(rows('| table __proto__ constructor', input))).toBe(
      '[{"__proto__":"a","constructor":"b"},{"__proto__":"a"}]',
    );
    expect(rows('| stats values(constructor) AS v by toString', input)).toEqual([{ toString: 'c', v: 'b' }]);
  });
});

describe('base search', () => {
  const events = [
    { _time: 1, host: 'a', _raw: 'user=bob failed' },
    { _time: 3, host: 'b', _raw: 'user=ann failed' },
    { _time: 2, host: 'b', _raw: 'user=ann ok' },
  ];

  it('hands events out newest first, results as they came', () => {
    const prepared = prepare('failed | table _time');
    expect(run(prepared, { events: Table.fromRows(events) }).rows).toEqual([{ _time: 3 }, { _time: 1 }]);
    expect(run(prepared, { rows: events }).rows).toEqual([{ _time: 1 }, { _time: 3 }]);
  });

  it('bounds time with modifiers inside the search', () => {
    expect(
      rows('earliest=-5s latest=now | table _time', [
        { _time: 1_699_999_994 },
        { _time: 1_699_999_996 },
        { _time: 1_700_000_000 },
      ]),
    ).toEqual([{ _time: 1_699_999_996 }]);
  });

  it('takes a subsearch as its condition, and nothing as no match', () => {
    expect(rows('[search host=b | fields host] ok | table _time', events)).toEqual([{ _time: 2 }]);
    expect(rows('[search host=zz | fields host] | table _time', events)).toEqual([]);
    expect(rows('NOT [search host=b | fields host] | table _time', events)).toEqual([{ _time: 1 }]);
    expect(rows('[search host=b | head 1 | return host] | stats count', events)).toEqual([{ count: 2 }]);
  });

  it('says when a storage field was assumed', () => {
    const result = search('index=main failed | stats count', events);
    expect(result.rows).toEqual([{ count: 2 }]);
    expect(result.notes.map((note) => note.code)).toEqual(['scope-assumed']);
    expect(rows('index=other | stats count', [{ index: 'main' }])).toEqual([{ count: 0 }]);
  });
});

describe('lookups', () => {
  const wild = table(
    'w',
    [
      { p: '*\\cmd.exe', v: '1' },
      { p: 'C:\\*', v: '2' },
      { p: 'x', v: '3' },
    ],
    { matchType: 'WILDCARD(p)', caseSensitive: false },
  );

  it('match by wildcard, subnet and case, in file order', () => {
    expect(
      rows('| lookup w p OUTPUT v', [{ p: 'C:\\CMD.EXE' }, { p: 'X' }, { p: 'y' }], { lookups: [wild] }),
    ).toEqual([{ p: 'C:\\CMD.EXE', v: ['1', '2'] }, { p: 'X', v: '3' }, { p: 'y' }]);
    const nets = table('n', [{ net: '10.0.0.0/8', z: 'in' }], { matchType: 'CIDR(net)' });
    expect(
      rows('| lookup n net AS ip OUTPUT z', [{ ip: '10.1.2.3' }, { ip: '11.1.2.3' }], { lookups: [nets] }),
    ).toEqual([{ ip: '10.1.2.3', z: 'in' }, { ip: '11.1.2.3' }]);
  });

  it('stop at the largest number of matches and fill up to the least', () => {
    const many = table(
      'm',
      [1, 2, 3].map((v) => ({ k: 'a', v: String(v) })),
      { maxMatches: 2, minMatches: 1, defaultMatch: 'none' },
    );
    expect(rows('| lookup m k', [{ k: 'a' }, { k: 'b' }], { lookups: [many] })).toEqual([
      { k: 'a', v: ['1', '2'] },
      { k: 'b', v: 'none' },
    ]);
  });

  it('end a run at a lookup that is not there', () => {
    expect(search('| lookup nowhere k', [{ k: 1 }]).error).toMatchObject({
      code: 'lookup-unknown',
      stage: 0,
    });
  });

  it('are shown, not written', () => {
    const result = search('| outputlookup seen | stats count', [{ a: 1 }]);
    expect(result.artefacts).toEqual([{ command: 'outputlookup', target: 'seen', rows: [{ a: 1 }] }]);
    expect(result.rows).toEqual([{ count: 1 }]);
  });
});

describe('commands that run searches', () => {
  it('map puts a row into a search over the same events', () => {
    const input = [
      { id: '1', v: 'x' },
      { id: '2', v: 'y z' },
      { id: '1', v: 'w' },
    ];
    expect(rows('| where v="y z" | map search="search id=$id$ v=$v$ | eval from=$v$"', input)).toEqual([
      { id: '2', v: 'y z', from: 'y z' },
    ]);
  });

  it('foreach fills its marks', () => {
    expect(
      rows('| foreach n_* [eval total=coalesce(total, 0)+<<FIELD>>, seen_<<MATCHSTR>>=1]', [
        { n_a: 2, n_b: 3 },
      ]),
    ).toEqual([{ n_a: 2, n_b: 3, total: 5, seen_a: 1, seen_b: 1 }]);
    expect(rows("| foreach a.* [eval '<<FIELD>>'='<<FIELD>>'+1]", [{ 'a.b': 1 }])).toEqual([{ 'a.b': 2 }]);
  });

  it('appendpipe works on the current rows, append on new ones', () => {
    expect(
      rows('| stats count by a | appendpipe [stats sum(count) AS count | eval a="all"]', [
        { a: 'x' },
        { a: 'y' },
      ]),
    ).toEqual([
      { a: 'x', count: 1 },
      { a: 'y', count: 1 },
      { a: 'all', count: 2 },
    ]);
    expect(rows('| stats count | append [makeresults count=2 | stats count]', [{}, {}, {}])).toEqual([
      { count: 3 },
      { count: 2 },
    ]);
  });
});

describe('multivalues', () => {
  it('combine to a list, which nomv joins with the delimiter given before', () => {
    const input = [
      { h: 'a', v: '1' },
      { h: 'a', v: '2' },
    ];
    expect(rows('| mvcombine delim="," v', input)).toEqual([{ h: 'a', v: ['1', '2'] }]);
    expect(rows('| mvcombine delim="," v | nomv v', input)).toEqual([{ h: 'a', v: '1,2' }]);
    expect(rows('| mvcombine v | nomv v', input)).toEqual([{ h: 'a', v: '1\n2' }]);
  });
});

describe('reports', () => {
  it('timechart fills empty buckets and splits by a field', () => {
    const input = [
      { _time: 0, h: 'a' },
      { _time: 10, h: 'b' },
      { _time: 190, h: 'a' },
    ];
    expect(rows('| timechart span=1m count by h', input)).toEqual([
      { _time: 0, a: 1, b: 1 },
      { _time: 60, a: 0, b: 0 },
      { _time: 120, a: 0, b: 0 },
      { _time: 180, a: 1, b: 0 },
    ]);
  });

  it('transaction closes at its end and drops what never ends', () => {
    const input = [
      { _time: 1, k: 'a', e: 'start' },
      { _time: 2, k: 'b', e: 'start' },
      { _time: 5, k: 'a', e: 'end' },
    ];
    expect(
      rows('| transaction k startswith=(e=start) endswith=(e=end) | table k duration eventcount e', input),
    ).toEqual([{ k: 'a', duration: 4, eventcount: 2, e: ['end', 'start'] }]);
    expect(rows('| transaction k maxpause=2s | stats count', input)).toEqual([{ count: 3 }]);
  });

  it('top counts within each BY group', () => {
    const input = ['x', 'x', 'y'].map((v) => ({ g: 'a', v })).concat([{ g: 'b', v: 'z' }]);
    expect(rows('| top limit=1 v by g', input)).toEqual([
      { g: 'a', v: 'x', count: 2, percent: '66.666667' },
      { g: 'b', v: 'z', count: 1, percent: '100.000000' },
    ]);
  });
});

describe('limits', () => {
  it('end a run that takes too long with an error that says so', () => {
    const input = Array.from({ length: 3000 }, (_, n) => ({ n, g: n % 2 }));
    const result = search('| join max=0 g [search n>0 | table g n]', input, { limits: { rows: 10_000 } });
    expect(result.error?.code).toBe('budget-rows');
    expect(
      search('| makeresults count=100000 | streamstats count | where count>5', [], {
        limits: { milliseconds: 0 },
      }).error?.code,
    ).toBe('budget-time');
    expect(search('| eval b=n+1, c=n+2', input, { limits: { bytes: 1000 } }).error?.code).toBe(
      'budget-memory',
    );
    const long = Array.from({ length: 100 }, (_, n) => ({ n, text: `${n}`.repeat(5000) }));
    const bytes = (spl: string) => search(spl, long, { limits: { bytes: 1 << 20 } }).error?.code;
    expect(bytes('| eval a=text, b=text, c=text')).toBeUndefined();
    expect(bytes('| eval a=upper(text)')).toBeUndefined();
    expect(bytes('| eval a=text."a", b=text."b"')).toBe('budget-memory');
    expect(bytes('| stats values(text) as a list(text) as b by n')).toBeUndefined();
  });

  it('cut a subsearch and note it', () => {
    const input = Array.from({ length: 20 }, (_, n) => ({ n }));
    const result = search('[search n>=0 | fields n] | stats count', input, { limits: { subsearchRows: 5 } });
    expect(result.rows).toEqual([{ count: 5 }]);
    expect(result.notes.map((note) => note.code)).toContain('subsearch-truncated');
  });

  it('refuse searches nested without end', () => {
    let spl = 'search a=1';
    for (let depth = 0; depth < 12; depth += 1) spl = `| append [${spl}]`;
    expect(search(spl, [{ a: 1 }]).error?.code).toBe('budget-depth');
  });

  it('keep a pattern that backtracks for ever from hanging the run', () => {
    const result = search('| rex field=a "(?<x>(a+)+)$" | stats count', [{ a: `${'a'.repeat(5000)}!` }], {
      limits: { milliseconds: 20_000 },
    });
    expect(result.error ?? result.rows).toBeDefined();
  });
});

describe('what cannot run', () => {
  it('stops at its stage with a reason', () => {
    expect(search('| apply some_model', [{}]).error).toMatchObject({ code: 'model-missing', stage: 0 });
    expect(search('| stats count | cyberchef infield=x', [{}]).error).toMatchObject({
      code: 'command-unsupported',
      stage: 1,
    });
    expect(search('`nosuchmacro` | stats count', [{}]).error?.code).toBe('unknown-macro');
    expect(search('| eval x=nosuch(1)', [{}]).error?.range).toBeDefined();
  });

  it('is marked where rows can go on', () => {
    expect(search('| iplocation ip', [{ ip: '1.1.1.1' }]).notes.map((note) => note.code)).toEqual([
      'iplocation-without-table',
    ]);
  });

  it('runs a linear model that it is given', () => {
    const models = new Map([
      [
        'm',
        {
          intercept: 1,
          coefficients: [
            ['a', 2],
            ['b', -1],
          ] as const,
          target: 't',
        },
      ],
    ]);
    expect(rows('| apply m', [{ a: 3, b: 1 }, { a: 1 }], { models })).toEqual([
      { a: 3, b: 1, 'predicted(t)': 6 },
      { a: 1 },
    ]);
  });
});

describe('SPL2', () => {
  const spl2 = (text: string, events: readonly Record<string, unknown>[]) =>
    run(prepare(text, { dialect: 'spl2' }), { events: tableFromObjects(events) });
  const events = [
    { _datamodels: ['Endpoint_Processes', 'X'], process: { name: 'a', pid: 1 }, device: 'd', z: 1 },
  ];

  it('finds a JSON array by its plain name, keeps what is in an object, and hands findings over with a note', () => {
    const result = spl2(
      '| from source | where "Endpoint_Processes" IN(_datamodels) | fields process, device --finding_report--',
      events,
    );
    expect(result.error).toBeUndefined();
    expect(result.rows).toEqual([
      { 'process.name': 'a', 'process.pid': 1, device: 'd', _datamodels: ['Endpoint_Processes', 'X'] },
    ]);
    const held = [{ '_datamodels{}': ['Endpoint_Processes', 'X'], device: 'd' }, { '_datamodels{}': 'Y' }];
    expect(spl2('| from source | where "Endpoint_Processes" IN(_datamodels)', held).rows).toEqual([held[0]]);
    expect(result.notes.map(({ code }) => code)).toEqual(['finding-report']);
  });
});

describe('open questions', () => {
  const t = 1_648_728_000; // 2022-03-31 12:00 UTC
  it.each<[string, InputRow[], string[]]>([
    ['| stats median(a)', [{ a: 1 }, { a: 2 }], ['percentileMethod']],
    ['| stats median(a)', [{ a: 1 }, { a: 1 }], []],
    ['| stats min(a)', [{ a: 1 }, { a: 'x' }], ['minMaxMixed']],
    ['| stats min(a)', [{ a: 1 }, { a: 2 }], []],
    ['| stats mode(a)', [{ a: 1 }, { a: 2 }], ['modeTies']],
    ['| stats mode(a)', [{ a: 1 }, { a: 2 }, { a: 2 }], []],
    [
      '| stats latest(a)',
      [
        { a: 1, _time: 5 },
        { a: 2, _time: 5 },
      ],
      ['timeTies'],
    ],
    [
      '| stats latest(a)',
      [
        { a: 1, _time: 5 },
        { a: 2, _time: 5 },
        { a: 3, _time: 6 },
      ],
      [],
    ],
    [
      '| stats latest_time(a)',
      [
        { a: 1, _time: 5 },
        { a: 2, _time: 5 },
      ],
      [],
    ],
    ['| stats count by a', [{ a: 9 }, { a: 10 }], ['statsOrder']],
    ['| stats count by a', [{ a: 8 }, { a: 9 }], []],
    ['| eval b=round(a, 2)', [{ a: 2.675 }], ['roundHalves']],
    ['| eval b=round(a, 2)', [{ a: 2.674 }], []],
    ['| eval b=a/1024', [{ a: 1024 }], []],
    ['| eval b=a/3', [{ a: 1 }], ['decimalRounding']],
    ['| eval b=relative_time(a, "-1mon")', [{ a: t }], ['monthClamp']],
    ['| eval b=relative_time(a, "-1d")', [{ a: t }], []],
    ['| eval b=strptime(a, "%Y")', [{ a: '2021x' }], ['strptimeTrailing']],
    ['| eval b=strptime(a, "%Y")', [{ a: '2021' }], []],
    ['| where NOT match(a, "x")', [{ b: 1 }], ['matchNull']],
    ['| replace "X*" with "y*" in a', [{ a: 'x1' }], ['replaceCase']],
    ['| replace "x*" with "y*" in a', [{ a: 'x1' }], []],
  ])('%s over %j rests on %j', (spl, input, flags) => {
    expect(search(spl, input).restsOn).toEqual(flags);
  });

  it('are reported where the rows rest on them', () => {
    const result = search('| rename nosuch AS a', [{ a: 1 }]);
    expect(result.restsOn).toEqual(['renameMissingSource']);
    expect(result.rows).toEqual([{}]);
    expect(
      search('| rename nosuch AS a', [{ a: 1 }], { compat: { renameMissingSource: 'keep-target' } }).rows,
    ).toEqual([{ a: 1 }]);
  });
});
