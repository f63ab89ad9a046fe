/**
 * What an add-on does after the raw fields are there, as data: aliases, constants, look-ups, patterns and a few named
 * derivations. A step never replaces a field that the event has, unless it says so.
 */

import type { FieldValue } from '../record.ts';
import { DERIVATIONS, type Derivation } from './derivations.ts';

export type Fields = Map<string, FieldValue>;

/** Field → values, one of which it must equal (letter case ignored; `*` stands for any text); `'*'` asks that it is there. */
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
    | { join: string; from: readonly string[]; by: string }
    | { columns: readonly string[]; separator: string; from: string; quoted?: boolean }
    | { pairs: string; keys: string; values: string }
    | { drop: readonly string[] }
  );

type Action = (fields: Fields, raw: string) => void;

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

export const firstOf = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'object' ? value[0] : value;

/** A value in which `*` stands for any text. */
const patternOf = (value: string): RegExp =>
  new RegExp(`^${value.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'is');

const oneOf = (wanted: ReadonlySet<string>, patterns: readonly RegExp[]) => (value: string) =>
  wanted.has(value) ||
  wanted.has(value.toLowerCase()) ||
  (patterns.length > 0 && patterns.some((pattern) => pattern.test(value)));

/** A condition made ready: names with what their values must be. */
export type Condition = (fields: ReadonlyMap<string, FieldValue>) => boolean;

export function condition(when: When | undefined): Condition | undefined {
  if (when === undefined) return undefined;
  const parts = Object.entries(when).map(([name, values]) => {
    const wanted = list(values).map((value) => value.toLowerCase());
    const patterns = wanted.filter((value) => value.includes('*')).map(patternOf);
    return { name, held: wanted[0] === '*' ? undefined : oneOf(new Set(wanted), patterns) };
  });
  return (fields) => {
    for (const { name, held } of parts) {
      const actual = fields.get(name);
      if (actual === undefined) return false;
      if (held === undefined) continue;
      if (!(typeof actual === 'string' ? held(actual) : actual.some(held))) return false;
    }
    return true;
  };
}

/** The first of the names that is there and is not one of the marks for "nothing". */
function present(fields: Fields, names: readonly string[], raw: string): FieldValue | undefined {
  let fallback: FieldValue | undefined;
  for (const name of names) {
    const value = name === '_raw' ? raw : fields.get(name);
    if (value === undefined) continue;
    if (value !== '' && value !== '-' && value !== 'null') return value;
    fallback ??= value;
  }
  return fallback;
}

type Put = (fields: Fields, name: string, value: FieldValue | undefined) => void;

const putNew: Put = (fields, name, value) => {
  if (value !== undefined && value.length > 0 && !fields.has(name)) fields.set(name, value);
};
const putOver: Put = (fields, name, value) => {
  if (value !== undefined && value.length > 0) fields.set(name, value);
};

function action(step: Step): Action {
  const put = step.override === true ? putOver : putNew;
  if ('alias' in step) {
    const aliases = Object.entries(step.alias).map(([target, from]) => ({ target, names: list(from) }));
    return (fields, raw) => {
      for (const { target, names } of aliases) put(fields, target, present(fields, names, raw));
    };
  }
  if ('set' in step) {
    const constants = Object.entries(step.set);
    return (fields) => {
      for (const [target, value] of constants) put(fields, target, value);
    };
  }
  if ('map' in step) {
    const { map, otherwise } = step;
    const from = list(step.from);
    const table = new Map(Object.entries(step.table));
    return (fields, raw) => {
      const value = firstOf(present(fields, from, raw));
      if (value !== undefined)
        put(fields, map, table.get(value) ?? table.get(value.toLowerCase()) ?? otherwise);
    };
  }
  if ('derive' in step) {
    const { derive } = step;
    const from = list(step.from);
    const change: (value: FieldValue) => FieldValue | undefined = DERIVATIONS[step.by];
    return (fields, raw) => {
      if (put === putNew && fields.has(derive)) return;
      const value = present(fields, from, raw);
      if (value !== undefined) put(fields, derive, change(value));
    };
  }
  if ('match' in step) {
    const { match, from } = step;
    return (fields, raw) => {
      const text = from === '_raw' ? raw : firstOf(fields.get(from));
      const groups = text === undefined ? undefined : match.exec(text)?.groups;
      if (groups !== undefined) for (const name in groups) put(fields, name, groups[name]);
    };
  }
  if ('join' in step) {
    const { join, from, by } = step;
    return (fields) => {
      const parts = from.map((name) => firstOf(fields.get(name)) ?? '').filter((part) => part !== '');
      if (parts.length > 0) put(fields, join, parts.join(by));
    };
  }
  if ('columns' in step) {
    const { columns, separator, from, quoted } = step;
    return (fields, raw) => {
      const text = from === '_raw' ? raw : firstOf(fields.get(from));
      if (text === undefined) return;
      const cells = quoted === true ? quotedCells(text, separator) : text.split(separator);
      for (const [at, name] of columns.entries()) if (name !== '') put(fields, name, cells[at]);
    };
  }
  if ('pairs' in step) {
    return (fields) => {
      const keys = list(fields.get(step.keys) ?? []);
      const values = list(fields.get(step.values) ?? []);
      for (const [at, key] of keys.entries()) if (key !== '') put(fields, step.pairs + key, values[at]);
    };
  }
  return (fields) => {
    for (const name of step.drop) fields.delete(name);
  };
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

/**
 * Steps made ready to run many times. `key` names fields of which the first present one decides most conditions (an
 * event's id): for each of its values only the steps that can apply are run.
 */
export function plan(steps: readonly Step[], key: readonly string[] = []): Action {
  const ready = steps.map((step) => ({ step, holds: condition(step.when), act: action(step) }));
  const byKey = new Map<string, typeof ready>();
  const applicable = (value: string) => {
    const kept = ready.filter(({ step: { when } }) =>
      key.every(
        (name) =>
          when?.[name] === undefined ||
          list(when[name] ?? []).some((one) => one === value || one.includes('*')),
      ),
    );
    // Keys come from logs: no more of them are remembered than a log source can have.
    if (byKey.size < 4096) byKey.set(value, kept);
    return kept;
  };
  return (fields, raw) => {
    let value: string | undefined;
    for (const name of key) value ??= firstOf(fields.get(name));
    const chosen = value === undefined ? ready : (byKey.get(value) ?? applicable(value));
    for (const { holds, act } of chosen) if (holds === undefined || holds(fields)) act(fields, raw);
  };
}
