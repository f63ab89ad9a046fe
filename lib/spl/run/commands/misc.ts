import type { WordsStage } from '../../syntax/ast.ts';
import { Column } from '../columns/column.ts';
import { groupKey } from '../columns/dictionary.ts';
import { Table } from '../columns/table.ts';
import { type Output, picked } from '../output.ts';
import { allRows } from '../search/predicate.ts';
import { toText } from '../value/value.ts';
import type { Command } from './command.ts';
import { textOption } from './options.ts';

/** Drops rows equal to the row before. */
export const uniq: Command<WordsStage> = (_stage, input): Output => {
  const { names } = input;
  const kept: number[] = [];
  let last: string | undefined;
  for (const row of allRows(input.size)) {
    const key = names.map((name) => groupKey(input.value(row, name))).join('\u0000');
    if (key !== last) kept.push(row);
    last = key;
  }
  return picked(input, Uint32Array.from(kept));
};

/** Rows become columns: `column`, then `row 1`, `row 2`, ... for the first five rows or the number given. */
export const transpose: Command<WordsStage> = (stage, input): Output => {
  const words = stage.words.map((word) => word.value);
  const count = Number(words.find((word) => /^\d+$/.test(word)) ?? 5);
  const header = textOption(stage, 'header_field');
  const first = textOption(stage, 'column_name') ?? 'column';
  const size = Math.min(count === 0 ? input.size : count, input.size);
  const names = input.fields.filter((name) => name !== header && !name.startsWith('_'));
  const columns = new Map<string, Column>([[first, Column.direct(names, true)]]);
  for (let row = 0; row < size; row += 1) {
    const label = header === undefined ? `row ${row + 1}` : toText(input.value(row, header));
    columns.set(
      label,
      Column.interned(
        names.map((name) => input.value(row, name)),
        true,
      ),
    );
  }
  return { table: new Table(names.length, columns), origin: { kind: 'made' } };
};
