/**
 * Proof by running: a rule's Splunk conversion on the SPL engine and its DuckDB conversion on DuckDB have to select the
 * events that the matcher selects.
 */
import type { EventRecord, FieldMap, FieldValue } from '../../events/record.ts';
import { prepare, run, type Table, tableFromRecords } from '../../spl/index.ts';
import type { CompiledRule } from '../match/compile.ts';
import type { SigmaEvent } from '../match/event.ts';
import { testsOf } from '../rule/expression.ts';
import type { SigmaRule } from '../rule/model.ts';
import type { ResolveOptions } from '../rule/resolve.ts';
import { convert } from './convert.ts';
import type { Pipeline } from './pipelines/pipeline.ts';

/** Events under the names that rules have for their fields, each with its number in the field `sl_number`. */
export interface CheckEvents {
  records: EventRecord[];
  /** Field of the rules → column of a database; column names do not tell cases apart. */
  columns: ReadonlyMap<string, string>;
}

/** Numbers of the events that a conversion selects, ascending, or why it selects none. */
export type Selected = { numbers: number[] } | { code: string; reason: string };

/** A database with the events in its table `events`: the numbers that a query's rows have in the column `number`. */
export type SelectInDatabase = (query: string) => Promise<number[]>;

/** @param renames name in the rule → name in this event, where they differ */
export function checkEvents(
  rules: readonly CompiledRule[],
  events: readonly SigmaEvent[],
  renames: (event: SigmaEvent) => ReadonlyMap<string, string> | undefined = () => undefined,
): CheckEvents {
  const names = [...new Set(rules.flatMap(fieldsOf))];
  const records = events.map((event, number): EventRecord => {
    const fields = new Map<string, FieldValue>([[NUMBER, String(number)]]);
    const renamed = renames(event);
    for (const name of names) {
      const texts = event.values(renamed?.get(name) ?? name)?.texts;
      if (texts !== undefined) fields.set(name, texts.length === 1 ? texts[0]! : texts);
    }
    return withFields(event.record, number, fields);
  });
  return { records, columns: new Map(names.map((name, at) => [name, `c${at}`])) };
}

const NUMBER = 'sl_number';

function withFields(record: EventRecord, number: number, fields: FieldMap): EventRecord {
  const { raw, time, host, source, sourcetype, index, eventtype } = record;
  return { number, offset: 0, raw, time, host, source, sourcetype, index, eventtype, fields };
}

/** Fields that a rule looks at, those that it compares with included. */
function fieldsOf({ expression }: CompiledRule): string[] {
  return [...testsOf(expression)].flatMap(({ field, value }) => [
    ...(field === undefined ? [] : [field]),
    ...(value.kind === 'field' ? [value.field] : []),
  ]);
}

/** @param table the events' records as a table, made once for all rules */
export function selectInSplunk(rule: SigmaRule, table: Table, options: ResolveOptions = {}): Selected {
  const { output, error } = convert(rule, { ...options, backend: 'splunk', pipeline: 'none' });
  if (error) return { code: error.code, reason: error.message };
  const result = run(prepare(`search ${output} | table ${NUMBER}`), { events: table }, { now: 0 });
  if (result.error) return { code: result.error.code, reason: result.error.message };
  return { numbers: result.rows.map((row) => Number(row[NUMBER])).sort((a, b) => a - b) };
}

export const checkTable = ({ records }: CheckEvents): Table => tableFromRecords(records);

export async function selectInDuckDb(
  rule: SigmaRule,
  { columns }: CheckEvents,
  select: SelectInDatabase,
  options: ResolveOptions = {},
): Promise<Selected> {
  const pipeline: Pipeline = {
    name: 'columns',
    title: 'Columns',
    unmapped: 'refuse',
    parts: [{ fields: Object.fromEntries(columns) }],
  };
  const { output, error } = convert(rule, {
    ...options,
    backend: 'duckdb',
    pipeline: 'columns',
    pipelines: [pipeline],
  });
  if (output === undefined) return { code: error!.code, reason: error!.message };
  try {
    return { numbers: await select(`${output.replace('SELECT *', 'SELECT number')} ORDER BY number`) };
  } catch (thrown) {
    return { code: 'query-failed', reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
