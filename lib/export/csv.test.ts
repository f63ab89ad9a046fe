import { expect, it } from 'vitest';
import { csvLine, withoutFormula } from './csv.ts';

it('quotes what would end a cell, and nothing else', () => {
  expect(csvLine(['a', 'b c', 'd,e', 'f "g"', 'h\ni', ''])).toBe('a,b c,"d,e","f ""g""","h\ni",');
});

it('keeps formulas from a spreadsheet and leaves numbers alone', () => {
  expect(['=1+1', '@x', '-cmd', '+x', '-5', '+1.5', 'a=1'].map(withoutFormula)).toEqual([
    "'=1+1",
    "'@x",
    "'-cmd",
    "'+x",
    '-5',
    '+1.5',
    'a=1',
  ]);
});
