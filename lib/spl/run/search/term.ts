/**
 * Bare words and phrases of a search match `_raw` by whole segments. Major breakers separate segments, minor breakers
 * separate the parts of a segment; a word matches where breakers (or the ends of the text) stand around it.
 * Source: Splunk `segmenters.conf.spec`, stanza `[default]`.
 */

const MAJOR = '\\[\\]<>(){}|!;,\'"*\\n\\r\\s\\t&?+';
const MINOR = '/:=@.\\-$#%\\\\_';
const WORD_EDGE = new RegExp(`[${MAJOR}${MINOR}]`, 'u');

export interface TermTest {
  readonly source: string;
  test(raw: string): boolean;
}

/** `directive`: `TERM(x)` needs major breakers around x, `CASE(x)` compares case. */
export function compileTerm(text: string, quoted: boolean, directive?: 'TERM' | 'CASE'): TermTest {
  const caseSensitive = directive === 'CASE';
  const source = directive === undefined ? text : `${directive}(${text})`;
  if (/^\*+$/.test(text)) return { source, test: () => true };
  const edge = directive === 'TERM' ? MAJOR : MAJOR + MINOR;
  // A phrase may run over breakers, a word's wildcard stays inside its segment.
  const gap = quoted && /\s/.test(text) ? '[^\\n]*' : `[^${MAJOR}]*`;
  const pieces = text.split(/\*+/);
  const body = pieces.map(escapeRegExp).join(gap);
  const startsOpen = pieces[0] === '' || WORD_EDGE.test(text[0]!);
  const endsOpen = pieces.at(-1) === '' || WORD_EDGE.test(text.at(-1)!);
  const left = startsOpen && directive !== 'TERM' ? '' : `(?<![^${edge}])`;
  const right = endsOpen && directive !== 'TERM' ? '' : `(?![^${edge}])`;
  const expression = new RegExp(left + body + right, caseSensitive ? '' : 'i');
  const needle = longest(pieces).toLowerCase();
  return {
    source,
    // The plain search first: most texts do not hold the word at all.
    test: (raw) => (caseSensitive || raw.toLowerCase().includes(needle)) && expression.test(raw),
  };
}

function longest(pieces: readonly string[]): string {
  return pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
