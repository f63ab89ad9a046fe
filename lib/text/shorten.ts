/** Cuts at a word, on one line, without Markdown's backticks. */
export function shorten(text: string, length: number): string {
  const plain = text.replace(/[`*]/g, '').replace(/\s+/g, ' ').trim();
  if (plain.length <= length) return plain;
  const cut = plain.lastIndexOf(' ', length - 1);
  return `${plain.slice(0, cut > length / 2 ? cut : length - 1)}…`;
}
