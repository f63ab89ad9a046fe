/** The index answers as a plain scan over every document and every term does: same documents, scores, fields, order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSlip } from './dictionary.ts';
import type { SearchDocument } from './documents.ts';
import { FIELD_WEIGHTS, keysOf, type RunningField, type TextField } from './fields.ts';
import { SearchIndex } from './index.ts';
import { type Clause, comparable, holdsOne, KEYS, parseQuery } from './query.ts';
import { isUuid, plain, terms, words } from './tokenise.ts';

const FIELDS = Object.keys(FIELD_WEIGHTS) as TextField[];
const STATUS: Record<string, number> = {
  deprecated: 0.6,
  removed: 0.5,
  unsupported: 0.6,
  experimental: 0.95,
};

/** What stands in a field. */
function textIn({ kind, name, id, path, text, values }: SearchDocument, field: TextField): string {
  if (field === 'name') return name;
  if (field === 'ids') return [id, path].filter(Boolean).join(' ');
  const listed = keysOf(kind, field).flatMap((key) => values[key] ?? []);
  return listed.length > 0 ? listed.join(' · ') : (text[field as RunningField] ?? '');
}

interface Hit {
  score: number;
  fields: Set<TextField>;
}

/** The rules of the search, written down in the most direct way. Slow. */
function scan(documents: SearchDocument[], query: string) {
  const { groups } = parseQuery(query);
  if (groups.length === 0) return [];
  const isText = ({ key, negated }: Clause) => key === undefined && !negated;
  const wanted = groups.filter((group) => group.some(isText));
  const filters = groups.filter((group) => !group.some(isText));
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const field of FIELDS)
      for (const term of terms(textIn(document, field))) counts.set(term, (counts.get(term) ?? 0) + 1);
  const near = (word: string) => nearTerms(word, [...counts.keys()]);
  const rarity = (term: string) => Math.log(1 + documents.length / counts.get(term)!);
  const anyPhrase = (phrase: string) => documents.some((document) => phraseHit(document, phrase));

  function wordHit(document: SearchDocument, word: string): Hit | undefined {
    const hit: Hit = { score: 0, fields: new Set() };
    const counting = near(word);
    for (const field of FIELDS) {
      const found = terms(textIn(document, field));
      const weight = FIELD_WEIGHTS[field] / (1 + Math.log10(1 + found.size / 10));
      for (const term of found) {
        const nearness = counting.get(term);
        if (nearness === undefined) continue;
        hit.score = Math.max(hit.score, weight * nearness * rarity(term));
        hit.fields.add(field);
      }
    }
    return hit.fields.size > 0 ? hit : undefined;
  }

  function clauseHit(document: SearchDocument, clause: Clause): Hit | undefined {
    if (!isText(clause)) return meets(document, clause) ? { score: 1, fields: new Set() } : undefined;
    const parts = words(clause.value);
    if (clause.quoted) return phraseHit(document, clause.value);
    const whole = parts.length === 1 && parts[0]!.length === clause.value.length;
    const phrase = whole ? undefined : phraseHit(document, clause.value);
    if (!whole && anyPhrase(clause.value)) return phrase;
    const each = parts.map((part) => wordHit(document, part));
    if (each.length === 0 || !each.every((hit) => hit !== undefined)) return undefined;
    return { score: each.reduce((sum, { score }) => sum + score, 0), fields: each[0]!.fields };
  }

  const times = documents
    .map(({ values }) => Date.parse(values.updated?.[0] ?? ''))
    .filter((time) => !Number.isNaN(time));
  const [oldest, newest] = [Math.min(...times), Math.max(...times)];
  const whole = plain(
    wanted
      .flat()
      .flatMap(({ value, asTyped }) => (asTyped ? [] : value))
      .join(' '),
  );
  const found = documents.flatMap((document, place) => {
    if (!filters.every((group) => group.some((clause) => meets(document, clause)))) return [];
    const hits = wanted.flatMap((group) => {
      const each = group.flatMap((clause) => clauseHit(document, clause) ?? []);
      if (each.length === 0) return [];
      const score = Math.max(...each.map((hit) => hit.score));
      return [{ score, fields: each.flatMap((hit) => [...hit.fields]) }];
    });
    if (wanted.length > 0 && hits.length === 0) return [];
    const time = Date.parse(document.values.updated?.[0] ?? '');
    const recency = Number.isNaN(time) || newest === oldest ? 0 : (time - oldest) / (newest - oldest);
    const text = wanted.length === 0 ? 1 : hits.reduce((sum, { score }) => sum + score, 0);
    const factor = (STATUS[document.values.status?.[0] ?? ''] ?? 1) * (1 + 0.05 * recency);
    const score = (text + bonus(document, whole)) * factor;
    const fields = new Set(hits.flatMap((hit) => hit.fields));
    return [{ place, score, matched: FIELDS.filter((field) => fields.has(field)), met: hits.length }];
  });
  const most = Math.max(...found.map(({ met }) => met));
  const name = (place: number) => documents[place]!.name;
  return found
    .filter(({ met }) => met === most)
    .sort(
      (a, b) =>
        b.score - a.score ||
        (name(a.place) === name(b.place) ? a.place - b.place : name(a.place) < name(b.place) ? -1 : 1),
    )
    .map(({ place, score, matched }) => ({ place, score, matched }));
}

function nearTerms(word: string, dictionary: string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const term of dictionary) {
    if (term === word) found.set(term, 1);
    else if (term.startsWith(word)) found.set(term, 0.6);
    else if (word.length >= 3 && term.includes(word) && !isUuid(term)) found.set(term, 0.35);
  }
  for (const most of word.length >= 8 ? [1, 2] : word.length >= 4 ? [1] : []) {
    if (found.size > 0) break;
    for (const term of dictionary) if (isSlip(word, term, most)) found.set(term, 0.25 / most);
  }
  return found;
}

function phraseHit(document: SearchDocument, phrase: string): Hit | undefined {
  const wanted = plain(phrase);
  const fields = FIELDS.filter((field) => wanted && plain(textIn(document, field)).includes(wanted));
  if (fields.length === 0) return undefined;
  return { score: FIELD_WEIGHTS[fields[0]!] * 4, fields: new Set(fields) };
}

function meets(document: SearchDocument, clause: Clause): boolean {
  const { key, negated, operator, value } = clause;
  if (key === undefined) return (phraseHit(document, value) !== undefined) !== negated;
  const type = KEYS[key]!;
  const values = valuesOf(document, key).filter(Boolean);
  const wanted = comparable(type, key === 'fp' ? plain(value) : value);
  const any = values.some((has) => holdsOne(type, operator, comparable(type, has), wanted));
  return any !== negated;
}

function valuesOf({ kind, text, values }: SearchDocument, key: string): string[] {
  if (key === 'kind') return [kind];
  return key === 'fp' ? [plain(text.false_positives ?? '')] : (values[key] ?? []);
}

function bonus({ id, name, slug }: SearchDocument, whole: string): number {
  if (whole === '') return 0;
  const title = plain(name);
  if ([id?.toLowerCase(), title, slug.toLowerCase()].includes(whole)) return 1000;
  return title.startsWith(whole) ? 20 : title.includes(whole) ? 12 : 0;
}

/** Few letters and many separators, so that words meet, overlap, and stand at the edges of phrases. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[abk]{1,5}$/) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('Process', 'process_name', 'powershell.exe', 'T1059.001', 'T1059', '4688'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('İab', 'KAb', 'éab', 'ΑΣ', '0ab4c1de-1111-4222-8333-abcdefabcdef', '𝒳ab'),
  },
);
const separator = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '.',
  '-',
  '_',
  ':',
  '..',
  '=',
  '\\\\',
  '\\',
  ' - ',
  '\n',
  ', ',
);
const text = fc
  .array(fc.tuple(piece, separator), { maxLength: 8 })
  .map((pieces) => pieces.map(([word, after]) => word + after).join(''));
const document: fc.Arbitrary<SearchDocument> = fc
  .record({
    kind: fc.constantFrom('detection' as const, 'story' as const, 'guide' as const),
    name: text,
    id: fc.oneof(fc.constant(''), text, fc.uuid()),
    path: fc.oneof(fc.constant(''), text),
    text: fc.record({ description: text, search: text, false_positives: text }, { requiredKeys: [] }),
    values: fc.record(
      {
        technique: fc.subarray(['T1059', 'T1059.001', 'T1547']),
        tactic: fc.subarray(['execution', 'defense-evasion']),
        risk: fc.subarray(['10', '64'], { maxLength: 1 }),
        severity: fc.subarray(['low', 'high'], { maxLength: 1 }),
        status: fc.subarray(['production', 'deprecated', 'experimental'], { maxLength: 1 }),
        updated: fc.subarray(['2024-06-30', '2024-07-02', '2023-01-01'], { maxLength: 1 }),
        story: fc.array(text, { maxLength: 2 }),
        macro: fc.subarray(['process_name_filter', 'sysmon']),
        field: fc.subarray(['process_name', 'user', 'dest']),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ kind, name, id, path, text, values }) => ({
    kind,
    ...(id && { id }),
    name,
    slug: name,
    address: '/',
    ...(path && { path }),
    text,
    values: values as Record<string, string[]>,
  }));
const filter = fc.constantFrom(
  'technique:T1059',
  'tactic:defense_evasion',
  'risk>10',
  'severity<high',
  'updated<=2024-06',
  'fp:ab',
  'kind:detection',
  'kind:story',
  'knid:ab',
  'tecnique:T1059',
);
const clause = fc
  .tuple(
    fc.constantFrom('', '', '', '-'),
    fc.oneof(
      piece,
      filter,
      text,
      text.map((value) => `"${value.replaceAll('"', '')}"`),
    ),
    fc.constantFrom(' ', ' ', ' OR '),
  )
  .map((parts) => parts.join(''));
/** Queries also come as cuts of the texts themselves: what stands there has to be found wherever it is cut. */
const cut = fc.record({ from: fc.nat(12), length: fc.integer({ min: 1, max: 14 }), quoted: fc.boolean() });

function compare(documents: SearchDocument[], index: SearchIndex, query: string): void {
  const placeOf = new Map(index.documents.map((document, place) => [document, place]));
  const { results, total } = index.search(query, Number.POSITIVE_INFINITY);
  const got = results.map(({ document, score, matched }) => ({
    place: placeOf.get(document),
    score,
    matched,
  }));
  const expected = scan(documents, query);
  expect(got.map(({ place, matched }) => ({ place, matched }))).toEqual(
    expected.map(({ place, matched }) => ({ place, matched })),
  );
  for (const [at, { score }] of got.entries()) expect(score).toBeCloseTo(expected[at]!.score, 9);
  expect(total).toBe(expected.length);
  const first = index.search(query, 2).results.map(({ document }) => placeOf.get(document));
  expect(first).toEqual(expected.slice(0, 2).map(({ place }) => place));
}

test('random documents, random queries', () => {
  fc.assert(
    fc.property(
      fc.array(document, { minLength: 1, maxLength: 12 }),
      fc.array(fc.array(clause, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.array(cut, { maxLength: 6 }),
      (documents, queries, cuts) => {
        const index = SearchIndex.of(documents);
        for (const clauses of queries) compare(documents, index, clauses.join(''));
        const texts = documents.flatMap((document) => FIELDS.map((field) => textIn(document, field)));
        cuts.forEach(({ from, length, quoted }, at) => {
          const piece = (texts[at % Math.max(1, texts.length)] ?? '').slice(from, from + length);
          compare(documents, index, quoted ? `"${piece}"` : piece);
        });
      },
    ),
    { numRuns: 400 },
  );
}, 120_000);
