import type { FieldListStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { mapColumn } from '../columns/derive.ts';
import { groupKey } from '../columns/dictionary.ts';
import { type Output, same } from '../output.ts';
import { compileRegex, EXHAUSTED } from '../regex/regex.ts';
import { fromList, isList, type Scalar, type Stored, scalarText, toList } from '../value/value.ts';
import type { Command } from './command.ts';
import { flagOption, numberOption, textOption } from './options.ts';

function onlyField(stage: FieldListStage): string {
  const field = stage.fields[0];
  if (field === undefined) throw new RunStop('field-missing', `\`${stage.name}\` needs a field`, stage.range);
  return field.name;
}

/** Cuts a text into members at a delimiter or by a tokenizer's first group. Source: Search Reference, `makemv`. */
export const makemv: Command<FieldListStage> = (stage, input) => {
  const name = onlyField(stage);
  const column = input.column(name);
  if (column === undefined) return same(input);
  const tokenizer = textOption(stage, 'tokenizer');
  const delimiter = textOption(stage, 'delim') ?? ' ';
  const allowEmpty = flagOption(stage, 'allowempty', false);
  const cut =
    tokenizer === undefined
      ? (text: string): string[] => text.split(delimiter).filter((part) => allowEmpty || part !== '')
      : tokens(tokenizer, stage);
  const setsv = flagOption(stage, 'setsv', false);
  const changed = mapColumn(column, (value) =>
    value === null
      ? null
      : setsv
        ? toList(value).map(scalarText).join(' ')
        : fromList(toList(value).flatMap((member) => cut(scalarText(member)))),
  );
  return same(input.with([[name, changed]]));
};

function tokens(pattern: string, stage: FieldListStage): (text: string) => string[] {
  const regex = compileRegex(pattern);
  if ('code' in regex) throw new RunStop(regex.code, regex.message, stage.range);
  return (text) => {
    const matches = regex.findAll(text);
    if (matches === EXHAUSTED) return [];
    return matches.map((match) => match.groups[1] ?? match.groups[0]!);
  };
}

/** One row per member; rows without the field stay. `limit` keeps the first members. */
export const mvexpand: Command<FieldListStage> = (stage, input, context): Output => {
  const name = onlyField(stage);
  const column = input.column(name);
  if (column === undefined) return same(input);
  const limit = numberOption(stage, 'limit', 0);
  const rows: number[] = [];
  const values: Stored[] = [];
  for (let row = 0; row < input.size; row += 1) {
    const value = column.value(row);
    const members = isList(value) ? (limit > 0 ? value.slice(0, limit) : value) : [value];
    for (const member of members) {
      rows.push(row);
      values.push(member);
    }
    if (rows.length % 65536 < members.length) context.budget.checkRows(rows.length, '`mvexpand`');
  }
  const picks = Uint32Array.from(rows);
  const table = input.select(picks).with([[name, Column.interned(values, column.pinned)]]);
  return { table, origin: { kind: 'pick', rows: picks } };
};

/** `mvcombine delim=","` keeps a multivalue; the delimiter is what a `nomv` after it joins with. */
const delimiters = new WeakMap<Column, string>();

/** Members joined into one text: with the delimiter of the command before, else with line breaks. */
export const nomv: Command<FieldListStage> = (stage, input) => {
  const name = onlyField(stage);
  const column = input.column(name);
  if (column === undefined) return same(input);
  const delimiter = delimiters.get(column) ?? '\n';
  const joined = mapColumn(column, (value) =>
    isList(value) ? value.map(scalarText).join(delimiter) : value,
  );
  return same(input.with([[name, joined]]));
};

/** Rows that agree on every other field become one, the field's values a multivalue in row order. */
export const mvcombine: Command<FieldListStage> = (stage, input): Output => {
  const name = onlyField(stage);
  const column = input.column(name);
  if (column === undefined) return same(input);
  const delimiter = textOption(stage, 'delim');
  const others = input.names.filter((other) => other !== name);
  const groups = new Map<string, { row: number; members: Scalar[] }>();
  const outputs = new Uint32Array(input.size);
  const order = new Map<string, number>();
  for (let row = 0; row < input.size; row += 1) {
    const key = others.map((other) => groupKey(input.value(row, other))).join('\u0000');
    let group = groups.get(key);
    if (group === undefined) {
      group = { row, members: [] };
      order.set(key, groups.size);
      groups.set(key, group);
    }
    group.members.push(...toList(column.value(row)));
    outputs[row] = order.get(key)!;
  }
  const held = [...groups.values()];
  const combined = Column.interned(
    held.map((group) => fromList(group.members)),
    column.pinned,
  );
  if (delimiter !== undefined) delimiters.set(combined, delimiter);
  const rows = Uint32Array.from(held, (group) => group.row);
  const inputs = Uint32Array.from({ length: input.size }, (_, row) => row);
  return {
    table: input.select(rows).with([[name, combined]]),
    origin: { kind: 'merge', pairs: () => ({ inputs, outputs }) },
  };
};
