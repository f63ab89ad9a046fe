/**
 * Compiles eval expressions to closures, once per search; nothing is generated as source text. What is wrong with an
 * expression (unknown function, wrong number of arguments, a refused pattern) is a list of diagnostics; what goes wrong
 * with one row is a null and a note.
 */
import type { Diagnostic, Range } from '../../../text/diagnostic.ts';
import { didYouMean } from '../../../text/nearest.ts';
import type { EvalBinary, EvalCall, EvalExpr } from '../../syntax/ast.ts';
import { functionNamed, functionNames } from '../functions/loaded.ts';
import { COMPAT_DEFAULTS } from '../value/compat.ts';
import { and, not, or, toList, toNumber, toTruth, type Value, xor } from '../value/value.ts';
import type { CompileContext, CompiledNode, Evaluate, ResultType } from './context.ts';
import { memberOf } from './member.ts';
import { arithmetic, type CompareOp, compareValues, concatenate, isIn, like } from './operators.ts';
import { roundIfAsked } from './precision.ts';

export interface CompiledExpression {
  /** Names of the fields read, each once, in the order met. */
  readonly fields: readonly string[];
  /** Also reads fields whose names only the row tells (`searchmatch`, `{field}`). */
  readonly dynamic: boolean;
  /** The same row gives the same value: no `random()`, no lookup. */
  readonly deterministic: boolean;
  readonly type: ResultType;
  readonly evaluate: Evaluate;
}

/** The closure and what it reads, or all that is wrong with the expression. */
export function compileExpression(
  expr: EvalExpr,
  context: CompileContext,
): CompiledExpression | Diagnostic[] {
  const compiler = new Compiler(context);
  const root = compiler.compile(expr);
  compiler.checkUse(root);
  if (compiler.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return compiler.diagnostics;
  return {
    fields: [...compiler.fields],
    dynamic: compiler.dynamic,
    deterministic: compiler.deterministic,
    type: root.type,
    evaluate: root.evaluate,
  };
}

/**
 * The one field that decides the expression's value, if there is just one: then a caller may evaluate it once per
 * distinct value of that field instead of once per row.
 */
export function singleField(expression: CompiledExpression): string | undefined {
  const { fields, dynamic, deterministic } = expression;
  return fields.length === 1 && !dynamic && deterministic ? fields[0] : undefined;
}

/** Whether the expression reads no field other than this one (it may read none). */
export function isPredicateOf(expression: CompiledExpression, field: string): boolean {
  const { fields, dynamic, deterministic } = expression;
  return !dynamic && deterministic && fields.every((name) => name === field);
}

class Compiler {
  readonly diagnostics: Diagnostic[] = [];
  readonly fields = new Set<string>();
  dynamic = false;
  deterministic = true;
  private readonly compat;

  constructor(private readonly context: CompileContext) {
    this.compat = context.compat ?? COMPAT_DEFAULTS;
  }

  checkUse(root: CompiledNode): void {
    if (this.context.dialect === 'spl2') return;
    const { use } = this.context;
    const range = root.node.range;
    if (use === 'condition') this.requireCondition(root);
    if (use === 'assignment' && root.type === 'boolean' && this.compat.booleanAssignment === 'error') {
      this.error(
        'eval-boolean-assignment',
        'A field cannot hold true or false; wrap the condition in `if(..., "true", "false")`.',
        range,
      );
    }
  }

  /** In SPL1 a field is never true or false, so neither it nor a number or text can be a condition. */
  private requireCondition({ node, type }: CompiledNode): void {
    if (this.context.dialect === 'spl2') return;
    if (type === 'boolean' || (type === 'any' && node.kind !== 'eval-field')) return;
    const message = 'A condition must be true or false; compare this value with something.';
    this.error('eval-not-a-condition', message, node.range);
  }

  compile(node: EvalExpr): CompiledNode {
    switch (node.kind) {
      case 'number':
      case 'string':
      case 'constant':
        return constant(node, node.value);
      case 'regex': {
        const flags = node.flags.replace(/[^imsx]/g, '');
        // Pattern literals of SPL2 may write `\u2013`, which PCRE does not know.
        const pattern = node.pattern.replace(/\\(?:u([0-9a-fA-F]{4})|[\s\S])/g, (whole, hex) =>
          hex ? `\\x{${hex}}` : whole,
        );
        return constant(node, flags === '' ? pattern : `(?${flags})${pattern}`);
      }
      case 'eval-field':
        return this.field(node, node.name);
      case 'is-null':
        return this.nullTest(node, node.expr, node.negated);
      case 'unary':
        return this.unary(node, node.op, this.compile(node.expr));
      case 'binary':
        return this.binary(node);
      case 'in':
        return this.membership(node, node.expr, node.list);
      case 'call':
        return this.call(node);
      case 'object': {
        const entries = node.entries.map(
          (entry) => [entry.key.value, this.compile(entry.value).evaluate] as const,
        );
        return {
          node,
          type: 'map',
          evaluate: (get, run) => ({ map: new Map(entries.map(([key, value]) => [key, value(get, run)])) }),
        };
      }
      case 'array': {
        const items = node.items.map((item) => this.compile(item));
        return {
          node,
          type: 'list',
          items,
          evaluate: (get, run) => items.flatMap((item) => toList(item.evaluate(get, run))),
        };
      }
      case 'member':
        return this.member(node, node.object, node.property.name);
      case 'index':
        return this.index(node, this.compile(node.object), this.compile(node.index));
      case 'eval-subsearch':
        return this.subsearch(node, 'condition');
      case 'lambda':
        return this.refuse(
          node,
          'eval-unsupported',
          'A function (`x -> ...`) can only be an argument of a function that takes one.',
        );
      case 'macro':
        return this.refuse(node, 'macro-not-expanded', `The macro \`${node.name}\` has no definition here.`);
    }
  }

  private error(code: string, message: string, range: Range): void {
    this.diagnostics.push({ code, severity: 'error', message, range });
  }

  private refuse(node: EvalExpr, code: string, message: string): CompiledNode {
    this.error(code, message, node.range);
    return constant(node, null);
  }

  private field(node: EvalExpr, name: string): CompiledNode {
    this.fields.add(name);
    if (this.context.dialect !== 'spl2') return { node, type: 'any', evaluate: (get) => get(name) };
    // A JSON array is held under `name{}`; SPL2 searches call it by its plain name.
    const list = `${name}{}`;
    this.fields.add(list);
    return { node, type: 'any', evaluate: (get) => get(name) ?? get(list) };
  }

  private nullTest(node: EvalExpr, operand: EvalExpr, negated: boolean): CompiledNode {
    const { evaluate } = this.compile(operand);
    return { node, type: 'boolean', evaluate: (get, run) => (evaluate(get, run) === null) !== negated };
  }

  private unary(node: EvalExpr, op: '-' | '+' | 'not', operand: CompiledNode): CompiledNode {
    const { evaluate } = operand;
    if (op === 'not') {
      this.requireCondition(operand);
      return { node, type: 'boolean', evaluate: (get, run) => not(toTruth(evaluate(get, run))) };
    }
    const sign = op === '-' ? -1 : 1;
    if (typeof operand.constant?.value === 'number') return constant(node, sign * operand.constant.value);
    return {
      node,
      type: 'number',
      evaluate: (get, run) => {
        const value = toNumber(evaluate(get, run));
        return value === undefined ? null : sign * value;
      },
    };
  }

  private binary(node: EvalBinary): CompiledNode {
    const { op } = node;
    if (this.context.dialect === 'spl2' && (op === '=' || op === '!=')) {
      // SPL2 searches write `x != null` for "x is there".
      if (node.right.kind === 'constant' && node.right.value === null)
        return this.nullTest(node, node.left, op === '!=');
    }
    const left = this.compile(node.left);
    const right = this.compile(node.right);
    const a = left.evaluate;
    const b = right.evaluate;
    if (op === 'and' || op === 'or' || op === 'xor') {
      this.requireCondition(left);
      this.requireCondition(right);
    }
    switch (op) {
      case 'and':
        return boolean(node, (get, run) => {
          const x = toTruth(a(get, run));
          return x === false ? false : and(x, toTruth(b(get, run)));
        });
      case 'or':
        return boolean(node, (get, run) => {
          const x = toTruth(a(get, run));
          return x === true ? true : or(x, toTruth(b(get, run)));
        });
      case 'xor':
        return boolean(node, (get, run) => xor(toTruth(a(get, run)), toTruth(b(get, run))));
      case 'like':
        return boolean(node, (get, run) => like(a(get, run), b(get, run), run));
      case '.':
        return { node, type: 'text', evaluate: (get, run) => concatenate(a(get, run), b(get, run), run) };
      case '+':
      case '-':
      case '*':
      case '/':
      case '%': {
        const evaluate: Evaluate = (get, run) => arithmetic(op, a(get, run), b(get, run), run);
        const type = op === '+' ? 'any' : 'number';
        const rounded = roundIfAsked(node, evaluate);
        // `+` may concatenate, but never yields a boolean.
        return { node, type: type === 'any' ? 'text' : type, evaluate: rounded };
      }
      default:
        return boolean(node, comparison(op, a, b, right));
    }
  }

  private membership(node: EvalExpr, expr: EvalExpr, list: readonly EvalExpr[]): CompiledNode {
    const { evaluate } = this.compile(expr);
    const items = list.map((item) =>
      item.kind === 'eval-subsearch' ? this.subsearch(item, 'values') : this.compile(item),
    );
    return boolean(node, (get, run) =>
      isIn(
        evaluate(get, run),
        items.map((item) => item.evaluate(get, run)),
        run,
      ),
    );
  }

  private subsearch(node: EvalExpr & { kind: 'eval-subsearch' }, as: 'condition' | 'values'): CompiledNode {
    const compiled = this.context.subsearch?.(node.subsearch, as);
    if (typeof compiled === 'function')
      return { node, type: as === 'condition' ? 'boolean' : 'list', evaluate: compiled };
    if (compiled !== undefined) this.diagnostics.push(...compiled);
    else this.error('eval-subsearch', 'A subsearch cannot stand here.', node.range);
    return constant(node, null);
  }

  /**
   * `a.b.c` reads the field of that whole name; where there is none, the longest beginning of it that is a field
   * holding an object (or JSON text) is walked.
   */
  private member(node: EvalExpr, object: EvalExpr, property: string): CompiledNode {
    const path = fieldPath(node);
    const inner = this.compile(object).evaluate;
    if (path === undefined)
      return { node, type: 'any', evaluate: (get, run) => memberOf(inner(get, run), property) };
    this.fields.add(path);
    return { node, type: 'any', evaluate: (get, run) => get(path) ?? memberOf(inner(get, run), property) };
  }

  private index(node: EvalExpr, object: CompiledNode, index: CompiledNode): CompiledNode {
    return {
      node,
      type: 'any',
      evaluate: (get, run) => {
        const container = object.evaluate(get, run);
        const key = index.evaluate(get, run);
        if (typeof key === 'string') return memberOf(container, key);
        return typeof key === 'number' ? (toList(container).at(key) ?? null) : null;
      },
    };
  }

  private call(node: EvalCall): CompiledNode {
    const entry = functionNamed(node.name);
    if (entry === undefined) {
      return this.refuse(
        node,
        'eval-unknown-function',
        `There is no function \`${node.name}\` in eval${didYouMean(node.name, functionNames())}`,
      );
    }
    const [least, most] = entry.arity;
    if (node.args.length < least || node.args.length > most) {
      const wanted =
        least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
      return this.refuse(
        node,
        'eval-arity',
        `\`${node.name}\` takes ${wanted} argument(s), not ${node.args.length}.`,
      );
    }
    if (entry.volatile) this.deterministic = false;
    const args = node.args.map((arg) => this.argument(arg, entry.binds !== undefined));
    const { report, reads } = this;
    const site = {
      name: node.name,
      range: node.range,
      args,
      dialect: this.context.dialect,
      compat: this.compat,
      context: this.context,
      report,
      reads,
    };
    const evaluate = entry.compile(site);
    if (entry.binds === 'name') for (const name of boundNames(node)) this.fields.delete(name);
    return { node, type: entry.returns, evaluate };
  }

  /** Arguments that are functions themselves compile to their body; the caller binds the parameters. */
  private argument(node: EvalExpr, binds: boolean): CompiledNode {
    if (node.kind !== 'lambda' || !binds) return this.compile(node);
    const before = new Set(this.fields);
    const body = this.compile(node.body);
    for (const param of node.params) if (!before.has(param.name)) this.fields.delete(param.name);
    return { ...body, node };
  }

  private readonly report = (diagnostic: Diagnostic): void => {
    this.diagnostics.push(diagnostic);
  };

  private readonly reads = (field?: string): void => {
    if (field === undefined) this.dynamic = true;
    else this.fields.add(field);
  };
}

function constant(node: EvalExpr, value: Value): CompiledNode {
  const type: ResultType =
    value === null
      ? 'any'
      : typeof value === 'boolean'
        ? 'boolean'
        : typeof value === 'number'
          ? 'number'
          : 'text';
  return { node, type, constant: { value }, evaluate: () => value };
}

function boolean(node: EvalExpr, evaluate: Evaluate): CompiledNode {
  return { node, type: 'boolean', evaluate };
}

function comparison(op: CompareOp, a: Evaluate, b: Evaluate, right: CompiledNode): Evaluate {
  const fixed = right.constant?.value;
  // The commonest comparison by far: a field with a text that is no number.
  if (typeof fixed === 'string' && toNumber(fixed) === undefined && (op === '=' || op === '!=')) {
    return (get, run) => {
      const value = a(get, run);
      return typeof value === 'string'
        ? (value === fixed) === (op === '=')
        : compareValues(op, value, fixed, run);
    };
  }
  if (typeof fixed === 'number') {
    return (get, run) => {
      const value = a(get, run);
      return compareValues(op, typeof value === 'string' ? (toNumber(value) ?? value) : value, fixed, run);
    };
  }
  return (get, run) => compareValues(op, a(get, run), b(get, run), run);
}

/** The dotted name that a chain of members spells, if it starts at a field. */
function fieldPath(node: EvalExpr): string | undefined {
  if (node.kind === 'eval-field') return node.name;
  if (node.kind !== 'member') return undefined;
  const object = fieldPath(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

/** Names that `iterator(list, "name")` introduces inside `for_each`: they are not fields of the row. */
function boundNames(call: EvalCall): string[] {
  const [iterator] = call.args;
  const name = iterator?.kind === 'call' ? iterator.args[1] : undefined;
  return name?.kind === 'string' ? [name.value] : [];
}
