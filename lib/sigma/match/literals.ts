import type { Expression, Test } from '../rule/expression.ts';

/** A text that is in the field (or, without one, anywhere in the event), in lower case. */
export interface Literal {
  field: string | undefined;
  text: string;
}

/**
 * Texts of which an event that matches has at least one. Empty: nothing can be said. An index over them picks the rules
 * worth evaluating for an event.
 */
export function requiredLiterals(expression: Expression): readonly Literal[] {
  return alternatives(expression) ?? [];
}

function alternatives(expression: Expression): readonly Literal[] | undefined {
  if (expression.kind === 'not') return undefined;
  if (expression.kind === 'test') return ofTest(expression);
  const items = expression.items.map(alternatives);
  if (expression.kind === 'or') {
    const known = items.filter((item) => item !== undefined);
    return known.length === items.length ? known.flat() : undefined;
  }
  let best: readonly Literal[] | undefined;
  for (const item of items) if (item !== undefined && (best === undefined || rarer(item, best))) best = item;
  return best;
}

/** Long texts are rare; so is a short list. */
function rarer(a: readonly Literal[], b: readonly Literal[]): boolean {
  return shortest(a) / a.length > shortest(b) / b.length;
}

const shortest = (literals: readonly Literal[]): number =>
  Math.min(...literals.map(({ text }) => text.length));

function ofTest({ field, value }: Test): readonly Literal[] | undefined {
  if (value.kind === 'number' || value.kind === 'boolean') return [{ field, text: String(value.value) }];
  if (value.kind !== 'pattern') return undefined;
  let longest = '';
  for (const part of value.pattern)
    if (typeof part === 'string' && part.length > longest.length) longest = part;
  return longest === '' ? undefined : [{ field, text: longest.toLowerCase() }];
}
