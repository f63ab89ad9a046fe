/** Text of comma-separated values: RFC 4180, lines ended as the caller wants. */

/** Cells as one line without its end, quoted where needed. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');
}

/** A text that a spreadsheet would run as a formula, kept from it; numbers stay numbers. For files that people open. */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}
