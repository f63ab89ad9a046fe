/**
 * Which of many literals a text has, found in one pass: whole values by hash, beginnings and ends by trie, and literals
 * anywhere by the rarest of their runs of up to four letters (the idea of Wu and Manber, with verification behind it).
 * Building is linear in the letters of the literals, which an automaton over ten thousand literals is not.
 */

export type Place = 'equals' | 'startswith' | 'endswith' | 'contains';

/** Longest run of letters that literals are looked up by. */
const LONGEST_RUN = 4;
/** Few literals in a long text are found faster one by one: that search is the machine's own. */
const LONG_TEXT = 256;
const FEW_LITERALS = 24;
const TABLE_BITS = 16;
const TABLE_SIZE = 1 << TABLE_BITS;
const SHIFT = 32 - TABLE_BITS;
/** Knuth's multiplicative hashing: the golden ratio in 32 bits. */
const SPREAD = 0x9e3779b1;

interface Node {
  /** Literals that end here. */
  ids: number[];
  next: Map<number, Node> | undefined;
}

interface Within {
  text: string;
  id: number;
}

export class TextIndex {
  private readonly whole = new Map<string, number[]>();
  private readonly starts: Node = { ids: [], next: undefined };
  private readonly ends: Node = { ids: [], next: undefined };
  private readonly within: Within[] = [];
  private runs: readonly RunTable[] | undefined;

  /** Adds a literal under an id of the caller's; the empty text is only looked for as a whole value. */
  add(place: Place, text: string, id: number): void {
    this.runs = undefined;
    if (place === 'equals') {
      const ids = this.whole.get(text);
      if (ids === undefined) this.whole.set(text, [id]);
      else ids.push(id);
    } else if (place === 'contains') this.within.push({ text, id });
    else {
      const ends = place === 'endswith';
      let node = ends ? this.ends : this.starts;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(ends ? text.length - 1 - at : at);
        node.next ??= new Map();
        let next = node.next.get(code);
        if (next === undefined) {
          next = { ids: [], next: undefined };
          node.next.set(code, next);
        }
        node = next;
      }
      node.ids.push(id);
    }
  }

  /** Ids of the literals that the text has; an id may be given more than once. */
  find(text: string, hits: number[]): void {
    const whole = this.whole.get(text);
    if (whole !== undefined) for (const id of whole) hits.push(id);
    let node = this.starts.next === undefined ? undefined : this.starts;
    for (let at = 0; node !== undefined && at < text.length; at += 1) {
      node = node.next?.get(text.charCodeAt(at));
      if (node !== undefined) for (const id of node.ids) hits.push(id);
    }
    node = this.ends.next === undefined ? undefined : this.ends;
    for (let at = text.length - 1; node !== undefined && at >= 0; at -= 1) {
      node = node.next?.get(text.charCodeAt(at));
      if (node !== undefined) for (const id of node.ids) hits.push(id);
    }
    if (text.length >= LONG_TEXT && this.within.length <= FEW_LITERALS) {
      for (const literal of this.within) if (text.includes(literal.text)) hits.push(literal.id);
      return;
    }
    this.runs ??= runTables(this.within);
    for (const table of this.runs) table.find(text, hits);
  }
}

/** Literals looked up by a run of `length` letters of each. */
class RunTable {
  /** Hash of a run → position of an entry + 1; 0 for none. */
  private readonly heads = new Int32Array(TABLE_SIZE);
  private readonly next: Int32Array;
  private readonly runs: Int32Array;
  private readonly offsets: Int32Array;
  private readonly texts: readonly string[];
  private readonly ids: readonly number[];
  private readonly mask: number;

  constructor(
    private readonly length: number,
    entries: readonly (Within & { offset: number })[],
  ) {
    this.texts = entries.map(({ text }) => text);
    this.ids = entries.map(({ id }) => id);
    this.offsets = Int32Array.from(entries, ({ offset }) => offset);
    this.runs = Int32Array.from(entries, ({ text, offset }) => runAt(text, offset, length));
    this.next = new Int32Array(entries.length);
    // Four letters of eight bits fill a word: what is shifted out of it belonged to the run before.
    this.mask = length === LONGEST_RUN ? -1 : (1 << (8 * length)) - 1;
    for (const [at, run] of this.runs.entries()) {
      const slot = slotOf(run);
      this.next[at] = this.heads[slot]!;
      this.heads[slot] = at + 1;
    }
  }

  find(text: string, hits: number[]): void {
    const { heads, mask, length } = this;
    const size = text.length;
    let last = 0;
    for (let at = 0; at < size; at += 1) {
      last = ((last << 8) | letterOf(text.charCodeAt(at))) & mask;
      const head = heads[Math.imul(last, SPREAD) >>> SHIFT]!;
      if (head !== 0 && at >= length - 1) this.verify(text, at + 1 - length, last, head, hits);
    }
  }

  private verify(text: string, from: number, run: number, head: number, hits: number[]): void {
    for (let entry = head; entry !== 0; entry = this.next[entry - 1]!) {
      if (this.runs[entry - 1] !== run) continue;
      const start = from - this.offsets[entry - 1]!;
      if (start >= 0 && text.startsWith(this.texts[entry - 1]!, start)) hits.push(this.ids[entry - 1]!);
    }
  }
}

/** A letter in eight bits. Others share the upper half, so that they never stand for one of ASCII. */
const letterOf = (code: number): number => (code < 0x80 ? code : 0x80 | ((code ^ (code >> 7)) & 0x7f));

const slotOf = (run: number): number => Math.imul(run, SPREAD) >>> SHIFT;

function runAt(text: string, offset: number, length: number): number {
  let run = 0;
  for (let at = offset; at < offset + length; at += 1) run = (run << 8) | letterOf(text.charCodeAt(at));
  return run;
}

/** Each literal under the run that the fewest others have: that is where the fewest texts are looked at in vain. */
function runTables(literals: readonly Within[]): readonly RunTable[] {
  const tables: RunTable[] = [];
  for (let length = 1; length <= LONGEST_RUN; length += 1) {
    const own = literals.filter(({ text }) => Math.min(text.length, LONGEST_RUN) === length);
    if (own.length === 0) continue;
    const counts = new Map<number, number>();
    for (const { text } of own) {
      for (let at = 0; at + length <= text.length; at += 1) {
        const run = runAt(text, at, length);
        counts.set(run, (counts.get(run) ?? 0) + 1);
      }
    }
    tables.push(
      new RunTable(
        length,
        own.map(({ text, id }) => {
          let offset = 0;
          let fewest = Number.POSITIVE_INFINITY;
          for (let at = 0; at + length <= text.length; at += 1) {
            const count = counts.get(runAt(text, at, length))!;
            if (count < fewest) {
              fewest = count;
              offset = at;
            }
          }
          return { text, id, offset };
        }),
      ),
    );
  }
  return tables;
}
