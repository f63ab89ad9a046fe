/** `.evtx` files of full chunks, out of files with a record or two in each: what a busy machine writes. */

import { crc32 } from 'node:zlib';

const FILE_HEADER = 4096;
const CHUNK = 65_536;
const RECORDS = 512;

/**
 * A record's binary XML without the template definitions that stand in it, so that it can stand again in the same chunk
 * and refer to the first. `at` and the sizes are those of [MS-EVEN6] 2.2.12.
 */
function referring(chunk: Buffer, at: number, end: number): Buffer {
  const parts: Buffer[] = [];
  let from = at;
  if (chunk[from] === 0x0f) from += 4;
  if (chunk[from] !== 0x0c) return chunk.subarray(at, end);
  const definition = chunk.readUInt32LE(from + 6);
  let data = from + 10;
  parts.push(chunk.subarray(at, data));
  if (definition === data) data += 24 + chunk.readUInt32LE(data + 20);
  const count = chunk.readUInt32LE(data);
  const table = Buffer.from(chunk.subarray(data, data + 4 + 4 * count));
  const values: Buffer[] = [];
  let value = data + table.length;
  for (let n = 0; n < count; n++) {
    const size = table.readUInt16LE(4 + 4 * n);
    const nested =
      table[6 + 4 * n] === 0x21 ? referring(chunk, value, value + size) : chunk.subarray(value, value + size);
    table.writeUInt16LE(nested.length, 4 + 4 * n);
    values.push(nested);
    value += size;
  }
  return Buffer.concat([...parts, table, ...values, chunk.subarray(value, end)]);
}

/** A chunk whose first record stands in it again and again, until it is full. Gives the number of records as well. */
function dense(file: Buffer, firstId: number): { chunk: Buffer; records: number } {
  const chunk = Buffer.from(file.subarray(FILE_HEADER, FILE_HEADER + CHUNK));
  const size = chunk.readUInt32LE(RECORDS + 4);
  const body = referring(chunk, RECORDS + 24, RECORDS + size - 4);
  const record = Buffer.concat([chunk.subarray(RECORDS, RECORDS + 24), body, Buffer.alloc(4)]);
  record.writeUInt32LE(record.length, 4);
  record.writeUInt32LE(record.length, record.length - 4);
  chunk.fill(0, RECORDS + size);
  chunk.writeBigUInt64LE(BigInt(firstId), RECORDS + 8);
  let at = RECORDS + size;
  let last = RECORDS;
  let records = 1;
  for (; at + record.length <= CHUNK; at += record.length) {
    record.copy(chunk, at);
    chunk.writeBigUInt64LE(BigInt(firstId + records), at + 8);
    records += 1;
    last = at;
  }
  const lastId = BigInt(firstId + records - 1);
  for (const [offset, id] of [
    [8, BigInt(firstId)],
    [16, lastId],
    [24, BigInt(firstId)],
    [32, lastId],
  ] as const)
    chunk.writeBigUInt64LE(id, offset);
  chunk.writeUInt32LE(last, 44);
  chunk.writeUInt32LE(at, 48);
  chunk.writeUInt32LE(crc32(chunk.subarray(RECORDS, at)), 52);
  chunk.writeUInt32LE(crc32(chunk.subarray(128, RECORDS), crc32(chunk.subarray(0, 120))), 124);
  return { chunk, records };
}

/** A valid file of at most `chunks` full chunks, with running record ids and right checksums. */
export function fullFile(files: readonly Buffer[], chunks: number): { bytes: Buffer; records: number } {
  const parts: Buffer[] = [];
  let records = 0;
  for (let n = 0; n < chunks; n++) {
    const file = files[n % files.length];
    if (file === undefined) break;
    const made = dense(file, records + 1);
    parts.push(made.chunk);
    records += made.records;
  }
  const header = Buffer.from(files[0]?.subarray(0, FILE_HEADER) ?? Buffer.alloc(FILE_HEADER));
  header.writeBigUInt64LE(0n, 8);
  header.writeBigUInt64LE(BigInt(parts.length - 1), 16);
  header.writeBigUInt64LE(BigInt(records + 1), 24);
  header.writeUInt16LE(parts.length, 42);
  header.writeUInt32LE(0, 120);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return { bytes: Buffer.concat([header, ...parts]), records };
}
