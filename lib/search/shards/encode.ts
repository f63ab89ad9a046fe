/** A catalog's documents as shards, one for each tier: see `decode.ts` for what is made of them. */
import type { SearchDocument } from '../documents.ts';
import { type RunningField, TIER_OF_KEY, TIER_OF_TEXT, TIERS, type Tier } from '../fields.ts';
import { isUuid } from '../tokenise.ts';
import { ByteWriter } from './bytes.ts';
import { writeCodebook } from './codebook.ts';
import { FORMAT, MAGIC } from './format.ts';
import { fileFrom, idFrom, KINDS, OWN, slugFrom } from './regular.ts';
import { Spellings, split, splitName } from './tokens.ts';

/**
 * The shards in the order of their tiers, not yet packed. All begin with the same stamp, made of everything in them, so
 * that a reader notices when one of them is of another build.
 */
export function encodeShards(documents: readonly SearchDocument[]): Uint8Array<ArrayBuffer>[] {
  const known = new Map<string, number>();
  const spellings = new Spellings();
  const bodies = TIERS.map((tier) => {
    const writer = new ByteWriter();
    if (tier === 'names') writeRows(writer, documents, known);
    if (tier === 'ids') writeUuids(writer, documents);
    if (tier === 'descriptions')
      writeExceptions(writer, documents, ({ path }) => path?.split('/').at(-1) ?? '', fileFrom);
    for (const [key, of] of Object.entries(TIER_OF_KEY)) if (of === tier) writeValues(writer, documents, key);
    writeTexts(writer, documents, tier, known, spellings);
    return writer.finished();
  });
  const stamp = stampOf(bodies);
  return bodies.map((body, at) => {
    const writer = new ByteWriter();
    for (const character of MAGIC) writer.byte(character.charCodeAt(0));
    writer.byte(FORMAT);
    writer.byte(at);
    writer.raw(stamp);
    writer.number(documents.length);
    writer.raw(body);
    return writer.finished();
  });
}

/** What every document has. What follows from something else is not written. */
function writeRows(
  writer: ByteWriter,
  documents: readonly SearchDocument[],
  known: Map<string, number>,
): void {
  for (const { kind } of documents) writer.byte(KINDS.indexOf(kind));
  const names = documents.map(({ name }) => splitName(name));
  writeLists(writer, names, writeCodebook(writer, countsOf(names), known));
  writeExceptions(writer, documents, ({ slug }) => slug, slugFrom);
  for (const { id } of documents) writer.byte(isPlainUuid(id) ? 1 : 0);
  writeExceptions(writer, documents, ({ id }) => (isPlainUuid(id) ? '' : (id ?? '')), idFrom);
}

/** A column of strings, of which only those are written that `expected` does not give. */
function writeExceptions(
  writer: ByteWriter,
  documents: readonly SearchDocument[],
  actual: (document: SearchDocument) => string,
  expected: (document: SearchDocument) => string,
): void {
  const written: string[] = [];
  for (const document of documents) {
    const text = actual(document);
    const regular = text === expected(document);
    writer.byte(regular ? 0 : 1);
    if (!regular) written.push(text);
  }
  writer.number(written.length);
  writer.sortedStrings(written);
}

function writeUuids(writer: ByteWriter, documents: readonly SearchDocument[]): void {
  for (const { id } of documents) {
    if (!isPlainUuid(id)) continue;
    const digits = id.replaceAll('-', '');
    for (let at = 0; at < digits.length; at += 2) writer.byte(Number.parseInt(digits.slice(at, at + 2), 16));
  }
}

function isPlainUuid(id: string | undefined): id is string {
  return id !== undefined && isUuid(id) && id === id.toLowerCase();
}

/** A codebook of the key's values, how many each document has, and which. */
function writeValues(writer: ByteWriter, documents: readonly SearchDocument[], key: string): void {
  const lists = documents.map(({ slug, values }) =>
    (values[key] ?? []).map((value) => withoutOwn(value, slug)),
  );
  const codes = writeCodebook(writer, countsOf(lists), new Map());
  writeLists(writer, lists, codes);
}

/** Most detections have a macro named after themselves. */
function withoutOwn(value: string, slug: string): string {
  const own = slug.replaceAll('-', '_');
  return own !== '' && value.startsWith(own) ? OWN + value.slice(own.length) : value;
}

function writeTexts(
  writer: ByteWriter,
  documents: readonly SearchDocument[],
  tier: Tier,
  known: Map<string, number>,
  spellings: Spellings,
): void {
  const fields = Object.keys(TIER_OF_TEXT) as RunningField[];
  const columns = fields
    .filter((field) => TIER_OF_TEXT[field] === tier)
    .map((field) => documents.map(({ text }) => split(text[field] ?? '', spellings)));
  if (columns.length === 0) return;
  const codes = writeCodebook(writer, countsOf(columns.flat()), known);
  for (const lists of columns) writeLists(writer, lists, codes);
}

function countsOf(lists: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const text of list) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function writeLists(
  writer: ByteWriter,
  lists: readonly (readonly string[])[],
  codes: ReadonlyMap<string, number>,
): void {
  for (const { length } of lists) writer.number(length);
  for (const list of lists) for (const text of list) writer.number(codes.get(text)!);
}

/** Eight bytes that stand for all bodies: FNV-1a, once forward and once with every byte inverted. */
function stampOf(bodies: readonly Uint8Array[]): Uint8Array {
  let [a, b] = [0x811c9dc5, 0x811c9dc5];
  for (const body of bodies) {
    for (const byte of body) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ (byte ^ 255), 0x01000193);
    }
  }
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setUint32(0, a >>> 0);
  new DataView(stamp.buffer).setUint32(4, b >>> 0);
  return stamp;
}
