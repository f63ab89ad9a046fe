/**
 * Questions that Splunk's documentation leaves open, or answers in two ways. Each is a named flag with a default, so
 * that a choice is never silent: a run reports the flags that its result rests on. `compat.docs.ts` words each one.
 * The first value of an entry is the default; an entry with one value is a choice that is fixed.
 */
export const COMPAT = {
  concatPrecedence: ['additive'],
  stringEscapes: ['quote-and-backslash'],
  numberPlusText: ['null', 'concatenate'],
  decimalRounding: ['off', 'least-precise'],
  roundHalves: ['decimal', 'binary'],
  booleanAssignment: ['error', 'text'],
  multivalueComparison: ['any', 'null'],
  multivalueNotEqual: ['any-differs', 'none-equal'],
  multivalueMatch: ['any', 'null'],
  multivalueText: ['null', 'each', 'joined'],
  likeEscapes: ['none', 'backslash'],
  substrStartZero: ['one', 'before-first'],
  matchNull: ['null', 'false'],
  searchNotEqualMultivalue: ['any-differs', 'none-equal'],
  searchEmptyValue: ['empty-text', 'missing-or-empty'],
  searchEscapedStar: ['wildcard', 'literal'],
  sortMissing: ['first', 'last'],
  statsOrder: ['natural', 'text'],
  percentileMethod: ['interpolate', 'nearest-rank'],
  minMaxMixed: ['numbers-first', 'text'],
  modeTies: ['first', 'smallest'],
  timeTies: ['first-seen', 'last-seen'],
  topTies: ['value', 'first-seen'],
  renameMissingSource: ['remove-target', 'keep-target'],
  convertNotNumeric: ['keep', 'remove'],
  regexNotEqualMissing: ['keep', 'drop'],
  rexMultivalue: ['each', 'joined'],
  replaceCase: ['sensitive', 'insensitive'],
  lookupNoMatch: ['keep', 'remove'],
  spathNull: ['text', 'absent'],
  monthClamp: ['clamp', 'overflow'],
  strptimeTrailing: ['ignore', 'refuse'],
  weekSpanStart: ['sunday'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type CompatFlag = keyof typeof COMPAT;
export type CompatFlags = { readonly [K in CompatFlag]: (typeof COMPAT)[K][number] };

/** The answers that hold, and whom to tell when one decided a result. */
export interface Choices {
  readonly compat: CompatFlags;
  rests(flag: CompatFlag): void;
}

export const COMPAT_DEFAULTS: CompatFlags = Object.freeze(
  Object.fromEntries(Object.entries(COMPAT).map(([flag, values]) => [flag, values[0]])),
) as CompatFlags;

export const DEFAULT_CHOICES: Choices = { compat: COMPAT_DEFAULTS, rests: () => {} };
