import type { Metadata } from '../../events/record.ts';
import type { CaseData } from './payload.ts';

/** Events to read: a file of the reader, pasted text, or an address of this site. */
export interface EventSource extends Metadata {
  name: string;
  content: Blob | string | { address: string };
  /** Address of its events as the build read them (`KeptEvents`), which are taken instead of reading the content. */
  events?: string | undefined;
}

export interface ReadLimit {
  /** Most events kept of one source. */
  events: number;
  /** Most decompressed bytes read of one source. */
  bytes: number;
}

export const DEFAULT_READ_LIMIT: ReadLimit = { events: 1_000_000, bytes: 1 << 30 };

/** Data of a declared test as a source; none where it is not published. */
export function sampleSource({ file, events, data, ...stated }: CaseData): EventSource | undefined {
  if (file === undefined) return undefined;
  const { source, sourcetype, index, host } = stated;
  const name = data.split('/').at(-1) ?? data;
  return { name, content: { address: file }, events, source, sourcetype, index, host };
}
