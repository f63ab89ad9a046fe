import { describe, expect, it } from 'vitest';
import type { CommandStage, Dialect, EvalExpr, SearchExpr } from './ast.ts';
import { parse } from './parse.ts';

function stage<S extends CommandStage['shape']>(
  text: string,
  shape: S,
  dialect: Dialect = 'spl1',
): Extract<CommandStage, { shape: S }> {
  const { query, diagnostics } = parse(text, { dialect });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = query.stages.find((each) => each.kind === 'command' && each.shape === shape);
  return found as Extract<CommandStage, { shape: S }>;
}

/** A search expression with its grouping spelled out. */
function grouped(expr: SearchExpr): string {
  switch (expr.kind) {
    case 'search-and':
      return `(${expr.items.map(grouped).join(' & ')})`;
    case 'search-or':
      return `(${expr.items.map(grouped).join(' | ')})`;
    case 'search-not':
      return `!${grouped(expr.expr)}`;
    case 'search-compare':
      return `${expr.field.name}${expr.op}${expr.value.value}`;
    case 'search-in':
      return `${expr.field.name}∈${expr.values.map(({ value }) => value).join(',')}`;
    case 'search-term':
      return expr.value.value;
    case 'search-subsearch':
      return '[]';
    case 'macro':
      return `\`${expr.name}\``;
  }
}
const search = (text: string) => grouped(stage(text, 'search').expr!);

function shape(expr: EvalExpr): string {
  switch (expr.kind) {
    case 'binary':
      return `(${shape(expr.left)} ${expr.op} ${shape(expr.right)})`;
    case 'unary':
      return `${expr.op}(${shape(expr.expr)})`;
    case 'call':
      return `${expr.name}(${expr.args.map(shape).join(', ')})`;
    case 'in':
      return `(${shape(expr.expr)} in ${expr.list.map(shape).join(', ')})`;
    case 'is-null':
      return `${shape(expr.expr)} is${expr.negated ? ' not' : ''} null`;
    case 'member':
      return `${shape(expr.object)}→${expr.property.name}`;
    case 'index':
      return `${shape(expr.object)}[${shape(expr.index)}]`;
    case 'constant':
      return `#${expr.value}`;
    case 'eval-field':
      return expr.name;
    case 'eval-subsearch':
      return '[subsearch]';
    case 'object':
      return `{${expr.entries.map(({ key, value }) => `${key.value}: ${shape(value)}`).join(', ')}}`;
    case 'array':
      return `[${expr.items.map(shape).join(', ')}]`;
    case 'lambda':
      return `${expr.params.map(({ name }) => name).join(',')} -> ${shape(expr.body)}`;
    case 'regex':
      return `/${expr.pattern}/${expr.flags}`;
    default:
      return expr.raw;
  }
}
const where = (expr: string, dialect: Dialect = 'spl1') =>
  shape(stage(`| where ${expr}`, 'where', dialect).expr);

describe('search expressions', () => {
  it.each([
    ['a b OR c', '(a & (b | c))'],
    ['A=1 OR B=2 AND C=3', '((A=1 | B=2) & C=3)'],
    ['NOT a OR b', '(!a | b)'],
    ['NOT (a b)', '!(a & b)'],
    ['NOT NOT a', '!!a'],
    ['a and b or not c', '(a & and & b & or & not & c)'],
    ['`macro` x=1', '(`macro` & x=1)'],
    ['f IN (a, "b c", d*,) g=1', '(f∈a,b c,d* & g=1)'],
    ['f in(a b)', 'f∈a,b'],
    ['"quoted field"="x y" a{}.b=*', '(quoted field=x y & a{}.b=*)'],
    ['status == 200 latency <= 0.5', '(status=200 & latency<=0.5)'],
    ['field::value net::user', '(field::value & net::user)'],
    [
      'path="C:\\\\Windows\\\\*" q="say \\"hi\\"" r="*\\sam *"',
      '(path=C:\\Windows\\* & q=say "hi" & r=*\\sam *)',
    ],
    ['cmd=*"two words"*', 'cmd=*two words*'],
    ['url=http://a/?b=c&d', 'url=http://a/?b=c&d'],
    ['[search a] b', '([] & b)'],
    ['latest=now() (a)', '(latest=now() & a)'],
    ['-- MARK -- 1/0', '(-- & MARK & -- & 1/0)'],
    ['src!=10.0.0.0/8 NOT dest=*', '(src!=10.0.0.0/8 & !dest=*)'],
  ])('%s', (text, expected) => {
    expect(search(text)).toBe(expected);
  });

  it('keeps TERM and CASE as directives of a value', () => {
    const { expr } = stage('TERM(10.1.2.3) user=CASE("Bob")', 'search');
    expect(expr).toMatchObject({
      items: [
        { kind: 'search-term', value: { value: '10.1.2.3', directive: 'TERM' } },
        { kind: 'search-compare', value: { value: 'Bob', directive: 'CASE' } },
      ],
    });
  });
});

describe('eval expressions', () => {
  it.each([
    ['a=1 AND b=2 OR c=3', '(((a = 1) and (b = 2)) or (c = 3))'],
    ['NOT a=1 AND b=2', '(not((a = 1)) and (b = 2))'],
    ['a OR b XOR c AND d', '((a or b) xor (c and d))'],
    ['a + b * c - d', '((a + (b * c)) - d)'],
    ['a . "x" + b', '((a . "x") + b)'],
    ['a.b', '(a . b)'],
    ['\'a.b\'=="x"', '(a.b = "x")'],
    ['-a * 2', '(-(a) * 2)'],
    ['x LIKE "%a%" OR like(y, "b")', '((x like "%a%") or like(y, "b"))'],
    ['x IN ("a", b) AND NOT y in(1)', '((x in "a", b) and not((y in 1)))'],
    ['x NOT IN (1, 2)', 'not((x in 1, 2))'],
    ['NOT [search a | fields x]', 'not([subsearch])'],
    ['src IN [search a]', '(src in [subsearch])'],
    ['.5 + 1e-3', '(.5 + 1e-3)'],
    ['request-bytes', '(request - bytes)'],
    ['inbound:outbound>1', '(inbound:outbound > 1)'],
    ['a<>b', '(a != b)'],
    ['if(a="x",1,0)=1 and true()', '((if((a = "x"), 1, 0) = 1) and true())'],
    ['null = true', '(null = true)'],
  ])('%s', (text, expected) => {
    expect(where(text)).toBe(expected);
  });

  it.each([
    ['process.file.name = "a"', '(process→file→name = "a")'],
    ['f(x)[0].y IS NOT NULL', 'f(x)[0]→y is not null'],
    ['{"a b": 1, c: [true, null]} = 1', '({a b: 1, c: [#true, #null]} = 1)'],
    ['match(x, /a[/]\\/b|c/i)=true', '(match(x, /a[/]/b|c/i) = #true)'],
    ['match(x, /(?i)/dest:rdp/)', 'match(x, /(?i)/dest:rdp/)'],
    ['map(x, $y -> $y + 1)', 'map(x, $y -> ($y + 1))'],
    ['cidrmatch(ip: a, cidr_range: "10.0.0.0/8")', 'cidrmatch(a, "10.0.0.0/8")'],
    ['a / b / c', '((a / b) / c)'],
  ])('SPL2: %s', (text, expected) => {
    expect(where(text, 'spl2')).toBe(expected);
  });

  it('keeps templates of foreach as names', () => {
    const { body } = stage("| foreach a* [eval <<FIELD>>_pct = '<<FIELD>>' + <<MATCHSTR>>]", 'foreach');
    expect(body.text).toBe("eval <<FIELD>>_pct = '<<FIELD>>' + <<MATCHSTR>>");
    const inner = body.query.stages[0];
    expect(inner).toMatchObject({
      shape: 'eval',
      assignments: [
        {
          target: { name: '<<FIELD>>_pct' },
          expr: { left: { name: '<<FIELD>>', quoted: true }, right: { name: '<<MATCHSTR>>' } },
        },
      ],
    });
  });
});

describe('commands', () => {
  it('reads tstats with clauses in any order and case', () => {
    const {
      aggregations,
      from,
      where: condition,
      by,
      span,
    } = stage(
      '| tstats summariesonly=false count values(Processes.process) AS p WHERE nodename=X BY _time span=1h, Processes.dest FROM datamodel=Endpoint.Processes',
      'tstats',
    );
    expect(aggregations.map(({ func, label, alias }) => [func, label, alias?.name])).toEqual([
      ['count', 'count', undefined],
      ['values', 'values(Processes.process)', 'p'],
    ]);
    expect(from).toMatchObject({ type: 'datamodel', name: { value: 'Endpoint.Processes' } });
    expect(grouped(condition!)).toBe('nodename=X');
    expect(by.map(({ name }) => name)).toEqual(['_time', 'Processes.dest']);
    expect(span?.value).toBe('1h');
  });

  it('reads aggregations over expressions and nested calls', () => {
    const { aggregations } = stage(
      '| timechart count(eval(a=1)) AS x sum(b*2) sparkline(max(u), 1h) dc(tan(_time)) values(*) as *',
      'chart',
    );
    expect(aggregations.map(({ arg, label }) => [arg?.kind, label])).toEqual([
      ['agg-expr', 'count(eval(a=1))'],
      ['agg-expr', 'sum(b*2)'],
      ['agg-nested', 'sparkline(max(u), 1h)'],
      ['agg-expr', 'dc(tan(_time))'],
      ['agg-field', 'values(*)'],
    ]);
  });

  it('reads lookup keys and outputs', () => {
    const { table, keys, output } = stage(
      '| lookup local=t users region AS r code OUTPUTNEW name AS n, owner',
      'lookup',
    );
    expect(table.value).toBe('users');
    expect(keys.map(({ from, to }) => [from.name, to?.name])).toEqual([
      ['region', 'r'],
      ['code', undefined],
    ]);
    expect(output).toMatchObject({
      mode: 'outputnew',
      fields: [{ from: { name: 'name' }, to: { name: 'n' } }, { from: { name: 'owner' } }],
    });
  });

  it('reads sort and dedup keys', () => {
    const sort = stage('| sort 0 - num(a), +b c desc', 'sort');
    expect(sort.limit).toBe(0);
    expect(sort.keys.map(({ direction, type, field }) => [direction, type, field.name])).toEqual([
      ['-', 'num', 'a'],
      ['+', undefined, 'b'],
      ['', undefined, 'c'],
    ]);
    expect(sort.descending).toBe(true);
    expect(stage('| dedup 3 keepempty=t a b sortby -c', 'dedup')).toMatchObject({
      count: 3,
      options: [{ name: 'keepempty' }],
      sortby: [{ direction: '-' }],
    });
  });

  it('reads conditions in options', () => {
    const { options } = stage(
      '| transaction host startswith=(EventCode=1 OR x) endswith=eval(a!=b) maxspan=5m',
      'transaction',
    );
    expect(options.map(({ name, condition }) => [name, condition?.kind])).toEqual([
      ['startswith', 'search-condition'],
      ['endswith', 'eval-condition'],
      ['maxspan', undefined],
    ]);
    const reset = stage('| streamstats reset_after="("match(t,\\"yes\\")")" count', 'stats').options[0];
    expect(reset?.condition).toMatchObject({ kind: 'eval-condition', expr: { kind: 'call', name: 'match' } });
  });

  it('reads columns whose names hold parentheses', () => {
    expect(stage('| table values(x) "a b" c*', 'field-list').fields.map(({ name }) => name)).toEqual([
      'values(x)',
      'a b',
      'c*',
    ]);
    expect(stage('| rename count(x) as aceFlags(inheritance)', 'rename').pairs[0]?.to?.name).toBe(
      'aceFlags(inheritance)',
    );
  });

  it('reads macros in every position', () => {
    const text =
      '`base` x=`v` | tstats `opts` count from datamodel=M where `cond` by a `more` | eval a=`expr`, `whole` | `stage(1, "b,c")` | where `w`';
    const { query, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(query.stages.map(({ kind }) => kind)).toEqual([
      'command',
      'command',
      'command',
      'macro-stage',
      'command',
    ]);
    const [, tstats, , call] = query.stages;
    expect(tstats).toMatchObject({
      options: [{ macro: { name: 'opts' } }],
      where: { kind: 'macro' },
      by: [{}, { macro: { name: 'more' } }],
    });
    expect(call).toMatchObject({ call: { name: 'stage', args: ['1', 'b,c'] } });
  });

  it('knows a command by its other names', () => {
    expect(stage('| BUCKET span=5m _time', 'bin')).toMatchObject({ name: 'bin', typed: 'bucket' });
  });

  it('reads statements of SPL2', () => {
    const text = '$a = | from x() | where y; $b = from $a | where z;\n| from $a | union $b | into sink();';
    const { query, diagnostics } = parse(text, { dialect: 'spl2' });
    expect(diagnostics).toEqual([]);
    expect(query.definitions?.map(({ assign }) => assign)).toEqual(['a', 'b']);
    expect(query.stages).toMatchObject([
      { shape: 'from', type: 'variable' },
      { shape: 'append', datasets: [{ value: '$b' }] },
      { shape: 'into' },
    ]);
  });
});

describe('ranges', () => {
  it('are exact', () => {
    const text = 'index=a user="b c" | stats count(eval(x>1)) AS n BY host';
    const { query } = parse(text);
    const slices: string[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { kind, range } = node as { kind?: string; range?: { start: number; end: number } };
      if (kind && range) slices.push(`${kind}: ${text.slice(range.start, range.end)}`);
      for (const child of Object.values(node)) visit(child);
    };
    visit(query.stages);
    expect(slices).toEqual(
      [
        'command: index=a user="b c"',
        'search-and: index=a user="b c"',
        'search-compare: index=a',
        'field: index',
        'search-value: a',
        'search-compare: user="b c"',
        'field: user',
        'search-value: "b c"',
        'command: stats count(eval(x>1)) AS n BY host',
        'aggregation: count(eval(x>1)) AS n',
        'agg-expr: undefined',
        'binary: x>1',
        'eval-field: x',
        'number: 1',
        'field: n',
        'field: host',
      ].filter((line) => !line.startsWith('agg-expr')),
    );
  });
});

describe('messages and recovery', () => {
  const first = (text: string, dialect: Dialect = 'spl1') => {
    const [diagnostic] = parse(text, { dialect }).diagnostics;
    return (
      diagnostic && [
        diagnostic.code,
        diagnostic.message,
        text.slice(diagnostic.range!.start, diagnostic.range!.end),
      ]
    );
  };
  it.each([
    ['a | stats count by', ['expected-field', 'Expected a field after `by` in `stats`.', '']],
    [
      'a | stats by x',
      [
        'expected-aggregation',
        'Expected an aggregation such as `count` or `values(field)` after `stats` in `stats`, found `b`.',
        'b',
      ],
    ],
    [
      'a | where x= | head',
      ['expected-expression', 'Expected an expression after `=` in `where`, found `|`.', '|'],
    ],
    ['a | rename x', ['expected-token', 'Expected `AS` and a new name for `x` after `x` in `rename`.', '']],
    ['a OR', ['expected-search-term', 'Expected a search term after `OR` in `search`.', '']],
    ['a | search (b', ['expected-token', 'Expected `)` after `b` in `search`.', '']],
    [
      'a | search "b',
      [
        'unclosed-quote',
        'This " has no partner: close the quote, or write \\" for the character itself.',
        '"',
      ],
    ],
    ['a | join x', ['expected-subsearch', 'Expected a subsearch in `[ ]` after `x` in `join`.', '']],
    ['a | | head', ['expected-command', 'Expected a command after `|`, found `|`.', '|']],
    ['a | eval x 1', ['expected-token', 'Expected `=` after `x` in `eval`, found `1`.', '1']],
    ['a [search b', ['unclosed-bracket', 'This subsearch has no closing bracket: add `]`.', '[']],
    ['a ] b', ['expected-search-term', 'Expected a search term after `a` in `search`, found `]`.', ']']],
    ['a | untable x y', ['expected-field', 'Expected 3 fields after `y` in `untable`.', '']],
    [
      'a | frobnicate x',
      [
        'unknown-command',
        'Sightline does not know the command `frobnicate`. The stage is kept as written and cannot run.',
        'frobnicate',
      ],
    ],
    [
      'a | evla x=1',
      [
        'unknown-command',
        'Sightline does not know the command `evla`; did you mean `eval`? The stage is kept as written and cannot run.',
        'evla',
      ],
    ],
    [
      'a | tail 5 6',
      ['unexpected-argument', 'Expected the end of the stage after `5` in `tail`, found `6`.', '6'],
    ],
    [
      'tstats count',
      ['command-without-pipe', 'This is read as search terms: write `| tstats` for the command.', 'tstats'],
    ],
    [
      'a | sort 5 x foo=bar',
      ['unknown-option', '`sort` has no option `foo`; it is kept as written and has no effect.', 'foo'],
    ],
  ])('%s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it('goes on at the next pipe, in subsearches too', () => {
    const { query, diagnostics } = parse(
      'a | stats by "|" | head 3 | join x [search b | where ( | fields x] | tail 2',
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['expected-aggregation', 'expected-expression']);
    expect(
      query.stages.map((each) =>
        each.kind === 'opaque' ? `opaque ${each.text}` : each.kind === 'command' ? each.name : each.kind,
      ),
    ).toEqual(['search', 'opaque stats by "|"', 'head', 'join', 'tail']);
  });

  it('refuses nesting that would exhaust the stack', () => {
    for (const text of [
      '('.repeat(5000),
      `| where ${'-'.repeat(5000)}1`,
      '['.repeat(5000),
      'NOT '.repeat(5000),
      `| where ${'f('.repeat(5000)}`,
    ]) {
      expect(parse(text).diagnostics.map(({ code }) => code)).toContain('nested-too-deep');
    }
  });
});
