/** MD5 (RFC 1321), SHA-1, SHA-256 and SHA-512 (FIPS 180-4) of a text's UTF-8 bytes, as lower-case hexadecimal. */
import { type FunctionTable, ofTexts } from './define.ts';

const encoder = new TextEncoder();

/** Message, a 1 bit, zeros, and the length in bits: big-endian, or little-endian for MD5. */
function padded(text: string, block: number, lengthBytes: number, littleEndian: boolean): DataView {
  const bytes = encoder.encode(text);
  const total = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(total);
  out.set(bytes);
  out[bytes.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setBigUint64(total - 8, BigInt(bytes.length) * 8n, littleEndian);
  return view;
}

const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
const left = (value: number, by: number) => (value << by) | (value >>> (32 - by));
const right = (value: number, by: number) => (value >>> by) | (value << (32 - by));

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_SINES = Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 4_294_967_296) | 0,
);

export function md5(text: string): string {
  const view = padded(text, 64, 8, true);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      let mix: number;
      let word: number;
      if (round === 0) [mix, word] = [(b & c) | (~b & d), i];
      else if (round === 1) [mix, word] = [(d & b) | (~d & c), (5 * i + 1) & 15];
      else if (round === 2) [mix, word] = [b ^ c ^ d, (3 * i + 5) & 15];
      else [mix, word] = [c ^ (b | ~d), (7 * i) & 15];
      const sum = (mix + a + MD5_SINES[i]! + view.getInt32(at + 4 * word, true)) | 0;
      [a, d, c, b] = [d, c, b, (b + left(sum, MD5_SHIFTS[4 * round + (i & 3)]!)) | 0];
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  const swap = (v: number) => ((v & 255) << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24);
  return [a0, b0, c0, d0].map((v) => hex(swap(v))).join('');
}

export function sha1(text: string): string {
  const view = padded(text, 64, 8, false);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Int32Array(80);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 80; i++) {
      w[i] = i < 16 ? view.getInt32(at + 4 * i) : left(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    }
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const mix =
        i < 20
          ? ((b & c) | (~b & d)) + 0x5a827999
          : i < 40
            ? (b ^ c ^ d) + 0x6ed9eba1
            : i < 60
              ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
              : (b ^ c ^ d) + 0xca62c1d6;
      [a, b, c, d, e] = [(left(a, 5) + mix + e + w[i]!) | 0, a, left(b, 30), c, d];
    }
    for (const [i, value] of [a, b, c, d, e].entries()) state[i] = (state[i]! + value) | 0;
  }
  return state.map(hex).join('');
}

const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 80; n++) if (PRIMES.every((p) => n % p !== 0)) PRIMES.push(n);

/** The first 64 bits of the fraction of a prime's root, found by integer root extraction. */
function rootFraction(prime: number, degree: 2n | 3n): bigint {
  const target = BigInt(prime) << (64n * degree);
  let low = 0n;
  let high = 1n << 69n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return low & 0xffff_ffff_ffff_ffffn;
}

interface Constants {
  start: bigint[];
  rounds: bigint[];
}
let constants: Constants | undefined;

/** SHA-2's constants are those fractions; computing them once costs less than carrying them. */
function sha2Constants(): Constants {
  constants ??= {
    start: PRIMES.slice(0, 8).map((prime) => rootFraction(prime, 2n)),
    rounds: PRIMES.map((prime) => rootFraction(prime, 3n)),
  };
  return constants;
}

export function sha256(text: string): string {
  const view = padded(text, 64, 8, false);
  const { start, rounds } = sha2Constants();
  const high = (value: bigint) => Number(value >> 32n) | 0;
  const state = start.map(high);
  const k = rounds.map(high);
  const w = new Int32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(at + 4 * i);
      else {
        const x = w[i - 15]!;
        const y = w[i - 2]!;
        const s0 = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
        const s1 = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
        w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
      }
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const t1 = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!;
      const t2 = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) | 0;
  }
  return state.map(hex).join('');
}

const WORD = (1n << 64n) - 1n;
const right64 = (value: bigint, by: bigint) => ((value >> by) | (value << (64n - by))) & WORD;

export function sha512(text: string): string {
  const view = padded(text, 128, 16, false);
  const { start, rounds } = sha2Constants();
  const state = [...start];
  const w: bigint[] = [];
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 80; i++) {
      if (i < 16) w[i] = view.getBigUint64(at + 8 * i);
      else {
        const x = w[i - 15]!;
        const y = w[i - 2]!;
        const s0 = right64(x, 1n) ^ right64(x, 8n) ^ (x >> 7n);
        const s1 = right64(y, 19n) ^ right64(y, 61n) ^ (y >> 6n);
        w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) & WORD;
      }
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const mix = right64(e, 14n) ^ right64(e, 18n) ^ right64(e, 41n);
      const t1 = h + mix + ((e & f) ^ (~e & WORD & g)) + rounds[i]! + w[i]!;
      const t2 = (right64(a, 28n) ^ right64(a, 34n) ^ right64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(t1 + t2) & WORD, a, b, c, (d + t1) & WORD, e, f, g];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) & WORD;
  }
  return state.map((value) => value.toString(16).padStart(16, '0')).join('');
}

const digest = (apply: (text: string) => string) => ofTexts([1, 1], 'text', ([text]) => apply(text!));

export const DIGEST: FunctionTable = {
  md5: digest(md5),
  sha1: digest(sha1),
  sha256: digest(sha256),
  sha512: digest(sha512),
};
