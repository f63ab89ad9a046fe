import type { EvalCondition, SearchCondition, TransactionStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { compileFor, eachValue } from '../columns/evaluate.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import type { Output } from '../output.ts';
import { compileSearch } from '../search/compile.ts';
import { approximateSeconds, parseTimeSpan } from '../time/span.ts';
import { sorted } from '../value/sort.ts';
import { fromList, type Scalar, type Stored, toList, toNumber, toTruth } from '../value/value.ts';
import type { Command } from './command.ts';
import { conditionOption, flagOption, numberOption, textOption } from './options.ts';

interface Open {
  rows: number[];
  /** Field → values that its events have; null where none has the field yet. */
  keys: Map<string, Set<string>>;
  first: number;
  last: number;
  started: boolean;
  ended: boolean;
}

/** Splunk's default for `maxevents`. */
const MAX_EVENTS = 1000;

/**
 * Events in order of time, put together while they agree on the fields and keep within `maxspan` and `maxpause`.
 * `startswith` opens, `endswith` closes; what is not closed is dropped unless `keepevicted`. The result is newest first;
 * a field holds its distinct values in order, or with `mvlist` all of them. Source: Search Reference, `transaction`.
 */
export const transaction: Command<TransactionStage> = (stage, input, context): Output => {
  const fields = stage.fields.map((field) => field.name);
  const rules = {
    maxSpan: spanOption(stage, 'maxspan'),
    maxPause: spanOption(stage, 'maxpause'),
    maxEvents: numberOption(stage, 'maxevents', MAX_EVENTS),
    connected: flagOption(stage, 'connected', true),
    starts: holds(conditionOption(stage, 'startswith'), input, context),
    ends: holds(conditionOption(stage, 'endswith'), input, context),
  };
  const times = Array.from({ length: input.size }, (_, row) => toNumber(input.value(row, '_time')) ?? 0);
  const order = times.map((_, row) => row).sort((a, b) => times[a]! - times[b]! || b - a);
  const open: Open[] = [];
  const closed: Open[] = [];
  const evicted: Open[] = [];
  for (const row of order) place(row, times[row]!, rowKeys(input, row, fields), rules, open, closed, evicted);
  const needsEnd = rules.ends !== undefined;
  for (const group of open) (needsEnd ? evicted : closed).push(group);
  const keepEvicted = flagOption(stage, 'keepevicted', false);
  const groups = keepEvicted ? [...closed, ...evicted] : closed;
  groups.sort((a, b) => b.first - a.first || a.rows[0]! - b.rows[0]!);
  return merged(stage, input, groups, new Set(evicted));
};

interface Rules {
  maxSpan: number;
  maxPause: number;
  maxEvents: number;
  connected: boolean;
  starts: Uint8Array | undefined;
  ends: Uint8Array | undefined;
}

function place(
  row: number,
  time: number,
  keys: Map<string, Set<string>>,
  rules: Rules,
  open: Open[],
  closed: Open[],
  evicted: Open[],
): void {
  const { starts, ends } = rules;
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const group = open[at]!;
    if (time - group.last > rules.maxPause || time - group.first > rules.maxSpan) {
      open.splice(at, 1);
      (ends === undefined ? closed : evicted).push(group);
    }
  }
  const at = open.findLastIndex((group) => agrees(group, keys, rules.connected));
  const group = at === -1 ? undefined : open[at];
  const opens = starts === undefined || starts[row] === 1;
  if (group === undefined || (starts?.[row] === 1 && group.started)) {
    if (group !== undefined) {
      open.splice(at, 1);
      (ends === undefined ? closed : evicted).push(group);
    }
    // An event that may not open a transaction and belongs to none is evicted.
    const fresh: Open = { rows: [row], keys, first: time, last: time, started: opens, ended: false };
    if (!opens) evicted.push(fresh);
    else if (ends?.[row] === 1 && starts === undefined) closed.push(fresh);
    else open.push(fresh);
    return;
  }
  group.rows.push(row);
  group.last = time;
  for (const [name, values] of keys) {
    const held = group.keys.get(name);
    if (held === undefined) group.keys.set(name, values);
    else for (const value of values) held.add(value);
  }
  if (ends?.[row] === 1 || group.rows.length >= rules.maxEvents) {
    open.splice(at, 1);
    group.ended = true;
    closed.push(group);
  }
}

/** Shared fields must agree; with `connected` at least one field must be shared. */
function agrees(group: Open, keys: Map<string, Set<string>>, connected: boolean): boolean {
  let shared = false;
  for (const [name, values] of keys) {
    const held = group.keys.get(name);
    if (held === undefined) continue;
    if (![...values].some((value) => held.has(value))) return false;
    shared = true;
  }
  return shared || !connected || (keys.size === 0 && group.keys.size === 0);
}

function rowKeys(input: Table, row: number, fields: readonly string[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const field of fields) {
    const members = toList(input.value(row, field));
    if (members.length > 0) keys.set(field, new Set(members.map(String)));
  }
  return keys;
}

function spanOption(stage: TransactionStage, name: string): number {
  const text = textOption(stage, name);
  if (text === undefined || text === '-1') return Infinity;
  const span = parseTimeSpan(text);
  if (span === undefined) {
    throw new RunStop('span', `\`${name}=${text}\` is not a span; write one such as \`5m\``, stage.range);
  }
  return approximateSeconds(span);
}

function holds(
  condition: EvalCondition | SearchCondition | undefined,
  input: Table,
  context: RunContext,
): Uint8Array | undefined {
  if (condition === undefined) return undefined;
  const flags = new Uint8Array(input.size);
  if (condition.kind === 'search-condition') {
    for (const row of compileSearch(condition.expr, { context }).filter(input, undefined)) flags[row] = 1;
  } else {
    eachValue(compileFor(condition.expr, context, 'condition'), input, undefined, context, (value, row) => {
      if (toTruth(value) === true) flags[row] = 1;
    });
  }
  return flags;
}

function merged(
  stage: TransactionStage,
  input: Table,
  groups: readonly Open[],
  evicted: ReadonlySet<Open>,
): Output {
  const list = textOption(stage, 'mvlist') ?? 'f';
  const all = /^(?:t|true|1)$/i.test(list);
  const listed = new Set(/^(?:f|false|0)$/i.test(list) || all ? [] : list.split(/[\s,]+/));
  const columns: [string, Column][] = [];
  for (const [name, column] of input.entries()) {
    if (name === '_time') continue;
    const values = groups.map((group) => {
      const members = group.rows.flatMap((row) => toList(column.value(row)));
      if (name === '_raw') return members.map(String).join('\n');
      if (all || listed.has(name)) return fromList(members);
      return fromList(
        sorted([...new Map(members.map((member) => [String(member), member])).values()], 'str') as Scalar[],
      );
    });
    columns.push([name, Column.interned(values)]);
  }
  const made = (read: (group: Open) => Stored): Column => Column.direct(groups.map(read));
  columns.push(
    ['_time', made((group) => group.first)],
    ['duration', made((group) => group.last - group.first)],
    ['eventcount', made((group) => group.rows.length)],
    ['closed_txn', made((group) => (group.ended && !evicted.has(group) ? 1 : 0))],
  );
  return {
    table: new Table(groups.length, new Map(columns)),
    origin: {
      kind: 'merge',
      pairs: () => ({
        inputs: Uint32Array.from(groups.flatMap((group) => group.rows)),
        outputs: Uint32Array.from(groups.flatMap((group, at) => group.rows.map(() => at))),
      }),
    },
  };
}
