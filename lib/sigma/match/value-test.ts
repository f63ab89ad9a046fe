/** A value of a rule → a test of a field's value. One entry for each kind. */
import { timeOf } from '../../events/extract/time.ts';
import { compileRegex, EXHAUSTED } from '../../spl/run/regex/regex.ts';
import type { MatchReason } from '../../spl/run/search/pattern.ts';
import type { Order, TimePart, Value } from '../rule/expression.ts';
import { inNetwork, networkOf } from '../rule/network.ts';
import { ANY, type Pattern, printPattern } from '../rule/pattern.ts';
import type { SigmaEvent } from './event.ts';
import { textTest } from './text-test.ts';

/** What a test may ask of the event that a value is of. */
export type OtherFields = Pick<SigmaEvent, 'values'>;

export interface ValueTest {
  /** What is wanted, for a person. */
  expected: string;
  /** `folded` is the text in lower case. */
  test(text: string, folded: string, event: OtherFields): boolean;
  /** Texts of which one is in the lower case of every value that passes; absent where nothing can be said. */
  required?: readonly string[] | undefined;
  /** Why a value that is there does not do. */
  reason(text: string, folded: string): MatchReason;
}

/** A regular expression or network that cannot be used. */
export interface Unusable {
  problem: string;
}

const MISMATCH = (): MatchReason => 'value_mismatch';

/** Tests of a value that is there; `null` and `exists` ask whether it is and are not among them. */
export function valueTest(value: Exclude<Value, { kind: 'null' | 'exists' }>): ValueTest | Unusable {
  switch (value.kind) {
    case 'pattern':
      return patternTest(value);
    case 'number':
    case 'boolean': {
      const wanted = String(value.value);
      return { expected: wanted, test: (_, folded) => folded === wanted, reason: MISMATCH };
    }
    case 'regex': {
      const { i, m, s } = value.flags;
      const inline = m || s ? `(?${m ? 'm' : ''}${s ? 's' : ''})` : '';
      const regex = compileRegex(inline + value.source, i);
      if ('code' in regex) return { problem: regex.message };
      return {
        expected: `/${value.source}/${i ? 'i' : ''}`,
        required: regex.requiredTexts,
        test: (text) => {
          const found = regex.test(text);
          return found !== EXHAUSTED && found;
        },
        reason: MISMATCH,
      };
    }
    case 'cidr': {
      const network = networkOf(value.network);
      if (network === undefined) return { problem: `\`${value.network}\` is no network.` };
      return {
        expected: value.network,
        test: (text) => inNetwork(text, network),
        reason: () => 'not_in_subnet',
      };
    }
    case 'order': {
      const compare = ORDERS[value.operator];
      return {
        expected: `${SIGNS[value.operator]} ${value.value}`,
        test: (text) => text.trim() !== '' && compare(Number(text), value.value),
        reason: () => (value.operator.startsWith('g') ? 'not_greater' : 'not_less'),
      };
    }
    case 'time': {
      const compare = value.operator === 'eq' ? (a: number, b: number) => a === b : ORDERS[value.operator];
      return {
        expected: `${value.part} ${value.operator === 'eq' ? '' : `${SIGNS[value.operator]} `}${value.value}`,
        test: (text) => {
          const time = timeOf(text);
          return time !== null && compare(TIME_PARTS[value.part](new Date(time * 1000)), value.value);
        },
        reason: MISMATCH,
      };
    }
    case 'field':
      return fieldTest(value);
  }
}

function patternTest({ pattern, cased }: Extract<Value, { kind: 'pattern' }>): ValueTest {
  const test = textTest(pattern, cased);
  return {
    get expected() {
      return printPattern(pattern);
    },
    test: cased ? (text) => test(text) : (_, folded) => test(folded),
    // Nearly all tests of nearly all rules are never asked why.
    reason: (_, folded) => {
      const would = (other: Pattern) => textTest(other, false)(folded);
      if (cased && would(pattern)) return 'case_mismatch';
      if (would([...pattern, ANY])) return 'wildcard_missing_right';
      return would([ANY, ...pattern]) ? 'wildcard_missing_left' : 'value_mismatch';
    },
  };
}

function fieldTest({ field, position, cased }: Extract<Value, { kind: 'field' }>): ValueTest {
  const holds = POSITIONS[position];
  return {
    expected: `the value of ${field}`,
    test: (text, folded, event) => {
      const other = event.values(field);
      if (other === undefined) return false;
      return (cased ? other.texts : other.folded).some((wanted) => holds(cased ? text : folded, wanted));
    },
    reason: MISMATCH,
  };
}

const POSITIONS = {
  equals: (text: string, wanted: string) => text === wanted,
  startswith: (text: string, wanted: string) => text.startsWith(wanted),
  endswith: (text: string, wanted: string) => text.endsWith(wanted),
  contains: (text: string, wanted: string) => text.includes(wanted),
} as const;

const ORDERS: Readonly<Record<Order, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '≤', gt: '>', gte: '≥' };

const DAY = 86_400_000;

/** In UTC. Weeks are counted as ISO 8601 does. */
const TIME_PARTS: Readonly<Record<TimePart, (date: Date) => number>> = {
  minute: (date) => date.getUTCMinutes(),
  hour: (date) => date.getUTCHours(),
  day: (date) => date.getUTCDate(),
  month: (date) => date.getUTCMonth() + 1,
  year: (date) => date.getUTCFullYear(),
  week: (date) => {
    const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
    thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
    const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
    return Math.floor((thursday.getTime() - first) / DAY / 7) + 1;
  },
};
