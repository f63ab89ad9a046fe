/** Sets of rows: one bit per row, 32 to a word. Bits beyond the last row are always 0. */
export type Bits = Uint32Array;

export function noBits(rows: number): Bits {
  return new Uint32Array((rows + 31) >>> 5);
}

export function allBits(rows: number): Bits {
  const bits = noBits(rows).fill(0xffffffff);
  const rest = rows & 31;
  if (rest > 0) bits[bits.length - 1] = 2 ** rest - 1;
  return bits;
}

export function setBit(bits: Bits, row: number): void {
  bits[row >>> 5]! |= 1 << (row & 31);
}

export function hasBit(bits: Bits, row: number): boolean {
  return (bits[row >>> 5]! & (1 << (row & 31))) !== 0;
}

export function and(a: Bits, b: Bits): Bits {
  return a.map((word, index) => word & b[index]!);
}

export function sameBits(a: Bits, b: Bits): boolean {
  return a === b || a.every((word, index) => word === b[index]);
}

/** How many rows are in the set. */
export function countBits(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** Calls back with every row of the set, ascending. */
export function visitBits(bits: Bits, visit: (row: number) => void): void {
  bits.forEach((word, index) => {
    for (let left = word; left !== 0; left &= left - 1) {
      visit((index << 5) + 31 - Math.clz32(left & -left));
    }
  });
}
