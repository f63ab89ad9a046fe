/** The terms of this field's texts: IDs, file names, fields, registry paths, and plain words. */
const CHUNK = /[\p{L}\p{N}_]+(?:[.\-:][\p{L}\p{N}_]+)*/gu;
const HUMP = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** Nearly all texts have no other letters than these, and expressions without the others are made in a hundredth of the time. */
const PLAIN_LETTERS = /^[\s -~]*$/;
const PLAIN_CHUNK = /[A-Za-z0-9_]+(?:[.\-:][A-Za-z0-9_]+)*/g;
const PLAIN_HUMP = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUID is found by itself and its beginning; its digits are no event code. */
export function isUuid(text: string): boolean {
  return text.length === 36 && UUID.test(text);
}

/** Lower case, letter by letter: a sigma is the same one wherever it stands, so that texts may be cut and joined. */
export function lower(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

/** Says nothing where it stands beside white space, or at the edge of a text: `a, b` and `(a b)` are the phrase `a b`. */
const PUNCTUATION = '.,;:!?()[\\]"\'`*';
const PAUSE = new RegExp(`[\\s${PUNCTUATION}]+`, 'g');
const PAUSES = new RegExp(`[\\s${PUNCTUATION}]`);

/** The form in which phrases are compared: lower case, pauses as one blank, runs of `\\` (escaped in searches) as one. */
export function plain(text: string): string {
  return collapsed(withoutEdges(text));
}

/** `plain` for a piece of a text, whose edges belong to what stands beside it. */
export function collapsed(text: string): string {
  return lower(text)
    .replace(PAUSE, (pause) => (/\s/.test(pause) ? ' ' : pause))
    .replace(/\\+/g, '\\');
}

/** The text without white space and punctuation before its first word and after its last one. */
export function withoutEdges(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && PAUSES.test(text[from]!)) from++;
  while (to > from && PAUSES.test(text[to - 1]!)) to--;
  return text.slice(from, to);
}

/** The pieces of a text that terms are made of, with their places. */
export function chunksOf(text: string): IterableIterator<RegExpExecArray> {
  return text.matchAll(PLAIN_LETTERS.test(text) ? PLAIN_CHUNK : CHUNK);
}

/** What a person would type as one word, lower-case: `t1059.001`, `cve-2021-44228`, `powershell.exe`, `process_name`. */
export function words(text: string): string[] {
  return (text.match(PLAIN_LETTERS.test(text) ? PLAIN_CHUNK : CHUNK) ?? []).map(lower);
}

/** Each word and its parts at `.`, `-`, `:`, `_` and inside camelCase, each once. */
export function terms(text: string): Set<string> {
  // Most texts that are asked about are single plain words.
  if (/^[A-Z]?[a-z]+$/.test(text)) return new Set([text.toLowerCase()]);
  const found = new Set<string>();
  const isPlain = PLAIN_LETTERS.test(text);
  for (const chunk of text.match(isPlain ? PLAIN_CHUNK : CHUNK) ?? []) {
    found.add(lower(chunk));
    if (isUuid(chunk)) continue;
    for (const part of chunk.split(/[.\-:_]/)) {
      if (part) found.add(lower(part));
      const humps = part.match(isPlain ? PLAIN_HUMP : HUMP) ?? [];
      if (humps.length > 1) for (const hump of humps) if (hump.length > 1) found.add(lower(hump));
    }
  }
  return found;
}

/** Words of English that stand in every text and say nothing of what is looked for. */
const FUNCTION_WORDS = new Set(
  'a an and are as at be by can do does for from how i in into is it its my of on or that the their there these this to was what when which with'.split(
    ' ',
  ),
);

export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(lower(word));
}
