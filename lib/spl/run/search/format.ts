import type { Table } from '../columns/table.ts';
import { isList, type Scalar, scalarText } from '../value/value.ts';

/** The six strings of `format`: row prefix, column prefix, column separator, column end, row separator, row end. */
export const FORMAT_PARTS = ['(', '(', 'AND', ')', 'OR', ')'] as const;

/**
 * Rows as a search: `( ( a="1" AND b="2" ) OR ( ... ) )`, as a subsearch hands itself to the search around it. A field
 * named `search` or `query` is inserted as it is; internal fields are left out; no rows give `NOT ()`.
 * Source: Splunk Search Reference, `format`.
 */
export function formatRows(table: Table, parts: readonly string[] = FORMAT_PARTS): string {
  const [rowPrefix, columnPrefix, columnSeparator, columnEnd, rowSeparator, rowEnd] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const names = table.names.filter((name) => !name.startsWith('_'));
  const rows: string[] = [];
  for (let row = 0; row < table.size; row += 1) {
    const conditions: string[] = [];
    for (const name of names) {
      const value = table.value(row, name);
      if (value === null) continue;
      const members = isList(value) ? value : [value];
      if (name === 'search' || name === 'query') conditions.push(...members.map(scalarText));
      else if (members.length === 1) conditions.push(condition(name, members[0]!));
      else
        conditions.push(`( ${members.map((member) => condition(name, member)).join(` ${rowSeparator} `)} )`);
    }
    if (conditions.length > 0) {
      rows.push(`${columnPrefix} ${conditions.join(` ${columnSeparator} `)} ${columnEnd}`);
    }
  }
  if (rows.length === 0) return 'NOT ()';
  return `${rowPrefix} ${rows.join(` ${rowSeparator} `)} ${rowEnd}`;
}

function condition(name: string, value: Scalar): string {
  const field = /^[\w.@{}:-]+$/.test(name) ? name : `"${name}"`;
  return `${field}="${scalarText(value).replace(/["\\]/g, '\\$&')}"`;
}
