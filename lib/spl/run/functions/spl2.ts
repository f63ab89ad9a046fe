/**
 * Functions of the SPL2 dialect that Behavioral Analytics searches use. Maps are values inside an expression; a field
 * holds them as JSON text. Types are named as in `ucast(x, "string", null)`.
 */
import type { EvalExpr } from '../../syntax/ast.ts';
import type { CallSite, Evaluate } from '../expression/context.ts';
import { memberOf } from '../expression/member.ts';
import { asBoolean } from '../expression/operators.ts';
import { fromJson, fromList, isMap, toList, toNumber, toText, toTruth, type Value } from '../value/value.ts';
import { type EvalFunction, type FunctionTable, ofValues, special } from './define.ts';
import { bind } from './multivalue.ts';
import { readJson } from './path.ts';
import { matches } from './pattern.ts';

type Cast = (value: Value) => Value;

const number: Cast = (value) => (typeof value === 'boolean' ? Number(value) : (toNumber(value) ?? null));
const integer: Cast = (value) => {
  const result = number(value);
  return typeof result === 'number' ? Math.trunc(result) : null;
};
const list: Cast = (value) => {
  const parsed = typeof value === 'string' && value.startsWith('[') ? readJson(value) : undefined;
  return parsed === undefined ? fromList(toList(value)) : fromJson(parsed.json);
};

const CASTS: { readonly [type: string]: Cast } = {
  string: (value) => (value === null ? null : toText(value)),
  integer,
  int: integer,
  long: integer,
  double: number,
  float: number,
  number,
  boolean: asBoolean,
  collection: list,
  array: list,
  map: (value) => mapOf(value),
  any: (value) => value,
};

function mapOf(value: Value): Value {
  if (isMap(value)) return value;
  const parsed = typeof value === 'string' ? readJson(value) : undefined;
  const result = parsed === undefined ? null : fromJson(parsed.json);
  return isMap(result) ? result : null;
}

/** Reads a value as a type (`collection<string>` by its first word); the third argument is for what cannot be read. */
function cast(values: readonly Value[]): Value {
  const [value = null, type = null, otherwise = null] = values;
  const name = /^[a-z]+/.exec(toText(type).toLowerCase())?.[0] ?? '';
  const convert = CASTS[name];
  return (value === null || convert === undefined ? null : convert(value)) ?? otherwise;
}

/** `map_get(event, "a.b")`: of a plain field, first the field `event.a.b` as a whole, as dotted access does. */
const mapGet: EvalFunction = special([2, 2], 'any', (site) => {
  const [container, key] = site.args;
  const field = container!.node.kind === 'eval-field' ? container!.node.name : undefined;
  const fixed = key!.constant?.value;
  if (field !== undefined && typeof fixed === 'string') site.reads(`${field}.${fixed}`);
  return (get, run) => {
    const name = key!.evaluate(get, run);
    if (name === null) return null;
    const whole = field === undefined ? null : get(`${field}.${toText(name)}`);
    return whole ?? memberOf(container!.evaluate(get, run), toText(name));
  };
});

/** Pairs in a list, `create_map(["a", x, "b", y])`, or as plain arguments. Taken from the tree: a list drops nulls. */
const createMap: EvalFunction = {
  arity: [0, Infinity],
  returns: 'map',
  compile: ({ args }) => {
    const parts = args.length === 1 && args[0]!.items !== undefined ? args[0]!.items : args;
    return (get, run) => {
      const map = new Map<string, Value>();
      for (let i = 0; i + 1 < parts.length; i += 2)
        map.set(toText(parts[i]!.evaluate(get, run)), parts[i + 1]!.evaluate(get, run));
      return { map };
    };
  },
};

/** `for_each(iterator(list, "name"), expression)`: the expression's value for each member. */
function compileForEach(site: CallSite): Evaluate {
  const [iterator, body] = site.args;
  const call = iterator!.node;
  const name = call.kind === 'call' && call.name === 'iterator' ? call.args[1] : undefined;
  if (name?.kind !== 'string') {
    site.report({
      code: 'eval-arity',
      severity: 'error',
      message: '`for_each` takes `iterator(list, "name")` and an expression.',
      range: site.range,
    });
    return () => null;
  }
  return (get, run) =>
    fromList(
      toList(iterator!.evaluate(get, run)).flatMap((member) =>
        toList(body!.evaluate(bind(get, name.value, member), run)),
      ),
    );
}

/** Functions that take a function: `map(list, x -> ...)`, `filter(...)`, `any(...)`, `all(...)`. */
function ofLambda(
  returns: 'list' | 'boolean',
  apply: (members: readonly Value[], results: readonly Value[]) => Value,
): EvalFunction {
  return {
    arity: [2, 2],
    returns,
    binds: 'lambda',
    compile: (site) => {
      const [subject, lambda] = site.args;
      const parameter = parameterOf(lambda!.node);
      if (parameter === undefined) {
        site.report({
          code: 'eval-arity',
          severity: 'error',
          message: `\`${site.name}\` takes a list and a function, as in \`x -> x > 1\`.`,
          range: site.range,
        });
        return () => null;
      }
      return (get, run) => {
        const members = toList(subject!.evaluate(get, run));
        return apply(
          members,
          members.map((member) => lambda!.evaluate(bind(get, parameter, member), run)),
        );
      };
    },
  };
}

function parameterOf(node: EvalExpr): string | undefined {
  return node.kind === 'lambda' ? node.params[0]?.name : undefined;
}

export const SPL2: FunctionTable = {
  cast: ofValues([2, 2], 'any', cast),
  ucast: ofValues([2, 3], 'any', cast),
  parse_long: ofValues([1, 2], 'number', ([value]) => integer(value!)),
  parse_int: ofValues([1, 2], 'number', ([value]) => integer(value!)),
  parse_double: ofValues([1, 1], 'number', ([value]) => number(value!)),
  parse_bool: ofValues([1, 1], 'boolean', ([value]) => asBoolean(value!)),
  map_get: mapGet,
  map_keys: ofValues([1, 1], 'list', ([value]) => {
    const map = mapOf(value!);
    return isMap(map) ? fromList([...map.map.keys()]) : null;
  }),
  map_has_key: ofValues([2, 2], 'boolean', ([value, key]) => {
    const map = mapOf(value!);
    return isMap(map) && map.map.has(toText(key!));
  }),
  create_map: createMap,
  match_regex: matches,
  concat: ofValues([1, Infinity], 'text', (values) =>
    values.includes(null) ? null : values.map(toText).join(''),
  ),
  iterator: ofValues([2, 2], 'list', ([value]) => fromList(toList(value!))),
  for_each: { arity: [2, 2], returns: 'list', binds: 'name', compile: compileForEach },
  map: ofLambda('list', (_members, results) => fromList(results.flatMap(toList))),
  filter: ofLambda('list', (members, results) =>
    fromList(members.flatMap((member, i) => (toTruth(results[i]!) === true ? toList(member) : []))),
  ),
  any: ofLambda('boolean', (_members, results) => results.some((result) => toTruth(result) === true)),
  all: ofLambda('boolean', (_members, results) => results.every((result) => toTruth(result) === true)),
};
