import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentFolder } from '../test-folder.ts';
import { readTable, shownRows } from './csv.ts';

function table(text: string) {
  const folder = contentFolder({ 'a.csv': text });
  const absolute = join(folder, 'a.csv');
  return readTable({ root: 0, path: 'a.csv', absolute, size: statSync(absolute).size, mtimeMs: 0 });
}

describe('readTable', () => {
  it('reads quoted cells, line ends inside them, and a byte-order mark', () => {
    expect(table('\u{feff}name,note\r\n"a, b","one\ntwo"\r\nc,"say ""so"""\r\n')).toEqual({
      table: {
        path: 'a.csv',
        header: ['name', 'note'],
        rows: [
          ['a, b', 'one\ntwo'],
          ['c', 'say "so"'],
        ],
        totalRows: 2,
        bytes: expect.any(Number),
      },
    });
  });

  it('shows the first rows and counts all', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `${index},"x\ny"`).join('\n');
    const read = table(`n,t\n${rows}\n\n`);
    expect('table' in read && read.table.rows).toHaveLength(shownRows);
    expect('table' in read && read.table.rows.at(-1)).toEqual([String(shownRows - 1), 'x\ny']);
    expect('table' in read && read.table.totalRows).toBe(5000);
  });

  it('takes rows of other lengths and an empty file', () => {
    expect(table('a,b\n1\n1,2,3\n')).toMatchObject({
      table: { rows: [['1'], ['1', '2', '3']], totalRows: 2 },
    });
    expect(table('')).toMatchObject({ table: { header: [], rows: [], totalRows: 0 } });
  });

  it('says what is no CSV', () => {
    expect(table('a,b\n"never closed\n')).toHaveProperty('failure');
  });
});
