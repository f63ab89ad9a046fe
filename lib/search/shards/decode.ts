/**
 * Shards read into typed arrays. No text is taken apart again: words come as numbers, and only the few distinct ones
 * are looked at as text. FlexSearch's exported index was measured before this was made: 839 KB packed where this takes
 * less than half, 117 ms to load, and it finds few infixes and hardly a mistyped word.
 */
import type { DocumentKind } from '../documents.ts';
import { type RunningField, TIER_OF_KEY, TIER_OF_TEXT, TIERS, TIERS_BEFORE, type Tier } from '../fields.ts';
import { ByteReader, ShardError } from './bytes.ts';
import { readCodebook } from './codebook.ts';
import { FORMAT, MAGIC, STAMP } from './format.ts';
import { addGroupTechniques } from './groups.ts';
import { fileFrom, idFrom, KINDS, OWN, slugFrom } from './regular.ts';
import { Names } from './tokens.ts';

/** Numbers by document: those of document n stand from `starts[n]` up to `starts[n + 1]`. */
export interface Lists {
  starts: Uint32Array;
  numbers: Uint32Array;
}

/** The values of a key: `lists` holds places in `values`. */
export interface ValueColumn {
  values: string[];
  lists: Lists;
}

export interface Row {
  kind: DocumentKind;
  name: string;
  slug: string;
  /** UUID, or the technique's, tactic's, group's or CVE's own ID; a UUID comes with the tier `ids`. */
  id?: string;
  /** Name of the YAML; comes with the tier `descriptions`. */
  file?: string;
}

/** What the shards that are there hold. */
export class Shards {
  readonly tiers = new Set<Tier>();
  readonly rows: Row[] = [];
  /** By document: the place of its kind among `KINDS`. */
  kinds: Uint8Array = new Uint8Array();
  /** Places in `tokens`: see `Names`. */
  names: Lists = { starts: new Uint32Array(1), numbers: new Uint32Array() };
  readonly columns = new Map<string, ValueColumn>();
  /** By running field: places in `tokens`. */
  readonly texts = new Map<RunningField, Lists>();
  /** Words and what stands between them, as `split` makes them. */
  readonly tokens: string[] = [];
  private stamp = '';
  private readonly withUuid: Row[] = [];

  /** Adds a tier. Throws a `ShardError` for bytes that are none, or are of another build than those before. */
  add(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes);
    const magic = String.fromCharCode(...reader.raw(MAGIC.length));
    if (magic !== MAGIC || reader.byte() !== FORMAT)
      throw new ShardError('This is no search shard of this version of the site. Reload the page.');
    const tier = TIERS[reader.byte()];
    if (!tier || this.tiers.has(tier) || !TIERS_BEFORE[tier].every((before) => this.tiers.has(before)))
      throw new ShardError(
        `The search shard \`${tier}\` was not wanted after ${[...this.tiers].join(', ')}.`,
      );
    const stamp = reader.raw(STAMP).join(' ');
    const size = reader.number();
    if (tier === 'names') this.stamp = stamp;
    else if (stamp !== this.stamp)
      throw new ShardError('The site was published anew while it was loaded. Reload the page.');
    if (tier === 'names') this.readRows(reader, size);
    if (tier === 'ids') for (const row of this.withUuid) row.id = uuid(reader.raw(16));
    if (tier === 'descriptions') this.readFiles(reader);
    for (const [key, of] of Object.entries(TIER_OF_KEY))
      if (of === tier) this.columns.set(key, this.readColumn(reader));
    if (tier === 'descriptions') addGroupTechniques(this.rows, this.columns);
    this.readTexts(reader, tier);
    this.tiers.add(tier);
  }

  private readRows(reader: ByteReader, size: number): void {
    this.kinds = reader.raw(size);
    const codes = readCodebook(reader, this.tokens);
    this.names = readLists(reader, size);
    const { starts, numbers } = this.names;
    for (let at = 0; at < numbers.length; at++) numbers[at] = codes[numbers[at]!]!;
    const names = new Names(this.tokens);
    for (let at = 0; at < size; at++) {
      const kind = KINDS[this.kinds[at]!]!;
      this.rows.push({ kind, name: names.of(numbers, starts[at]!, starts[at + 1]!), slug: '' });
    }
    readExceptions(reader, this.rows, slugFrom, (row, slug) => {
      row.slug = slug;
    });
    const withUuid = reader.raw(size);
    this.withUuid.push(...this.rows.filter((_, at) => withUuid[at] === 1));
    readExceptions(reader, this.rows, idFrom, (row, id) => {
      if (id !== '') row.id = id;
    });
  }

  private readFiles(reader: ByteReader): void {
    readExceptions(reader, this.rows, fileFrom, (row, file) => {
      if (file !== '') row.file = file;
    });
  }

  private readTexts(reader: ByteReader, tier: Tier): void {
    const fields = Object.entries(TIER_OF_TEXT).filter(([, of]) => of === tier);
    if (fields.length === 0) return;
    const codes = readCodebook(reader, this.tokens);
    for (const [field] of fields) {
      const lists = readLists(reader, this.rows.length);
      for (let at = 0; at < lists.numbers.length; at++) lists.numbers[at] = codes[lists.numbers[at]!]!;
      this.texts.set(field as RunningField, lists);
    }
  }

  private readColumn(reader: ByteReader): ValueColumn {
    const size = this.rows.length;
    const values: string[] = [];
    const codes = readCodebook(reader, values);
    const lists = readLists(reader, size);
    // A value that is named after its document is one of its own in every document.
    const own = new Map<string, number>();
    const { starts, numbers } = lists;
    for (let document = 0; document < size; document++) {
      for (let at = starts[document]!; at < starts[document + 1]!; at++) {
        const number = codes[numbers[at]!]!;
        numbers[at] = number;
        if (!values[number]!.startsWith(OWN)) continue;
        const value = this.rows[document]!.slug.replaceAll('-', '_') + values[number]!.slice(OWN.length);
        let place = own.get(value);
        if (place === undefined) {
          place = values.push(value) - 1;
          own.set(value, place);
        }
        numbers[at] = place;
      }
    }
    return { values, lists };
  }
}

function readExceptions(
  reader: ByteReader,
  rows: readonly Row[],
  expected: (row: Row) => string,
  set: (row: Row, text: string) => void,
): void {
  const written = reader.raw(rows.length);
  const strings = reader.sortedStrings(reader.number());
  let next = 0;
  rows.forEach((row, at) => {
    set(row, written[at] === 1 ? strings[next++]! : expected(row));
  });
}

function readLists(reader: ByteReader, size: number): Lists {
  const starts = new Uint32Array(size + 1);
  for (let at = 0; at < size; at++) starts[at + 1] = starts[at]! + reader.number();
  const numbers = new Uint32Array(starts[size]!);
  for (let at = 0; at < numbers.length; at++) numbers[at] = reader.number();
  return { starts, numbers };
}

function uuid(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
