import type { DatamodelStage, FromStage, SearchExpr, TstatsStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { groupRows } from '../columns/group.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { type Scan, scanDataset } from '../datamodel/scan.ts';
import { tableOf } from '../lookup/table.ts';
import { made, type Output } from '../output.ts';
import { compileSearch, type SearchScope } from '../search/compile.ts';
import { compileCondition } from '../search/condition.ts';
import type { Predicate } from '../search/predicate.ts';
import { parseTimeSpan } from '../time/span.ts';
import { resolveAggregates } from './aggregate.ts';
import { bucketTime } from './bin.ts';
import type { Command } from './command.ts';
import { flagOption, textOption } from './options.ts';
import { groupedTable } from './stats.ts';

/** First half of `tstats`: the events that it is about. */
export function scanFor(stage: TstatsStage, context: RunContext): Output {
  if (stage.name === 'mstats') return metricRows(context);
  if (stage.from === undefined) return { table: context.source.table, origin: { kind: 'same' } };
  if (stage.from.type !== 'datamodel') {
    throw new RunStop(
      'tstats-source',
      `\`tstats\` can read data models and indexed fields here, not \`${stage.from.name.value}\``,
      stage.from.range,
    );
  }
  const child = stage.where === undefined ? undefined : nodeName(stage.where);
  const path = stage.from.name.value;
  const model = path.split('.')[0]!;
  const scan = scanDataset(
    child === undefined ? path : `${model}.${child}`,
    false,
    context,
    stage.from.range,
  );
  return { table: scan.table, origin: { kind: 'pick', rows: scan.rows } };
}

/** `where nodename=All_Changes.Account_Management` names the dataset to read. */
function nodeName(expr: SearchExpr): string | undefined {
  if (expr.kind === 'search-compare' && expr.field.name === 'nodename' && expr.op === '=') {
    return expr.value.value.split('.').at(-1);
  }
  if (expr.kind !== 'search-and') return undefined;
  return expr.items.map(nodeName).find((name) => name !== undefined);
}

/** Metric events: one field per metric, or `metric_name` with `_value`. */
function metricRows(context: RunContext): Output {
  const { table } = context.source;
  const names = table.column('metric_name');
  const values = table.column('_value');
  if (names === undefined || values === undefined) return { table, origin: { kind: 'same' } };
  const metrics = new Set<string>();
  for (let row = 0; row < table.size; row += 1) {
    const name = names.value(row);
    if (typeof name === 'string') metrics.add(name);
  }
  const columns = [...metrics].map((metric): [string, Column] => [
    metric,
    Column.interned(
      Array.from({ length: table.size }, (_, row) =>
        names.value(row) === metric ? values.value(row) : null,
      ),
    ),
  ]);
  return { table: table.with(columns), origin: { kind: 'same' } };
}

/** The `where` of `tstats`, without the name of a node. */
export function whereFor(stage: TstatsStage, context: RunContext, reorder: boolean): Predicate | undefined {
  const expr = stage.where === undefined ? undefined : withoutNode(stage.where);
  if (expr === undefined) return undefined;
  return compileSearch(expr, { context, reorder, column: columnFor(stage) });
}

/** `where user=x` may leave out the prefix that the dataset's fields have. */
function columnFor(stage: TstatsStage): NonNullable<SearchScope['column']> {
  const last = stage.from?.name.value.split('.').at(-1);
  return (table, field) =>
    table.column(field) ?? (last === undefined ? undefined : table.column(`${last}.${field}`));
}

function withoutNode(expr: SearchExpr): SearchExpr | undefined {
  if (expr.kind === 'search-compare' && expr.field.name === 'nodename') return undefined;
  if (expr.kind !== 'search-and') return expr;
  const items = expr.items.flatMap((item) => withoutNode(item) ?? []);
  return items.length === 0 ? undefined : { ...expr, items };
}

/** Second half: buckets of time, groups, aggregates. Source: Search Reference, `tstats`. */
export function aggregateFor(stage: TstatsStage, input: Table, context: RunContext): Output {
  const by = stage.by.map((field) => field.name);
  let table = input;
  if (flagOption(stage, 'prestats', false)) {
    context.note(
      'prestats',
      '`prestats=t` hands intermediate results to a later stage; here they are final',
      stage.range,
    );
  }
  const spanText = stage.span?.value ?? textOption(stage, 'span');
  if (spanText !== undefined) {
    const span = parseTimeSpan(spanText);
    if (span === undefined)
      throw new RunStop('span', `\`span=${spanText}\` is not a span of time`, stage.range);
    table = bucketTime(table, span, context);
    if (stage.name === 'mstats' && !by.includes('_time')) by.push('_time');
  }
  const expanded = by.flatMap((name) =>
    name.includes('*')
      ? table.presentFields.filter((field) => field.startsWith(name.replace('*', '')))
      : [name],
  );
  const fill = textOption(stage, 'fillnull_value');
  const grouping = groupRows(table, expanded, fill === undefined ? {} : { fill });
  const aggregates = resolveAggregates(stage.aggregations, grouping.table, expanded, context);
  return groupedTable(grouping, aggregates, context);
}

/** `from datamodel:M.D`, `from lookup:x`: rows of a dataset, fields without prefix. */
export const from: Command<FromStage> = (stage, _input, context): Output => {
  const output = sourceRows(stage, context);
  if (stage.where === undefined) return output;
  const rows = compileCondition(stage.where, context, true).filter(output.table, undefined);
  const { origin } = output;
  const source = origin.kind === 'pick' ? rows.map((row) => origin.rows[row]!) : rows;
  return {
    table: output.table.select(rows),
    origin: origin.kind === 'made' ? origin : { kind: 'pick', rows: source },
  };
};

function sourceRows(stage: FromStage, context: RunContext): Output {
  switch (stage.type) {
    case 'datamodel':
      return asOutput(scanDataset(stage.dataset.value, true, context, stage.dataset.range));
    case 'lookup': {
      const definition = context.environment.lookups.find(stage.dataset.value);
      if (definition !== undefined) return made(tableOf(definition));
      throw new RunStop(
        'lookup-unknown',
        `There is no lookup \`${stage.dataset.value}\``,
        stage.dataset.range,
      );
    }
    case 'savedsearch':
      throw new RunStop('saved-search', 'Saved searches are not part of the content', stage.dataset.range);
    case 'variable': {
      const rows = context.definition(stage.dataset.value);
      if (rows !== undefined) return made(rows);
      throw new RunStop(
        'variable-unknown',
        `Nothing defines \`${stage.dataset.value}\``,
        stage.dataset.range,
      );
    }
    case 'dataset':
      return { table: context.source.table, origin: { kind: 'same' } };
    case 'function':
      return { table: withInputEvent(context.source.table), origin: { kind: 'same' } };
  }
}

/** `read_ssa_enriched_events()` hands each event over as one object, `input_event`. */
function withInputEvent(table: Table): Table {
  if (table.column('input_event')?.present === true) return table;
  let made = withObjects.get(table);
  if (made === undefined) {
    made = makeInputEvent(table);
    withObjects.set(table, made);
  }
  return made;
}

/** Searches over one table share the objects made of its events. */
const withObjects = new WeakMap<Table, Table>();

function makeInputEvent(table: Table): Table {
  const column = Column.lazy(() => {
    const texts = Column.direct(table.plainRows().map((row) => JSON.stringify(row)));
    return { codes: texts.codes, dictionary: texts.dictionary };
  });
  return table.with([['input_event', column]]);
}

function asOutput(scan: Scan): Output {
  return { table: scan.table, origin: { kind: 'pick', rows: scan.rows } };
}

/** `datamodel M D search` keeps the prefix, `flat` drops it; without a mode it describes the model. */
export const datamodel: Command<DatamodelStage> = (stage, _input, context): Output => {
  const model = stage.model?.value;
  if (model === undefined || stage.mode === undefined) {
    throw new RunStop(
      'datamodel-json',
      '`datamodel` without `search` prints a definition, which is not kept here',
      stage.range,
    );
  }
  const path = stage.object === undefined ? model : `${model}.${stage.object.value}`;
  return asOutput(scanDataset(path, stage.mode === 'flat', context, stage.range));
};
