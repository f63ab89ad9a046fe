/** Changes that a reader makes to events, kept apart from the events, so that each can be taken back. */
import { type PlainFields, plainRecord } from '../../events/plain-record.ts';
import type { EventRecord } from '../../events/record.ts';

export interface Edits {
  /**
   * `set:number` → the fields it has now; null: taken out. Sets go by their position: read again, as after a worker was
   * ended, they have other names and the same places.
   */
  changed: Readonly<Record<string, PlainFields | null>>;
  /** Events made by hand, in order, behind all others. */
  added: readonly PlainFields[];
}

export const NO_EDITS: Edits = { changed: {}, added: [] };

/** Where an event of the composed list comes from; `set` is a position. */
export type EventPlace = { set: number; number: number } | { added: number };

export interface Composed {
  records: readonly EventRecord[];
  placeOf(at: number): EventPlace;
  isEdited(at: number): boolean;
}

/** The events that a rule runs over: all sets one after another, changed as the edits say. */
export function compose(sets: readonly (readonly EventRecord[])[], edits: Edits = NO_EDITS): Composed {
  const untouched = edits.added.length === 0 && Object.keys(edits.changed).length === 0;
  if (untouched && sets.length === 1) {
    return { records: sets[0]!, placeOf: (at) => ({ set: 0, number: at }), isEdited: () => false };
  }
  const records: EventRecord[] = [];
  const places: EventPlace[] = [];
  const edited = new Set<number>();
  for (const [set, own] of sets.entries()) {
    for (let number = 0; number < own.length; number += 1) {
      const key = placeKey(set, number);
      const change = Object.hasOwn(edits.changed, key) ? edits.changed[key] : undefined;
      if (change === null) continue;
      if (change !== undefined) edited.add(records.length);
      records.push(change === undefined ? own[number]! : plainRecord(change, {}, number));
      places.push({ set, number });
    }
  }
  for (const [added, fields] of edits.added.entries()) {
    edited.add(records.length);
    records.push(plainRecord(fields, {}, added));
    places.push({ added });
  }
  return { records, placeOf: (at) => places[at]!, isEdited: (at) => edited.has(at) };
}

function placeKey(set: number, number: number): string {
  return `${set}:${number}`;
}

/** The edits with one event of the composed list changed, or taken out with null. */
export function withEvent(edits: Edits, place: EventPlace, fields: PlainFields | null): Edits {
  if ('set' in place) {
    return { ...edits, changed: { ...edits.changed, [placeKey(place.set, place.number)]: fields } };
  }
  const added =
    fields === null ? edits.added.toSpliced(place.added, 1) : edits.added.with(place.added, fields);
  return { ...edits, added };
}
