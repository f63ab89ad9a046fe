/**
 * Significant figures of arithmetic: a sum keeps the decimals of its least precise term, a product the significant
 * figures of its least precise factor (eval's reference page, and `sigfig`). Intermediate values are not rounded.
 */
import type { EvalExpr } from '../../syntax/ast.ts';
import { toNumber } from '../value/value.ts';
import type { CompiledNode, Evaluate } from './context.ts';

/** Significant figures and decimals of a number as written; infinite for what is exact. */
interface Precision {
  figures: number;
  decimals: number;
}

const EXACT: Precision = { figures: Infinity, decimals: Infinity };

function precisionOfText(text: string): Precision {
  const [digits = '', exponent = '0'] = text.toLowerCase().replace(/^[+-]/, '').split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const figures = (whole + fraction).replace(/^0+/, '').length;
  return { figures: Math.max(1, figures), decimals: fraction.length - Number(exponent) };
}

/** Decimal places of the leading digit: 2 for 123, -2 for 0.01. */
function magnitude(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) + 1e-12);
}

function fromFigures(figures: number, value: number): Precision {
  return figures === Infinity ? EXACT : { figures, decimals: figures - 1 - magnitude(value) };
}

function fromDecimals(decimals: number, value: number): Precision {
  return decimals === Infinity ? EXACT : { decimals, figures: Math.max(1, decimals + 1 + magnitude(value)) };
}

/** The precision of an expression whose parts are literals and arithmetic; anything else counts as exact. */
function precisionOf(node: EvalExpr): { value: number; precision: Precision } | undefined {
  if (node.kind === 'number') return { value: node.value, precision: precisionOfText(node.raw) };
  if (node.kind === 'unary' && node.op !== 'not') {
    const inner = precisionOf(node.expr);
    return inner && { ...inner, value: node.op === '-' ? -inner.value : inner.value };
  }
  if (node.kind !== 'binary') return undefined;
  const left = precisionOf(node.left);
  const right = precisionOf(node.right);
  if (left === undefined || right === undefined) return undefined;
  const a = left.precision;
  const b = right.precision;
  switch (node.op) {
    case '+':
    case '-': {
      const value = node.op === '+' ? left.value + right.value : left.value - right.value;
      return { value, precision: fromDecimals(Math.min(a.decimals, b.decimals), value) };
    }
    case '*':
    case '/': {
      const value = node.op === '*' ? left.value * right.value : left.value / right.value;
      return { value, precision: fromFigures(Math.min(a.figures, b.figures), value) };
    }
    default:
      return undefined;
  }
}

function leastLiteral(node: EvalExpr): number {
  if (node.kind === 'number') return precisionOfText(node.raw).figures;
  if (node.kind === 'unary') return leastLiteral(node.expr);
  return node.kind === 'binary' ? Math.min(leastLiteral(node.left), leastLiteral(node.right)) : Infinity;
}

/** Rounds to significant figures, halves away from zero. */
export function roundFigures(value: number, figures: number): number {
  if (value === 0 || !Number.isFinite(value) || figures === Infinity) return value;
  const scale = figures - 1 - magnitude(value);
  const scaled = Number(`${Math.abs(value)}e${scale}`);
  if (Number.isNaN(scaled)) return value;
  return Math.sign(value) * Number(`${Math.round(scaled)}e${-scale}`);
}

function figuresOf(node: EvalExpr): number {
  const known = precisionOf(node);
  return known === undefined ? leastLiteral(node) : known.precision.figures;
}

/** The node's value rounded to what its literals justify. */
export function roundToPrecision(node: EvalExpr, evaluate: Evaluate): Evaluate {
  const figures = figuresOf(node);
  if (figures === Infinity) return evaluate;
  return (get, run) => {
    const value = toNumber(evaluate(get, run));
    return value === undefined ? null : roundFigures(value, figures);
  };
}

/** Arithmetic as the flag `decimalRounding` has it; where the two answers differ, the result rests on the flag. */
export function roundIfAsked(node: EvalExpr, evaluate: Evaluate): Evaluate {
  const figures = figuresOf(node);
  if (figures === Infinity) return evaluate;
  return (get, run) => {
    const plain = evaluate(get, run);
    const number = toNumber(plain);
    const rounded = number === undefined ? plain : roundFigures(number, figures);
    if (rounded === plain) return plain;
    run.rests('decimalRounding');
    return run.compat.decimalRounding === 'off' ? plain : rounded;
  };
}

/** `sigfig(x)`. */
export function compileSigfig(argument: CompiledNode): Evaluate {
  return roundToPrecision(argument.node, argument.evaluate);
}
