/** The index of a catalog's documents, and the answer to a query: which documents, best first, and why. */
import type { Diagnostic } from '../text/diagnostic.ts';
import { editDistance } from '../text/nearest.ts';
import { FIELD_WEIGHTS, type SearchDocument, type TextField } from './documents.ts';
import { type Clause, holds, parseQuery } from './query.ts';
import { isUuid, plain, terms, words } from './tokenise.ts';

export { documentsOf, type SearchDocument } from './documents.ts';

export interface Found {
  document: SearchDocument;
  score: number;
  /** Fields that hold what was looked for, heaviest first. */
  matched: TextField[];
}

export interface Answer {
  query: string;
  /** Documents that match, of which `results` holds the first. */
  total: number;
  results: Found[];
  diagnostics: Diagnostic[];
}

interface Hit {
  score: number;
  fields: Set<TextField>;
}

type Hits = Map<number, Hit>;

interface Posting {
  document: number;
  field: TextField;
  weight: number;
}

/** How much a term of the dictionary counts that is not the word itself. */
const NEARNESS = { exact: 1, prefix: 0.6, infix: 0.35, typo: 0.25 };

/** A deprecated rule is found, below those in use. */
const STATUS_FACTOR: Record<string, number> = {
  deprecated: 0.6,
  removed: 0.5,
  unsupported: 0.6,
  experimental: 0.95,
};

const FIELDS = Object.keys(FIELD_WEIGHTS) as TextField[];

export class SearchIndex {
  private readonly postings = new Map<string, Posting[]>();
  private readonly dictionary: string[];
  /** Texts in the form in which phrases are looked for. */
  private readonly texts: Partial<Record<TextField, string>>[];
  /** By document: 0 for the oldest and those without a date, 1 for the newest. */
  private readonly recency: number[];

  constructor(readonly documents: readonly SearchDocument[]) {
    this.texts = documents.map(({ text }, document) => {
      const texts: Partial<Record<TextField, string>> = {};
      for (const field of FIELDS) {
        const value = text[field];
        if (!value) continue;
        texts[field] = plain(value);
        const found = terms(value);
        // A word says more of a short text than of a long one.
        const weight = FIELD_WEIGHTS[field] / (1 + Math.log10(1 + found.size / 10));
        for (const term of found) this.add(term, { document, field, weight });
      }
      return texts;
    });
    this.dictionary = [...this.postings.keys()].sort();
    const times = documents.map(({ updated }) => Date.parse(updated ?? ''));
    let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const time of times) {
      if (time < oldest) oldest = time;
      if (time > newest) newest = time;
    }
    this.recency = times.map((time) =>
      Number.isNaN(time) || newest === oldest ? 0 : (time - oldest) / (newest - oldest),
    );
  }

  /** All documents that match, best first, cut to `limit`. A query of filters alone gives the newest first. */
  search(query: string, limit = 10): Answer {
    const { groups, diagnostics } = parseQuery(query);
    if (
      groups.flat().some(({ key }) => key === 'is') &&
      !this.documents.some(({ values }) => values.is?.length)
    ) {
      const message = 'No test was run over this content here, so `is:` finds nothing.';
      diagnostics.push({ code: 'query-evidence-missing', severity: 'warning', message });
    }
    const wanted = groups.filter((group) => group.some(({ negated, key }) => !negated && key === undefined));
    const filters = groups.filter((group) => !wanted.includes(group));
    const passes = (document: number) =>
      filters.every((group) => group.some((clause) => this.meets(clause, document)));
    const found = groups.length === 0 ? new Map<number, Hit>() : this.hits(wanted, passes);
    const whole = plain(
      wanted
        .flat()
        .map(({ value }) => value)
        .join(' '),
    );
    const results = [...found].map(([document, { score, fields }]) => ({
      document: this.documents[document]!,
      score: this.ranked(document, score, whole),
      matched: FIELDS.filter((field) => fields.has(field)),
    }));
    results.sort((a, b) => b.score - a.score || (a.document.name < b.document.name ? -1 : 1));
    return { query, total: results.length, results: results.slice(0, limit), diagnostics };
  }

  private add(term: string, posting: Posting): void {
    const list = this.postings.get(term);
    if (list) list.push(posting);
    else this.postings.set(term, [posting]);
  }

  /** Every group has to be met; where no document meets all of several, those that meet the most of them count. */
  private hits(groups: Clause[][], passes: (document: number) => boolean): Hits {
    const found: Hits = new Map();
    const met = new Map<number, number>();
    if (groups.length === 0) {
      this.documents.forEach((_, document) => {
        if (passes(document)) found.set(document, { score: 1, fields: new Set() });
      });
      return found;
    }
    for (const group of groups) {
      const here: Hits = new Map();
      for (const clause of group) this.lookUp(clause, here);
      for (const [document, hit] of here) {
        if (!passes(document)) continue;
        met.set(document, (met.get(document) ?? 0) + 1);
        merge(found, document, hit.score, hit.fields, 'sum');
      }
    }
    const most = Math.max(0, ...met.values());
    for (const [document, count] of met) if (count < most) found.delete(document);
    return found;
  }

  private lookUp(clause: Clause, into: Hits): void {
    if (clause.key !== undefined || clause.negated) {
      this.documents.forEach((_, document) => {
        if (this.meets(clause, document)) merge(into, document, 1, [], 'max');
      });
      return;
    }
    const parts = words(clause.value);
    // A word that holds what no term does (`hklm\software`, `a b` in quotes) is a phrase.
    if (clause.quoted || parts.length !== 1 || parts[0]!.length !== clause.value.length) {
      if (this.phrase(clause.value, into) || clause.quoted) return;
    }
    const each = parts.map((part) => this.word(part));
    const [first, ...rest] = each;
    for (const [document, hit] of first ?? []) {
      if (!rest.every((other) => other.has(document))) continue;
      const score = rest.reduce((sum, other) => sum + other.get(document)!.score, hit.score);
      merge(into, document, score, hit.fields, 'max');
    }
  }

  /** The word itself and what it begins; where that is nothing, what holds it, then what is a typing error away. */
  private word(word: string): Hits {
    const found: Hits = new Map();
    const from = lowerBound(this.dictionary, word);
    for (let at = from; at < this.dictionary.length && this.dictionary[at]!.startsWith(word); at++) {
      const term = this.dictionary[at]!;
      this.collect(term, term === word ? NEARNESS.exact : NEARNESS.prefix, found);
    }
    if (word.length >= 3) {
      for (const term of this.dictionary)
        if (term.indexOf(word) > 0 && !isUuid(term)) this.collect(term, NEARNESS.infix, found);
    }
    if (found.size === 0 && word.length >= 4) {
      for (const most of word.length >= 8 ? [1, 2] : [1]) {
        for (const term of this.dictionary)
          if (isTypo(word, term, most)) this.collect(term, NEARNESS.typo / most, found);
        if (found.size > 0) break;
      }
    }
    return found;
  }

  private collect(term: string, nearness: number, into: Hits): void {
    const postings = this.postings.get(term)!;
    const rarity = Math.log(1 + this.documents.length / postings.length);
    for (const { document, field, weight } of postings)
      merge(into, document, weight * nearness * rarity, [field], 'max');
  }

  private phrase(text: string, into: Hits): boolean {
    const wanted = plain(text);
    if (!wanted) return false;
    let any = false;
    this.texts.forEach((texts, document) => {
      for (const field of FIELDS) {
        if (!texts[field]?.includes(wanted)) continue;
        any = true;
        merge(into, document, FIELD_WEIGHTS[field] * 4, [field], 'max');
      }
    });
    return any;
  }

  private meets(clause: Clause, document: number): boolean {
    const { kind, values } = this.documents[document]!;
    if (clause.key !== undefined) {
      return holds(clause, clause.key === 'kind' ? [kind] : (values[clause.key] ?? [])) !== clause.negated;
    }
    const wanted = plain(clause.value);
    return FIELDS.some((field) => this.texts[document]![field]?.includes(wanted)) !== clause.negated;
  }

  private ranked(document: number, score: number, whole: string): number {
    const { id, name, slug, status } = this.documents[document]!;
    const title = plain(name);
    const exact = whole !== '' && [id?.toLowerCase(), title, slug.toLowerCase()].includes(whole);
    const bonus = exact
      ? 1000
      : whole && title.startsWith(whole)
        ? 20
        : whole && title.includes(whole)
          ? 12
          : 0;
    return (score + bonus) * (STATUS_FACTOR[status ?? ''] ?? 1) * (1 + 0.05 * this.recency[document]!);
  }
}

function merge(
  into: Hits,
  document: number,
  score: number,
  fields: Iterable<TextField>,
  how: 'sum' | 'max',
): void {
  const hit = into.get(document);
  if (!hit) {
    into.set(document, { score, fields: new Set(fields) });
    return;
  }
  hit.score = how === 'sum' ? hit.score + score : Math.max(hit.score, score);
  for (const field of fields) hit.fields.add(field);
}

/** Edits, with two neighbours exchanged counted as one: the slip of fast fingers. */
function isTypo(word: string, term: string, most: number): boolean {
  if (Math.abs(word.length - term.length) > most) return false;
  if (editDistance(word, term, most) <= most) return true;
  if (word.length !== term.length) return false;
  let at = 0;
  while (word[at] === term[at]) at++;
  return word[at] === term[at + 1] && word[at + 1] === term[at] && word.slice(at + 2) === term.slice(at + 2);
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}
