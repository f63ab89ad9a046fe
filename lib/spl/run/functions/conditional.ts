/** Comparison and conditional functions, and the tests of a value's kind. */
import type { CallSite, Evaluate } from '../expression/context.ts';
import { compareValues, isIn, like } from '../expression/operators.ts';
import { parseAddress, parseSubnet, subnetContains } from '../value/address.ts';
import {
  fromJson,
  isList,
  isMap,
  type MapValue,
  parseNumber,
  toList,
  toNumber,
  toText,
  toTruth,
  type Value,
} from '../value/value.ts';
import { type EvalFunction, type FunctionTable, literalText, ofValues, special } from './define.ts';

/** Pairs of condition and value: the value of the first condition that is `wanted`. */
function firstPair(wanted: boolean): EvalFunction {
  return special([2, Infinity], 'any', (site) => {
    if (site.args.length % 2 === 1) {
      const message = `\`${site.name}\` takes pairs: a condition and a value for it.`;
      site.report({ code: 'eval-arity', severity: 'error', message, range: site.range });
    }
    const pairs: [Evaluate, Evaluate][] = [];
    for (let i = 0; i + 1 < site.args.length; i += 2)
      pairs.push([site.args[i]!.evaluate, site.args[i + 1]!.evaluate]);
    return (get, run) => {
      for (const [condition, value] of pairs)
        if (toTruth(condition(get, run)) === wanted) return value(get, run);
      return null;
    };
  });
}

const likes = ofValues([2, 2], 'boolean', ([value, pattern], run) => like(value!, pattern!, run));

/** Compares each argument with the first. */
const membership = ofValues([2, Infinity], 'boolean', ([value, ...items], run) => isIn(value!, items, run));

function cidrMatch([cidr, address]: readonly Value[]): Value {
  if (cidr === null || cidr === undefined || address === null || address === undefined) return null;
  const subnet = parseSubnet(toText(cidr), true);
  if (subnet === undefined) return false;
  return toList(address).some((member) => {
    const parsed = parseAddress(toText(member));
    return parsed !== undefined && subnetContains(subnet, parsed);
  });
}

function searchMatch(site: CallSite): Evaluate {
  const text = literalText(site, 0, 'a search');
  if (text === undefined) return () => null;
  const compiled = site.context.searchmatch?.(text, site.args[0]!.node.range);
  if (compiled !== undefined && !Array.isArray(compiled)) {
    const { fields, evaluate } = compiled as { fields: readonly string[]; evaluate: Evaluate };
    for (const field of fields) site.reads(field);
    return evaluate;
  }
  if (Array.isArray(compiled)) for (const diagnostic of compiled) site.report(diagnostic);
  else
    site.report({
      code: 'eval-searchmatch',
      severity: 'error',
      message: '`searchmatch` cannot be used here.',
      range: site.range,
    });
  return () => null;
}

const lookup: EvalFunction = {
  arity: [2, 3],
  returns: 'any',
  volatile: true,
  compile: (site) => {
    const [table, keys, outputs] = site.args.map((arg) => arg.evaluate);
    return (get, run) => {
      const name = toText(table!(get, run));
      const wanted = jsonMap(keys!(get, run));
      if (wanted === undefined) return null;
      const texts = new Map([...wanted.map].map(([key, value]) => [key, toText(value)]));
      const row = run.lookup?.(name, texts);
      if (row === undefined) {
        run.note({
          code: 'lookup-unknown',
          severity: 'warning',
          message: `There is no lookup table \`${name}\` here; \`lookup\` gave null.`,
          range: site.range,
        });
      }
      if (row === undefined || row === null) return null;
      const list = outputs === undefined ? undefined : outputs(get, run);
      const columns = list === undefined || list === null ? [...row.keys()] : jsonList(list);
      return JSON.stringify(
        Object.fromEntries(columns.filter((c) => row.has(c)).map((c) => [c, row.get(c)])),
      );
    };
  },
};

function parseJson(value: Value): Value {
  if (typeof value !== 'string') return value;
  try {
    return fromJson(JSON.parse(value));
  } catch {
    return value;
  }
}

function jsonMap(value: Value): MapValue | undefined {
  const parsed = parseJson(value);
  return isMap(parsed) ? parsed : undefined;
}

function jsonList(value: Value): string[] {
  return toList(parseJson(value)).map(toText);
}

const is = (test: (value: Value) => boolean) => ofValues([1, 1], 'boolean', ([value]) => test(value!));
const isNumber = (value: Value) => toNumber(value) !== undefined;
const isInteger = (value: Value) => Number.isInteger(toNumber(value));

/** Documented words for the kinds of value; `Invalid` is a field that is absent. */
function typeName(value: Value): string {
  if (value === null) return 'Invalid';
  if (typeof value === 'boolean') return 'Boolean';
  if (isMap(value)) return 'Object';
  if (isList(value)) return 'Multivalue';
  return isNumber(value) ? 'Number' : 'String';
}

function jsonKind(value: Value): 'array' | 'object' | undefined {
  if (isMap(value)) return 'object';
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return Array.isArray(JSON.parse(value)) ? 'array' : 'object';
  } catch {
    return undefined;
  }
}

export const CONDITIONAL: FunctionTable = {
  if: special([3, 3], 'any', ({ args }) => {
    const [condition, yes, no] = args.map((arg) => arg.evaluate);
    return (get, run) => (condition!(get, run) === true ? yes!(get, run) : no!(get, run));
  }),
  case: firstPair(true),
  validate: firstPair(false),
  coalesce: special([1, Infinity], 'any', ({ args }) => (get, run) => {
    for (const arg of args) {
      const value = arg.evaluate(get, run);
      if (value !== null) return value;
    }
    return null;
  }),
  nullif: ofValues([2, 2], 'any', ([a, b], run) => (compareValues('=', a!, b!, run) === true ? null : a!)),
  null: special([0, 0], 'any', () => () => null),
  true: special([0, 0], 'boolean', () => () => true),
  false: special([0, 0], 'boolean', () => () => false),
  in: membership,
  like: likes,
  cidrmatch: ofValues([2, 2], 'boolean', cidrMatch),
  searchmatch: special([1, 1], 'boolean', searchMatch),
  lookup,
  isnull: is((value) => value === null),
  isnotnull: is((value) => value !== null),
  isbool: is((value) => typeof value === 'boolean'),
  isnum: is(isNumber),
  isint: is(isInteger),
  isdouble: is(
    (value) => isNumber(value) && (typeof value === 'string' ? !/^[+-]?\d+$/.test(value) : !isInteger(value)),
  ),
  isstr: is((value) => typeof value === 'string' && parseNumber(value) === undefined),
  ismv: is(isList),
  isarray: is((value) => jsonKind(value) === 'array'),
  isobject: is((value) => jsonKind(value) === 'object'),
  typeof: ofValues([1, 1], 'text', ([value]) => typeName(value!)),
};
