import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConf } from './conf.ts';
import { type IndexEnvironment, indexTime } from './index-time.ts';
import { settingsFor } from './settings.ts';

/** Events of a text under settings without a stanza. */
function indexed(text: string, props: string, transforms = '', environment: IndexEnvironment = {}) {
  const rules = indexTime(
    parseConf(`ANNOTATE_PUNCT = false\n${props}`).get('')!,
    parseConf(transforms),
    environment,
  );
  const events = rules.events(text, { host: 'h', source: 's', sourcetype: 't' });
  return { events, codes: rules.diagnostics.map(({ code }) => code) };
}

const raws = (text: string, props: string) => indexed(text, props).events.map(({ raw }) => raw);

describe('lines and events', () => {
  test('MUST_NOT_BREAK_AFTER holds until MUST_BREAK_AFTER; MUST_NOT_BREAK_BEFORE where each line is an event', () => {
    const props = 'BREAK_ONLY_BEFORE_DATE = false\nMUST_NOT_BREAK_AFTER = ^BEGIN\nMUST_BREAK_AFTER = ^END';
    expect(raws('BEGIN\na\nEND\nb\nc\n', props)).toEqual(['BEGIN\na\nEND', 'b', 'c']);
    expect(raws('a\n  b\nc', 'BREAK_ONLY_BEFORE_DATE = false\nMUST_NOT_BREAK_BEFORE = ^\\s')).toEqual([
      'a\n  b',
      'c',
    ]);
  });

  test('a breaker without a group breaks before its match; of several groups the first that took part counts', () => {
    expect(raws('<a/><b/>', 'SHOULD_LINEMERGE = false\nLINE_BREAKER = (?=<b)')).toEqual(['<a/>', '<b/>']);
    expect(raws('xa-;-xb', 'SHOULD_LINEMERGE = false\nLINE_BREAKER = a(,)|-(;)-')).toEqual(['xa-', '-xb']);
  });
});

describe('which settings hold', () => {
  const conf = parseConf(
    'A = none\n[t]\nA = type\nB = type\n[host::h*]\nA = host\n[source::.../x.log]\nC = pattern\n[source::/v/x.log]\nC = named\n[source::/v/*]\npriority = 200\nC = urgent',
  );
  test('source over host over source type; a priority over all of its kind', () => {
    expect(
      Object.fromEntries(settingsFor(conf, { source: '/v/x.log', host: 'h1', sourcetype: 't' })),
    ).toEqual({
      A: 'host',
      B: 'type',
      C: 'urgent',
      priority: '200',
    });
    expect(settingsFor(conf, { source: '/v/w/x.log' }).get('C')).toBe('pattern');
    expect(settingsFor(conf, {}).get('A')).toBe('none');
  });
});

describe('structured files', () => {
  test('W3C: names after #Fields, remarks left out, TIMESTAMP_FIELDS, missing values', () => {
    const props = 'INDEXED_EXTRACTIONS = W3C\nTIMESTAMP_FIELDS = date, time\nMISSING_VALUE_REGEX = -';
    const { events } = indexed(
      '#Version: 1\n#Fields: c-ip date time q\n1.2.3.4 2026-01-15 10:00:00 -\n',
      props,
    );
    expect(events).toMatchObject([{ raw: '1.2.3.4 2026-01-15 10:00:00 -', time: 1768471200 }]);
    expect(Object.fromEntries(events[0]!.fields)).toEqual({
      c_ip: '1.2.3.4',
      date: '2026-01-15',
      time: '10:00:00',
    });
  });

  test('CSV: line ends inside quotes, a header further down; JSON: one object a line', () => {
    const csv = 'INDEXED_EXTRACTIONS = CSV\nHEADER_FIELD_LINE_NUMBER = 2';
    expect(indexed('made today\na,b\n1,"x\ny"\n', csv).events.map(({ fields }) => [...fields])).toEqual([
      [
        ['a', '1'],
        ['b', 'x\ny'],
      ],
    ]);
    const json =
      'INDEXED_EXTRACTIONS = JSON\nSHOULD_LINEMERGE = false\nJSON_TRIM_BRACES_IN_ARRAY_NAMES = true';
    expect(indexed('{"a":{"b":[1,2]}}\nnone\n', json).events.map(({ fields }) => [...fields])).toEqual([
      [['a.b', ['1', '2']]],
      [],
    ]);
  });
});

describe('transforms', () => {
  const lines = 'SHOULD_LINEMERGE = false\n';
  test('metadata, dropped events, the text before as $0, repeated matches', () => {
    const { events } = indexed(
      'keep on=web1 k=1 k=2\ndrop on=web2',
      `${lines}TRANSFORMS-a = host, drop, type, mark, all`,
      [
        '[host]\nREGEX = on=(\\w+)\nDEST_KEY = MetaData:Host\nFORMAT = host::$1',
        '[drop]\nREGEX = ^drop\nDEST_KEY = queue\nFORMAT = nullQueue',
        '[type]\nSOURCE_KEY = MetaData:Host\nREGEX = host::web\nDEST_KEY = MetaData:Sourcetype\nFORMAT = sourcetype::web',
        '[mark]\nREGEX = ^\nDEST_KEY = _raw\nFORMAT = [x] $0',
        '[all]\nREGEX = k=(\\d)\nFORMAT = k::$1\nWRITE_META = true\nREPEAT_MATCH = true',
      ].join('\n'),
    );
    expect(events).toMatchObject([{ raw: '[x] keep on=web1 k=1 k=2', host: 'web1', sourcetype: 'web' }]);
    expect([...events[0]!.fields]).toEqual([['k', ['1', '2']]]);
  });

  test('INGEST_EVAL: one after another, `:=` replaces, null removes', () => {
    const evaluate: IndexEnvironment['evaluate'] = (expression, fields) =>
      expression === 'null()'
        ? undefined
        : expression === 'copy'
          ? fields.get('a')
          : expression.replace(/"/g, '');
    const { events } = indexed(
      'x',
      `${lines}TRANSFORMS-a = e`,
      '[e]\nINGEST_EVAL = a="1, 2", b=copy, a:="3", a="4", b=null(), _time="5", index="i"',
      { evaluate },
    );
    expect(events).toMatchObject([{ time: 5, index: 'i' }]);
    expect([...events[0]!.fields]).toEqual([['a', ['3', '4']]]);
  });

  test('a time without a zone is local; an event without one has the time before it, or now', () => {
    const times = { strptime: () => null, offset: () => 3600 };
    const { events } = indexed('a\n2026-01-15 10:00:00 b\nc', `${lines}TZ = x`, '', { times, now: 7 });
    expect(events.map(({ time }) => time)).toEqual([7, 1768467600, 1768467600]);
  });

  test('what cannot be honoured is said once', () => {
    const props = `${lines}TIME_FORMAT = %s\nSEDCMD-a = s/a/b/\nTRANSFORMS-a = gone, clone, eval, odd\nLINE_BREAKER = (?(1)a)`;
    const transforms =
      '[clone]\nCLONE_SOURCETYPE = x\n[eval]\nINGEST_EVAL = a=1\n[odd]\nREGEX = a\nDEST_KEY = _TCP_ROUTING';
    expect(indexed('a\na', props, transforms).codes).toEqual([
      'props-time',
      'props-sed',
      'props-transform-missing',
      'props-transform',
      'props-transform',
      'props-transform',
      'props-pattern',
    ]);
  });
});

test('any settings over any text give events and never throw', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('(', '\\', '0', '-1', 'NaN', '|', 'CSV', 'a|b', '(a)?', ','),
  );
  const key = fc.constantFrom(
    ...['LINE_BREAKER', 'TRUNCATE', 'MAX_EVENTS', 'BREAK_ONLY_BEFORE', 'MUST_BREAK_AFTER', 'TIME_PREFIX'],
    ...[
      'TIME_FORMAT',
      'INDEXED_EXTRACTIONS',
      'FIELD_DELIMITER',
      'FIELD_QUOTE',
      'FIELD_NAMES',
      'TZ',
      'SEDCMD-a',
    ],
    ...[
      'HEADER_FIELD_LINE_NUMBER',
      'PREAMBLE_REGEX',
      'TIMESTAMP_FIELDS',
      'TRANSFORMS-a',
      'FIELD_HEADER_REGEX',
    ],
  );
  const stanza = fc.array(fc.tuple(key, value)).map((pairs) => new Map(pairs));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), stanza, stanza, (text, props, transform) => {
      const events = indexTime(props, new Map([['a', transform]])).events(text);
      expect(events.every(({ raw }) => typeof raw === 'string')).toBe(true);
    }),
  );
});
