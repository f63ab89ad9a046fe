/** From which of an event's fields the value of an eval expression comes. */
import type { EvalCall, EvalExpr } from '../../spl/syntax/ast.ts';
import { type FieldSource, itself, type Origin } from './needs-of-values.ts';

/** Undefined where the expression has a value whatever the event has, or that cannot be said. */
export function originOfEval(expr: EvalExpr, source: FieldSource): Origin | undefined {
  switch (expr.kind) {
    case 'eval-field':
      return anyOf([source(expr.name), listNamed(expr.name)]);
    case 'member':
      return memberOrigin(expr.object, expr.property.name, source);
    case 'call':
      return Object.hasOwn(OF_CALLS, expr.name) ? OF_CALLS[expr.name]!(expr, source) : undefined;
    default:
      return undefined;
  }
}

/** SPL2 calls the list in a JSON event by its plain name; an event without it is not changed by looking. */
const listNamed = (name: string): Origin => ({ from: [`${name}{}`], within: [] });

type OfCall = (call: EvalCall, source: FieldSource) => Origin | undefined;

const ofFirst: OfCall = ({ args }, source) => args[0] && originOfEval(args[0], source);

const ofPart: OfCall = (call, source) => {
  const origin = ofFirst(call, source);
  if (origin === undefined || origin.all === true) return undefined;
  const { from, within, objects = [], madeOf = [] } = origin;
  return { from: [], within: [...from, ...within], madeOf: [...objects, ...madeOf] };
};

/** Null where the argument is, whatever it makes of a text. */
const ofMade: OfCall = (call, source) => {
  const origin = ofFirst(call, source);
  return origin === undefined || origin.all === true
    ? undefined
    : { from: [], within: [], madeOf: namesOf(origin) };
};

const ofAny: OfCall = ({ args }, source) => anyOf(args.map((arg) => originOfEval(arg, source)));

/** Functions by what their value has of the text of their argument. Any other may have a value of its own. */
const OF_CALLS: { readonly [name: string]: OfCall } = {
  lower: ofFirst,
  trim: ofPart,
  ltrim: ofPart,
  rtrim: ofPart,
  substr: ofPart,
  // Letters may become others: `ß` is `SS`.
  upper: ofMade,
  len: ofMade,
  replace: ofMade,
  urldecode: ofMade,
  coalesce: ofAny,
  if: ({ args }, source) => anyOf(args.slice(1).map((arg) => originOfEval(arg, source))),
  tostring: (call, source) => (call.args.length === 1 ? ofFirst(call, source) : undefined),
  ucast: (call, source) => {
    const [, type, otherwise] = call.args;
    const text = type?.kind === 'string' && type.value === 'string';
    return text && (otherwise === undefined || isNull(otherwise)) ? ofFirst(call, source) : undefined;
  },
  map_get: ({ args: [object, key] }, source) =>
    object !== undefined && key?.kind === 'string' ? memberOrigin(object, key.value, source) : undefined,
};

export const isNull = (expr: EvalExpr): boolean => expr.kind === 'constant' && expr.value === null;

/** The field of the whole name, or a member of an object. */
function memberOrigin(object: EvalExpr, key: string, source: FieldSource): Origin | undefined {
  const path = pathOf(object);
  return anyOf([
    path === undefined ? { from: [], within: [] } : source(`${path}.${key}`),
    memberOf(originOfEval(object, source), key),
  ]);
}

function memberOf(object: Origin | undefined, key: string): Origin | undefined {
  if (object === undefined) return undefined;
  const { from, within, objects = [], madeOf = [], all } = object;
  const member = { from: [], within: [], objects: [...from, ...objects], madeOf: [...within, ...madeOf] };
  return all === true ? anyOf([member, itself(key)]) : member;
}

function pathOf(expr: EvalExpr): string | undefined {
  if (expr.kind === 'eval-field') return expr.name;
  if (expr.kind !== 'member') return undefined;
  const object = pathOf(expr.object);
  return object === undefined ? undefined : `${object}.${expr.property.name}`;
}

export function anyOf(origins: readonly (Origin | undefined)[]): Origin | undefined {
  const known = origins.filter((origin) => origin !== undefined);
  if (known.length < origins.length || known.some(({ otherwise }) => otherwise !== undefined))
    return undefined;
  const all = known.some((origin) => origin.all === true);
  return {
    from: known.flatMap(({ from }) => from),
    within: known.flatMap(({ within }) => within),
    objects: known.flatMap(({ objects = [] }) => objects),
    madeOf: known.flatMap(({ madeOf = [] }) => madeOf),
    ...(all ? { all } : {}),
  };
}

export const namesOf = ({ from, within, objects = [], madeOf = [] }: Origin): string[] => [
  ...from,
  ...within,
  ...objects,
  ...madeOf,
];
