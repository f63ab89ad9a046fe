import { defaultFields } from '../../events/default-fields.ts';
import type { QuickKind, QuickKinds } from '../../events/extract/quick/quick-kinds.ts';
import { quickNames } from '../../events/extract/quick/quick-names.ts';
import { type Cell, programFor } from '../../events/extract/quick/quick-program.ts';
import { plainValue } from '../../events/plain-value.ts';
import type { EventRecord, FieldValue } from '../../events/record.ts';
import { isMetadata, namesInRecords } from './event.ts';

const DEFAULTS: ReadonlySet<string> = new Set(defaultFields());

/** How rules' fields are had of events of one kind without extracting them. Fields are told by their place among names. */
export interface QuickBinding {
  /** Pairs of field and place in the text, of fields that are a value of the text as it stands. */
  readonly places: Int32Array;
  /** Fields that are the same in all such events. */
  readonly constants: readonly { field: number; value: string }[];
  /** Fields of the event's metadata. */
  readonly metadata: readonly number[];
  /** Fields that have to be worked out, and cells of which the first that is there is the field. */
  readonly made: readonly { field: number; cells: readonly number[] }[];
  /** Works the cells out; good until the next event. */
  cells(kinds: QuickKinds): readonly Cell[];
}

/** Undefined where such events have to be extracted. */
export function bindQuickly(kind: QuickKind, names: readonly string[]): QuickBinding | undefined {
  const known = quickNames(kind);
  // Values of a text with such a part are cleaned of references by what else it has.
  if (known === undefined || (kind.shape.form === 'json' && known.possible.has('System_Props_Xml')))
    return undefined;
  const places: number[] = [];
  const constants: { field: number; value: string }[] = [];
  const metadata: number[] = [];
  const made: { field: number; cells: number[] }[] = [];
  const asked: string[] = [];
  for (const [field, name] of names.entries()) {
    if (isMetadata(name)) {
      metadata.push(field);
      continue;
    }
    const own = namesInRecords(name, known.possible, known.certain);
    if (own === undefined || own.some((one) => DEFAULTS.has(one))) return undefined;
    if (own.length === 0) continue;
    const source = own.length === 1 ? known.unchanged(own[0]!) : undefined;
    if (typeof source === 'number') places.push(field, source);
    else if (source !== undefined && 'always' in source) constants.push({ field, value: source.always });
    else {
      made.push({ field, cells: own.map((_, at) => asked.length + at) });
      asked.push(...own);
    }
  }
  const program = asked.length === 0 ? undefined : programFor(kind, asked);
  if (asked.length > 0 && program === undefined) return undefined;
  const cells: Cell[] = asked.map(() => null);
  return {
    places: Int32Array.from(places),
    constants,
    metadata,
    made,
    cells({ slots, origin }) {
      program?.(slots, origin, cells);
      return cells;
    },
  };
}

/** A value of an event's text as the event's maker wrote it; see `plainValue`. */
export const plainly = (record: EventRecord, { shape }: QuickKind, value: string): string =>
  shape.form === 'xml' ? plainValue(record, value) : value;

/** The first of some cells that is there. */
export function valueAmong(cells: readonly Cell[], some: readonly number[]): FieldValue | undefined {
  for (const at of some) {
    const cell = cells[at];
    if (typeof cell === 'string' || (typeof cell === 'object' && cell !== null)) return cell;
  }
  return undefined;
}

/** Bindings of one user's names, made once for each kind of event. */
export class QuickBindings {
  private readonly known = new WeakMap<QuickKind, QuickBinding | 'plain'>();
  private last: { kind: QuickKind; binding: QuickBinding | 'plain' } | undefined;

  constructor(private readonly names: readonly string[]) {}

  of(kind: QuickKind): QuickBinding | undefined {
    if (this.last?.kind !== kind) {
      let binding = this.known.get(kind);
      if (binding === undefined) {
        binding = bindQuickly(kind, this.names) ?? 'plain';
        this.known.set(kind, binding);
      }
      this.last = { kind, binding };
    }
    const { binding } = this.last!;
    return binding === 'plain' ? undefined : binding;
  }
}
