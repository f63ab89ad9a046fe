import type { FormatStage, OptionsStage, ReplaceStage, ReturnStage, StrcatStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { mapColumn } from '../columns/derive.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { isObject, readJson } from '../functions/path.ts';
import { made, type Output, same } from '../output.ts';
import { captureWildcard } from '../regex/wildcard.ts';
import { FORMAT_PARTS, formatRows } from '../search/format.ts';
import { fromList, isList, type Stored, scalarText, toNumber, toText } from '../value/value.ts';
import type { Command } from './command.ts';
import { expandNames, flagOption, numberOption, textOption } from './options.ts';

/** Values that match a pattern as a whole are rewritten; stars carry over. Source: Search Reference, `replace`. */
export const replace: Command<ReplaceStage> = (stage, input, context) => {
  const names =
    stage.fields.length === 0
      ? input.presentFields.filter((name) => !name.startsWith('_'))
      : expandNames(
          input,
          stage.fields.map((field) => field.name),
        );
  const caseSensitive = context.compat.replaceCase === 'sensitive';
  const noteCase = (pattern: string, text: string): void => {
    const [strict, loose] = [true, false].map(
      (sensitive) => captureWildcard(pattern, text, sensitive) === undefined,
    );
    if (strict !== loose) context.rests('replaceCase');
  };
  const one = (text: string): string | undefined => {
    for (const pair of stage.pairs) {
      const captures = captureWildcard(pair.from.value, text, caseSensitive);
      if (captures === undefined || !caseSensitive) noteCase(pair.from.value, text);
      if (captures === undefined) continue;
      let next = 0;
      return pair.to.value.replace(/\*/g, () => captures[next++] ?? '');
    }
    return undefined;
  };
  const change = (value: Stored): Stored => {
    if (value === null) return null;
    if (isList(value)) return fromList(value.map((member) => one(scalarText(member)) ?? member));
    return one(scalarText(value)) ?? value;
  };
  return same(
    input.with(
      names.flatMap((name) => {
        const column = input.column(name);
        return column === undefined ? [] : [[name, mapColumn(column, change, column.pinned)] as const];
      }),
    ),
  );
};

/** Fields and quoted texts put together. `allrequired=t`: only where every field is there. */
export const strcat: Command<StrcatStage> = (stage, input) => {
  const all = flagOption(stage, 'allrequired', false);
  const parts = stage.parts.map((part) => (part.quoted ? part.value : input.column(part.value)));
  const values = Array.from({ length: input.size }, (_, row) => {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') text += part;
      else {
        const value = part?.value(row) ?? null;
        if (value === null && all) return null;
        text += toText(value);
      }
    }
    return text;
  });
  return same(input.with([[stage.target.name, Column.interned(values)]]));
};

/** Rows as the text of a search, in the field `search`. */
export const format: Command<FormatStage> = (stage, input): Output => {
  const parts = stage.parts.length === 6 ? stage.parts.map((part) => part.value) : FORMAT_PARTS;
  return made(Table.fromRows([{ search: formatRows(input, parts) }]));
};

/** The first rows as search text: `f=v`, `alias=v` or, with `$f`, the bare value. Source: Search Reference, `return`. */
export const returnRows: Command<ReturnStage> = (stage, input): Output => {
  const count = Math.min(stage.count ?? 1, input.size);
  const rows: string[] = [];
  for (let row = 0; row < count; row += 1) {
    const parts: string[] = [];
    for (const item of stage.items) {
      const value = input.value(row, item.field.name);
      if (value === null) continue;
      const text = toText(value);
      parts.push(
        item.bare ? text : `${item.alias?.name ?? item.field.name}="${text.replace(/["\\]/g, '\\$&')}"`,
      );
    }
    if (parts.length > 0) rows.push(parts.join(' '));
  }
  if (rows.length === 0) return made(Table.empty);
  const search = stage.items.every((item) => item.bare)
    ? rows.join(' OR ')
    : rows.map((row) => `(${row})`).join(' OR ');
  return made(Table.fromRows([{ search }]));
};

/** `low=0-30 elevated=31-50`: the labels of the ranges that a number falls into. */
export const rangemap: Command<OptionsStage> = (stage, input) => {
  const field = textOption(stage, 'field') ?? '';
  const otherwise = textOption(stage, 'default') ?? 'None';
  const ranges = stage.options
    .filter((option) => option.name !== 'field' && option.name !== 'default')
    .flatMap((option) => {
      const match = /^(-?[\d.]+)-(-?[\d.]+)$/.exec(option.value.value);
      return match === null ? [] : [{ label: option.name, low: Number(match[1]), high: Number(match[2]) }];
    });
  const column = input.column(field);
  const labels = Array.from({ length: input.size }, (_, row) => {
    const number = toNumber(column?.value(row) ?? null);
    const hits =
      number === undefined ? [] : ranges.filter((range) => number >= range.low && number <= range.high);
    return hits.length === 0 ? otherwise : fromList(hits.map((range) => range.label));
  });
  return same(input.with([['range', Column.interned(labels)]]));
};

/** Rows out of nothing, for trying things: `_time` is the search's now. */
export const makeresults: Command<OptionsStage> = (stage, _input, context): Output => {
  const data = textOption(stage, 'data');
  const table = data === undefined ? numbered(stage, context) : fromData(data, textOption(stage, 'format'));
  context.budget.checkRows(table.size, '`makeresults`');
  return made(table.with([['_time', Column.constant(context.now, table.size)]]));
};

function numbered(stage: OptionsStage, context: RunContext): Table {
  const count = Math.max(0, Math.floor(numberOption(stage, 'count', 1)));
  context.budget.checkRows(count, '`makeresults`');
  const table = new Table(count, new Map());
  if (!flagOption(stage, 'annotate', false)) return table;
  const group = textOption(stage, 'splunk_server_group');
  const columns: [string, Column][] = [['splunk_server', Column.constant('local', count)]];
  if (group !== undefined) columns.push(['splunk_server_group', Column.constant(group, count)]);
  return table.with(columns);
}

function fromData(data: string, kind: string | undefined): Table {
  if (kind === 'json') {
    const rows = readJson(data)?.json;
    if (!Array.isArray(rows) || !rows.every(isObject)) {
      throw new RunStop('makeresults-data', '`data` of `makeresults format=json` must be a list of objects');
    }
    return Table.fromRows(rows);
  }
  const [header = '', ...lines] = data.trim().split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim());
  return Table.fromRows(
    lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(names.map((name, i) => [name, cells[i]?.trim() ?? '']));
    }),
  );
}
