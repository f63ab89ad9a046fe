/** A PCRE pattern as a tree. Flags (`i`, `s`, `m`, `x`) are already applied: sets hold both cases, `.` is a set. */
import type { CharSet } from './charset.ts';

export type RegexNode =
  | { type: 'set'; set: CharSet }
  | { type: 'sequence'; items: readonly RegexNode[] }
  | { type: 'choice'; branches: readonly RegexNode[] }
  | { type: 'repeat'; body: RegexNode; min: number; max: number; mode: 'greedy' | 'lazy' | 'possessive' }
  | { type: 'capture'; body: RegexNode; index: number }
  | { type: 'atomic'; body: RegexNode }
  | { type: 'look'; body: RegexNode; behind: boolean; negated: boolean }
  | { type: 'assert'; kind: AssertKind }
  /** Several indices: a name that several groups share; the first that is set counts. */
  | { type: 'backreference'; indices: readonly number[]; ignoreCase: boolean };

/** `end` is PCRE's `$`: the very end, or before a final newline. `finish` is `\z`. */
export type AssertKind =
  | 'start'
  | 'line-start'
  | 'end'
  | 'line-end'
  | 'finish'
  | 'word-boundary'
  | 'not-word-boundary';

export interface RegexTree {
  root: RegexNode;
  /** Number of capture groups. */
  groups: number;
  /** Named groups in the order written; a name may occur more than once. */
  names: readonly { name: string; index: number }[];
}

/** Least and greatest number of characters that a node matches. A back-reference may be of any length. */
export function width(node: RegexNode): { min: number; max: number } {
  switch (node.type) {
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence': {
      let min = 0;
      let max = 0;
      for (const item of node.items) {
        const part = width(item);
        min += part.min;
        max += part.max;
      }
      return { min, max };
    }
    case 'choice': {
      const parts = node.branches.map(width);
      return { min: Math.min(...parts.map((p) => p.min)), max: Math.max(...parts.map((p) => p.max)) };
    }
    case 'repeat': {
      const body = width(node.body);
      return { min: body.min * node.min, max: body.max === 0 ? 0 : body.max * node.max };
    }
    case 'capture':
    case 'atomic':
      return width(node.body);
    case 'look':
    case 'assert':
      return { min: 0, max: 0 };
    case 'backreference':
      return { min: 0, max: Infinity };
  }
}

export function hasCapture(node: RegexNode): boolean {
  switch (node.type) {
    case 'capture':
      return true;
    case 'sequence':
      return node.items.some(hasCapture);
    case 'choice':
      return node.branches.some(hasCapture);
    case 'repeat':
    case 'atomic':
    case 'look':
      return hasCapture(node.body);
    default:
      return false;
  }
}
