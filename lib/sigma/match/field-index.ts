import type { QuickKind } from '../../events/extract/quick/quick-kinds.ts';
import { BRACED, JSON_STRING, type Shape } from '../../events/extract/quick/shape.ts';
import type { Slots } from '../../events/extract/quick/slots.ts';
import type { EventRecord } from '../../events/record.ts';
import type { Atom } from './atom.ts';
import { IdList } from './id-list.ts';
import { Kept } from './kept.ts';
import { KeptBytes } from './kept-bytes.ts';
import { ByteLetters } from './letters.ts';
import { plainly } from './quick-binding.ts';
import { TextIndex } from './text-index.ts';

const NOTHING = new IdList();
const LETTERS = new ByteLetters();
/** Letters of a GUID without braces, which some texts' values get. */
const GUID_LENGTH = 36;

/** The atoms of one field: which of them hold of a value. */
export class FieldIndex {
  private readonly literals = new TextIndex();
  /** By number of the literal in this index. */
  private readonly atoms: number[] = [];
  private readonly verify: (((text: string, folded: string) => boolean) | undefined)[] = [];
  /** By number: the search that met the literal last. */
  private met = new Uint32Array(0);
  private searches = 0;
  private readonly kept = new Kept();
  private readonly keptBytes = new KeptBytes();
  private readonly candidates = new IdList();
  private readonly found = new IdList();

  add(id: number, atom: Atom): void {
    if (atom.literal === undefined) return;
    this.verify.push(atom.verify);
    this.literals.add(atom.literal.place, atom.literal.text, this.atoms.push(id) - 1);
  }

  /** The atoms that hold of a value. The list is the index's own, and good until it is asked again. */
  of(text: string): IdList {
    const { kept, literals } = this;
    if (tooShort(text, literals)) return NOTHING;
    if (!kept.takes(text) || literals.skips) return this.search(text);
    const known = kept.find(text);
    if (known !== undefined) return known;
    const found = this.search(text);
    return kept.metBefore ? kept.keep(text, found) : found;
  }

  /** The same of the value at a place of an event's text. */
  ofPlace(record: EventRecord, kind: QuickKind, slots: Slots, place: number): IdList {
    if (this.atoms.length === 0) return NOTHING;
    const { keptBytes } = this;
    const { shape } = kind;
    const { view } = slots;
    const start = slots.starts[place]!;
    const end = slots.ends[place]!;
    const manner = shape.manners[place]!;
    const known = keptBytes.find(view, start, end, manner);
    if (known !== undefined) return known;
    const { metBefore } = keptBytes;
    const bracedToBe = (manner & BRACED) !== 0 && end - start === GUID_LENGTH;
    if (
      (manner & ~BRACED) === JSON_STRING &&
      !bracedToBe &&
      LETTERS.takeBytes(slots.bytes, start, end, true)
    ) {
      const found = this.searchLetters(slots, shape, place);
      return metBefore ? keptBytes.keep(view, start, end, manner, found) : found;
    }
    const raw = shape.value(slots, place);
    const text = plainly(record, kind, raw);
    const found = tooShort(text, this.literals) ? NOTHING : this.search(text);
    // References are resolved by what else the event has.
    return metBefore && text === raw ? keptBytes.keep(view, start, end, manner, found) : found;
  }

  /** For texts of which hardly one is like another. */
  ofNew(text: string): IdList {
    return tooShort(text, this.literals) ? NOTHING : this.search(text);
  }

  private search(text: string): IdList {
    const folded = text.toLowerCase();
    this.candidates.count = 0;
    this.literals.find(folded, this.candidates);
    return this.verified(text, folded);
  }

  /** Of the value at a place, whose letters were taken: a text is made of it only for what looks at more than those. */
  private searchLetters(slots: Slots, shape: Shape, place: number): IdList {
    if (LETTERS.length < this.literals.shortest) return NOTHING;
    this.candidates.count = 0;
    this.literals.findIn(LETTERS, this.candidates);
    if (!this.verifies()) return this.verified('', '');
    const text = shape.value(slots, place);
    return this.verified(text, text.toLowerCase());
  }

  private verifies(): boolean {
    const { ids, count } = this.candidates;
    for (let at = 0; at < count; at += 1) if (this.verify[ids[at]!] !== undefined) return true;
    return false;
  }

  /** Of the literals met, those whose atoms hold. */
  private verified(text: string, folded: string): IdList {
    const { candidates, found, atoms } = this;
    if (candidates.count === 0) return NOTHING;
    if (this.met.length !== atoms.length) this.met = new Uint32Array(atoms.length);
    this.searches = (this.searches + 1) >>> 0;
    found.count = 0;
    for (let at = 0; at < candidates.count; at += 1) {
      const number = candidates.ids[at]!;
      if (this.met[number] === this.searches) continue;
      this.met[number] = this.searches;
      const holds = this.verify[number];
      if (holds === undefined || holds(text, folded)) found.add(atoms[number]!);
    }
    return found;
  }
}

/** In lower case a letter is two at most. */
const tooShort = (text: string, { shortest }: TextIndex): boolean => text.length * 2 < shortest;
