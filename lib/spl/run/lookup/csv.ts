/** Records of a CSV text: quotes doubled inside quotes, line ends of any kind, empty lines left out. */
export function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    cells.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') records.push(cells);
    cells = [];
    if (end === '') break;
  }
  return records;
}

/**
 * A lookup's table. Column names are trimmed: ten published tables have a blank before a name, and the searches use the
 * name without it. Empty cells are absent.
 */
export function readCsv(text: string): { columns: string[]; rows: Record<string, string>[] } {
  const [header = [], ...records] = csvRecords(text.replace(/^\u{feff}/u, ''));
  const columns = header.map((name) => name.trim());
  const rows = records.map((cells) =>
    Object.fromEntries(
      columns.flatMap((name, at) => (cells[at] === undefined || cells[at] === '' ? [] : [[name, cells[at]]])),
    ),
  );
  return { columns, rows };
}
