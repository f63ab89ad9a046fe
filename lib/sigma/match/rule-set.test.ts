import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuickKinds } from '../../events/extract/quick/quick-kinds.ts';
import { plainRecord } from '../../events/plain-record.ts';
import { readAll } from '../../events/read/read.ts';
import type { SigmaRule } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { type CompiledRule, compileRule } from './compile.ts';
import { SigmaEvent } from './event.ts';
import { IdList } from './id-list.ts';
import { RuleSet } from './rule-set.ts';
import { TextIndex } from './text-index.ts';

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'A', 'b', '-', '/', ' '), maxLength: 7 }),
  fc.constantFrom('Σ', 'ΟΔΟΣ', 'İx', 'K', '✋ab', '–a', '10.1.2.3', '7', '70', 'YWI=', 'true', 'aab ab'),
  // Case folding of other letters, what JSON and rules escape, and values that are longer than what is never kept.
  fc.constantFrom(
    'É',
    'é',
    'ß',
    'ẞ',
    'ſ',
    'ǅ',
    'ﬁ',
    '',
    '\\',
    'a\\\\b',
    '\u0000',
    '"a"',
    'abab ABAB -/ab aabb',
    '💥a',
  ),
);
const written = fc
  .array(fc.oneof(text, fc.constantFrom('*', '?', '\\*', '\\\\')), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Modifiers with values that suit them. */
const items = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ...['', '|contains', '|startswith', '|endswith', '|contains|all', '|contains|cased', '|cased'],
        ...[
          '|endswith|cased',
          '|contains|windash',
          '|base64offset|contains',
          '|base64',
          '|neq',
          '|wide|base64',
        ],
      ),
      fc.array(written, { minLength: 1, maxLength: 4 }),
    )
    .map(([modifier, values]) => `${modifier}: [${values.map(quoted).join(', ')}]`),
  fc.constantFrom(
    ...["|re: 'a+b'", "|re: '^[ab]*$'", "|re|i: 'AB'", "|re: '(?:ab|ba)-'", "|re: 'Σ'", '|cidr: 10.0.0.0/8'],
    ...[': null', ": ''", '|exists: true', '|exists: false', '|gt: 6', '|lte: 7', ': 7', ': true'],
    ...['|fieldref: b', '|fieldref|contains: c', '|fieldref|cased: a'],
  ),
);
const field = fc.constantFrom('a', 'b', 'c', 'ThreatName', 'Provider_Name', 'host', 'ProcessId');
const search = fc.oneof(
  fc.array(fc.tuple(field, items), { minLength: 1, maxLength: 3 }).map((entries) => {
    const byKey = new Map(entries.map(([name, rest]) => [name, rest]));
    return [...byKey].map(([name, rest]) => `    ${name}${rest}`).join('\n');
  }),
  fc
    .array(written, { minLength: 1, maxLength: 3 })
    .map((words) => words.map((word) => `    - ${quoted(word)}`).join('\n')),
);
const condition = fc.constantFrom(
  ...['s0', 's0 and s1', 's0 or s1', 'not s0', 's0 and not s1', 'not (s0 or s1)', '1 of s*', 'all of s*'],
);
const logsource = fc.constantFrom(
  ...['{product: windows, category: process_creation}', '{product: windows, service: security}'],
  ...['{product: linux}', '{category: process_creation}', '{product: windows, category: registry_set}'],
);
const rules = fc.tuple(logsource, search, search, condition).map(([source, first, second, joined]) => {
  const yaml = `title: T\nlogsource: ${source}\ndetection:\n  s0:\n${first}\n  s1:\n${second}\n  condition: ${joined}\n`;
  const [document] = readSigma(yaml).documents;
  const compiled = document?.kind === 'rule' ? compileRule(document as SigmaRule) : undefined;
  return compiled !== undefined && 'matches' in compiled ? compiled : undefined;
});
const value = fc.oneof(text, fc.array(text, { minLength: 0, maxLength: 2 }));
const events = fc
  .tuple(
    fc.constantFrom(
      ...[{}, { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: '1' }],
      ...[{ Channel: 'security', EventID: '4688' }, { sourcetype: 'linux:audit' }],
      { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: '13', EventType: 'SetValue' },
      {
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: '13',
        EventType: ['CreateKey', 'SetValue'],
      },
    ),
    fc.dictionary(
      fc.constantFrom(
        'a',
        'b',
        'c',
        'Threat Name',
        'ThreatName',
        'Name',
        'host',
        'NewProcessId',
        '__proto__',
      ),
      value,
    ),
  )
  .map(([kind, fields]) => plainRecord({ ...Object.fromEntries(Object.entries(fields)), ...kind }));

/** One JSON object written in some of the ways that JSON allows: escapes, blanks, names that come twice. */
const jsonText: fc.Arbitrary<string> = (() => {
  const escaped = (text: string, how: readonly number[]): string => {
    let written = '';
    for (const [at, char] of [...text.split('')].entries()) {
      const code = char.charCodeAt(0);
      const way = how[at % Math.max(1, how.length)] ?? 0;
      if (way === 1 || code < 0x20 || (code >= 0xd800 && code < 0xe000))
        written += `\\u${code.toString(16).padStart(4, '0')}`;
      else if (char === '"' || char === '\\') written += `\\${char}`;
      else written += char === '/' && way === 2 ? '\\/' : char;
    }
    return `"${written}"`;
  };
  const how = fc.array(fc.constantFrom(0, 0, 0, 1, 2), { maxLength: 5 });
  const blank = fc.constantFrom('', '', '', ' ', '\t');
  const textOf = fc.tuple(text, how).map(([one, ways]) => escaped(one, ways));
  const scalar = fc.oneof(
    textOf,
    fc.constantFrom('7', '70', '7.0', '-0', '1e3', 'true', 'false', 'null', '{}', '[]', '"a&amp;b"'),
  );
  const valueText = fc.oneof(
    { arbitrary: scalar, weight: 6 },
    { arbitrary: fc.array(scalar, { maxLength: 3 }).map((all) => `[${all.join(', ')}]`), weight: 1 },
    { arbitrary: scalar.map((one) => `{"a":${one}}`), weight: 1 },
  );
  const name = fc.constantFrom(
    ...['a', 'b', 'c', 'A', 'Threat Name', 'Threat_Name', 'ThreatName', 'Name', 'host', '__proto__'],
    ...['ProcessId', 'NewProcessId', 'punct', 'System_Props_Xml', '\\u0061'],
  );
  const kinds = fc.constantFrom(
    ...['', '"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1', '"EventID":"7","Channel":"x"'],
    ...['"Channel":"Security","EventID":"4688"', '"EventCode":4688,"Channel":"security"'],
    '"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":"13","EventType":"SetValue"',
  );
  return fc
    .tuple(kinds, fc.array(fc.tuple(name, blank, valueText), { minLength: 1, maxLength: 6 }))
    .map(([kind, members]) => {
      const own = members.map(([key, gap, one]) => `"${key}"${gap}:${gap}${one}`);
      return `{${[...(kind === '' ? [] : [kind]), ...own].join(',')}}`;
    });
})();

describe('a set of rules', () => {
  it('matches in events as they stand in a log what its rules match one by one', async () => {
    let quickly = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(rules, { minLength: 1, maxLength: 12 }),
        fc.array(jsonText, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(undefined, 'XmlWinEventLog', 'linux:audit'),
        async (made, texts, sourcetype) => {
          const usable = made.filter((rule): rule is CompiledRule => rule !== undefined);
          const bytes = new TextEncoder().encode(`${[...texts, ...texts, ...texts].join('\n')}\n`);
          const options = { name: 'log.ndjson', sourcetype };
          const { records } = await readAll(bytes, options);
          const { records: apart } = await readAll(bytes, options);
          const kinds = new QuickKinds();
          const set = new RuleSet(usable, kinds);
          for (const [at, record] of records.entries()) {
            if (kinds.of(record) !== undefined) quickly += 1;
            const found = set.positions(record);
            const event = new SigmaEvent(apart[at]!);
            const alone = usable.flatMap((rule, position) => (rule.matches(event) ? [position] : []));
            expect(found, record.raw).toEqual(alone);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(quickly).toBeGreaterThan(1000);
  });

  it('matches what its rules match one by one', () => {
    fc.assert(
      fc.property(
        fc.array(rules, { minLength: 1, maxLength: 12 }),
        fc.array(events, { minLength: 1, maxLength: 8 }),
        (made, records) => {
          const usable = made.filter((rule): rule is CompiledRule => rule !== undefined);
          const set = new RuleSet(usable);
          // Twice, so that what was kept of a value answers too.
          for (const record of [...records, ...records]) {
            const event = new SigmaEvent(record);
            const alone = usable.flatMap((rule, at) => (rule.matches(event) ? [at] : []));
            expect(set.positions(record)).toEqual(alone);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it('answers the same after it has learnt from the first events which texts are rare', () => {
    const usable = fc
      .sample(rules, { numRuns: 30, seed: 11 })
      .filter((rule): rule is CompiledRule => rule !== undefined);
    const set = new RuleSet(usable);
    for (const [at, record] of fc.sample(events, { numRuns: 7500, seed: 12 }).entries()) {
      const event = new SigmaEvent(record);
      const alone = usable.flatMap((rule, position) => (rule.matches(event) ? [position] : []));
      expect({ at, found: set.positions(record) }).toEqual({ at, found: alone });
    }
  });

  it('generates rules that can be used', () => {
    const made = fc.sample(rules, { numRuns: 300, seed: 7 });
    expect(made.filter((rule) => rule !== undefined).length).toBeGreaterThan(150);
  });
});

it('literals are found where they are', () => {
  const place = fc.constantFrom('equals', 'startswith', 'endswith', 'contains');
  const literal = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', '✋', '\u008a'),
    minLength: 1,
    maxLength: 7,
  });
  const holds = {
    equals: (subject: string, wanted: string) => subject === wanted,
    startswith: (subject: string, wanted: string) => subject.startsWith(wanted),
    endswith: (subject: string, wanted: string) => subject.endsWith(wanted),
    contains: (subject: string, wanted: string) => subject.includes(wanted),
  };
  fc.assert(
    fc.property(fc.array(fc.tuple(place, literal), { maxLength: 40 }), fc.array(literal), (all, subjects) => {
      const index = new TextIndex();
      for (const [at, [where, wanted]] of all.entries()) index.add(where as keyof typeof holds, wanted, at);
      // Long texts are searched in another way.
      for (const subject of [...subjects, ...subjects.map((one) => one.repeat(300))]) {
        const hits = new IdList();
        index.find(subject, hits);
        const expected = all.flatMap(([where, wanted], at) =>
          holds[where as keyof typeof holds](subject, wanted) ? [at] : [],
        );
        expect([...new Set(hits.ids.subarray(0, hits.count))].sort((a, b) => a - b)).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});
