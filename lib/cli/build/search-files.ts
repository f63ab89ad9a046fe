/** Files that the search on the pages fetches when it is opened: the parts of its index. */
import { gzipSync } from 'node:zlib';
import type { Catalog } from '../../content/model.ts';
import { readGuides } from '../../content/read/guides.ts';
import { documentsOf } from '../../search/documents.ts';
import { TIERS } from '../../search/fields.ts';
import { encodeShards } from '../../search/shards/encode.ts';
import { PROJECT } from '../settings.ts';

export interface SearchFile {
  /** Root-relative. */
  address: string;
  /** Packed as gzip: hosts pack what they know to be text, which these are not. */
  bytes: Buffer;
}

/** The shards of the catalog and the guides. */
export function searchFiles(catalog: Catalog): SearchFile[] {
  const shards = encodeShards(documentsOf(catalog, readGuides(PROJECT)));
  return shards.map((bytes, at) => ({
    address: `/search/${TIERS[at]}.bin`,
    bytes: gzipSync(bytes, { level: 9 }),
  }));
}
