/**
 * Some fields of many events without extracting all of each: events of one kind differ in their values alone, so which
 * value of the text is which field is found out once per kind, and of a source type's steps only those run that the
 * fields asked for depend on. What it gives is what `fieldOf` gives; a text that it does not know its way in is left to
 * the plain extraction.
 */
import { type EventRecord, fieldOf, GIVEN_FIELDS } from '../../record.ts';
import type { SourceType } from '../source-type.ts';
import { targets } from '../step-fields.ts';
import { type QuickKind, QuickKinds } from './quick-kinds.ts';
import { type Cell, type Program, programFor } from './quick-program.ts';

/** Reads fields of events; what it learns of their kinds serves every later reading. */
export class QuickFields {
  constructor(private readonly kinds = new QuickKinds()) {}

  /** Says of one record after another what it has under these distinct names, in their order; the list is used again. */
  reading(names: readonly string[], onPlain: (record: EventRecord) => void): (record: EventRecord) => Cell[] {
    const { kinds } = this;
    const cells: Cell[] = names.map(() => null);
    const fillPlainly = plainFiller(names);
    const programs = new Map<QuickKind, Program | undefined>();
    return (record) => {
      const kind = kinds.of(record);
      let program = kind === undefined ? undefined : programs.get(kind);
      if (kind !== undefined && program === undefined && !programs.has(kind)) {
        program = programFor(kind, names);
        programs.set(kind, program);
      }
      if (program !== undefined) program(kinds.slots, kinds.origin, cells);
      else {
        onPlain(record);
        fillPlainly(record, cells);
      }
      return cells;
    };
  }

  /** Whether an event that was read quickly may have the field. */
  mayHave(name: string): boolean {
    for (const { shape, type } of this.kinds.all())
      if (shape.fields.has(name) || (type !== undefined && maySet(type, name))) return true;
    return false;
  }
}

function maySet(type: SourceType, name: string): boolean {
  return (
    name === 'tag' ||
    type.steps.some(
      (step) => targets(step).includes(name) || ('pairs' in step && name.startsWith(step.pairs)),
    )
  );
}

/** Fills cells from extracted fields, by the names asked for or by those that there are, whichever are fewer. */
function plainFiller(names: readonly string[]): (record: EventRecord, cells: Cell[]) => void {
  const given: [at: number, name: string][] = [];
  const places = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    if (GIVEN_FIELDS.has(name)) given.push([at, name]);
    else places.set(name, at);
  }
  return (record, cells) => {
    const { fields } = record;
    for (const [at, name] of given) cells[at] = cellOf(record, name);
    if (places.size <= fields.size) {
      for (const [name, at] of places) cells[at] = fields.get(name) ?? null;
      return;
    }
    for (const at of places.values()) cells[at] = null;
    for (const [name, value] of fields) {
      const at = places.get(name);
      if (at !== undefined) cells[at] = value;
    }
  };
}

function cellOf(record: EventRecord, name: string): Cell {
  return name === '_time' ? record.time : (fieldOf(record, name) ?? null);
}
