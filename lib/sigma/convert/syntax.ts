/**
 * The core of every backend: an expression is printed from its tests up, and parentheses stand wherever `and` meets
 * `or`. A backend is a table of how it writes each kind of test; a kind that is absent cannot be expressed.
 */
import { type Expression, isKeywords, type Test, type Value } from '../rule/expression.ts';
import { type ConvertCode, ConvertError } from './error.ts';

/** What binds least in a text decides whether it needs parentheses. */
export interface Piece {
  text: string;
  level: 'atom' | 'not' | 'and' | 'or';
}

export const atom = (text: string): Piece => ({ text, level: 'atom' });

export type ValueOf<K extends Value['kind']> = Extract<Value, { kind: K }>;

export type Printers = { [K in Value['kind']]?: (value: ValueOf<K>, field: string, test: Test) => Piece };

export interface Syntax {
  /** For messages. */
  title: string;
  and: string;
  or: string;
  not(inner: Piece): Piece;
  tests: Printers;
  /** A test anywhere in the event; absent: the backend searches fields only. */
  keyword?(test: Test): Piece;
  /** A part made of keywords alone, where the backend has a language of its own for them. */
  keywords?(part: Expression): Piece;
  /** Several values of one field that are alternatives; undefined: printed one by one. */
  list?(field: string, tests: readonly Test[]): Piece | undefined;
}

/** Throws `ConvertError` for the first test that the backend cannot express. */
export function printExpression(expression: Expression, syntax: Syntax): Piece {
  if (syntax.keywords !== undefined && expression.kind !== 'not' && isKeywords(expression)) {
    return syntax.keywords(expression);
  }
  if (expression.kind === 'test') return printTest(expression, syntax);
  if (expression.kind === 'not') {
    const there = presence(expression.item);
    return there === undefined
      ? syntax.not(printExpression(expression.item, syntax))
      : printTest(there, syntax);
  }
  const { kind } = expression;
  if (kind === 'or' && syntax.list !== undefined) {
    const field = commonField(expression.items);
    const listed = field === undefined ? undefined : syntax.list(field, expression.items as readonly Test[]);
    if (listed !== undefined) return listed;
  }
  const items = expression.items.map((item) => printExpression(item, syntax));
  return joinPieces(kind, items, syntax);
}

/** "Not absent" is "there": what a negated test for absence asks. */
function presence(item: Expression): Test | undefined {
  if (item.kind !== 'test' || item.field === undefined) return undefined;
  if (item.value.kind === 'null') return { ...item, value: { kind: 'exists', exists: true } };
  if (item.value.kind === 'exists') return { ...item, value: { kind: 'exists', exists: !item.value.exists } };
  return undefined;
}

export function joinPieces(kind: 'and' | 'or', items: readonly Piece[], syntax: Syntax): Piece {
  const texts = items.map((item) => (needsGroup(item, kind) ? `(${item.text})` : item.text));
  return items.length === 1 ? items[0]! : { text: texts.join(syntax[kind]), level: kind };
}

function needsGroup(item: Piece, within: 'and' | 'or'): boolean {
  return (item.level === 'and' || item.level === 'or') && item.level !== within;
}

/** `NOT x`, with parentheses round anything but a single test. */
export function notPiece(word: string): (inner: Piece) => Piece {
  return (inner) => ({ text: `${word}${grouped(inner)}`, level: 'not' });
}

export function grouped(piece: Piece): string {
  return piece.level === 'atom' ? piece.text : `(${piece.text})`;
}

function commonField(items: readonly Expression[]): string | undefined {
  const [first] = items;
  if (first?.kind !== 'test' || first.field === undefined) return undefined;
  return items.every((item) => item.kind === 'test' && item.field === first.field) ? first.field : undefined;
}

const MISSING: Readonly<Record<Value['kind'], readonly [code: ConvertCode, what: string]>> = {
  pattern: ['convert-value', 'texts'],
  number: ['convert-value', 'numbers'],
  boolean: ['convert-value', 'truth values'],
  null: ['convert-value', 'a test for an absent field'],
  exists: ['convert-value', 'a test for a field that is there'],
  regex: ['convert-regex', 'regular expressions'],
  cidr: ['convert-cidr', 'networks'],
  order: ['convert-value', 'comparisons of numbers'],
  field: ['convert-field-reference', 'a comparison of two fields'],
  time: ['convert-time-part', 'parts of a time'],
};

function printTest(test: Test, syntax: Syntax): Piece {
  const { field, value } = test;
  if (field === undefined) {
    if (syntax.keyword !== undefined) return syntax.keyword(test);
    const message = `${syntax.title} has no search without a field; name the field that holds this text.`;
    throw new ConvertError('convert-keyword', message, test.range);
  }
  const print = syntax.tests[value.kind] as ((value: Value, field: string, test: Test) => Piece) | undefined;
  if (print !== undefined) return print(value, field, test);
  const [code, what] = MISSING[value.kind];
  throw new ConvertError(code, `${syntax.title} cannot express ${what}.`, test.range);
}

export function refuseCased(value: ValueOf<'pattern'> | ValueOf<'field'>, test: Test, title: string): void {
  if (!value.cased) return;
  const message = `${title} cannot tell upper from lower case in a search.`;
  throw new ConvertError('convert-cased', message, test.range);
}
