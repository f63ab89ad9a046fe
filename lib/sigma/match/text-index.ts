/**
 * Which of many literals a text has, found in one pass over its letters: each literal is looked up by the rarest of its
 * runs of up to four letters (the idea of Wu and Manber, with verification behind it), and where it has to stand is
 * verified with it. Building is linear in the letters of the literals, which an automaton over ten thousand literals is
 * not; what the pass looks at for each letter is small enough to stay in the processor's first cache.
 */
import type { IdList } from './id-list.ts';
import { type Letters, TextLetters, Wanted } from './letters.ts';
import { SHORTEST_SKIPPED, SkipSearch } from './skip-search.ts';

export type Place = 'equals' | 'startswith' | 'endswith' | 'contains';

/** Longest run of letters that literals are looked up by. */
const LONGEST_RUN = 4;
/** Few literals in a long text are found faster one by one: that search is the machine's own. */
const LONG_TEXT = 256;
const FEW_LITERALS = 4;
/** Bits that say which runs of four letters may be a literal's. */
const FILTER_BITS = 16;
const FILTER_SHIFT = 32 - FILTER_BITS;
/** Knuth's multiplicative hashing: the golden ratio in 32 bits. */
const SPREAD = 0x9e3779b1;
const FROM_START = 1;
const TO_END = 2;

const ANCHORS: Readonly<Record<Place, number>> = {
  equals: FROM_START | TO_END,
  startswith: FROM_START,
  endswith: TO_END,
  contains: 0,
};

interface Literal {
  text: string;
  /** `FROM_START`, `TO_END`, both or none. */
  anchors: number;
  id: number;
}

type Searcher = Passing | SkipSearch<Literal>;

/** For a pass over every letter. */
interface Passing {
  /** By length of the run; absent where no literal has one. */
  tables: readonly (RunTable | undefined)[];
  /** Hashes of runs of four letters. */
  filter: Uint32Array;
  /** By pair of letters: the lengths of literals of up to three letters that may end on it, a bit for each. */
  pairs: Uint8Array;
}

export class TextIndex {
  private readonly literals: Literal[] = [];
  private readonly empty: number[] = [];
  private searcher: Searcher | undefined;
  /** Letters of the shortest literal; what has fewer has none of them. */
  shortest = Number.POSITIVE_INFINITY;

  /** Texts are searched faster than what was found for them is looked up. */
  get skips(): boolean {
    return this.shortest >= SHORTEST_SKIPPED;
  }

  /** Adds a literal under an id of the caller's; the empty text is only looked for as a whole value. */
  add(place: Place, text: string, id: number): void {
    this.searcher = undefined;
    this.shortest = Math.min(this.shortest, text.length);
    if (text === '') this.empty.push(id);
    else this.literals.push({ text, anchors: ANCHORS[place], id });
  }

  /** Adds to `hits` the ids of the literals that the text has; an id may be given more than once. */
  find(text: string, hits: IdList): void {
    if (text.length >= LONG_TEXT && this.literals.length <= FEW_LITERALS) {
      for (const { text: wanted, anchors, id } of this.literals)
        if (stands(text, wanted, anchors)) hits.add(id);
      return;
    }
    LETTERS.take(text);
    this.findIn(LETTERS, hits);
    LETTERS.take('');
  }

  /** The same of letters. */
  findIn(letters: Letters, hits: IdList): void {
    if (letters.length === 0) {
      for (const id of this.empty) hits.add(id);
      return;
    }
    this.searcher ??= searcherOf(this.literals, this.skips);
    if (this.searcher instanceof SkipSearch) this.searcher.find(letters, hits);
    else search(this.searcher, letters, hits);
  }
}

const LETTERS = new TextLetters();

function stands(text: string, wanted: string, anchors: number): boolean {
  if (anchors === 0) return text.includes(wanted);
  if (anchors === FROM_START) return text.startsWith(wanted);
  return anchors === TO_END ? text.endsWith(wanted) : text === wanted;
}

function search({ tables, filter, pairs }: Passing, letters: Letters, hits: IdList): void {
  const [, ones, twos, threes, fours] = tables;
  const { length } = letters;
  let last = 0;
  for (let at = 0; at < length; at += 1) {
    const code = letters.codeAt(at);
    last = (last << 8) | (code < 0x80 ? code : letterOf(code));
    const ending = pairs[last & 0xffff]!;
    if (ending !== 0) {
      if ((ending & 1) !== 0) ones?.find(letters, at, last & 0xff, hits);
      if ((ending & 2) !== 0 && at > 0) twos?.find(letters, at - 1, last & 0xffff, hits);
      if ((ending & 4) !== 0 && at > 1) threes?.find(letters, at - 2, last & 0xffffff, hits);
    }
    const hash = Math.imul(last, SPREAD) >>> FILTER_SHIFT;
    if ((filter[hash >>> 5]! & (1 << (hash & 31))) !== 0 && at > 2) fours?.find(letters, at - 3, last, hits);
  }
}

/** Literals looked up by a run of one length of each. */
class RunTable {
  /** Hash of a run → position of an entry + 1; 0 for none. */
  private readonly heads: Int32Array;
  private readonly shift: number;
  private readonly next: Int32Array;
  private readonly runs: Int32Array;
  private readonly offsets: Int32Array;
  private readonly sizes: Int32Array;
  private readonly anchors: Uint8Array;
  /** The run is the whole literal. */
  private readonly exact: Uint8Array;
  private readonly texts: Wanted;
  private readonly ids: Int32Array;

  constructor(length: number, entries: readonly (Literal & { offset: number })[]) {
    const bits = Math.max(6, Math.ceil(Math.log2(entries.length * 4)));
    this.heads = new Int32Array(1 << bits);
    this.shift = 32 - bits;
    this.texts = new Wanted(entries.map(({ text }) => text));
    this.ids = Int32Array.from(entries, ({ id }) => id);
    this.offsets = Int32Array.from(entries, ({ offset }) => offset);
    this.sizes = Int32Array.from(entries, ({ text }) => text.length);
    this.anchors = Uint8Array.from(entries, ({ anchors }) => anchors);
    this.exact = Uint8Array.from(entries, ({ text }) => Number(text.length === length && isAscii(text)));
    this.runs = Int32Array.from(entries, ({ text, offset }) => runAt(text, offset, length));
    this.next = new Int32Array(entries.length);
    for (const [at, run] of this.runs.entries()) {
      const slot = Math.imul(run, SPREAD) >>> this.shift;
      this.next[at] = this.heads[slot]!;
      this.heads[slot] = at + 1;
    }
  }

  /** Literals whose run stands at `from`. */
  find(letters: Letters, from: number, run: number, hits: IdList): void {
    const { next, runs } = this;
    for (let at = this.heads[Math.imul(run, SPREAD) >>> this.shift]!; at !== 0; at = next[at - 1]!) {
      const entry = at - 1;
      if (runs[entry] !== run) continue;
      const start = from - this.offsets[entry]!;
      if (start < 0) continue;
      const anchors = this.anchors[entry]!;
      if ((anchors & FROM_START) !== 0 && start !== 0) continue;
      if ((anchors & TO_END) !== 0 && start + this.sizes[entry]! !== letters.length) continue;
      if (this.exact[entry] === 1 || letters.has(this.texts, entry, start)) hits.add(this.ids[entry]!);
    }
  }
}

/** A letter in eight bits. Others share the upper half, so that they never stand for one of ASCII. */
const letterOf = (code: number): number => (code < 0x80 ? code : 0x80 | ((code ^ (code >> 7)) & 0x7f));

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function runAt(text: string, offset: number, length: number): number {
  let run = 0;
  for (let at = offset; at < offset + length; at += 1) run = (run << 8) | letterOf(text.charCodeAt(at));
  return run;
}

function searcherOf(literals: readonly Literal[], skips: boolean): Searcher {
  if (skips) {
    const wanted = new Wanted(literals.map(({ text }) => text));
    return new SkipSearch(literals, (at, letters, start) => {
      const { anchors, text } = literals[at]!;
      if ((anchors & FROM_START) !== 0 && start !== 0) return false;
      if ((anchors & TO_END) !== 0 && start + text.length !== letters.length) return false;
      return letters.has(wanted, at, start);
    });
  }
  const tables: (RunTable | undefined)[] = [];
  const filter = new Uint32Array(1 << (FILTER_BITS - 5));
  const pairs = new Uint8Array(1 << 16);
  for (let length = 1; length <= LONGEST_RUN; length += 1) {
    const own = literals.filter(({ text }) => Math.min(text.length, LONGEST_RUN) === length);
    if (own.length === 0) continue;
    const entries = withRarestRun(own, length);
    tables[length] = new RunTable(length, entries);
    for (const { text, offset } of entries) {
      const run = runAt(text, offset, length);
      if (length === LONGEST_RUN) setBit(filter, Math.imul(run, SPREAD) >>> FILTER_SHIFT);
      else if (length > 1) pairs[run & 0xffff]! |= 1 << (length - 1);
      else for (let before = 0; before < 256; before += 1) pairs[(before << 8) | run]! |= 1;
    }
  }
  return { tables, filter, pairs };
}

function setBit(bits: Uint32Array, at: number): void {
  bits[at >>> 5]! |= 1 << (at & 31);
}

/** Each literal with the run that the fewest others have: that is where the fewest texts are looked at in vain. */
function withRarestRun(literals: readonly Literal[], length: number): (Literal & { offset: number })[] {
  const counts = new Map<number, number>();
  for (const { text } of literals) {
    for (let at = 0; at + length <= text.length; at += 1) {
      const run = runAt(text, at, length);
      counts.set(run, (counts.get(run) ?? 0) + 1);
    }
  }
  return literals.map((literal) => {
    const { text } = literal;
    let offset = 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (let at = 0; at + length <= text.length; at += 1) {
      const count = counts.get(runAt(text, at, length))!;
      if (count < fewest) {
        fewest = count;
        offset = at;
      }
    }
    return { ...literal, offset };
  });
}
