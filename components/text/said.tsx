import type { Words } from '../../lib/text/words.ts';

/** A sentence with its pieces of code set apart. */
export function Said({ words }: { words: Words }) {
  return words.map((piece, at) =>
    typeof piece === 'string' ? piece : <code key={`${at}${piece.code}`}>{piece.code}</code>,
  );
}
