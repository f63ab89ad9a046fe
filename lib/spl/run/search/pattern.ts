import { compileWildcard } from '../regex/wildcard.ts';
import { parseAddress, parseSubnet, subnetContains } from '../value/address.ts';
import type { CompatFlags } from '../value/compat.ts';
import { compare, isList, type Scalar, type Stored, scalarText, toNumber } from '../value/value.ts';

/** Why a value did not match, or `matched`. Shown to authors, so each word is stable. */
export type MatchReason =
  | 'matched'
  | 'field_absent'
  | 'value_mismatch'
  | 'case_mismatch'
  | 'wildcard_missing_left'
  | 'wildcard_missing_right'
  | 'not_in_subnet'
  | 'not_greater'
  | 'not_less'
  | 'value_excluded'
  | 'no_keyword_match'
  | 'expression_false'
  | 'expression_null'
  | 'clause_failed'
  | 'clause_matched';

/**
 * A literal of a search expression, ready to be compared: case-insensitive, `*` stands for any text anywhere, and
 * `address/bits` matches addresses of the subnet. Source: Splunk Search Manual, "Wildcards" and "search" command.
 */
export interface Pattern {
  readonly source: string;
  /** Relative price of one test, for ordering clauses. */
  readonly cost: number;
  /** Set where the lower-case text alone decides. */
  readonly byFolded?: (folded: string) => boolean;
  /** `folded` is the lower-case text of the value, `text` the text as it is. */
  test(folded: string, text: string): boolean;
  reason(folded: string, text: string): MatchReason;
}

export function compilePattern(source: string, caseSensitive = false): Pattern {
  const wanted = caseSensitive ? source : source.toLowerCase();
  if (/^\*+$/.test(source)) {
    return { source, cost: 0.2, byFolded: () => true, test: () => true, reason: () => 'matched' };
  }
  if (source.includes('*')) return wildcardPattern(source, caseSensitive);
  const subnet = source.includes('/') ? parseSubnet(source) : undefined;
  const test = (folded: string, text: string): boolean => {
    if ((caseSensitive ? text : folded) === wanted) return true;
    if (subnet === undefined) return false;
    const address = parseAddress(text);
    return address !== undefined && subnetContains(subnet, address);
  };
  return {
    source,
    cost: subnet === undefined ? 1 : 4,
    ...(caseSensitive || subnet !== undefined ? {} : { byFolded: (folded: string) => folded === wanted }),
    test,
    reason: (folded, text) => {
      if (test(folded, text)) return 'matched';
      if (subnet !== undefined) return 'not_in_subnet';
      if (folded === source.toLowerCase()) return 'case_mismatch';
      return nearMiss(folded, source.toLowerCase());
    },
  };
}

/** Contained, but without the wildcard that would allow the text around it. */
function nearMiss(folded: string, wanted: string): MatchReason {
  if (wanted === '' || !folded.includes(wanted)) return 'value_mismatch';
  return folded.startsWith(wanted) ? 'wildcard_missing_right' : 'wildcard_missing_left';
}

function wildcardPattern(source: string, caseSensitive: boolean): Pattern {
  const wildcard = compileWildcard(source, caseSensitive);
  const test = caseSensitive
    ? (_folded: string, text: string): boolean => wildcard.matches(text)
    : (folded: string): boolean => wildcard.matchesLower(folded);
  return {
    source,
    cost: 3,
    ...(caseSensitive ? {} : { byFolded: wildcard.matchesLower }),
    test,
    reason: (folded, text) => {
      if (test(folded, text)) return 'matched';
      const loose = compilePattern(`*${source.toLowerCase()}*`);
      if (!loose.test(folded, text)) return 'value_mismatch';
      if (caseSensitive && compilePattern(source).test(folded, text)) return 'case_mismatch';
      return compilePattern(`*${source.toLowerCase()}`).test(folded, text)
        ? 'wildcard_missing_left'
        : 'wildcard_missing_right';
    },
  };
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | '::';

/** A test of one stored value (never null): `field op literal`. */
export interface ValueTest {
  readonly source: string;
  readonly cost: number;
  /** The same test for a value that is one text, where its lower-case form alone decides. */
  readonly byFolded?: (folded: string) => boolean;
  test(value: Stored, folded: string): boolean;
  reason(value: Stored, folded: string): MatchReason;
  /** Set when the answer rests on an open question of the language. */
  readonly restsOn?: 'searchNotEqualMultivalue' | 'searchEmptyValue';
}

/** `field=value` and its relatives. For multivalues any member decides. */
export function compileComparison(
  op: Comparison,
  literal: string,
  compat: CompatFlags,
  caseSensitive = false,
): ValueTest {
  if (op === '=' || op === '::') return equalTest(compilePattern(literal, caseSensitive));
  if (op === '!=') return notEqualTest(compilePattern(literal, caseSensitive), compat);
  return orderTest(op, literal);
}

export function equalTest(pattern: Pattern): ValueTest {
  return {
    source: pattern.source,
    cost: pattern.cost,
    ...(pattern.byFolded === undefined ? {} : { byFolded: pattern.byFolded }),
    test: (value, folded) =>
      isList(value)
        ? value.some((member) => testMember(pattern, member))
        : pattern.test(folded, typeof value === 'string' ? value : scalarText(value as Scalar)),
    reason: (value, folded) => {
      if (!isList(value)) return pattern.reason(folded, scalarText(value as Scalar));
      const reasons = value.map((member) => {
        const text = scalarText(member);
        return pattern.reason(text.toLowerCase(), text);
      });
      if (reasons.includes('matched')) return 'matched';
      return reasons.find((reason) => reason !== 'value_mismatch') ?? 'value_mismatch';
    },
  };
}

function testMember(pattern: Pattern, member: Scalar): boolean {
  const text = scalarText(member);
  return pattern.test(text.toLowerCase(), text);
}

function notEqualTest(pattern: Pattern, compat: CompatFlags): ValueTest {
  const anyDiffers = compat.searchNotEqualMultivalue === 'any-differs';
  const equal = equalTest(pattern);
  const test = (value: Stored, folded: string): boolean => {
    if (!isList(value)) return !equal.test(value, folded);
    return anyDiffers
      ? value.some((member) => !testMember(pattern, member))
      : !value.some((member) => testMember(pattern, member));
  };
  return {
    source: pattern.source,
    cost: pattern.cost,
    test,
    reason: (value, folded) => (test(value, folded) ? 'matched' : 'value_excluded'),
    restsOn: 'searchNotEqualMultivalue',
  };
}

function orderTest(op: '<' | '<=' | '>' | '>=', literal: string): ValueTest {
  const number = toNumber(literal);
  const holds = (order: number): boolean =>
    op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0;
  const one = (member: Scalar): boolean => holds(compare(member, number ?? literal));
  const test = (value: Stored): boolean => (isList(value) ? value.some(one) : value !== null && one(value));
  return {
    source: literal,
    cost: 2,
    test,
    reason: (value) => {
      if (test(value)) return 'matched';
      return op === '<' || op === '<=' ? 'not_less' : 'not_greater';
    },
  };
}
