/** Bytes of input beyond which another worker is worth its start: smaller ones are done before it has compiled the rules. */
export const BYTES_WORTH_A_WORKER = 8 << 20;

/** Threads for an input of `bytes`, from 1 to `most`. */
export function workersWorth(bytes: number, most: number, bytesEach = BYTES_WORTH_A_WORKER): number {
  return Math.max(1, Math.min(most, Math.ceil(bytes / bytesEach)));
}

const GZIP_HEAD = [0x1f, 0x8b];

/** Bytes of a file as a reader gets them: a gzip member ends with the length of what it holds, up to 4 GiB. */
export async function unpackedBytes(file: Blob): Promise<number> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (!GZIP_HEAD.every((byte, at) => head[at] === byte) || file.size < 18) return file.size;
  const tail = new DataView(await file.slice(-4).arrayBuffer());
  return Math.max(file.size, tail.getUint32(0, true));
}

/** What a browser says of its machine. */
export interface Machine {
  hardwareConcurrency: number;
  /** Gigabytes, rounded and bounded; not every browser tells. */
  deviceMemory?: number;
}

/** Workers of one page share its memory, and each holds all rules. */
const MOST_WORKERS = 4;
/** A worker that runs thousands of searches over a hundred thousand events holds two and a half. */
const GIGABYTES_EACH = 4;
/** Where the browser does not tell. */
const USUAL_GIGABYTES = 8;

/** Workers that a page may have on a machine. */
export function workersOn({ hardwareConcurrency, deviceMemory }: Machine): number {
  const room = Math.floor((deviceMemory ?? USUAL_GIGABYTES) / GIGABYTES_EACH);
  return Math.max(1, Math.min(MOST_WORKERS, hardwareConcurrency, room));
}
