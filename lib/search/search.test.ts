import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderOfKind } from '../content/address.ts';
import type { Kind } from '../content/model.ts';
import type { SearchDocument } from './documents.ts';
import { SearchIndex } from './index.ts';
import { parseQuery } from './query.ts';
import { terms } from './tokenise.ts';

function document(name: string, more: Partial<SearchDocument> = {}): SearchDocument {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  return {
    kind: 'detection',
    name,
    slug,
    address: `/detections/${slug}/`,
    values: {},
    ...more,
    text: { ...more.text },
  };
}

const UUID = '9b1d0d3c-4688-4104-9abc-0123456789ab';
const index = SearchIndex.of([
  document('Encoded PowerShell', {
    id: UUID,
    text: { search: 'process_name=powershell.exe' },
    values: {
      technique: ['T1059.001'],
      severity: ['high'],
      risk: ['64'],
      updated: ['2024-07-02'],
      status: ['production'],
    },
  }),
  document('Run Key Changed', {
    text: {
      search: 'registry_path="HKLM\\\\Software\\\\Run" EventCode=13',
      false_positives: 'Backup software',
    },
    values: {
      technique: ['T1547.001'],
      severity: ['low'],
      risk: ['50'],
      updated: ['2024-06-30'],
    },
  }),
  document('Old Run Key Changed', { values: { status: ['deprecated'] } }),
]);
const found = (query: string) => index.search(query).results.map(({ document: { name } }) => name);

test.each([
  ['t1059.001', ['Encoded PowerShell']],
  ['t1059', ['Encoded PowerShell']],
  [UUID.toUpperCase(), ['Encoded PowerShell']],
  ['9b1d0d3c', ['Encoded PowerShell']],
  ['4688', []],
  ['wershell.e', ['Encoded PowerShell']],
  ['encodde', ['Encoded PowerShell']],
  ['HKLM\\Software', ['Run Key Changed']],
  ['EventCode=13', ['Run Key Changed']],
  ['"run key"', ['Run Key Changed', 'Old Run Key Changed']],
  ['"key run"', []],
  ['technique:T1059', ['Encoded PowerShell']],
  ['technique:T105', []],
  ['severity>=medium', ['Encoded PowerShell']],
  ['risk>50', ['Encoded PowerShell']],
  ['updated>2024-06', ['Encoded PowerShell']],
  ['updated<=2024-06', ['Run Key Changed']],
  ['fp:backup', ['Run Key Changed']],
  ['run -status:deprecated', ['Run Key Changed']],
  ['powershell OR hklm', ['Encoded PowerShell', 'Run Key Changed']],
  ['tecnique:T1059', ['Encoded PowerShell']],
  ['statsu:deprecated', []],
  ['encoded nosuchword', ['Encoded PowerShell']],
  ['', []],
])('%s', (query, names) => {
  expect(found(query)).toEqual(names);
});

test.each([
  ['tecnique:T1059', 'query-key-unknown', 'Did you mean `technique`?'],
  ['risk>much', 'query-value-invalid', 'compared with a number'],
  ['severity:huge', 'query-value-invalid', 'informational, low'],
  ['type>TTP', 'query-value-invalid', 'has no order'],
  ['"never closed', 'query-quote-open', 'never closed'],
  ['is:failing', 'query-evidence-missing', 'No test was run'],
  ['encoded nosuchword', 'query-partly-met', 'Nothing has `nosuchword`'],
  ['encoded hklm', 'query-partly-met', 'Nothing has all 2 parts of this query; what has 1'],
  ['zzz:T1059', 'query-key-unknown', 'The keys are technique'],
])('%s is complained about', (query, code, words) => {
  const { diagnostics } = index.search(query);
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  expect(diagnostics[0]!.message).toContain(words);
});

test('any text is a query, and ranges lie in it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { range } of parseQuery(text).groups.flat()) {
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(text.length);
      }
      index.search(text);
    }),
  );
});

test('a term is whole and in its parts', () => {
  expect([...terms('ParentProcessName powershell.exe')]).toEqual([
    'parentprocessname',
    'parent',
    'process',
    'name',
    'powershell.exe',
    'powershell',
    'exe',
  ]);
});

test('a document of every kind of content is found, and as that kind', () => {
  const kinds = Object.keys(folderOfKind) as Kind[];
  const all = SearchIndex.of(kinds.map((kind) => document(`Thing ${kind}`, { kind })));
  for (const kind of kinds) {
    expect(all.search(`kind:${kind}`).results.map(({ document }) => document.kind)).toEqual([kind]);
  }
});
