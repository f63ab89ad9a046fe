/** Words for the compatibility flags, for the support page. Not part of the engine's bundle. */
import type { COMPAT, CompatFlag } from './compat.ts';

interface FlagDocs<F extends CompatFlag> {
  /** What the documentation leaves open, as a question. */
  question: string;
  /** What each value means; the first is the default. */
  values: { readonly [V in (typeof COMPAT)[F][number]]: string };
  /** Why the default is what it is. */
  reason: string;
}

export const COMPAT_DOCS: { readonly [F in CompatFlag]: FlagDocs<F> } = {
  concatPrecedence: {
    question: 'Does `.` bind tighter than `+` and `-`?',
    values: { additive: '`.` stands beside `+` and `-`, read from left to right.' },
    reason:
      'The documentation gives no order. Searches in the field put parentheses around one or the other.',
  },
  stringEscapes: {
    question: 'Which backslash sequences does a quoted text undo?',
    values: { 'quote-and-backslash': 'Only `\\"` and `\\\\`; `\\t`, `\\n` and `\\d` stay two characters.' },
    reason: 'Patterns in searches rely on `\\d` and its like arriving unchanged.',
  },
  numberPlusText: {
    question: 'What is `1 + "abc"`?',
    values: { null: 'Null.', concatenate: 'The text `1abc`.' },
    reason:
      'Two numbers add and two texts join, also when one of the texts looks like a number; the mixed case is not described.',
  },
  decimalRounding: {
    question: 'Is the result of arithmetic rounded to the precision of its least precise literal?',
    values: { off: 'No: full double precision.', 'least-precise': 'Yes, as in `8.250 * 0.20` = 1.7.' },
    reason: 'The documentation describes rounding of what is shown; no detection depends on it.',
  },
  roundHalves: {
    question: 'How does `round(2.675, 2)` see its number?',
    values: {
      decimal: 'As the decimal that is written: 2.68.',
      binary: 'As the binary fraction, slightly less: 2.67.',
    },
    reason: 'The documented example `round(2.555, 2)` = 2.56 agrees with both; people expect the decimal.',
  },
  booleanAssignment: {
    question: 'May `eval x=(a=b)` assign true or false?',
    values: { error: 'No: the search is refused.', text: 'Yes: the field holds `True` or `False`.' },
    reason: 'The documentation says a field cannot be assigned a boolean. SPL2 searches may.',
  },
  multivalueComparison: {
    question: 'When does a field with several values satisfy a comparison in `where` or `eval`?',
    values: { any: 'When any value does.', null: 'Never: the comparison is unknown.' },
    reason: 'Detections compare multivalue fields and expect any value to do.',
  },
  multivalueNotEqual: {
    question: 'When is a field with several values unequal to a text in `where` or `eval`?',
    values: { 'any-differs': 'When any value differs.', 'none-equal': 'When no value is equal.' },
    reason: 'Follows from reading every comparison as “any value”.',
  },
  multivalueMatch: {
    question: 'When do `match` and `like` hold for a field with several values?',
    values: { any: 'When any value matches.', null: 'Never: the result is unknown.' },
    reason: 'Detections apply `match` to multivalue fields and expect any value to do.',
  },
  multivalueText: {
    question: 'What do functions that are “not supported on multivalue fields” do with one?',
    values: {
      null: 'Give null, with a note.',
      each: 'Work on each value.',
      joined: 'Work on the values joined by newlines.',
    },
    reason: 'Null is visible; the other two may be silently wrong.',
  },
  likeEscapes: {
    question: 'Can `\\%` in a `like` pattern stand for a percent sign?',
    values: { none: 'No: it is a backslash and a wildcard.', backslash: 'Yes.' },
    reason: 'No escape is documented, and detections end folders so, as in `%\\Temp\\%`.',
  },
  substrStartZero: {
    question: 'Where does `substr(x, 0, n)` start?',
    values: {
      one: 'At the first character, like 1.',
      'before-first': 'One before the first, so that one character fewer is taken.',
    },
    reason: 'Positions are documented to start at 1; 0 is not described.',
  },
  matchNull: {
    question: 'What is `match` of an absent field?',
    values: {
      null: 'Unknown, so `NOT match(...)` is not true either.',
      false: 'False, so `NOT match(...)` is true.',
    },
    reason: 'Null spreads through every other comparison.',
  },
  searchNotEqualMultivalue: {
    question: 'When does `search field!=value` keep an event whose field has several values?',
    values: { 'any-differs': 'When any value differs.', 'none-equal': 'When no value is equal.' },
    reason: '`NOT field=value` is there for the other reading.',
  },
  searchEmptyValue: {
    question: 'What does `search field=""` match?',
    values: {
      'empty-text': 'Events whose field is an empty text.',
      'missing-or-empty': 'Also events without the field.',
    },
    reason: 'An empty text is not null anywhere else.',
  },
  searchEscapedStar: {
    question: 'Can `\\*` in `search` stand for a star?',
    values: { wildcard: 'No: it is a backslash and a wildcard.', literal: 'Yes.' },
    reason: 'The documentation sends readers to `regex` and `where` for literal stars.',
  },
  sortMissing: {
    question: 'Where does `sort` put rows without the field?',
    values: { first: 'First, in either direction.', last: 'Last, in either direction.' },
    reason: 'The documentation calls a missing value smallest when ascending and largest when descending.',
  },
  statsOrder: {
    question: 'In which order do the rows of `stats ... BY` come?',
    values: { natural: 'Numbers by size, then texts by code point.', text: 'Everything as text.' },
    reason: 'The natural order is described for large results; small ones look the same.',
  },
  percentileMethod: {
    question: 'How do `perc95` and `median` fall between two values?',
    values: { interpolate: 'Linearly between them.', 'nearest-rank': 'On the value at rank p/100·n.' },
    reason:
      'Every worked example in the documentation equals interpolation; the sentences describe an older method.',
  },
  minMaxMixed: {
    question: 'What are `min` and `max` of numbers mixed with texts?',
    values: { 'numbers-first': 'Numbers come before texts.', text: 'All are compared as texts.' },
    reason: 'Documented for eval’s `min` and `max`.',
  },
  modeTies: {
    question: 'Which of several equally frequent values is the `mode`?',
    values: { first: 'The one met first.', smallest: 'The smallest text.' },
    reason: 'Not described.',
  },
  timeTies: {
    question: 'Which of several rows of equal time is `earliest` or `latest`?',
    values: { 'first-seen': 'The one met first.', 'last-seen': 'The one met last.' },
    reason: 'Not described.',
  },
  topTies: {
    question: 'In which order does `top` put equally frequent values?',
    values: { value: 'By value.', 'first-seen': 'As they were met.' },
    reason: 'Not described; by value the result does not depend on the order of events.',
  },
  renameMissingSource: {
    question: 'What does `rename a AS b` do where `a` is absent and `b` is not?',
    values: { 'remove-target': '`b` is removed.', 'keep-target': '`b` is kept.' },
    reason: 'The reference page of `rename` warns of losing the target this way.',
  },
  convertNotNumeric: {
    question: 'What does `convert ctime(f)` do with a value that is no number?',
    values: { keep: 'Keeps it.', remove: 'Removes it.' },
    reason: 'Detections convert fields that may already be texts.',
  },
  regexNotEqualMissing: {
    question: 'Does `regex f!="..."` keep events without the field?',
    values: { keep: 'Yes.', drop: 'No.' },
    reason: 'The command drops what matches; a missing field does not match.',
  },
  rexMultivalue: {
    question: 'How does `rex` read a field with several values?',
    values: { each: 'Each value by itself.', joined: 'As one text, joined by newlines.' },
    reason: 'Detections extract from multivalue fields and expect every value to be read.',
  },
  replaceCase: {
    question: 'Does the `replace` command distinguish case?',
    values: { sensitive: 'Yes.', insensitive: 'No.' },
    reason: 'Not described; eval’s comparisons do.',
  },
  lookupNoMatch: {
    question: 'What does `lookup ... OUTPUT f` do to an existing `f` when no row of the table matches?',
    values: { keep: 'Keeps it.', remove: 'Removes it.' },
    reason: 'Nothing was looked up, so nothing is written.',
  },
  spathNull: {
    question: 'What does `spath` make of a JSON null?',
    values: { text: 'The text `null`.', absent: 'No field.' },
    reason: 'Automatic extraction shows the text.',
  },
  monthClamp: {
    question: 'What is one month before 31 March?',
    values: { clamp: 'The last day of February.', overflow: 'As many days into March as February lacks.' },
    reason: 'A step back by a month should not end in the same month.',
  },
  strptimeTrailing: {
    question: 'May text follow what `strptime` reads?',
    values: { ignore: 'Yes: it is ignored.', refuse: 'No: the result is null.' },
    reason: 'C’s function of that name stops at the end of the format.',
  },
  weekSpanStart: {
    question: 'On which day do the buckets of `span=1w` start?',
    values: { sunday: 'On Sunday, as `@w` does; `1w@w1` chooses another day.' },
    reason: 'The same day that time modifiers snap to.',
  },
};
