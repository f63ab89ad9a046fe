/** Which terms of an index a typed word stands for, and how nearly: itself, its inflections, what it begins, what holds it, what is a slip away. */
import type { Dictionary } from './dictionary.ts';

export interface NearTerm {
  /** The term's number in the dictionary. */
  term: number;
  /** 1 for the word itself, less for what is further from it. */
  nearness: number;
}

/** An inflection of the word counts this much: `dump` for `dumping`. */
const INFLECTED = 0.8;
/** What a word begins or stands within counts between these two: the more of the term was typed, the more. */
const PREFIX = { least: 0.3, most: 0.8 };
const INFIX = { least: 0.3, most: 0.5 };
/** A number is another number once a digit is missing: `41` is hardly `41773`. */
const PART_OF_NUMBER = 0.3;
/** One slip and two slips of the fingers. */
const SLIPS = [0.3, 0.15] as const;

const NUMBER = /^\d+$/;

/** Shorter pieces stand within too many terms to say anything. */
const SHORTEST_INFIX = 3;
/** A slip in a shorter word makes any word of any other; in words from the second length on, two may be. */
const SHORTEST_SLIP = { one: 4, two: 8 };

/** A shorter stem is shared by words that have nothing to do with each other. */
const SHORTEST_STEM = 4;
/** Endings of the forms of one word. */
const ENDINGS = new Set([
  '',
  's',
  'es',
  'e',
  'ed',
  'er',
  'ers',
  'or',
  'ors',
  'ing',
  'ings',
  'ion',
  'ions',
  'ation',
  'ations',
]);
const LONGEST_FIRST = [...ENDINGS].sort((a, b) => b.length - a.length);
/** Of `policy`; of its stem no verbs are made. */
const ENDINGS_OF_Y = new Set(['y', 'ies', 'ied']);

/** Terms for a word of a query, each once. Slips are made of a word only where no term begins with it. */
export function nearTerms(dictionary: Dictionary, word: string): NearTerm[] {
  const { terms } = dictionary;
  const found: NearTerm[] = [];
  const [from, to] = dictionary.beginningWith(word);
  const inflected = inflectionsOf(dictionary, word);
  const factor = NUMBER.test(word) ? PART_OF_NUMBER : 1;
  for (let term = from; term < to; term++) {
    const share = word.length / terms[term]!.length;
    found.push({
      term,
      nearness: share === 1 ? 1 : inflected.delete(term) ? INFLECTED : factor * between(PREFIX, share),
    });
  }
  for (const term of inflected) found.push({ term, nearness: INFLECTED });
  const begun = found.length > 0;
  if (word.length >= SHORTEST_INFIX) {
    for (const term of dictionary.holding(word, { uuids: !begun && !NUMBER.test(word) })) {
      if ((term >= from && term < to) || inflected.has(term)) continue;
      found.push({ term, nearness: factor * between(INFIX, word.length / terms[term]!.length) });
    }
  }
  if (!begun) found.push(...slips(dictionary, word, new Set(found.map(({ term }) => term))));
  return found;
}

function between({ least, most }: { least: number; most: number }, share: number): number {
  return least + (most - least) * share;
}

function slips(dictionary: Dictionary, word: string, known: ReadonlySet<number>): NearTerm[] {
  if (word.length < SHORTEST_SLIP.one || NUMBER.test(word)) return [];
  for (const most of word.length >= SHORTEST_SLIP.two ? ([1, 2] as const) : ([1] as const)) {
    const found = dictionary.slipsOf(word, most).filter((term) => !known.has(term));
    if (found.length > 0) return found.map((term) => ({ term, nearness: SLIPS[most - 1]! }));
  }
  return [];
}

/** Terms that are the word in another form, itself left out. */
function inflectionsOf(dictionary: Dictionary, word: string): Set<number> {
  const found = new Set<number>();
  const family = familyOf(word);
  if (!family) return found;
  const [from, to] = dictionary.beginningWith(family.stem);
  for (let term = from; term < to; term++) {
    const text = dictionary.terms[term]!;
    if (text !== word && family.endings.has(text.slice(family.stem.length))) found.add(term);
  }
  return found;
}

function familyOf(word: string): { stem: string; endings: ReadonlySet<string> } | undefined {
  if (!/^[a-z]+$/.test(word)) return undefined;
  const y = /^(.{3,})(?:y|ies|ied)$/.exec(word)?.[1];
  if (y) return { stem: y, endings: ENDINGS_OF_Y };
  const ending = LONGEST_FIRST.find(
    (each) =>
      word.endsWith(each) &&
      word.length - each.length >= SHORTEST_STEM &&
      !(each === 's' && word.endsWith('ss')),
  );
  if (ending === undefined) return undefined;
  return { stem: word.slice(0, word.length - ending.length), endings: ENDINGS };
}
