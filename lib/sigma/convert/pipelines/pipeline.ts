/** A pipeline as data: which names a rule's fields have elsewhere, and what its log source demands there. */
import { type Expression, join, mapTests } from '../../rule/expression.ts';
import type { LogSource } from '../../rule/model.ts';
import { ConvertError } from '../error.ts';
import { mapTest } from './map-test.ts';

export interface Pipeline {
  name: string;
  title: string;
  /** Backends it is made for; absent: any. */
  backends?: readonly string[];
  parts: readonly PipelinePart[];
  /** A field without a name in the pipeline stays as it is, or ends the conversion. */
  unmapped: 'keep' | 'refuse';
  /** A rule whose log source leads to no table ends the conversion. */
  needsTable?: boolean;
  /**
   * Fields that hold numbers: in all others that the pipeline names, numbers and truth values of rules are compared as
   * texts. Absent: they stay what they are everywhere.
   */
  numbers?: readonly string[];
}

export interface PipelinePart {
  /** What the rule's log source has to state; a list is alternatives. */
  when?: { product?: string; category?: string | readonly string[]; service?: string };
  /** A list: the field is kept in any of these. */
  fields?: Readonly<Record<string, string | readonly string[]>>;
  /** Put before fields that no part maps. */
  prefix?: string;
  /** Tests that are demanded beside the rule; values are alternatives. */
  demands?: readonly { field: string; values: readonly (string | number)[] }[];
  /** Table, data set or index pattern. */
  table?: string;
  /** Fields of rules whose texts begin otherwise there: beginning in rules → beginning there, letter case aside. */
  beginnings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Fields of rules whose values have other names there: value in rules → values there, letter case aside. */
  values?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Fields of rules that hold paths, of which only the last part is kept there. */
  lastParts?: readonly string[];
  /** `Hashes` holds `MD5=...`: the field of each algorithm. */
  hashes?: Readonly<Record<string, string>>;
}

export interface Mapped {
  expression: Expression;
  table: string | undefined;
}

export function applyPipeline(expression: Expression, logsource: LogSource, pipeline: Pipeline): Mapped {
  const parts = pipeline.parts.filter((part) => concerns(part, logsource));
  const table = parts.findLast((part) => part.table !== undefined)?.table;
  if (table === undefined && pipeline.needsTable) {
    const { product, category, service } = logsource;
    const stated = [product, category, service].filter(Boolean).join('/') || 'nothing';
    const message = `${pipeline.title} has no table for the log source ${stated}.`;
    throw new ConvertError('convert-logsource', message, logsource.range);
  }
  const asWritten = parts.length === 0 && pipeline.unmapped === 'keep';
  const mapped = asWritten ? expression : mapTests(expression, (test) => mapTest(test, parts, pipeline));
  const demands = parts.flatMap(({ demands: own }) => own ?? []);
  const { range } = logsource;
  const scope = demands.map(({ field, values }): Expression => {
    const tests = values.map(
      (value): Expression => ({
        kind: 'test',
        field,
        value:
          typeof value === 'number'
            ? { kind: 'number', value }
            : { kind: 'pattern', pattern: value === '' ? [] : [value], cased: false },
        range,
      }),
    );
    return join('or', tests, range, true);
  });
  return { expression: join('and', [...scope, mapped], expression.range), table };
}

/** A part of it is about rules of the log source. */
export function pipelineConcerns(pipeline: Pipeline, logsource: LogSource): boolean {
  return pipeline.parts.some((part) => concerns(part, logsource));
}

function concerns({ when }: PipelinePart, logsource: LogSource): boolean {
  if (when === undefined) return true;
  const { product, category, service } = when;
  if (product !== undefined && product !== logsource.product) return false;
  if (service !== undefined && service !== logsource.service) return false;
  if (category === undefined) return true;
  return typeof category === 'string'
    ? category === logsource.category
    : category.includes(logsource.category ?? '');
}
