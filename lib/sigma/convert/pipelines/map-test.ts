/** One test of a rule under the names, and with the values, that a pipeline has for it. */
import { type Expression, join, type Test, type Value } from '../../rule/expression.ts';
import { ANY, type Pattern, plainText } from '../../rule/pattern.ts';
import { ConvertError } from '../error.ts';
import type { Pipeline, PipelinePart } from './pipeline.ts';

/** @param parts those that concern the rule. Throws `ConvertError` for a field that the pipeline has no name for. */
export function mapTest(test: Test, parts: readonly PipelinePart[], pipeline: Pipeline): Expression {
  const { field } = test;
  if (field === undefined) return test;
  const hashes = parts.findLast((part) => part.hashes !== undefined)?.hashes;
  if (hashes !== undefined && field === 'Hashes') return mapHash(test, hashes, pipeline);
  const names = namesOf(field, test, parts, pipeline);
  const tests = valuesOf(field, test, parts, pipeline).flatMap((value) =>
    names.map(
      (name): Test => ({ ...test, field: name, value: asStored(value, name, name === field, pipeline) }),
    ),
  );
  const named = tests.map((one): Test => withOtherField(one, parts, pipeline));
  // A field that is kept in several is absent where all of them are.
  const absent = test.value.kind === 'null' || (test.value.kind === 'exists' && !test.value.exists);
  return join(absent ? 'and' : 'or', named, test.range);
}

function withOtherField(test: Test, parts: readonly PipelinePart[], pipeline: Pipeline): Test {
  if (test.value.kind !== 'field') return test;
  const [name] = namesOf(test.value.field, test, parts, pipeline);
  return { ...test, value: { ...test.value, field: name! } };
}

/** The values that a value of a rule has there. */
function valuesOf(
  field: string,
  test: Test,
  parts: readonly PipelinePart[],
  pipeline: Pipeline,
): readonly Value[] {
  const { value } = test;
  const values = tableOf(field, parts, 'values');
  const text = value.kind === 'pattern' ? plainText(value.pattern) : wordOf(value);
  const found = values === undefined || text === undefined ? undefined : entryOf(values, text.toLowerCase());
  if (found !== undefined) {
    return [found].flat().map((one) => ({ kind: 'pattern', pattern: [one], cased: false }));
  }
  if (value.kind !== 'pattern') return [value];
  if (parts.some(({ lastParts }) => lastParts?.includes(field))) return [lastPart(value, test, pipeline)];
  const beginnings = tableOf(field, parts, 'beginnings');
  return beginnings === undefined ? [value] : [{ ...value, pattern: begunAs(value.pattern, beginnings) }];
}

function tableOf<K extends 'values' | 'beginnings'>(
  field: string,
  parts: readonly PipelinePart[],
  key: K,
): NonNullable<PipelinePart[K]>[string] | undefined {
  const part = parts.findLast(({ [key]: own }) => own !== undefined && Object.hasOwn(own, field));
  return part?.[key]?.[field] as NonNullable<PipelinePart[K]>[string] | undefined;
}

const wordOf = (value: Value): string | undefined =>
  value.kind === 'number' || value.kind === 'boolean' ? String(value.value) : undefined;

function entryOf<T>(table: Readonly<Record<string, T>>, folded: string): T | undefined {
  return Object.entries(table).find(([key]) => key.toLowerCase() === folded)?.[1];
}

function begunAs(pattern: Pattern, beginnings: Readonly<Record<string, string>>): Pattern {
  const [first, ...rest] = pattern;
  if (typeof first !== 'string') return pattern;
  const folded = first.toLowerCase();
  const found = Object.entries(beginnings).find(([from]) => folded.startsWith(from.toLowerCase()));
  return found === undefined ? pattern : [`${found[1]}${first.slice(found[0].length)}`, ...rest];
}

function lastPart(
  value: Extract<Value, { kind: 'pattern' }>,
  { field, range }: Test,
  { title }: Pipeline,
): Value {
  const at = value.pattern.findLastIndex((part) => typeof part === 'string' && /[\\/]/.test(part));
  if (at < 0) return value;
  const name = (value.pattern[at] as string).replace(/^.*[\\/]/s, '');
  const pattern = [...(name === '' ? [] : [name]), ...value.pattern.slice(at + 1)];
  if (pattern.some((part) => typeof part === 'string')) return { ...value, pattern };
  const message = `${title} keeps the last part of \`${field}\` only; this asks for its folder.`;
  throw new ConvertError('convert-value', message, range);
}

function asStored(value: Value, name: string, same: boolean, { numbers }: Pipeline): Value {
  if (same || numbers === undefined || numbers.includes(name)) return value;
  const text = wordOf(value);
  return text === undefined ? value : { kind: 'pattern', pattern: [text], cased: false };
}

function namesOf(
  field: string,
  test: Test,
  parts: readonly PipelinePart[],
  pipeline: Pipeline,
): readonly string[] {
  const part = parts.findLast(({ fields }) => fields !== undefined && Object.hasOwn(fields, field));
  const mapped = part?.fields?.[field];
  if (mapped !== undefined) return [mapped].flat();
  if (pipeline.unmapped === 'refuse') {
    const message = `${pipeline.title} has no field for \`${field}\` of this log source.`;
    throw new ConvertError('convert-field-unmapped', message, test.range);
  }
  const prefix = parts.findLast((one) => one.prefix !== undefined)?.prefix ?? '';
  return [`${prefix}${field}`];
}

/** Hexadecimal digits of a whole digest. */
const DIGITS: Readonly<Record<string, number>> = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128, IMPHASH: 32 };

/** `Hashes|contains: 'MD5=abc'` asks for one algorithm: its own field is compared with the digest, or its beginning. */
function mapHash(test: Test, hashes: Readonly<Record<string, string>>, pipeline: Pipeline): Expression {
  const { value } = test;
  const pattern = value.kind === 'pattern' ? value.pattern : [];
  const text = plainText(trimmed(pattern));
  const [algorithm = '', digest = ''] = text?.split('=') ?? [];
  const name = algorithm.toUpperCase();
  if (!Object.hasOwn(hashes, name) || digest === '') {
    const message = `${pipeline.title} has no field for this hash; it has ${Object.keys(hashes).join(', ')}.`;
    throw new ConvertError('convert-field-unmapped', message, test.range);
  }
  const part = pattern.at(-1) === ANY && digest.length < (DIGITS[name] ?? 0);
  return {
    ...test,
    field: hashes[name],
    value: { kind: 'pattern', pattern: part ? [digest, ANY] : [digest], cased: false },
  };
}

const trimmed = (pattern: Pattern): Pattern =>
  pattern.slice(pattern[0] === ANY ? 1 : 0, pattern.at(-1) === ANY ? -1 : undefined);
