/** Operators of eval expressions on values. Sources: Search Manual, "Expressions and predicates"; eval's reference page. */

import { compileLike } from '../regex/wildcard.ts';
import {
  compare,
  equals,
  isList,
  isMap,
  type Scalar,
  scalarText,
  type Truth,
  toNumber,
  toText,
  type Value,
} from '../value/value.ts';
import type { RunContext } from './context.ts';

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

const HOLDS: { readonly [O in Exclude<CompareOp, '=' | '!='>]: (order: number) => boolean } = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Null (unknown) when a side is null. A list satisfies a comparison when any member does (flag `multivalueComparison`). */
export function compareValues(op: CompareOp, a: Value, b: Value, run: RunContext): Truth {
  if (a === null || b === null) return null;
  if (typeof a === 'boolean' || typeof b === 'boolean') return compareBooleans(op, a, b);
  if (isMap(a) || isMap(b)) return compareScalars(op, toText(a), toText(b));
  if (!isList(a) && !isList(b)) return compareScalars(op, a, b);
  run.rests('multivalueComparison');
  if (run.compat.multivalueComparison === 'null') return null;
  if (op === '!=') {
    run.rests('multivalueNotEqual');
    if (run.compat.multivalueNotEqual === 'none-equal') return !anyPair('=', a, b);
  }
  return anyPair(op, a, b);
}

function anyPair(op: CompareOp, a: Scalar | readonly Scalar[], b: Scalar | readonly Scalar[]): boolean {
  const right = typeof b === 'object' ? b : [b];
  return (typeof a === 'object' ? a : [a]).some((x) => right.some((y) => compareScalars(op, x, y)));
}

function compareScalars(op: CompareOp, a: Scalar, b: Scalar): boolean {
  if (op === '=') return equals(a, b);
  if (op === '!=') return !equals(a, b);
  return HOLDS[op](compare(a, b));
}

/** A boolean equals another, the words true and false in any case, and the numbers 1 and 0. */
function compareBooleans(op: CompareOp, a: Value, b: Value): Truth {
  const x = asBoolean(a);
  const y = asBoolean(b);
  if (x === null || y === null) return null;
  if (op === '=') return x === y;
  if (op === '!=') return x !== y;
  return HOLDS[op](Number(x) - Number(y));
}

export function asBoolean(value: Value): Truth {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}

/** SQL membership: true when any item equals, unknown when none does but the value or an item is null. */
export function isIn(value: Value, items: readonly Value[], run: RunContext): Truth {
  let unknown = false;
  for (const item of items) {
    const equal = compareValues('=', value, item, run);
    if (equal === true) return true;
    if (equal === null) unknown = true;
  }
  return unknown ? null : false;
}

/** Numbers in, number out; anything that is not a number makes the result null, as do a zero divisor and NaN. */
export function arithmetic(op: '+' | '-' | '*' | '/' | '%', a: Value, b: Value, run: RunContext): Value {
  const x = typeof a === 'number' ? a : toNumber(a);
  const y = typeof b === 'number' ? b : toNumber(b);
  if (x === undefined || y === undefined) return op === '+' ? addTexts(a, b, run) : null;
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return y === 0 ? null : x / y;
    case '%':
      return y === 0 ? null : x % y;
  }
}

function addTexts(a: Value, b: Value, run: RunContext): Value {
  if (!isScalar(a) || !isScalar(b)) return null;
  // Texts join even if one looks like a number: detections write `"+" + days + "d"` with days from a lookup.
  if (typeof a === 'number' || typeof b === 'number') {
    run.rests('numberPlusText');
    if (run.compat.numberPlusText === 'null') return null;
  }
  return scalarText(a) + scalarText(b);
}

function isScalar(value: Value): value is Scalar {
  return typeof value === 'string' || typeof value === 'number';
}

/** Null when a side is null; lists are not concatenated (flag `multivalueText`). */
export function concatenate(a: Value, b: Value, run: RunContext): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (a === null || b === null) return null;
  if (isList(a) || isList(b)) {
    run.rests('multivalueText');
    if (run.compat.multivalueText === 'null') return null;
    if (run.compat.multivalueText === 'each') {
      if (isList(a)) return a.map((member) => scalarText(member) + toText(b));
      if (isList(b)) return b.map((member) => toText(a) + scalarText(member));
    }
  }
  return toText(a) + toText(b);
}

const likes = new Map<string, (text: string) => boolean>();

/** `like`: `%` and `_`, anchored, case-sensitive. Any member of a list will do (flag `multivalueMatch`). */
export function like(value: Value, pattern: Value, run: RunContext): Truth {
  if (value === null || pattern === null) return null;
  const source = toText(pattern);
  const escapes = run.compat.likeEscapes === 'backslash';
  if (source.includes('\\%') || source.includes('\\_')) run.rests('likeEscapes');
  const key = escapes ? `\\${source}` : `%${source}`;
  let test = likes.get(key);
  if (test === undefined) {
    if (likes.size > 500) likes.clear();
    test = compileLike(source, escapes);
    likes.set(key, test);
  }
  return anyMember(value, test, run);
}

/** Tests a value's text, or any member of a list (flag `multivalueMatch`). */
export function anyMember(value: Value, test: (text: string) => boolean, run: RunContext): Truth {
  if (value === null) return null;
  if (!isList(value)) return test(toText(value));
  run.rests('multivalueMatch');
  return run.compat.multivalueMatch === 'null' ? null : value.some((member) => test(scalarText(member)));
}
