/**
 * Whether a "known false positives" text says anything that helps a triager. About one in six of a large public
 * repository says only that none are known, or "filter as needed", which is not the same as there being none.
 */

/** Phrases that carry nothing; they are taken out, longest first, and what is left decides. */
const emptyPhrases = [
  'there are no known false positives for this detection',
  'there are no known false positives',
  'no known false positives for this detection',
  'no known false postives for this detection',
  'while this search has no known false positives',
  'no false positives have been identified',
  'no false positives identified',
  'no false positives known',
  'no known false positives',
  'known false positives are unknown',
  'false positives are unknown',
  'false positives unknown',
  'false positives may be present',
  'false positives will be present',
  'it is possible there will be false positives',
  'no false positives',
  'none have been identified',
  'attack data and production testing needed',
  'please review this alert',
  'some filtering may be required',
  'and filtering may be required',
  'and filtering is required',
  'and will need to be filtered',
  'this may require filtering',
  'filtering may be required',
  'filter as needed',
  'filter is needed',
  'tune as needed',
  'modify as needed',
  'not applicable',
  'none identified',
  'none currently known',
  'none known',
  'not known',
  'none so far',
  'at this moment',
  'at the moment',
  'at this time',
  'currently',
  'undocumented',
  'unknown',
  'unkown',
  'none',
  'n a',
  'na',
  'nil',
  'tbd',
  'todo',
  'update',
  'and',
  'or',
].sort((a, b) => b.length - a.length);

const empty = new RegExp(`\\b(?:${emptyPhrases.join('|')})\\b`, 'g');

/** True for an empty text and for one that only says that nothing is known. */
export function isUndocumented(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  // A text of this length says something; the pattern need not be tried on it.
  if (words.length > 160) return false;
  return words.replace(empty, '').trim() === '';
}
