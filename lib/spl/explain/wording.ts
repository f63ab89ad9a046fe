import { nearestNames } from '../../text/nearest.ts';
import { type Words, words } from '../../text/words.ts';
import type { Clause } from '../run/search/predicate.ts';

// Values stand as they are in the event: escapes would show two backslashes where a path has one.
const REASONS: Readonly<Record<string, (clause: Clause) => Words>> = {
  field_absent: ({ field }) => [`the event has no field ${field}`],
  value_mismatch: ({ field, actual, expected }) => [`${field} is "${actual}", not ${expected}`],
  case_mismatch: ({ field, actual, expected }) => [
    `${field} is "${actual}", which differs from ${expected} in case`,
  ],
  wildcard_missing_left: ({ expected, field }) => [
    `${field} has text before ${expected}; it would match `,
    { code: `*${expected}` },
  ],
  wildcard_missing_right: ({ expected, field }) => [
    `${field} has text after ${expected}; it would match `,
    { code: `${expected}*` },
  ],
  value_excluded: ({ field, actual, text }) => [`${field} is "${actual}", which ${text} excludes`],
  not_in_subnet: ({ actual, expected }) => [`"${actual}" is not in ${expected}`],
  no_keyword_match: ({ expected }) => [`the event does not have the word ${expected}`],
};

/**
 * What a clause met, in words: the actual value beside the wanted one. Meant for a clause that failed. `present`: names of
 * the fields that the event has, of which one may be what a mistyped name meant.
 */
export function wording(clause: Clause, present: Iterable<string> = []): Words {
  if (clause.kind === 'not') return ['the event matches what NOT excludes'];
  const reason = REASONS[clause.reason]?.(clause) ?? words`${clause.text} did not hold`;
  const [near] =
    clause.reason === 'field_absent' && clause.field !== undefined
      ? nearestNames(clause.field, present, 1)
      : [];
  return near === undefined ? reason : [...reason, `; did you mean ${near}?`];
}
