import type { Test } from '../rule/expression.ts';
import { ANY } from '../rule/pattern.ts';
import { type Atom, atomOf, keyOf, keywordValue, type TestedValue } from './atom.ts';
import { FieldIndex } from './field-index.ts';
import { literalCost, PRESENCE_COST, type Witness } from './witness.ts';

/** A field of a network's rules. */
export interface Slot {
  name: string;
  index: FieldIndex;
  /** Atom that holds where the field is there. */
  presence: number;
}

/** A test that no index decides. */
export interface Asked {
  /** Atoms of which one holds where the answer is yes; absent where nothing can be said. */
  required: Witness | undefined;
  atom: Extract<Atom, { literal?: undefined }>;
  /** Undefined: a keyword. */
  slot: number | undefined;
  /** Value → answer, where the value alone decides. */
  answers: Map<string, boolean>;
}

/** Events that the expectation of what is rare weighs as much as. */
const EXPECTED_WEIGHT = 32;

/** The distinct tests of many rules, numbered, and the fields that they look at. */
export class Atoms {
  readonly all: { cost: number; asked: Asked | undefined }[] = [];
  readonly slots: Slot[] = [];
  /** Finds what is looked for anywhere in an event. */
  keywords: FieldIndex | undefined;
  private readonly bySlotName = new Map<string, number>();
  private readonly byKey = new Map<string, number>();

  /** @param seen by atom: in how many of `events` events it held */
  learn(seen: Uint32Array, events: number): void {
    for (const [at, atom] of this.all.entries())
      atom.cost = (seen[at]! + atom.cost * EXPECTED_WEIGHT) / (events + EXPECTED_WEIGHT);
    for (const { asked } of this.all)
      if (asked?.required !== undefined) asked.required = this.alternatives(asked.required.atoms);
  }

  /** The atoms that a test holds with; undefined where it may hold without any. */
  witnessOf(test: Test, rename: (field: string) => string): Witness | undefined {
    const { value, field } = test;
    const presence = (): Witness => this.alternatives([this.slotNamed(rename(field ?? '')).presence]);
    if (value.kind === 'null') return undefined;
    if (value.kind === 'exists') return value.exists ? presence() : undefined;
    const id = this.atomFor(test, rename);
    const { asked } = this.all[id]!;
    if (asked === undefined) return this.alternatives([id]);
    if (asked.required !== undefined) return asked.required;
    return field === undefined ? undefined : presence();
  }

  /** The atom of a test that asks for a value. Throws `PredicateError` for a value that cannot be tested. */
  atomFor(test: Test, rename: (field: string) => string): number {
    const written = test.field === undefined ? keywordValue(test) : (test.value as TestedValue);
    const value: TestedValue =
      written.kind === 'field' ? { ...written, field: rename(written.field) } : written;
    const slot = test.field === undefined ? undefined : this.slotNumber(rename(test.field));
    const key = `${slot ?? ''}\u0000${keyOf(value)}`;
    let id = this.byKey.get(key);
    if (id === undefined) {
      id = this.addAtom(atomOf(value, test), slot);
      this.byKey.set(key, id);
    }
    return id;
  }

  private addAtom(atom: Atom, slot: number | undefined): number {
    if (atom.literal !== undefined) {
      const { place, text } = atom.literal;
      const id = this.all.push({ cost: literalCost(text.length, place === 'equals'), asked: undefined }) - 1;
      if (slot === undefined) this.keywords ??= new FieldIndex();
      (slot === undefined ? this.keywords! : this.slots[slot]!.index).add(id, atom);
      return id;
    }
    const required = atom.ask.required?.map((text) => {
      const key = `${slot ?? ''}\u0000${keyOf({ kind: 'pattern', pattern: [ANY, text, ANY], cased: false })}`;
      let id = this.byKey.get(key);
      if (id === undefined) {
        id = this.addAtom({ literal: { place: 'contains', text } }, slot);
        this.byKey.set(key, id);
      }
      return id;
    });
    if (atom.other !== undefined) this.slotNumber(atom.other);
    const asked: Asked = {
      atom,
      slot,
      required: required && this.alternatives(required),
      answers: new Map(),
    };
    return this.all.push({ cost: PRESENCE_COST, asked }) - 1;
  }

  slotNamed(name: string): Slot {
    return this.slots[this.slotNumber(name)]!;
  }

  private alternatives(atoms: readonly number[]): Witness {
    return { atoms, cost: atoms.reduce((sum, id) => sum + this.all[id]!.cost, 0) };
  }

  /** The number of a field that rules look at; undefined for any other. */
  slotOf(name: string): number | undefined {
    return this.bySlotName.get(name);
  }

  private slotNumber(name: string): number {
    let slot = this.bySlotName.get(name);
    if (slot === undefined) {
      const presence = this.all.push({ cost: PRESENCE_COST, asked: undefined }) - 1;
      slot = this.slots.push({ name, index: new FieldIndex(), presence }) - 1;
      this.bySlotName.set(name, slot);
    }
    return slot;
  }
}
