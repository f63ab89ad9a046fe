/** `json_*` functions. JSON values are texts; a `json_*` call inside another is taken as JSON, any other text as text. */
import type { CallSite, CompiledNode } from '../expression/context.ts';
import { fromList, isList, toJson, toList, toText, type Value } from '../value/value.ts';
import { type EvalFunction, type FunctionTable, ofTexts, ofValues } from './define.ts';
import { isObject, jsonAt, jsonScalar, type PathStep, parsePath, readJson, spathValue } from './path.ts';

const MAKES_JSON = /^(?:json_|mv_to_json_array$|toarray$|toobject$)/;

function makesJson(node: CompiledNode | undefined): boolean {
  return node?.type === 'map' || (node?.node.kind === 'call' && MAKES_JSON.test(node.node.name));
}

/** The argument as a JSON value: texts made by JSON functions are read, others stay text. */
function argumentJson(value: Value, site: CallSite, index: number): unknown {
  if (typeof value === 'string' && makesJson(site.args[index])) return readJson(value)?.json ?? value;
  return toJson(value);
}

/** A function of a JSON document (first argument): null when it is not JSON. */
function ofJson(
  arity: EvalFunction['arity'],
  returns: EvalFunction['returns'],
  apply: (json: unknown, rest: readonly Value[], site: CallSite) => Value,
): EvalFunction {
  return ofValues(arity, returns, ([text, ...rest], _run, site) => {
    if (text === null || isList(text!)) return null;
    const parsed = readJson(toText(text!));
    return parsed === undefined ? null : apply(parsed.json, rest, site);
  });
}

function extract(steps: (path: string) => PathStep[]): EvalFunction {
  return ofJson([1, Infinity], 'any', (json, paths) => {
    if (paths.length === 0) return found([json]);
    if (paths.length === 1) return found(jsonAt(json, steps(toText(paths[0]!))));
    return JSON.stringify(
      paths.map((path) => {
        const values = jsonAt(json, steps(toText(path)));
        return values.length > 1 ? values : (values[0] ?? null);
      }),
    );
  });
}

/** One value as itself, several as a JSON array, none as null. */
function found(values: readonly unknown[]): Value {
  return (values.length > 1 ? JSON.stringify(values) : jsonScalar(values[0])) ?? null;
}

const exact = (path: string): PathStep[] => [{ key: path }];

type Edit = (parent: Record<string, unknown> | unknown[], key: string | number, value: unknown) => void;

const set: Edit = (parent, key, value) => {
  (parent as Record<string | number, unknown>)[key] = value;
};
const append: Edit = (parent, key, value) => {
  const members = (parent as Record<string | number, unknown>)[key];
  set(
    parent,
    key,
    Array.isArray(members) ? [...members, value] : members === undefined ? [value] : [members, value],
  );
};
const extend: Edit = (parent, key, value) => {
  const values = Array.isArray(value) ? value : [value];
  for (const one of values) append(parent, key, one);
};

/** Applies an edit at each (path, value) pair; objects are made on the way as needed. */
function edit(change: Edit, steps: (path: string) => PathStep[]): EvalFunction {
  return ofJson([3, Infinity], 'text', (json, pairs, site) => {
    const root = { json };
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const path: PathStep[] = [{ key: 'json' }, ...steps(toText(pairs[i]!))];
      editAt(root, path, argumentJson(pairs[i + 1]!, site, i + 2), change);
    }
    return JSON.stringify(root.json);
  });
}

function editAt(root: object, path: readonly PathStep[], value: unknown, change: Edit): void {
  let parents: unknown[] = [root];
  for (const [i, step] of path.entries()) {
    const next: unknown[] = [];
    for (const parent of parents) {
      for (const key of keysAt(parent, step)) {
        if (i === path.length - 1) change(parent as Record<string, unknown>, key, value);
        else {
          const holder = parent as Record<string | number, unknown>;
          if (!isObject(holder[key]) && !Array.isArray(holder[key])) define(holder, key, {});
          next.push(holder[key]);
        }
      }
    }
    parents = next;
  }
}

function define(holder: object, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function keysAt(parent: unknown, step: PathStep): (string | number)[] {
  if (step === 'all') return Array.isArray(parent) ? [...parent.keys()] : [];
  if ('index' in step)
    return Array.isArray(parent) && step.index >= 0 && step.index <= parent.length ? [step.index] : [];
  // A key named `__proto__` must stay a key and never reach the prototype.
  return isObject(parent) && step.key !== '__proto__' ? [step.key] : [];
}

function remove(json: unknown, paths: readonly Value[]): Value {
  for (const path of paths) {
    const steps = parsePath(toText(path));
    const last = steps.pop();
    if (last === undefined) continue;
    for (const parent of jsonAt(json, steps)) {
      for (const key of keysAt(parent, last).reverse()) {
        if (Array.isArray(parent)) parent.splice(key as number, 1);
        else delete (parent as Record<string, unknown>)[key];
      }
    }
  }
  return JSON.stringify(json);
}

/** Texts that read as JSON numbers, booleans, null, arrays or objects become those. */
function inferred(text: string): unknown {
  const parsed = readJson(text);
  return parsed === undefined || typeof parsed.json === 'string' ? text : parsed.json;
}

export const JSON_FUNCTIONS: FunctionTable = {
  json: ofValues([1, 1], 'text', ([text]) =>
    text !== null && readJson(toText(text!)) ? toText(text!) : null,
  ),
  json_valid: ofValues([1, 1], 'boolean', ([text]) =>
    text === null ? null : readJson(toText(text!)) !== undefined,
  ),
  json_extract: extract(parsePath),
  json_extract_exact: extract(exact),
  json_has_key_exact: ofJson(
    [2, 2],
    'boolean',
    (json, [key]) => isObject(json) && Object.hasOwn(json, toText(key!)),
  ),
  json_keys: ofJson([1, 1], 'text', (json) =>
    isObject(json)
      ? JSON.stringify(Object.keys(json))
      : Array.isArray(json)
        ? JSON.stringify([...json.keys()])
        : null,
  ),
  json_entries: ofJson([1, 1], 'text', (json) =>
    isObject(json) ? JSON.stringify(Object.entries(json).map(([key, value]) => ({ key, value }))) : null,
  ),
  json_array_to_mv: ofJson([1, 2], 'list', (json) =>
    Array.isArray(json) ? fromList(json.flatMap((value) => jsonScalar(value) ?? [])) : null,
  ),
  json_set: edit(set, parsePath),
  json_set_exact: edit(set, exact),
  json_append: edit(append, parsePath),
  json_extend: edit(extend, parsePath),
  json_delete: ofJson([2, Infinity], 'text', remove),
  json_array: ofValues([0, Infinity], 'text', (values, _run, site) =>
    JSON.stringify(values.map((value, i) => argumentJson(value, site, i))),
  ),
  json_object: ofValues([0, Infinity], 'text', (values, _run, site) => {
    if (values.length % 2 === 1) return null;
    const object = {};
    for (let i = 0; i + 1 < values.length; i += 2)
      define(object, toText(values[i]!), argumentJson(values[i + 1]!, site, i + 1));
    return JSON.stringify(object);
  }),
  mv_to_json_array: ofValues([1, 2], 'text', ([value, infer]) => {
    if (value === null) return null;
    return JSON.stringify(
      toList(value!).map((member) => (infer === true ? inferred(toText(member)) : member)),
    );
  }),
  toarray: ofValues([1, 1], 'text', ([value]) => {
    if (value === null) return null;
    const parsed = typeof value === 'string' ? readJson(value) : undefined;
    return parsed !== undefined && Array.isArray(parsed.json)
      ? (value as string)
      : JSON.stringify(toList(value!));
  }),
  spath: ofTexts([2, 2], 'any', ([text, path]): Value => spathValue(text!, path!)),
  toobject: ofJson([1, 1], 'text', (json) => (isObject(json) ? JSON.stringify(json) : null)),
};
