/** Multivalue functions. */
import type { EvalExpr } from '../../syntax/ast.ts';
import type { CallSite, Evaluate, Get } from '../expression/context.ts';
import { applyTimeModifier, parseTimeModifier } from '../time/modifier.ts';
import { sorted } from '../value/sort.ts';
import {
  fromList,
  type Scalar,
  scalarText,
  toList,
  toNumber,
  toText,
  toTruth,
  type Value,
} from '../value/value.ts';
import { type EvalFunction, type FunctionTable, ofValues, special } from './define.ts';

// A range is built in memory; beyond this the mistake is in the search.
const LONGEST_RANGE = 100_000;

/** `get` with one field replaced. */
export function bind(get: Get, name: string, value: Value): Get {
  return (field) => (field === name ? value : get(field));
}

/** The first field that an expression reads, in writing order. */
function firstField(node: EvalExpr): string | undefined {
  switch (node.kind) {
    case 'eval-field':
      return node.name;
    case 'call':
      return node.args.map(firstField).find((name) => name !== undefined);
    case 'binary':
      return firstField(node.left) ?? firstField(node.right);
    case 'unary':
    case 'is-null':
    case 'in':
      return firstField(node.expr);
    case 'member':
    case 'index':
      return firstField(node.object);
    default:
      return undefined;
  }
}

function compileMvmap(site: CallSite): Evaluate {
  const [list, body] = site.args;
  const name = firstField(list!.node);
  if (name === undefined) {
    site.report({
      code: 'eval-arity',
      severity: 'error',
      message: 'The first argument of `mvmap` must name a field.',
      range: site.range,
    });
    return () => null;
  }
  return (get, run) => {
    const out: Scalar[] = [];
    for (const member of toList(list!.evaluate(get, run)))
      out.push(...toList(body!.evaluate(bind(get, name, member), run)));
    return fromList(out);
  };
}

function compileMvfilter(site: CallSite): Evaluate {
  const [condition] = site.args;
  const name = firstField(condition!.node);
  if (name === undefined) {
    site.report({
      code: 'eval-arity',
      severity: 'error',
      message: 'The condition of `mvfilter` must name a field.',
      range: site.range,
    });
    return () => null;
  }
  return (get, run) => {
    const members = toList(get(name));
    return fromList(
      members.filter((member) => toTruth(condition!.evaluate(bind(get, name, member), run)) === true),
    );
  };
}

function index([value, from, to]: readonly Value[]): Value {
  const members = toList(value!);
  const first = position(toNumber(from!), members.length);
  const last = to === undefined ? first : position(toNumber(to), members.length);
  if (first === undefined || last === undefined || last < first || first >= members.length || last < 0)
    return null;
  if (to === undefined && first < 0) return null;
  return fromList(members.slice(Math.max(0, first), last + 1));
}

function position(index: number | undefined, length: number): number | undefined {
  if (index === undefined) return undefined;
  return index < 0 ? length + Math.trunc(index) : Math.trunc(index);
}

/** From, to (not reached) and a step: a number, or a time span such as `7d`, which follows the calendar. */
const range: EvalFunction = ofValues([2, 3], 'list', ([from, to, by = 1], run, site) => {
  const start = toNumber(from!);
  const end = toNumber(to!);
  if (start === undefined || end === undefined || by === null) return null;
  const step = toNumber(by);
  const span = step === undefined ? parseTimeModifier(`+${toText(by)}`, run.zone) : undefined;
  const next = (value: number) =>
    step !== undefined
      ? value + step
      : span === undefined
        ? value
        : applyTimeModifier(span, value, run.zone, run);
  const out: Scalar[] = [];
  for (let value = start; value < end && next(value) > value; value = next(value)) {
    if (out.length === LONGEST_RANGE) {
      const message = `\`mvrange\` stops at ${LONGEST_RANGE} values; use a larger step.`;
      run.note({ code: 'eval-limit', severity: 'warning', message, range: site.range });
      break;
    }
    out.push(value);
  }
  return fromList(out);
});

/** Names of the commands of a search, in order; pipes inside quotes and brackets do not part commands. */
export function commandNames(search: string): string[] {
  const top = search.replace(/"(?:\\.|[^"\\])*"/g, '').replace(/\[[^[\]]*\]/g, '');
  return top.split('|').flatMap((stage) => stage.trim().split(/\s+/)[0] || []);
}

const members = (apply: (members: readonly Scalar[]) => readonly Scalar[]) =>
  ofValues([1, 1], 'list', ([value]) => fromList(apply(toList(value!))));

export const MULTIVALUE: FunctionTable = {
  commands: ofValues([1, 1], 'list', ([text]) =>
    text === null ? null : fromList(commandNames(toText(text!))),
  ),
  mvappend: ofValues([1, Infinity], 'list', (values) => fromList(values.flatMap(toList))),
  mvcount: ofValues([1, 1], 'number', ([value]) => (value === null ? null : toList(value!).length)),
  mvdedup: members((all) => [...new Map(all.map((member) => [scalarText(member), member])).values()]),
  mvfilter: special([1, 1], 'list', compileMvfilter),
  mvindex: ofValues([2, 3], 'list', index),
  mvjoin: ofValues([2, 2], 'text', ([value, delimiter]) =>
    value === null || delimiter === null ? null : toList(value!).map(scalarText).join(toText(delimiter!)),
  ),
  mvmap: special([2, 2], 'list', compileMvmap),
  mvrange: range,
  mvreverse: members((all) => [...all].reverse()),
  mvsort: members((all) => sorted(all, 'str')),
  mvzip: ofValues([2, 3], 'list', ([left, right, delimiter = ',']) => {
    const others = toList(right!);
    const zipped = toList(left!).slice(0, others.length);
    return fromList(
      zipped.map((member, i) => scalarText(member) + toText(delimiter) + scalarText(others[i]!)),
    );
  }),
};
