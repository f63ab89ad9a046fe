/** A test of one field, as a network of rules shares it: how an index finds it, and what is left to verify. */
import type { Test, Value } from '../rule/expression.ts';
import { ANY, ONE, type Pattern } from '../rule/pattern.ts';
import { PredicateError } from './predicate.ts';
import type { Place } from './text-index.ts';
import { textTest } from './text-test.ts';
import { type ValueTest, valueTest } from './value-test.ts';

/** How a test is decided: by an index that finds its literal (and what is then verified), or by being asked. */
export type Atom =
  | {
      literal: { place: Place; text: string };
      /** What a value with the literal must pass besides; absent where the literal is the whole test. */
      verify?: (text: string, folded: string) => boolean;
    }
  | {
      literal?: undefined;
      ask: ValueTest;
      /** The field of its event that decides with the value; absent where the value alone does. */
      other: string | undefined;
    };

export type TestedValue = Exclude<Value, { kind: 'null' | 'exists' }>;

/** The values that a test without a field takes anywhere in the event. Throws `PredicateError` for what is no text. */
export function keywordValue({ value, range }: Test): TestedValue {
  if (value.kind === 'null' || value.kind === 'exists')
    throw new PredicateError('A keyword is a text.', range);
  if (value.kind === 'pattern') return { ...value, pattern: [ANY, ...value.pattern, ANY] };
  if (value.kind === 'number' || value.kind === 'boolean')
    return { kind: 'pattern', pattern: [ANY, String(value.value), ANY], cased: false };
  return value;
}

/** A text under which equal tests meet. */
export function keyOf(value: TestedValue): string {
  if (value.kind !== 'pattern') return JSON.stringify(value);
  let key = value.cased ? 'cased' : 'text';
  for (const part of value.pattern)
    key += part === ANY ? '\u0000*' : part === ONE ? '\u0000?' : `\u0000=${part}`;
  return key;
}

/** Throws `PredicateError` for a value that cannot be tested. */
export function atomOf(value: TestedValue, test: Test): Atom {
  if (value.kind === 'number' || value.kind === 'boolean')
    return { literal: { place: 'equals', text: String(value.value) } };
  const literal = value.kind === 'pattern' ? literalOf(value.pattern) : undefined;
  // Lower case of other letters depends on their neighbours: a cased text may be there while its lower case is not.
  if (value.kind !== 'pattern' || literal === undefined || (value.cased && !isAscii(literal.text))) {
    const ask = valueTest(value);
    if ('problem' in ask) throw new PredicateError(ask.problem, test.range);
    return { ask, other: value.kind === 'field' ? value.field : undefined };
  }
  const { whole, place, text } = literal;
  if (whole && !value.cased) return { literal: { place, text } };
  const holds = textTest(value.pattern, value.cased);
  const verify = value.cased ? holds : (_: string, folded: string) => holds(folded);
  return { literal: { place, text }, verify };
}

/** The longest text of a pattern, in lower case, and where it has to be; `whole` where that is all the pattern says. */
function literalOf(pattern: Pattern): { place: Place; text: string; whole: boolean } | undefined {
  if (pattern.length === 0) return { place: 'equals', text: '', whole: true };
  let best = -1;
  for (const [at, part] of pattern.entries()) {
    if (typeof part !== 'string') continue;
    const known = pattern[best];
    if (typeof known !== 'string' || part.length > known.length) best = at;
  }
  const part = pattern[best];
  if (typeof part !== 'string' || part === '') return undefined;
  const first = best === 0;
  const last = best === pattern.length - 1;
  const place: Place = first && last ? 'equals' : first ? 'startswith' : last ? 'endswith' : 'contains';
  const around = pattern.every((one, at) => at === best || (one === ANY && Math.abs(at - best) === 1));
  return { place, text: part.toLowerCase(), whole: around };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
