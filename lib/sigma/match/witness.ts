import type { Expression, Test } from '../rule/expression.ts';

/** Atoms of which at least one holds for every event that a rule matches, and how often that calls the rule up in vain. */
export interface Witness {
  atoms: readonly number[];
  cost: number;
}

/** A field that is there says next to nothing; a text in every event's keywords little. */
export const PRESENCE_COST = 1;

/** Whole values are rare, and so are long texts. */
export function literalCost(length: number, whole: boolean): number {
  return whole ? 0.01 : 0.4 / Math.max(1, length) ** 1.2;
}

/**
 * The atoms that call a rule up: of what must hold together the rarest part, of alternatives each. Undefined where an
 * event may match without any of them (a rule that only excludes).
 */
export function witnessOf(
  expression: Expression,
  ofTest: (test: Test) => Witness | undefined,
): Witness | undefined {
  switch (expression.kind) {
    case 'test':
      return ofTest(expression);
    case 'not':
      return undefined;
    case 'or': {
      const atoms: number[] = [];
      let cost = 0;
      for (const item of expression.items) {
        const witness = witnessOf(item, ofTest);
        if (witness === undefined) return undefined;
        atoms.push(...witness.atoms);
        cost += witness.cost;
      }
      return { atoms: [...new Set(atoms)], cost };
    }
    case 'and': {
      let best: Witness | undefined;
      for (const item of expression.items) {
        const witness = witnessOf(item, ofTest);
        if (witness !== undefined && (best === undefined || witness.cost < best.cost)) best = witness;
      }
      return best;
    }
  }
}
