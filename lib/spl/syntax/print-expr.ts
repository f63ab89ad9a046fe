import type {
  Aggregation,
  AggregationArg,
  Assignment,
  EvalExpr,
  FieldRef,
  Option,
  SearchExpr,
  SearchValue,
  SortKey,
  Subsearch,
  Text,
} from './ast.ts';
import { COMPARE_LEVEL, EVAL_LEVELS, NOT_LEVEL, SIGN_LEVEL } from './parse-eval.ts';

/**
 * Expressions as lists of atoms: pieces that a line may break between. An atom is never split, so nothing inside a
 * quoted string is ever touched. Written parentheses are kept; missing ones are added where the tree needs them.
 */
export type Atoms = string[];
/** Prints a subsearch; given by the printer of pipelines. */
export type PrintSubsearch = (subsearch: Subsearch) => string;

/** Adds text to the first and last atom. */
export function wrap(before: string, atoms: Atoms, after: string): Atoms {
  if (atoms.length === 0) return [before + after];
  const out = [...atoms];
  out[0] = before + out[0];
  out[out.length - 1] += after;
  return out;
}

function parenthesise(atoms: Atoms, count: number): Atoms {
  return count > 0 ? wrap('('.repeat(count), atoms, ')'.repeat(count)) : atoms;
}

/** Lists with commas; a macro may hold anything, even nothing, so no comma is put next to one. */
export function commas(items: { atoms: Atoms; macro?: unknown }[], separator = ','): Atoms {
  return items.flatMap(({ atoms, macro }, i) => {
    const next = items[i + 1];
    return next && !macro && !next.macro ? wrap('', atoms, separator) : atoms;
  });
}

// ---------------------------------------------------------------------------------------------- search expressions

const SEARCH_LEVELS: Partial<Record<SearchExpr['kind'], number>> = {
  'search-and': 1,
  'search-or': 2,
  'search-not': 3,
};

/** `min`: how tightly the place binds; a looser expression gets parentheses unless it has some. */
export function searchAtoms(expr: SearchExpr, sub: PrintSubsearch, min = 1): Atoms {
  const written = expr.parens ?? 0;
  const level = SEARCH_LEVELS[expr.kind] ?? 4;
  const empty = expr.kind === 'search-and' && expr.items.length === 0;
  return parenthesise(bareSearch(expr, sub), written || (level < min || empty ? 1 : 0));
}

function bareSearch(expr: SearchExpr, sub: PrintSubsearch): Atoms {
  switch (expr.kind) {
    case 'search-and':
      return expr.items.flatMap((item, i) => {
        const atoms = searchAtoms(item, sub, 2);
        return i > 0 && expr.explicit[i - 1] ? wrap('AND ', atoms, '') : atoms;
      });
    case 'search-or':
      return expr.items.flatMap((item, i) => wrap(i > 0 ? 'OR ' : '', searchAtoms(item, sub, 3), ''));
    case 'search-not':
      return wrap('NOT ', searchAtoms(expr.expr, sub, 3), '');
    case 'search-compare':
      return [`${expr.field.raw}${expr.op}${searchValue(expr.value)}`];
    case 'search-in':
      return wrap(
        `${expr.field.raw} IN (`,
        commas(expr.values.map((value) => ({ atoms: [searchValue(value)], macro: value.macro }))),
        ')',
      );
    case 'search-term':
      return [searchValue(expr.value)];
    case 'search-subsearch':
      return [sub(expr.subsearch)];
    case 'macro':
      return [expr.raw];
  }
}

function searchValue(value: SearchValue): string {
  return value.directive ? `${value.directive}(${value.raw})` : value.raw;
}

// ------------------------------------------------------------------------------------------------ eval expressions

export function evalAtoms(expr: EvalExpr, sub: PrintSubsearch, min = 1): Atoms {
  const written = expr.parens ?? 0;
  return parenthesise(bareEval(expr, sub), written || (levelOf(expr) < min ? 1 : 0));
}

function levelOf(expr: EvalExpr): number {
  switch (expr.kind) {
    case 'binary':
      return EVAL_LEVELS[expr.op];
    case 'unary':
      return expr.op === 'not' ? NOT_LEVEL : SIGN_LEVEL;
    case 'in':
    case 'is-null':
      return COMPARE_LEVEL;
    case 'lambda':
      return 0;
    default:
      return 9;
  }
}

function bareEval(expr: EvalExpr, sub: PrintSubsearch): Atoms {
  const list = (items: EvalExpr[], names?: (string | undefined)[]) =>
    commas(
      items.map((item, i) => ({ atoms: wrap(names?.[i] ? `${names[i]}: ` : '', evalAtoms(item, sub), '') })),
    );
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'eval-field':
    case 'regex':
    case 'macro':
      return [expr.raw];
    case 'constant':
      return [String(expr.value)];
    case 'call':
      return wrap(`${expr.name}(`, list(expr.args, expr.argNames), ')');
    case 'unary': {
      const not = expr.op === 'not';
      return wrap(not ? 'NOT ' : expr.op, evalAtoms(expr.expr, sub, not ? NOT_LEVEL : SIGN_LEVEL), '');
    }
    case 'binary': {
      const level = EVAL_LEVELS[expr.op];
      const tight = level >= 5;
      const op = /^[a-z]/.test(expr.op) ? expr.op.toUpperCase() : expr.op;
      const left = evalAtoms(expr.left, sub, level);
      const right = evalAtoms(expr.right, sub, level + 1);
      if (!tight) return [...left, ...wrap(`${op} `, right, '')];
      const gap = level === 5 && op !== 'LIKE' ? '' : ' ';
      const joined = `${left.at(-1)}${gap}${op}${gap}${right[0]}`;
      return [...left.slice(0, -1), joined, ...right.slice(1)];
    }
    case 'in': {
      const left = evalAtoms(expr.expr, sub, COMPARE_LEVEL);
      const only = expr.list[0];
      const right =
        only?.kind === 'eval-subsearch' && expr.list.length === 1 && !only.parens
          ? [sub(only.subsearch)]
          : wrap('(', list(expr.list), ')');
      return [...left.slice(0, -1), `${left.at(-1)} IN ${right[0]}`, ...right.slice(1)];
    }
    case 'is-null':
      return wrap('', evalAtoms(expr.expr, sub, COMPARE_LEVEL), expr.negated ? ' IS NOT NULL' : ' IS NULL');
    case 'eval-subsearch':
      return [sub(expr.subsearch)];
    case 'object':
      return wrap(
        '{',
        commas(
          expr.entries.map(({ key, value }) => ({ atoms: wrap(`${key.raw}: `, evalAtoms(value, sub), '') })),
        ),
        '}',
      );
    case 'array':
      return wrap('[', list(expr.items), ']');
    case 'member':
      return wrap('', evalAtoms(expr.object, sub, 9), `.${expr.property.raw}`);
    case 'index':
      return wrap('', evalAtoms(expr.object, sub, 9), wrap('[', evalAtoms(expr.index, sub), ']').join(' '));
    case 'lambda': {
      const [first] = expr.params;
      const params =
        expr.params.length === 1 && first
          ? first.raw
          : `(${expr.params.map((param) => param.raw).join(', ')})`;
      return wrap(`${params} -> `, evalAtoms(expr.body, sub, 1), '');
    }
  }
}

// ------------------------------------------------------------------------------------------------------- arguments

export function optionAtom(option: Option): string {
  return option.macro ? option.macro.raw : `${option.name}=${option.value.raw}`;
}
export function fieldAtoms(fields: FieldRef[]): Atoms {
  return commas(fields.map((field) => ({ atoms: [field.raw], macro: field.macro })));
}
export function alias(field: FieldRef | undefined): string {
  return field ? ` as ${field.raw}` : '';
}
export function sortKeyAtom(key: SortKey): string {
  return key.direction + (key.type ? `${key.type}(${key.field.raw})` : key.field.raw);
}
export function assignmentAtoms(assignment: Assignment, sub: PrintSubsearch): Atoms {
  if (assignment.macro) return [assignment.macro.raw];
  return wrap(`${assignment.target.raw} = `, evalAtoms(assignment.expr, sub), '');
}

export function aggregationAtoms(aggregation: Aggregation, sub: PrintSubsearch): Atoms {
  if (aggregation.macro) return [aggregation.macro.raw];
  const { func, arg, rest } = aggregation;
  const name = aggregation.label.slice(0, func.length) || func;
  const hasCall = arg !== undefined || rest.length > 0 || aggregation.label.endsWith(')');
  const inner = arg ? argumentAtoms(arg, sub) : [];
  if (func === '') return aggregation.alias ? wrap('', inner, alias(aggregation.alias)) : [aggregation.label];
  if (!hasCall) return [name + alias(aggregation.alias)];
  // Without an alias the text of an expression is the name of the column: it must not change by a blank.
  if (arg && arg.kind !== 'agg-field' && !aggregation.alias) return [aggregation.label];
  const more = rest.map((text: Text) => `, ${text.raw}`).join('');
  return wrap(`${name}(`, inner, `${more})${alias(aggregation.alias)}`);
}

function argumentAtoms(arg: AggregationArg, sub: PrintSubsearch): Atoms {
  if (arg.kind === 'agg-field') return [arg.field.raw];
  if (arg.kind === 'agg-nested') return aggregationAtoms(arg.aggregation, sub);
  return arg.wrapped ? wrap('eval(', evalAtoms(arg.expr, sub), ')') : evalAtoms(arg.expr, sub);
}
