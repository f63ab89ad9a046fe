/** How eval functions are declared: one table entry each, made by the functions below. */
import type { CallSite, Evaluate, ResultType, RunContext } from '../expression/context.ts';
import { isList, type Scalar, scalarText, toNumber, toText, type Value } from '../value/value.ts';

export interface EvalFunction {
  /** Fewest and most arguments. */
  readonly arity: readonly [least: number, most: number];
  readonly returns: ResultType;
  /** Does not depend on the row alone: never cached per value. */
  readonly volatile?: true;
  /** Takes functions (`lambda`), or introduces a name of its own (`name`). */
  readonly binds?: 'lambda' | 'name';
  compile(site: CallSite): Evaluate;
}

export type FunctionTable = { readonly [name: string]: EvalFunction };

/** What a text function does with a multivalue argument: apply to each member, or follow the flag `multivalueText`. */
type Lists = 'each' | 'flag';

const evaluates = (site: CallSite): Evaluate[] => site.args.map((arg) => arg.evaluate);

/** A function of values as they are: nulls, lists, booleans and maps included. */
export function ofValues(
  arity: EvalFunction['arity'],
  returns: ResultType,
  apply: (args: readonly Value[], run: RunContext, site: CallSite) => Value,
): EvalFunction {
  return {
    arity,
    returns,
    compile: (site) => {
      const [first, second] = evaluates(site);
      // One and two arguments are nearly all calls; the general form allocates twice.
      if (site.args.length === 1) return (get, run) => apply([first!(get, run)], run, site);
      if (site.args.length === 2)
        return (get, run) => apply([first!(get, run), second!(get, run)], run, site);
      const all = evaluates(site);
      return (get, run) =>
        apply(
          all.map((evaluate) => evaluate(get, run)),
          run,
          site,
        );
    },
  };
}

/** A function of texts: null if any argument is null; numbers and booleans count as their text. */
export function ofTexts(
  arity: EvalFunction['arity'],
  returns: ResultType,
  apply: (args: readonly string[], run: RunContext, site: CallSite) => Value,
  lists: Lists = 'flag',
): EvalFunction {
  return ofValues(arity, returns, (values, run, site) => {
    if (values.includes(null)) return null;
    const [subject] = values;
    const rest = values.slice(1).map(toText);
    if (!isList(subject!)) return apply([toText(subject!), ...rest], run, site);
    return overMembers(subject, lists, run, site, (text) => apply([text, ...rest], run, site));
  });
}

/** Applies a text function to a multivalue subject. Null results are dropped. */
export function overMembers(
  subject: readonly Scalar[],
  lists: Lists,
  run: RunContext,
  site: CallSite,
  apply: (text: string) => Value,
): Value {
  let mode: 'each' | 'null' | 'joined' = 'each';
  if (lists === 'flag') {
    run.rests('multivalueText');
    mode = run.compat.multivalueText;
  }
  if (mode === 'joined') return apply(toText(subject));
  if (mode === 'null') {
    const message = `\`${site.name}\` does not work on a field with several values and gave null; use \`mvmap\` or \`mvindex\`.`;
    run.note({ code: 'eval-multivalue', severity: 'warning', message, range: site.range });
    return null;
  }
  const out: Scalar[] = [];
  for (const member of subject) {
    const value = apply(scalarText(member));
    if (value === null) continue;
    if (isList(value)) out.push(...value);
    else out.push(typeof value === 'number' ? value : toText(value));
  }
  return out.length > 1 ? out : (out[0] ?? null);
}

/** A function of numbers: null if any argument is not a number, or the result is NaN. */
export function ofNumbers(
  arity: EvalFunction['arity'],
  apply: (args: readonly number[], run: RunContext) => number | null,
): EvalFunction {
  return ofValues(arity, 'number', (values, run) => {
    const numbers: number[] = [];
    for (const value of values) {
      const number = toNumber(value);
      if (number === undefined) return null;
      numbers.push(number);
    }
    const result = apply(numbers, run);
    return result === null || Number.isNaN(result) ? null : result;
  });
}

/** `compile` spelled out, for functions that see their arguments unevaluated. */
export function special(
  arity: EvalFunction['arity'],
  returns: ResultType,
  compile: (site: CallSite) => Evaluate,
): EvalFunction {
  return { arity, returns, compile };
}

/** The value of an argument that must be a literal text; reports and gives undefined otherwise. */
export function literalText(site: CallSite, index: number, what: string): string | undefined {
  const arg = site.args[index];
  if (arg?.constant !== undefined && typeof arg.constant.value === 'string') return arg.constant.value;
  const range = arg?.node.range ?? site.range;
  site.report({
    code: 'eval-literal',
    severity: 'error',
    message: `\`${site.name}\` needs ${what} as a "literal text" here.`,
    range,
  });
  return undefined;
}
