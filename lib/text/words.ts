/** A sentence with pieces of code or data in it: these may hold any character, a backtick too, so they stand apart. */
export type Words = readonly (string | { readonly code: string })[];

/** `words` as a tag: the text around is the sentence's, what is put in is code, or words of their own. */
export function words(texts: TemplateStringsArray, ...values: readonly (string | Words)[]): Words {
  const pieces: (string | { code: string })[] = [];
  for (const [at, text] of texts.entries()) {
    if (text !== '') pieces.push(text);
    const value = values[at];
    if (typeof value === 'string') pieces.push({ code: value });
    else if (value !== undefined) pieces.push(...value);
  }
  return pieces;
}

/** For a terminal: code between backticks. */
export const plainWords = (said: Words): string =>
  said.map((piece) => (typeof piece === 'string' ? piece : `\`${piece.code}\``)).join('');
