/** The documents of the measurement as flat texts, the same for every engine. */
import type { SearchDocument } from '../lib/search/documents.ts';
import {
  FIELD_WEIGHTS,
  FIELDS,
  type RunningField,
  type TextField,
  TIER_OF_TEXT,
} from '../lib/search/fields.ts';
import { Shards } from '../lib/search/shards/decode.ts';
import { encodeShards } from '../lib/search/shards/encode.ts';
import { Texts } from '../lib/search/texts.ts';

export type FlatDocument = Record<TextField, string> & { id: number };

export const BOOSTS: Record<TextField, number> = FIELD_WEIGHTS;

export function flatDocuments(documents: readonly SearchDocument[]): FlatDocument[] {
  const shards = new Shards();
  for (const bytes of encodeShards(documents)) shards.add(bytes);
  const texts = new Texts(shards);
  return documents.map(({ text }, id) => {
    const flat = Object.fromEntries(
      FIELDS.map((field) => [
        field,
        field in TIER_OF_TEXT ? (text[field as RunningField] ?? '') : texts.made(id, field),
      ]),
    );
    return { id, ...flat } as FlatDocument;
  });
}

/** `size` documents: those given, then copies of detections under names, slugs, files and UUIDs of their own. */
export function enlarged(documents: readonly SearchDocument[], size: number): SearchDocument[] {
  const detections = documents.filter(({ kind }) => kind === 'detection');
  const copies = Array.from({ length: Math.max(0, size - documents.length) }, (_, at) => {
    const original = detections[at % detections.length]!;
    const mark = `copy${at}`;
    const slug = `${original.slug}-${mark}`;
    const digits = (Math.imul(at + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
    return {
      ...original,
      ...(original.id && { id: digits + original.id.slice(8) }),
      name: `${original.name} ${mark}`,
      slug,
      address: `/detections/${slug}/`,
      ...(original.path && { path: `${slug.replaceAll('-', '_')}.yml` }),
      text: { ...original.text, description: `${original.text.description} ${mark}` },
    };
  });
  return [...documents.slice(0, size), ...copies];
}
