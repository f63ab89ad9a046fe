/** Trigonometric and bitwise functions of eval. */
import { type EvalFunction, type FunctionTable, ofNumbers, special } from './define.ts';
import { one } from './number.ts';

function bitwise(apply: (a: bigint, b: bigint) => bigint, most: number): EvalFunction {
  return ofNumbers([2, most], (numbers) => {
    if (numbers.some((n) => !Number.isSafeInteger(n) || n < 0)) return null;
    return Number(numbers.map(BigInt).reduce(apply));
  });
}

export const TRIGONOMETRY: FunctionTable = {
  acos: one(Math.acos),
  acosh: one(Math.acosh),
  asin: one(Math.asin),
  asinh: one(Math.asinh),
  atan: one(Math.atan),
  atan2: ofNumbers([2, 2], ([y, x]) => Math.atan2(y!, x!)),
  atanh: one(Math.atanh),
  cos: one(Math.cos),
  cosh: one(Math.cosh),
  hypot: ofNumbers([2, 2], ([x, y]) => Math.hypot(x!, y!)),
  pi: special([0, 0], 'number', () => () => Math.PI),
  sin: one(Math.sin),
  sinh: one(Math.sinh),
  tan: one(Math.tan),
  tanh: one(Math.tanh),
  bit_and: bitwise((a, b) => a & b, Infinity),
  bit_or: bitwise((a, b) => a | b, Infinity),
  bit_xor: bitwise((a, b) => a ^ b, Infinity),
  bit_not: ofNumbers([1, 2], ([x, mask = 2 ** 53 - 1]) =>
    Number.isSafeInteger(x) && x! >= 0 && mask >= 0 ? Number(~BigInt(x!) & BigInt(Math.trunc(mask))) : null,
  ),
  bit_shift_left: bitwise((a, b) => BigInt.asUintN(53, a << (b > 64n ? 64n : b)), 2),
  bit_shift_right: bitwise((a, b) => a >> (b > 64n ? 64n : b), 2),
};
