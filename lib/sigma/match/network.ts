import type { QuickKind, QuickKinds } from '../../events/extract/quick/quick-kinds.ts';
import { plainValue } from '../../events/plain-value.ts';
import type { EventRecord, FieldValue } from '../../events/record.ts';
import type { Expression, Test } from '../rule/expression.ts';
import { type Asked, Atoms } from './atoms.ts';
import { SigmaEvent, type Values } from './event.ts';
import type { FieldIndex } from './field-index.ts';
import { IdList } from './id-list.ts';
import { ABSENT, type Layout, METADATA } from './layout.ts';
import { plainly, QuickBindings, valueAmong } from './quick-binding.ts';
import type { OtherFields } from './value-test.ts';
import { witnessOf } from './witness.ts';

/** One rule of a network: what has to hold, and the names that its fields have in the network's events. */
export interface NetworkRule {
  expression: Expression;
  fields: ReadonlyMap<string, string>;
}

/** Asks whether a rule holds for the event that the network is at. */
type Condition = () => boolean;

/** Distinct values per asked test of which the answer is kept. */
const MOST_ANSWERS = 10_000;
/** Events after which the rules are called up by what was seen to be rare, not by what is rare as a rule. */
const LEARNT_FROM = 1024;

/**
 * Many rules over one kind of event. Tests are shared: each distinct one is an atom. For every field one index finds the
 * atoms that hold of a value in one pass, and what it found is kept for values that come again. Of an event's atoms,
 * those that a rule cannot do without (its witnesses) call the rule up; only then is its condition evaluated, over atoms
 * whose answer is known already. The rules that hold are the ones that hold when each is asked by itself.
 */
export class Network {
  private readonly atoms = new Atoms();
  private readonly conditions: readonly Condition[];
  private always = new Int32Array(0);
  /** By atom: the rules that it calls up. */
  private calls: (Int32Array | undefined)[] = [];
  /** By atom: the event that it held in last, and for tests that are asked the event they were asked about. */
  private readonly held: Uint32Array;
  private readonly asked: Uint32Array;
  /** By atom: in how many of the first events it held. */
  private readonly seen: Uint32Array;
  /** By rule: the event that it was called up for. */
  private readonly called: Uint32Array;
  private readonly candidates = new IdList();
  private epoch = 0;
  private record: EventRecord | undefined;
  private event: SigmaEvent | undefined;
  private values: readonly FieldValue[] = [];
  /** By slot, of the fields that are there: the value, or its place in the text. */
  private readonly at: (FieldValue | number)[] = [];
  /** What told where, of an event that was not extracted. */
  private kind: QuickKind | undefined;
  private kinds: QuickKinds | undefined;
  private readonly quickBindings: QuickBindings;
  private readonly otherFields: OtherFields = { values: (name) => this.valuesOf(name) };

  /** Throws `PredicateError` for a value that cannot be tested. */
  constructor(private readonly rules: readonly NetworkRule[]) {
    this.conditions = rules.map(({ expression, fields }) => this.conditionOf(expression, renamer(fields)));
    this.callUp();
    this.held = new Uint32Array(this.atoms.all.length);
    this.asked = new Uint32Array(this.atoms.all.length);
    this.seen = new Uint32Array(this.atoms.all.length);
    this.called = new Uint32Array(rules.length);
    this.quickBindings = new QuickBindings(this.atoms.slots.map(({ name }) => name));
  }

  /** Positions of the rules that hold, ascending. `values` are the record's, in the order of its layout. */
  matching(record: EventRecord, layout: Layout, values: readonly FieldValue[]): number[] {
    this.begin(record);
    this.values = values;
    const binding = this.bindingTo(layout);
    for (let at = 0; at < binding.length; at += 2) {
      const slot = binding[at]!;
      const place = binding[at + 1]!;
      const value = place === METADATA ? this.current().value(this.atoms.slots[slot]!.name) : values[place];
      if (value !== undefined) this.noteValue(slot, value);
    }
    if (this.atoms.keywords !== undefined) this.noteKeywords(this.atoms.keywords, record);
    return this.found();
  }

  /**
   * The same of an event that `kinds` looked at last, by those of its values alone that rules ask for. Undefined where it
   * has to be extracted.
   */
  matchingQuickly(record: EventRecord, kind: QuickKind, kinds: QuickKinds): number[] | undefined {
    if (this.atoms.keywords !== undefined) return undefined;
    const binding = this.quickBindings.of(kind);
    if (binding === undefined) return undefined;
    this.begin(record);
    this.kind = kind;
    this.kinds = kinds;
    const { places, constants, metadata, made } = binding;
    for (let at = 0; at < places.length; at += 2) {
      const slot = places[at]!;
      const place = places[at + 1]!;
      const { presence, index } = this.atoms.slots[slot]!;
      this.at[slot] = place;
      this.hold(presence);
      if (kinds.bytes !== undefined) this.note(index.ofPlace(record, kind, kinds.bytes, place));
      else this.note(index.of(plainly(record, kind, kind.shape.value(kinds.slots, place))));
    }
    for (const { field, value } of constants) this.noteValue(field, plainValue(record, value));
    for (const slot of metadata) {
      const value = this.current().value(this.atoms.slots[slot]!.name);
      if (value !== undefined) this.noteValue(slot, value);
    }
    if (made.length > 0) {
      const cells = binding.cells(kinds);
      for (const { field, cells: some } of made) {
        const value = valueAmong(cells, some);
        if (value !== undefined) this.noteValue(field, plainValue(record, value));
      }
    }
    return this.found();
  }

  private begin(record: EventRecord): void {
    this.epoch += 1;
    this.record = record;
    this.event = undefined;
    this.candidates.count = 0;
    // All that holds is noted before a rule is asked: one that this field calls up looks at others too.
    this.call(this.always);
  }

  private noteValue(slot: number, value: FieldValue): void {
    const { presence, index } = this.atoms.slots[slot]!;
    this.at[slot] = value;
    this.hold(presence);
    if (typeof value === 'string') this.note(index.of(value));
    else for (const one of value) this.note(index.of(one));
  }

  private found(): number[] {
    const found: number[] = [];
    const { ids, count } = this.candidates;
    for (let at = 0; at < count; at += 1) {
      const rule = ids[at]!;
      if (this.conditions[rule]!()) found.push(rule);
    }
    if (this.epoch === LEARNT_FROM) this.learn();
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  /** The value of a field; undefined where it is not there. */
  private valueOf(slot: number): FieldValue | undefined {
    if (this.held[this.atoms.slots[slot]!.presence] !== this.epoch) return undefined;
    const value = this.at[slot]!;
    if (typeof value !== 'number') return value;
    const kind = this.kind!;
    const text = plainly(this.record!, kind, kind.shape.value(this.kinds!.slots, value));
    this.at[slot] = text;
    return text;
  }

  private valuesOf(name: string): Values | undefined {
    const slot = this.atoms.slotOf(name);
    const value = slot === undefined ? undefined : this.valueOf(slot);
    if (value === undefined) return undefined;
    const texts = typeof value === 'string' ? [value] : value;
    return { texts, folded: texts.map((text) => text.toLowerCase()) };
  }

  private note({ ids, count }: IdList): void {
    for (let at = 0; at < count; at += 1) this.hold(ids[at]!);
  }

  private hold(atom: number): void {
    if (this.held[atom] === this.epoch) return;
    this.held[atom] = this.epoch;
    if (this.epoch <= LEARNT_FROM) this.seen[atom]! += 1;
    const rules = this.calls[atom];
    if (rules !== undefined) this.call(rules);
  }

  private call(rules: Int32Array): void {
    for (let at = 0; at < rules.length; at += 1) {
      const rule = rules[at]!;
      if (this.called[rule] === this.epoch) continue;
      this.called[rule] = this.epoch;
      this.candidates.add(rule);
    }
  }

  private noteKeywords(keywords: FieldIndex, { raw }: EventRecord): void {
    this.note(keywords.ofNew(raw));
    for (const value of this.values) {
      if (typeof value === 'string') this.note(keywords.of(value));
      else for (const one of value) this.note(keywords.of(one));
    }
  }

  /** Which atoms call which rules up, by what the atoms cost now. */
  private callUp(): void {
    const always: number[] = [];
    const calls: number[][] = [];
    for (const [rule, { expression, fields }] of this.rules.entries()) {
      const witness = witnessOf(expression, (test) => this.atoms.witnessOf(test, renamer(fields)));
      if (witness === undefined) always.push(rule);
      else
        for (const atom of witness.atoms) {
          const called = calls[atom];
          if (called === undefined) calls[atom] = [rule];
          else called.push(rule);
        }
    }
    this.always = Int32Array.from(always);
    this.calls = Array.from(this.atoms.all, (_, atom) => calls[atom] && Int32Array.from(calls[atom]));
  }

  private learn(): void {
    this.atoms.learn(this.seen, LEARNT_FROM);
    this.callUp();
  }

  /** Pairs of slot and place in the layout, of the fields that its events have. */
  private bindingTo(layout: Layout): Int32Array {
    let binding = layout.bindings.get(this);
    if (binding === undefined) {
      const pairs = this.atoms.slots.flatMap(({ name }, slot) => {
        const place = layout.positionOf(name);
        return place === ABSENT ? [] : [slot, place];
      });
      binding = Int32Array.from(pairs);
      layout.bindings.set(this, binding);
    }
    return binding;
  }

  private current(): SigmaEvent {
    this.event ??= new SigmaEvent(this.record!);
    return this.event;
  }

  private conditionOf(expression: Expression, rename: (field: string) => string): Condition {
    switch (expression.kind) {
      case 'test':
        return this.testCondition(expression, rename);
      case 'not': {
        const item = this.conditionOf(expression.item, rename);
        return () => !item();
      }
      default:
        return this.joined(expression.kind === 'and', expression.items, rename);
    }
  }

  /** Atoms that are known once all is noted are looked at before what has to be worked out. */
  private joined(all: boolean, items: readonly Expression[], rename: (field: string) => string): Condition {
    const known: number[] = [];
    const others: Condition[] = [];
    for (const item of items) {
      const id = item.kind === 'test' ? this.knownAtom(item, rename) : undefined;
      if (id === undefined) others.push(this.conditionOf(item, rename));
      else known.push(id);
    }
    return () => {
      for (let at = 0; at < known.length; at += 1)
        if ((this.held[known[at]!] === this.epoch) !== all) return !all;
      for (let at = 0; at < others.length; at += 1) if (others[at]!() !== all) return !all;
      return all;
    };
  }

  /** The atom of a test whose answer is known without asking. */
  private knownAtom(test: Test, rename: (field: string) => string): number | undefined {
    if (test.value.kind === 'null') return undefined;
    if (test.value.kind === 'exists')
      return test.value.exists ? this.atoms.slotNamed(rename(test.field ?? '')).presence : undefined;
    const id = this.atoms.atomFor(test, rename);
    return this.atoms.all[id]!.asked === undefined ? id : undefined;
  }

  private testCondition(test: Test, rename: (field: string) => string): Condition {
    const { value } = test;
    if (value.kind === 'null' || value.kind === 'exists') {
      const wanted = value.kind === 'exists' && value.exists;
      const { presence } = this.atoms.slotNamed(rename(test.field ?? ''));
      return () => (this.held[presence] === this.epoch) === wanted;
    }
    const id = this.atoms.atomFor(test, rename);
    const { asked } = this.atoms.all[id]!;
    if (asked === undefined) return () => this.held[id] === this.epoch;
    return () => {
      if (this.asked[id] !== this.epoch) {
        this.asked[id] = this.epoch;
        if (this.mayHold(asked) && this.ask(asked)) this.held[id] = this.epoch;
      }
      return this.held[id] === this.epoch;
    };
  }

  private mayHold({ required }: Asked): boolean {
    return required?.atoms.some((atom) => this.held[atom] === this.epoch) ?? true;
  }

  private ask({ atom, answers, slot }: Asked): boolean {
    const found = slot === undefined ? this.current().all().texts : this.valueOf(slot);
    if (found === undefined) return false;
    const texts = typeof found === 'string' ? [found] : found;
    return texts.some((text) => {
      if (atom.other !== undefined) return atom.ask.test(text, text.toLowerCase(), this.otherFields);
      let answer = answers.get(text);
      if (answer === undefined) {
        answer = atom.ask.test(text, text.toLowerCase(), this.otherFields);
        if (answers.size >= MOST_ANSWERS) answers.clear();
        answers.set(text, answer);
      }
      return answer;
    });
  }
}

const renamer =
  (fields: ReadonlyMap<string, string>) =>
  (field: string): string =>
    fields.get(field) ?? field;
