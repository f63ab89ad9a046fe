/** The index answers as a plain scan over every document and every term does: same documents, scores, fields, order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSlip } from './dictionary.ts';
import type { SearchDocument } from './documents.ts';
import { FIELD_WEIGHTS, keysOf, type RunningField, type TextField } from './fields.ts';
import { SearchIndex } from './index.ts';
import { type Clause, comparable, holdsOne, KEYS, parseQuery } from './query.ts';
import { isFunctionWord, isUuid, plain, terms, words } from './tokenise.ts';

const FIELDS = Object.keys(FIELD_WEIGHTS) as TextField[];
const STATUS: Record<string, number> = {
  deprecated: 0.6,
  removed: 0.5,
  unsupported: 0.6,
  experimental: 0.95,
};
const KIND: Record<string, number> = { macro: 0.8, group: 0.9 };

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

interface Scanned {
  place: number;
  score: number;
  matched: TextField[];
}

/** The rules of the search, written down in the most direct way. Slow. `all` have what was asked for, `best` is what is shown. */
function scan(
  documents: SearchDocument[],
  query: string,
  limit: number,
): { all: Scanned[]; best: Scanned[] } {
  const { groups } = parseQuery(query);
  if (groups.length === 0) return { all: [], best: [] };
  const isText = ({ key, negated }: Clause) => key === undefined && !negated;
  const texts = groups.filter((group) => group.some(isText));
  const filters = groups.filter((group) => !group.some(isText));
  const bare = (group: Clause[]) => group.every((clause) => isText(clause) && !clause.quoted);
  const telling = texts.filter(
    (group) => !(group.length === 1 && bare(group) && isFunctionWord(group[0]!.value)),
  );
  const wanted = telling.length > 0 ? telling : texts;
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const field of FIELDS)
      for (const term of terms(textIn(document, field))) counts.set(term, (counts.get(term) ?? 0) + 1);
  const known = new Map<string, Map<string, number>>();
  const rarity = (count: number) => Math.log(1 + documents.length / Math.max(1, count));
  const anyPhrase = (phrase: string) => documents.some((document) => phraseHit(document, phrase));

  function wordHit(document: SearchDocument, word: string): Hit | undefined {
    const hit: Hit = { score: 0, fields: new Set() };
    const near = known.get(word) ?? nearTerms(word, [...counts.keys()]);
    known.set(word, near);
    const standing = (least: number) =>
      [...near].reduce((sum, [term, nearness]) => sum + (nearness >= least ? counts.get(term)! : 0), 0);
    const rare = rarity(standing(0.8) || standing(0));
    for (const field of FIELDS) {
      const found = terms(textIn(document, field));
      const weight = FIELD_WEIGHTS[field] / (1 + Math.log10(1 + found.size / 10));
      for (const term of found) {
        const nearness = near.get(term);
        if (nearness === undefined) continue;
        hit.score = Math.max(hit.score, weight * nearness * rare);
        hit.fields.add(field);
      }
    }
    return hit.fields.size > 0 ? hit : undefined;
  }

  function clauseHit(document: SearchDocument, clause: Clause): Hit | undefined {
    if (!isText(clause)) {
      if (!meets(document, clause)) return undefined;
      const count = documents.filter((each) => meets(each, clause)).length;
      return { score: clause.negated ? 1 : FIELD_WEIGHTS.tags * rarity(count), fields: new Set() };
    }
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
  const typed = texts
    .flat()
    .flatMap(({ value, asTyped, key }) => (asTyped || key !== undefined ? [] : value))
    .join(' ');
  const found = documents.flatMap((document, place) => {
    if (!filters.every((group) => group.some((clause) => meets(document, clause)))) return [];
    const hits = wanted.map((group) => {
      const each = group.flatMap((clause) => clauseHit(document, clause) ?? []);
      if (each.length === 0) return undefined;
      const score = Math.max(...each.map((hit) => hit.score));
      return { score, fields: new Set(each.flatMap((hit) => [...hit.fields])) };
    });
    const met = hits.filter((hit) => hit !== undefined);
    if (wanted.length > 0 && met.length === 0) return [];
    const time = Date.parse(document.values.updated?.[0] ?? '');
    const recency = Number.isNaN(time) || newest === oldest ? 0 : (time - oldest) / (newest - oldest);
    const score = wanted.length === 0 ? 1 : met.reduce((sum, { score }) => sum + score, 0);
    const status = STATUS[document.values.status?.[0] ?? ''] ?? 1;
    const factor = (KIND[document.kind] ?? 1) * status * (1 + 0.05 * recency);
    const inName = hits.reduce(
      (sum, hit, at) => sum + (hit?.fields.has('name') ? words(wanted[at]![0]!.value).length : 0),
      0,
    );
    const fields = new Set(met.flatMap((hit) => [...hit.fields]));
    const strict = wanted.every((group, at) => bare(group) || hits[at] !== undefined);
    return [
      {
        place,
        score: (score + bonus(document, typed, inName)) * factor,
        pairs:
          8 * (pairs(document.text.description ?? '', typed) + pairs(plain(document.name), typed)) * factor,
        matched: FIELDS.filter((field) => fields.has(field)),
        met: met.length,
        strict,
      },
    ];
  });
  const most = Math.max(...found.map(({ met }) => met));
  const name = (place: number) => documents[place]!.name;
  const inOrder = (some: typeof found) =>
    some
      .map(({ place, score, pairs, matched, met }) => ({
        place,
        score: (score + pairs) * (most === 0 ? 1 : met / most) ** 4,
        matched,
      }))
      .sort(
        (a, b) =>
          b.score - a.score ||
          (name(a.place) === name(b.place) ? a.place - b.place : name(a.place) < name(b.place) ? -1 : 1),
      );
  const full = found.filter(({ met }) => met === most);
  const shown =
    full.length >= limit
      ? full
      : found.filter(({ met, strict }) => met === most || (wanted.length > 1 && strict));
  return { all: inOrder(full), best: inOrder(shown).slice(0, limit) };
}

/** How many pairs of neighbours of the query stand side by side in the text. */
function pairs(text: string, typed: string): number {
  const [has, asked] = [words(text), words(typed)];
  return asked.filter((word, at) =>
    has.some((each, place) => each === asked[at - 1] && has[place + 1] === word),
  ).length;
}

function nearTerms(word: string, dictionary: string[]): Map<string, number> {
  const found = new Map<string, number>();
  const isNumber = /^\d+$/.test(word);
  for (const term of dictionary) {
    const share = word.length / term.length;
    if (term === word) found.set(term, 1);
    else if (isInflection(word, term)) found.set(term, 0.8);
    else if (term.startsWith(word)) found.set(term, (isNumber ? 0.3 : 1) * (0.3 + 0.5 * share));
  }
  const begun = found.size > 0;
  if (word.length >= 3) {
    for (const term of dictionary) {
      const counts = !isUuid(term) || (!begun && !isNumber && /^[0-9a-f-]+$/.test(word));
      if (!found.has(term) && term.includes(word) && counts)
        found.set(term, (isNumber ? 0.3 : 1) * (0.3 + (0.2 * word.length) / term.length));
    }
  }
  const known = new Set(found.keys());
  for (const most of begun || isNumber ? [] : word.length >= 8 ? [1, 2] : word.length >= 4 ? [1] : []) {
    if (found.size > known.size) break;
    for (const term of dictionary)
      if (!known.has(term) && isSlip(word, term, most)) found.set(term, 0.3 / most);
  }
  return found;
}

/** Of the words of these tests and what can be cut out of them, those that are read as forms of one word. */
const FORMS = [/^execut(?:ion)?$/, /^evas(?:ion)?$/, /^filt(?:er?)?$/];

function isInflection(word: string, term: string): boolean {
  return FORMS.some((form) => form.test(word) && form.test(term));
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

function bonus({ id, name, slug }: SearchDocument, typed: string, inName: number): number {
  const whole = plain(typed);
  if (whole === '') return 0;
  const title = plain(name);
  if ([id?.toLowerCase(), title, slug.toLowerCase()].includes(whole)) return 1000;
  const telling = (text: string) => words(text).filter((word) => !isFunctionWord(word)).length;
  const covered =
    inName === 0
      ? 0
      : (6 * (inName / Math.max(inName, telling(title), 1)) * inName) / Math.max(inName, telling(typed));
  const at = title.indexOf(whole);
  if (at <= 0) return covered + (at === 0 ? 20 : 0);
  const cut = /[\p{L}\p{N}]/u.test(title[at - 1]!) || /[\p{L}\p{N}]/u.test(title[at + whole.length] ?? '');
  return covered + (cut ? 3 : 12);
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
    kind: fc.constantFrom('detection' as const, 'macro' as const, 'guide' as const),
    name: text,
    id: fc.oneof(fc.constant(''), text, fc.uuid()),
    path: fc.oneof(fc.constant(''), text),
    text: fc.record({ description: text, search: text, false_positives: text }, { requiredKeys: [] }),
    values: fc.record(
      {
        technique: fc.subarray(['T1059', 'T1059.001', 'T1547']),
        tactic: fc.subarray(['execution', 'defense-evasion']),
        event: fc.subarray(['4688', '1']),
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
  'kind:macro',
  'EventCode=4688',
  'event id 4688',
  '4688',
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
  const expected = scan(documents, query, 2).all;
  expect(got.map(({ place, matched }) => ({ place, matched }))).toEqual(
    expected.map(({ place, matched }) => ({ place, matched })),
  );
  for (const [at, { score }] of got.entries()) expect(score).toBeCloseTo(expected[at]!.score, 9);
  expect(total).toBe(expected.length);
  const first = index.search(query, 2).results.map(({ document }) => placeOf.get(document));
  expect(first).toEqual(scan(documents, query, 2).best.map(({ place }) => place));
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
    { numRuns: 200 },
  );
}, 120_000);
