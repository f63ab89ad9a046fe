import type { Stage, Subsearch } from './ast.ts';

/** Walking a tree without knowing each command: plain recursion over its nodes. */

type Visitor = (node: { kind: string }, parent: { kind: string } | undefined) => void;

function isNode(value: unknown): value is { kind: string } {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Calls `visit` for every node, parents first, in the order they were written. `skip` answers true for nodes not to enter. */
export function walk(
  root: unknown,
  visit: Visitor,
  skip: (node: { kind: string }) => boolean = () => false,
): void {
  const go = (value: unknown, parent: { kind: string } | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) go(item, parent);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    let next = parent;
    if (isNode(value)) {
      if (skip(value)) return;
      visit(value, parent);
      next = value;
    }
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'range' && key !== 'nameRange' && typeof child === 'object') go(child, next);
    }
  };
  go(root, undefined);
}

/** The subsearches that stand in a stage, not those inside them. */
export function subsearchesOf(stage: Stage): Subsearch[] {
  const found: Subsearch[] = [];
  walk(
    stage,
    (node) => found.push(...(node.kind === 'subsearch' ? [node as Subsearch] : [])),
    (node) => node.kind === 'query',
  );
  return found;
}
