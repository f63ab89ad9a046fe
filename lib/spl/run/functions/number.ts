/** Mathematical and statistical functions of eval. */
import { compileSigfig } from '../expression/precision.ts';
import { compareBy } from '../value/sort.ts';
import { type Scalar, toList } from '../value/value.ts';
import { type EvalFunction, type FunctionTable, ofNumbers, ofValues, special } from './define.ts';

export const one = (apply: (x: number) => number | null) => ofNumbers([1, 1], ([x]) => apply(x!));
const positive = (apply: (x: number) => number) => one((x) => (x > 0 ? apply(x) : null));

/**
 * Rounds halves away from zero. `decimal`: on the shortest decimal of the number (2.675 → 2.68, as people expect);
 * `binary`: on its exact binary value, which is slightly less.
 */
export function round(value: number, digits: number, mode: 'decimal' | 'binary'): number {
  if (!Number.isFinite(value)) return value;
  const places = Math.max(-300, Math.min(300, Math.trunc(digits)));
  const size = Math.abs(value);
  if (mode === 'binary' && places >= 0 && places <= 100) return Number(value.toFixed(places));
  const [mantissa, exponent = '0'] = String(size).split('e');
  const scaled = Math.round(Number(`${mantissa}e${Number(exponent) + places}`));
  const [digitsText, shift = '0'] = String(scaled).split('e');
  return Math.sign(value) * Number(`${digitsText}e${Number(shift) - places}`);
}

/** Whether a number is so close to a half at this place that the two ways of rounding may part. */
function isHalf(value: number, digits: number): boolean {
  const scaled = Math.abs(value) * 10 ** Math.trunc(digits);
  return Math.abs(scaled - Math.floor(scaled) - 0.5) < 1e-6;
}

/** Numbers are less than texts; nulls do not take part; lists count as their members. */
function extreme(sign: 1 | -1): EvalFunction {
  return ofValues([1, Infinity], 'any', (values) => {
    let best: Scalar | null = null;
    for (const value of values) {
      for (const member of toList(value))
        if (best === null || sign * compareBy(member, best, 'natural') > 0) best = member;
    }
    return best;
  });
}

export const NUMBER: FunctionTable = {
  abs: one(Math.abs),
  ceiling: one(Math.ceil),
  ceil: one(Math.ceil),
  floor: one(Math.floor),
  exact: ofValues([1, 1], 'any', ([value]) => value!),
  exp: one(Math.exp),
  ln: positive(Math.log),
  log: ofNumbers([1, 2], ([x, base = 10]) => {
    if (!(x! > 0) || !(base > 0) || base === 1) return null;
    return base === 10 ? Math.log10(x!) : base === 2 ? Math.log2(x!) : Math.log(x!) / Math.log(base);
  }),
  pow: ofNumbers([2, 2], ([x, y]) => x! ** y!),
  round: ofNumbers([1, 2], ([x, digits = 0], run) => {
    const result = round(x!, digits, run.compat.roundHalves);
    if (
      isHalf(x!, digits) &&
      result !== round(x!, digits, run.compat.roundHalves === 'decimal' ? 'binary' : 'decimal')
    )
      run.rests('roundHalves');
    return result;
  }),
  sigfig: special([1, 1], 'number', ({ args }) => compileSigfig(args[0]!)),
  sqrt: one((x) => (x < 0 ? null : Math.sqrt(x))),
  min: extreme(-1),
  max: extreme(1),
  random: {
    arity: [0, 0],
    returns: 'number',
    volatile: true,
    compile: () => (_get, run) => Math.floor(run.random() * 2_147_483_648),
  },
};
