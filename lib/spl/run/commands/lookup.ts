import type { LookupFileStage, LookupStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { overlay, underlay } from '../columns/derive.ts';
import { DictionaryBuilder } from '../columns/dictionary.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { LookupMatcher } from '../lookup/matcher.ts';
import type { LookupDefinition } from '../lookup/store.ts';
import { tableOf } from '../lookup/table.ts';
import { made, NONE, type Output, same } from '../output.ts';
import { compileSearch } from '../search/compile.ts';
import { allRows } from '../search/predicate.ts';
import { fromList, type Scalar, toList } from '../value/value.ts';
import type { Command } from './command.ts';
import { flagOption, numberOption } from './options.ts';

/** Source: Search Reference, `lookup`; match types and limits from `transforms.conf.spec`. */
export const lookup: Command<LookupStage> = (stage, input, context) => {
  const definition = definitionOf(stage.table.value, stage, context);
  const keys = stage.keys.map((pair) => pair.from.name);
  const matcher = matcherOf(definition, keys, stage);
  const targets =
    stage.output?.fields.map((pair) => ({
      column: pair.from.name,
      field: pair.to?.name ?? pair.from.name,
    })) ??
    matcher.columns.filter((column) => !keys.includes(column)).map((column) => ({ column, field: column }));
  const found = findRows(stage, input, matcher);
  if (definition.collection && definition.rows.length === 0) {
    context.note(
      'lookup-empty',
      `The collection \`${definition.name}\` is empty, so nothing matches; give it rows to see what it would do`,
      stage.table.range,
    );
  }
  return same(
    input.with(
      targets.map(({ column, field }) => [
        field,
        outputColumn(column, input.column(field), found, matcher, stage, context),
      ]),
    ),
  );
};

function definitionOf(
  name: string,
  stage: LookupStage | LookupFileStage,
  context: RunContext,
): LookupDefinition {
  const definition = context.environment.lookups.find(name);
  if (definition !== undefined) return definition;
  const range = stage.table?.range ?? stage.range;
  if (context.environment.lookups.missing === 'stop') {
    throw new RunStop('lookup-unknown', `There is no lookup \`${name}\`; add it to the run's lookups`, range);
  }
  context.note(
    'lookup-unknown',
    `The lookup \`${name}\` is not part of the content, so it was taken as empty and nothing matches it`,
    range,
  );
  return { name, rows: [] };
}

const matchers = new WeakMap<LookupDefinition, Map<string, LookupMatcher>>();

/** Indexes are kept with the definition: the same lookup serves many detections. */
function matcherOf(definition: LookupDefinition, keys: readonly string[], stage: LookupStage): LookupMatcher {
  let held = matchers.get(definition);
  if (held === undefined) {
    held = new Map();
    matchers.set(definition, held);
  }
  const key = keys.join('\u0000');
  let matcher = held.get(key);
  if (matcher === undefined) {
    try {
      matcher = new LookupMatcher(definition, keys);
    } catch (error) {
      if (error instanceof RunStop) throw new RunStop(error.code, error.message, stage.range);
      throw error;
    }
    held.set(key, matcher);
  }
  return matcher;
}

/** What was found for the combinations of keys that rows have, in the order in which they are met. */
interface Found {
  rows: (readonly number[])[];
  /** By input row. */
  at: Uint32Array;
}

function findRows(stage: LookupStage, input: Table, matcher: LookupMatcher): Found {
  const columns = stage.keys.map((pair) => input.column(pair.to?.name ?? pair.from.name));
  const [first] = columns;
  const memo = new Map<number | string, number>();
  const found: Found = { rows: [], at: new Uint32Array(input.size) };
  for (let row = 0; row < input.size; row += 1) {
    const key =
      columns.length === 1
        ? (first?.codes[row] ?? 0)
        : columns.map((column) => column?.codes[row] ?? 0).join(',');
    let at = memo.get(key);
    if (at === undefined) {
      at = found.rows.push(matcher.match(columns.map((column) => column?.value(row) ?? null))) - 1;
      memo.set(key, at);
    }
    found.at[row] = at;
  }
  return found;
}

function outputColumn(
  column: string,
  existing: Column | undefined,
  { rows, at }: Found,
  matcher: LookupMatcher,
  stage: LookupStage,
  context: RunContext,
): Column {
  const filler = matcher.minMatches > 0 && matcher.defaultMatch !== undefined ? matcher.defaultMatch : null;
  const values = new DictionaryBuilder();
  const codes = rows.map((some) => {
    const members: Scalar[] = some.flatMap((row) => toList(matcher.value(row, column)));
    if (filler !== null) while (members.length < matcher.minMatches) members.push(filler);
    return values.add(fromList(members));
  });
  const looked = Column.of(
    at.map((one) => codes[one]!),
    values.build(),
  );
  if (stage.output?.mode === 'outputnew') return underlay(existing, looked);
  if (existing?.present && rows.some((some) => some.length === 0)) context.rests('lookupNoMatch');
  return context.compat.lookupNoMatch === 'keep' ? overlay(existing, looked) : looked;
}

/** Rows of a lookup table. Source: Search Reference, `inputlookup`. */
export const inputlookup: Command<LookupFileStage> = (stage, input, context): Output => {
  if (stage.table === undefined)
    throw new RunStop('lookup-missing', `\`${stage.name}\` needs a lookup`, stage.range);
  const definition = definitionOf(stage.table.value, stage, context);
  let table = tableOf(definition);
  if (stage.where !== undefined)
    table = table.select(compileSearch(stage.where, { context }).filter(table, undefined));
  const start = numberOption(stage, 'start', 0);
  const most = numberOption(stage, 'max', Infinity);
  if (start > 0 || most < table.size) {
    const count = Math.max(0, Math.min(most, table.size - start));
    table = table.select(Uint32Array.from({ length: count }, (_, i) => start + i));
  }
  if (!flagOption(stage, 'append', false)) return made(table);
  return appended(input, table);
};

/** The input's rows, then the others. */
export function appended(input: Table, added: Table): Output {
  const rows = new Uint32Array(input.size + added.size).fill(NONE);
  rows.set(allRows(input.size));
  return { table: Table.concat([input, added]), origin: { kind: 'pick', rows } };
}

/** Shown as what it would write; the rows go on. */
export const outputlookup: Command<LookupFileStage> = (stage, input, context) => {
  const target = stage.table?.value ?? '';
  context.keep({ command: stage.name, target, rows: input.plainRows() });
  context.note(
    'no-side-effect',
    `\`${stage.name} ${target}\` wrote nothing; its ${input.size} rows are shown as an output`,
    stage.range,
  );
  return same(input);
};
