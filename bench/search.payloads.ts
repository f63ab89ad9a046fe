/** What each engine has a browser load for the same documents. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create, insertMultiple, save } from '@orama/orama';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { createIndex } from 'pagefind';
import type { SearchDocument } from '../lib/search/documents.ts';
import { FIELDS, TIERS } from '../lib/search/fields.ts';
import { encodeShards } from '../lib/search/shards/encode.ts';
import { BOOSTS, flatDocuments } from './search.documents.ts';

/** Files by root-relative address, packed as gzip; `sizes` says what a reader loads, by part, in bytes. */
export interface Payload {
  files: Map<string, Buffer>;
  sizes: Record<string, number>;
}

export const ENGINES = ['sightline', 'minisearch', 'lunr', 'orama', 'fuse', 'pagefind'] as const;
export type Engine = (typeof ENGINES)[number];

export async function payloadOf(engine: Engine, documents: readonly SearchDocument[]): Promise<Payload> {
  const files = new Map<string, Buffer>();
  const sizes: Record<string, number> = {};
  const add = (address: string, content: string | Uint8Array, part: string) => {
    const packed = gzipSync(content, { level: 9 });
    files.set(address, packed);
    sizes[part] = (sizes[part] ?? 0) + packed.length;
  };
  if (engine === 'sightline') {
    for (const [at, bytes] of encodeShards(documents).entries())
      add(`/search/${TIERS[at]}.bin`, bytes, TIERS[at]!);
    return { files, sizes };
  }
  add('/addresses.json', JSON.stringify(documents.map(({ address }) => address)), 'addresses');
  if (engine === 'pagefind') await addPagefind(documents, add);
  else add('/index.json', await indexOf(engine, documents), 'index');
  return { files, sizes };
}

async function indexOf(
  engine: Exclude<Engine, 'sightline' | 'pagefind'>,
  documents: readonly SearchDocument[],
): Promise<string> {
  const flat = flatDocuments(documents);
  if (engine === 'fuse') return JSON.stringify(flat);
  if (engine === 'minisearch') {
    const index = new MiniSearch({ fields: [...FIELDS] });
    index.addAll(flat);
    return JSON.stringify(index);
  }
  if (engine === 'lunr') {
    const index = lunr(function () {
      this.ref('id');
      for (const field of FIELDS) this.field(field, { boost: BOOSTS[field] });
      for (const document of flat) this.add(document);
    });
    return JSON.stringify(index);
  }
  const index = create({ schema: Object.fromEntries(FIELDS.map((field) => [field, 'string' as const])) });
  await insertMultiple(
    index,
    flat.map(({ id, ...texts }) => ({ ...texts, id: String(id) })),
  );
  return JSON.stringify(save(index));
}

async function addPagefind(
  documents: readonly SearchDocument[],
  add: (address: string, content: Uint8Array, part: string) => void,
): Promise<void> {
  const { index } = await createIndex();
  if (!index) throw new Error('Pagefind made no index.');
  const flat = flatDocuments(documents);
  for (const [at, { address }] of documents.entries()) {
    const content = FIELDS.map((field) => flat[at]![field]).join('\n');
    await index.addCustomRecord({ url: address, content, language: 'en', meta: { title: flat[at]!.name } });
  }
  const folder = mkdtempSync(join(tmpdir(), 'sightline-pagefind-'));
  await index.writeFiles({ outputPath: folder });
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/\.\w+$/.test(name)) add(`/pagefind/${name}`, readFileSync(join(folder, name)), 'all files');
  }
}
