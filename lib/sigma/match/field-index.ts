import type { Atom } from './atom.ts';
import { TextIndex } from './text-index.ts';

/** What is known of one value: the atoms that hold, and the rules that they call up. */
export interface Found {
  hits: Int32Array;
  calls: Int32Array;
}

export const NOTHING: Found = { hits: new Int32Array(0), calls: new Int32Array(0) };

/** Distinct values kept at most: twice this, because the older half goes when the newer is full. */
const MOST_KEPT = 8192;
/** Longer values seldom come again and take the place of many others. */
const LONGEST_KEPT = 4096;

/** The atoms of one field. */
export class FieldIndex {
  private readonly literals = new TextIndex();
  private readonly verify = new Map<number, (text: string, folded: string) => boolean>();
  private calls: ReadonlyMap<number, readonly number[]> = new Map();
  private newer = new Map<string, Found>();
  private older = new Map<string, Found>();
  private empty = true;

  add(id: number, atom: Atom): void {
    if (atom.literal === undefined) return;
    this.empty = false;
    this.literals.add(atom.literal.place, atom.literal.text, id);
    if (atom.verify !== undefined) this.verify.set(id, atom.verify);
  }

  /** No atoms come after this. `calls`: atom → rules to call up where it holds. */
  close(calls: ReadonlyMap<number, readonly number[]>): void {
    this.calls = calls;
  }

  of(text: string): Found {
    if (this.empty) return NOTHING;
    let found = this.newer.get(text);
    if (found !== undefined) return found;
    found = this.older.get(text) ?? this.search(text);
    if (text.length > LONGEST_KEPT) return found;
    if (this.newer.size >= MOST_KEPT) {
      this.older = this.newer;
      this.newer = new Map();
    }
    this.newer.set(text, found);
    return found;
  }

  /** For texts of which hardly one is like another. */
  ofNew(text: string): Found {
    return this.empty ? NOTHING : this.search(text);
  }

  private search(text: string): Found {
    const folded = text.toLowerCase();
    const found: number[] = [];
    this.literals.find(folded, found);
    if (found.length === 0) return NOTHING;
    const hits: number[] = [];
    const rules = new Set<number>();
    for (const id of found.length === 1 ? found : new Set(found)) {
      const verify = this.verify.get(id);
      if (verify !== undefined && !verify(text, folded)) continue;
      hits.push(id);
      for (const rule of this.calls.get(id) ?? []) rules.add(rule);
    }
    return hits.length === 0 ? NOTHING : { hits: Int32Array.from(hits), calls: Int32Array.from(rules) };
  }
}
