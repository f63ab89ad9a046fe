import { starts } from '../bytes.ts';
import type { Format } from '../format.ts';

const SIGNATURE = 'ElfFile\0';
/** So many bytes of an input are there before anything of it is read. */
const SEEN = 4;

let reader: typeof import('./file.ts') | undefined;

/** Fetches what reads the format, few logs being of it. */
export async function loadEvtx(): Promise<void> {
  reader ??= await import('./file.ts');
}

/** Told from the first four bytes. */
export const mayBeEvtx = (head: Uint8Array): boolean => starts(head, 0, SIGNATURE.slice(0, SEEN));

/** Read where an input or a packed file begins with it: a log is no part of a text. */
export const evtx: Format = {
  name: 'evtx',
  recognise: ({ bytes }) => (reader !== undefined && starts(bytes, 0, SIGNATURE) ? 100 : 0),
  open: (sink, base) => new reader!.EvtxFile(sink, base),
};
