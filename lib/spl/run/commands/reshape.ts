import type { FieldListStage, OptionsStage, WordsStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { groupKey } from '../columns/dictionary.ts';
import { Table } from '../columns/table.ts';
import { made, type Output, same } from '../output.ts';
import { sorted } from '../value/sort.ts';
import { type Scalar, type Stored, toList, toNumber, toText } from '../value/value.ts';
import type { Command } from './command.ts';
import { expandNames, flagOption, numberOption, textOption } from './options.ts';

function names(stage: FieldListStage, least: number): string[] {
  const found = stage.fields.map((field) => field.name);
  if (found.length < least) {
    throw new RunStop('field-missing', `\`${stage.name}\` needs ${least} fields`, stage.range);
  }
  return found;
}

/** `xyseries row column value...`: one row per x, one column per y. */
export const xyseries: Command<FieldListStage> = (stage, input): Output => {
  const [x, y, ...values] = names(stage, 3) as [string, string, ...string[]];
  const separator = textOption(stage, 'sep') ?? ': ';
  const rows = new Map<string, { key: Stored; cells: Map<string, Stored> }>();
  const series = new Set<string>();
  const inputs: number[] = [];
  const outputs: number[] = [];
  for (let row = 0; row < input.size; row += 1) {
    const key = input.value(row, x);
    const label = input.value(row, y);
    if (key === null || label === null) continue;
    const text = groupKey(key);
    let held = rows.get(text);
    if (held === undefined) {
      held = { key, cells: new Map() };
      rows.set(text, held);
    }
    inputs.push(row);
    outputs.push([...rows.keys()].indexOf(text));
    for (const name of values) {
      const column = values.length === 1 ? toText(label) : `${name}${separator}${toText(label)}`;
      series.add(column);
      held.cells.set(column, input.value(row, name));
    }
  }
  const held = [...rows.values()];
  const columns: [string, Column][] = [
    [
      x,
      Column.interned(
        held.map((entry) => entry.key),
        true,
      ),
    ],
  ];
  for (const name of sorted([...series], 'natural') as string[]) {
    columns.push([
      name,
      Column.interned(
        held.map((entry) => entry.cells.get(name) ?? null),
        true,
      ),
    ]);
  }
  return {
    table: new Table(held.length, new Map(columns)),
    origin: {
      kind: 'merge',
      pairs: () => ({ inputs: Uint32Array.from(inputs), outputs: Uint32Array.from(outputs) }),
    },
  };
};

/** The reverse: one row per x and column. */
export const untable: Command<FieldListStage> = (stage, input): Output => {
  const [x, y, value] = names(stage, 3) as [string, string, string];
  const series = input.fields.filter((name) => name !== x && !name.startsWith('_'));
  const picks: number[] = [];
  const labels: Stored[] = [];
  const values: Stored[] = [];
  for (let row = 0; row < input.size; row += 1) {
    for (const name of series) {
      const cell = input.value(row, name);
      if (cell === null) continue;
      picks.push(row);
      labels.push(name);
      values.push(cell);
    }
  }
  const rows = Uint32Array.from(picks);
  const key = input.column(x)?.gather(rows) ?? Column.constant(null, rows.length);
  const columns = new Map([
    [x, key],
    [y, Column.interned(labels)],
    [value, Column.interned(values)],
  ]);
  return { table: new Table(rows.length, columns), origin: { kind: 'pick', rows } };
};

function running(
  input: Table,
  from: string,
  to: string,
  step: (row: number, numbers: Float64Array) => Stored,
): Output {
  const column = input.column(from);
  const numbers = Float64Array.from(
    { length: input.size },
    (_, row) => toNumber(column?.value(row) ?? null) ?? Number.NaN,
  );
  const values = Array.from({ length: input.size }, (_, row) => step(row, numbers));
  return same(input.with([[to, Column.interned(values)]]));
}

/** Running total of a field. */
export const accum: Command<FieldListStage> = (stage, input) => {
  const [from] = names(stage, 1) as [string];
  let total = 0;
  return running(input, from, stage.alias?.name ?? from, (row, numbers) => {
    const number = numbers[row]!;
    if (Number.isNaN(number)) return null;
    total += number;
    return total;
  });
};

/** Difference to the value `p` rows before. */
export const delta: Command<FieldListStage> = (stage, input) => {
  const [from] = names(stage, 1) as [string];
  const back = numberOption(stage, 'p', 1);
  return running(input, from, stage.alias?.name ?? `delta(${from})`, (row, numbers) => {
    const difference = row < back ? Number.NaN : numbers[row]! - numbers[row - back]!;
    return Number.isNaN(difference) ? null : difference;
  });
};

/** The value `p` rows before, as a field of its own. */
export const autoregress: Command<FieldListStage> = (stage, input) => {
  const [from] = names(stage, 1) as [string];
  const [low = 1, high = low] = (textOption(stage, 'p') ?? '1').split('-').map(Number);
  if (!(low >= 0 && high >= low && high - low < 1000)) {
    throw new RunStop(
      'autoregress-range',
      '`p` of `autoregress` is a number of rows, or a range such as 1-5',
      stage.range,
    );
  }
  const column = input.column(from);
  const changes: [string, Column][] = [];
  for (let back = low; back <= high; back += 1) {
    const values = Array.from({ length: input.size }, (_, row) =>
      row < back ? null : (column?.value(row - back) ?? null),
    );
    const named = low === high ? stage.alias?.name : undefined;
    changes.push([named ?? `${from}_p${back}`, Column.interned(values)]);
  }
  return same(input.with(changes));
};

/** `addtotals`: a column with each row's sum; with `col=t`, and in `addcoltotals`, a last row with each column's sum. */
export const addtotals: Command<FieldListStage> = (stage, input): Output => {
  const listed = stage.fields.map((field) => field.name);
  const summed = (listed.length === 0 ? input.fields : expandNames(input, listed)).filter(
    (name) => !name.startsWith('_'),
  );
  const columns = summed.flatMap((name) => input.column(name) ?? []);
  let table = input;
  if (stage.name === 'addtotals' && flagOption(stage, 'row', true)) {
    const totals: Stored[] = Array.from({ length: input.size }, (_, row) => {
      let sum = 0;
      for (const column of columns) {
        const number = column.dictionary.number(column.codes[row]!);
        if (!Number.isNaN(number)) sum += number;
      }
      return sum;
    });
    table = input.with([[textOption(stage, 'fieldname') ?? 'Total', Column.direct(totals, true)]]);
  }
  if (stage.name === 'addtotals' && !flagOption(stage, 'col', false)) return same(table);
  return withTotalsRow(stage, table, summed);
};

function withTotalsRow(stage: FieldListStage, table: Table, summed: readonly string[]): Output {
  const totals = new Map<string, Scalar>();
  for (const name of summed) {
    const column = table.column(name);
    if (column === undefined) continue;
    let sum = 0;
    let any = false;
    for (const code of column.codes) {
      const number = column.dictionary.number(code);
      if (Number.isNaN(number)) continue;
      sum += number;
      any = true;
    }
    if (any) totals.set(name, sum);
  }
  const labelField = textOption(stage, 'labelfield');
  if (labelField !== undefined) totals.set(labelField, textOption(stage, 'label') ?? 'Total');
  const last = Table.fromRows([Object.fromEntries(totals)]);
  const rows = Uint32Array.from({ length: table.size + 1 }, (_, row) =>
    row < table.size ? row : 0xffffffff,
  );
  return { table: Table.concat([table, last]), origin: { kind: 'pick', rows } };
}

/** Per field: how often, how many distinct, numbers' mean, extremes and spread. */
export const fieldsummary: Command<WordsStage> = (stage, input): Output => {
  const most = numberOption(stage, 'maxvals', 100);
  const asked = stage.words.map((word) => word.value);
  const fields = asked.length > 0 ? expandNames(input, asked) : input.presentFields;
  const summed = fields.filter((field) => !field.startsWith('_') && input.column(field) !== undefined).sort();
  const rows = summed.map((field) => {
    const counts = new Map<string, number>();
    const numbers: number[] = [];
    let count = 0;
    for (let row = 0; row < input.size; row += 1) {
      for (const member of toList(input.value(row, field))) {
        count += 1;
        counts.set(String(member), (counts.get(String(member)) ?? 0) + 1);
        const number = toNumber(member);
        if (number !== undefined) numbers.push(number);
      }
    }
    const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const spread = Math.sqrt(
      numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (numbers.length - 1),
    );
    return {
      field,
      count,
      distinct_count: counts.size,
      is_exact: 1,
      numeric_count: numbers.length,
      ...(numbers.length > 0
        ? {
            mean,
            min: numbers.reduce((a, b) => Math.min(a, b)),
            max: numbers.reduce((a, b) => Math.max(a, b)),
            stdev: numbers.length > 1 ? spread : 0,
          }
        : {}),
      values: JSON.stringify(top.map(([value, times]) => ({ value, count: times }))),
    };
  });
  return made(Table.fromRows(rows));
};

/** The bounds and identity of the run as fields. */
export const addinfo: Command<OptionsStage> = (_stage, input, context) =>
  same(
    input.with([
      ['info_min_time', Column.constant(0, input.size)],
      ['info_max_time', Column.constant('+Infinity', input.size)],
      ['info_search_time', Column.constant(context.now, input.size)],
      ['info_sid', Column.constant('sightline', input.size)],
    ]),
  );
