/** A pipeline as data: which names a rule's fields have elsewhere, and what its log source demands there. */
import { type Expression, join, mapTests, type Test, type Value } from '../../rule/expression.ts';
import type { LogSource } from '../../rule/model.ts';
import { ANY, type Pattern, plainText } from '../../rule/pattern.ts';
import { ConvertError } from '../error.ts';

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
  fields?: Readonly<Record<string, string>>;
  /** Put before fields that no part maps. */
  prefix?: string;
  /** Tests that are demanded beside the rule; values are alternatives. */
  demands?: readonly { field: string; values: readonly (string | number)[] }[];
  /** Table, data set or index pattern. */
  table?: string;
  /** Fields of rules whose texts begin otherwise there: beginning in rules → beginning there, letter case aside. */
  beginnings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
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
  const mapped = mapTests(expression, (test) => mapTest(test, parts, pipeline));
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

function mapTest(test: Test, parts: readonly PipelinePart[], pipeline: Pipeline): Expression {
  const { field } = test;
  if (field === undefined) return test;
  const hashes = parts.findLast((part) => part.hashes !== undefined)?.hashes;
  if (hashes !== undefined && field === 'Hashes') return mapHash(test, hashes, pipeline);
  const beginnings = parts.findLast(({ beginnings: own }) => own?.[field] !== undefined)?.beginnings?.[field];
  const name = nameOf(field, test, parts, pipeline);
  const named = {
    ...test,
    field: name,
    value: name === field ? test.value : asStored(test.value, name, pipeline),
  };
  if (named.value.kind === 'pattern' && beginnings !== undefined) {
    return { ...named, value: { ...named.value, pattern: begunAs(named.value.pattern, beginnings) } };
  }
  if (named.value.kind !== 'field') return named;
  return { ...named, value: { ...named.value, field: nameOf(named.value.field, test, parts, pipeline) } };
}

function begunAs(pattern: Pattern, beginnings: Readonly<Record<string, string>>): Pattern {
  const [first, ...rest] = pattern;
  if (typeof first !== 'string') return pattern;
  const folded = first.toLowerCase();
  const found = Object.entries(beginnings).find(([from]) => folded.startsWith(from.toLowerCase()));
  return found === undefined ? pattern : [`${found[1]}${first.slice(found[0].length)}`, ...rest];
}

function asStored(value: Value, name: string, { numbers }: Pipeline): Value {
  if (numbers === undefined || numbers.includes(name)) return value;
  if (value.kind !== 'number' && value.kind !== 'boolean') return value;
  return { kind: 'pattern', pattern: [String(value.value)], cased: false };
}

function nameOf(field: string, test: Test, parts: readonly PipelinePart[], pipeline: Pipeline): string {
  const part = parts.findLast(({ fields }) => fields !== undefined && Object.hasOwn(fields, field));
  const mapped = part?.fields?.[field];
  if (mapped !== undefined) return mapped;
  if (pipeline.unmapped === 'refuse') {
    const message = `${pipeline.title} has no field for \`${field}\` of this log source.`;
    throw new ConvertError('convert-field-unmapped', message, test.range);
  }
  const prefix = parts.findLast((one) => one.prefix !== undefined)?.prefix ?? '';
  return `${prefix}${field}`;
}

/** `Hashes|contains: 'MD5=abc'` asks for one algorithm: its own field is compared with the digest. */
function mapHash(test: Test, hashes: Readonly<Record<string, string>>, pipeline: Pipeline): Expression {
  const { value } = test;
  const text = value.kind === 'pattern' ? plainText(trimmed(value.pattern)) : undefined;
  const [algorithm, digest] = text?.split('=') ?? [];
  const field = algorithm === undefined ? undefined : hashes[algorithm.toUpperCase()];
  if (field === undefined || digest === undefined || digest === '') {
    const message = `${pipeline.title} has no field for this hash; it has ${Object.keys(hashes).join(', ')}.`;
    throw new ConvertError('convert-field-unmapped', message, test.range);
  }
  return { ...test, field, value: { kind: 'pattern', pattern: [digest], cased: false } };
}

const trimmed = (pattern: Pattern): Pattern =>
  pattern.slice(pattern[0] === ANY ? 1 : 0, pattern.at(-1) === ANY ? -1 : undefined);
