import type { Range } from './diagnostic.ts';
import { LineIndex } from './position.ts';

const LONGEST = 160;

/** The line of `range` with a marker under it, as compilers show it; `''` where the text has no such line. */
export function codeFrame(text: string, range: Range): string {
  const { line, column } = new LineIndex(text).positionAt(range.start);
  const content = (text.split('\n', line)[line - 1] ?? '').replace(/\r$/, '');
  if (content.trim() === '') return '';
  // A search can be a line of thousands of characters: show the part around the range.
  const from = column > LONGEST - 40 ? column - 40 : 0;
  const visible = content.slice(from, from + LONGEST).replaceAll('\t', ' ');
  const length = Math.max(1, Math.min(range.end - range.start, visible.length - (column - 1 - from)));
  const number = String(line);
  return `${number} │ ${from > 0 ? '…' : ''}${visible}\n${' '.repeat(number.length)} │ ${' '.repeat(column - 1 - from + (from > 0 ? 1 : 0))}${'^'.repeat(length)}`;
}
