import type { FieldListStage } from '../../syntax/ast.ts';
import { Column } from '../columns/column.ts';
import { overlay } from '../columns/derive.ts';
import { same } from '../output.ts';
import type { Command } from './command.ts';
import { expandNames, textOption } from './options.ts';

/** Absent values become `value` (default 0). Without a list: every field that some row has. */
export const fillnull: Command<FieldListStage> = (stage, input) => {
  const value = textOption(stage, 'value') ?? '0';
  const listed = stage.fields.map((field) => field.name);
  const names = listed.length === 0 ? input.fields : expandNames(input, listed);
  const filler = Column.constant(value, input.size);
  return same(
    input.with(
      names.map((name) => {
        const column = input.column(name);
        return [name, column === undefined ? filler : overlay(filler, column)] as const;
      }),
    ),
  );
};

/** Absent values become the last value above. */
export const filldown: Command<FieldListStage> = (stage, input) => {
  const listed = stage.fields.map((field) => field.name);
  const names = listed.length === 0 ? input.fields : expandNames(input, listed);
  return same(
    input.with(
      names.flatMap((name) => {
        const column = input.column(name);
        if (column === undefined) return [];
        const codes = column.codes.slice();
        for (let row = 1; row < codes.length; row += 1) if (codes[row] === 0) codes[row] = codes[row - 1]!;
        return [[name, Column.of(codes, column.dictionary, column.pinned)] as const];
      }),
    ),
  );
};
