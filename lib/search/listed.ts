/** What a result shows of a document. */
import { documentAddress } from './address.ts';
import type { DocumentKind } from './documents.ts';
import type { Shards } from './shards/decode.ts';

export interface Listed {
  kind: DocumentKind;
  /** UUID, or the technique's, tactic's, group's or CVE's own ID; absent while the tier that brings it is not loaded. */
  id?: string;
  name: string;
  slug: string;
  /** As `documentAddress` has it. */
  address: string;
  status?: string;
  severity?: string;
  /** `YYYY-MM-DD` */
  updated?: string;
}

export function listedOf(shards: Shards, document: number): Listed {
  const { kind, id, name, slug } = shards.rows[document]!;
  const [status, severity, updated] = [
    firstOf(shards, 'status', document),
    firstOf(shards, 'severity', document),
    firstOf(shards, 'updated', document),
  ];
  return {
    kind,
    ...(id && { id }),
    name,
    slug,
    address: documentAddress(kind, slug),
    ...(status && { status }),
    ...(severity && { severity }),
    ...(updated && { updated }),
  };
}

/** The first value that a document has for a key. */
export function firstOf({ columns }: Shards, key: string, document: number): string | undefined {
  const column = columns.get(key);
  if (!column || column.lists.starts[document] === column.lists.starts[document + 1]) return undefined;
  return column.values[column.lists.numbers[column.lists.starts[document]!]!];
}
