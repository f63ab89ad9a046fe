/**
 * What an add-on does after the raw fields are there, as data: aliases, constants, look-ups, patterns and a few named
 * derivations. A step never replaces a field that the event has, unless it says so.
 */

import type { FieldValue } from '../record.ts';
import { DERIVATIONS, type Derivation } from './derivations.ts';

export type Fields = Map<string, FieldValue>;

/** Field → values, one of which it must equal (letter case ignored); `'*'` asks only that it is there. */
export type When = Readonly<Record<string, string | readonly string[]>>;

interface Guarded {
  when?: When;
  /** Replaces what is there. */
  override?: boolean;
}

export type Step = Guarded &
  (
    | { alias: Readonly<Record<string, string | readonly string[]>> }
    | { set: Readonly<Record<string, string>> }
    | {
        map: string;
        from: string | readonly string[];
        table: Readonly<Record<string, string>>;
        otherwise?: string;
      }
    | { derive: string; from: string | readonly string[]; by: Derivation }
    | { match: RegExp; from: string }
    | { columns: readonly string[]; separator: string; from: string; quoted?: boolean }
    | { pairs: string; keys: string; values: string }
    | { drop: readonly string[] }
  );

/** What a step sees besides the fields. */
export interface StepContext {
  raw: string;
  host: string;
  source: string;
}

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

export const firstOf = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'object' ? value[0] : value;

export function holds(when: When, fields: ReadonlyMap<string, FieldValue>): boolean {
  for (const name in when) {
    const actual = fields.get(name);
    if (actual === undefined) return false;
    const wanted = list(when[name] ?? []);
    if (wanted[0] === '*') continue;
    const have = list(actual).map((value) => value.toLowerCase());
    if (!wanted.some((value) => have.includes(value.toLowerCase()))) return false;
  }
  return true;
}

function read(fields: Fields, name: string, context: StepContext): FieldValue | undefined {
  if (name === '_raw') return context.raw;
  if (name === 'host') return context.host;
  if (name === 'source') return context.source;
  return fields.get(name);
}

/** The first of the names that is there and is not one of the marks for "nothing". */
function present(
  fields: Fields,
  names: string | readonly string[],
  context: StepContext,
): FieldValue | undefined {
  let fallback: FieldValue | undefined;
  for (const name of list(names)) {
    const value = read(fields, name, context);
    if (value === undefined) continue;
    if (value !== '' && value !== '-' && value !== 'null') return value;
    fallback ??= value;
  }
  return fallback;
}

function put(
  fields: Fields,
  name: string,
  value: FieldValue | undefined,
  override: boolean | undefined,
): void {
  if (value === undefined || value.length === 0) return;
  if (override === true || !fields.has(name)) fields.set(name, value);
}

export function applyStep(step: Step, fields: Fields, context: StepContext): void {
  if (step.when !== undefined && !holds(step.when, fields)) return;
  const { override } = step;
  if ('alias' in step) {
    for (const target in step.alias)
      put(fields, target, present(fields, step.alias[target] ?? [], context), override);
  } else if ('set' in step) for (const target in step.set) put(fields, target, step.set[target], override);
  else if ('map' in step) {
    const value = firstOf(present(fields, step.from, context));
    if (value === undefined) return;
    const found = Object.hasOwn(step.table, value) ? step.table[value] : step.table[value.toLowerCase()];
    put(fields, step.map, found ?? step.otherwise, override);
  } else if ('derive' in step) {
    const value = present(fields, step.from, context);
    if (value !== undefined) put(fields, step.derive, DERIVATIONS[step.by](value), override);
  } else if ('match' in step) {
    const groups = step.match.exec(firstOf(read(fields, step.from, context)) ?? '')?.groups ?? {};
    for (const name in groups) put(fields, name, groups[name], override);
  } else if ('columns' in step) columns(step, fields, context);
  else if ('pairs' in step) {
    const keys = list(fields.get(step.keys) ?? []);
    const values = list(fields.get(step.values) ?? []);
    for (const [at, key] of keys.entries())
      if (key !== '') put(fields, step.pairs + key, values[at], override);
  } else for (const name of step.drop) fields.delete(name);
}

/** Cells of a delimited text, by position; `''` names a column that is not wanted. */
function columns(
  step: { columns: readonly string[]; separator: string; from: string; quoted?: boolean },
  fields: Fields,
  context: StepContext,
): void {
  const text = firstOf(read(fields, step.from, context));
  if (text === undefined) return;
  const found = step.quoted === true ? quotedCells(text, step.separator) : text.split(step.separator);
  for (const [at, name] of step.columns.entries()) if (name !== '') put(fields, name, found[at], false);
}

function quotedCells(text: string, separator: string): string[] {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += char;
  }
  found.push(cell);
  return found;
}
