import type { BinStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import type { Column } from '../columns/column.ts';
import { mapColumn } from '../columns/derive.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { same } from '../output.ts';
import { applyTimeModifier, parseTimeModifier } from '../time/modifier.ts';
import {
  automaticNumberSpan,
  automaticTimeSpan,
  floorNumber,
  floorTime,
  parseTimeSpan,
  type TimeSpan,
} from '../time/span.ts';
import { isList, numberText, type Stored, toNumber } from '../value/value.ts';
import type { Command } from './command.ts';
import { numberOption, textOption } from './options.ts';

/** Buckets: times to the start of their span, numbers to `low-high`. Source: Search Reference, `bin`. */
export const bin: Command<BinStage> = (stage, input, context) => {
  const { name } = stage.field;
  const column = input.column(name);
  if (column === undefined) return same(input);
  const spanText = textOption(stage, 'span');
  const bins = numberOption(stage, 'bins', 100);
  const isTime = name === '_time';
  const change = isTime
    ? timeBucket(timeSpanOf(spanText, stage, column, bins), context, textOption(stage, 'aligntime'))
    : numberBucket(spanText, column, bins, stage, context);
  return same(input.with([[stage.alias?.name ?? name, mapColumn(column, change, column.pinned)]]));
};

/** Every time goes to the start of its bucket. */
export function bucketTime(input: Table, span: TimeSpan, context: RunContext): Table {
  const column = input.column('_time');
  if (column === undefined) return input;
  const bucketed = mapColumn(column, (value) => {
    const time = toNumber(value);
    return time === undefined ? null : floorTime(time, span, context.zone);
  });
  return input.with([['_time', bucketed]]);
}

function timeSpanOf(text: string | undefined, stage: BinStage, column: Column, bins: number): TimeSpan {
  if (text === undefined) {
    const [low, high] = rangeOf(column);
    return automaticTimeSpan(high - low, bins);
  }
  const span = parseTimeSpan(text);
  if (span !== undefined) return span;
  throw new RunStop(
    'span',
    `\`span=${text}\` is not a span; write one such as \`5m\` or \`1d\``,
    stage.range,
  );
}

function timeBucket(
  span: TimeSpan,
  context: RunContext,
  align: string | undefined,
): (value: Stored) => Stored {
  const modifier = align === undefined ? undefined : parseTimeModifier(align, context.zone);
  const alignTo =
    modifier === undefined ? 0 : applyTimeModifier(modifier, context.now, context.zone, context);
  return (value) => {
    const time = toNumber(isList(value) ? value[0]! : value);
    return time === undefined ? value : floorTime(time, span, context.zone, alignTo);
  };
}

function numberBucket(
  text: string | undefined,
  column: Column,
  bins: number,
  stage: BinStage,
  context: RunContext,
): (value: Stored) => Stored {
  let span = text === undefined ? undefined : toNumber(text);
  if (text !== undefined && span === undefined) {
    // `bin span=1h other_time_field`: epoch seconds in a field of another name.
    return timeBucket(timeSpanOf(text, stage, column, bins), context, undefined);
  }
  if (span === undefined) {
    const [low, high] = rangeOf(column);
    span = automaticNumberSpan(low, high, bins);
  }
  const width = span;
  return (value) => {
    const number = toNumber(value);
    if (number === undefined) return value;
    const low = floorNumber(number, width);
    return `${numberText(low)}-${numberText(low + width)}`;
  };
}

function rangeOf(column: Column): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const code of column.codes) {
    const number = column.dictionary.number(code);
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return low > high ? [0, 0] : [low, high];
}
