/**
 * The old converter's simplification, exactly as far as it went: nested nodes of one kind are joined only where no node
 * of another kind stands beside them, and only leaves are taken out of alternatives that share them.
 */
import type { LegacyNode } from './tree.ts';

type Group = Extract<LegacyNode, { kind: 'and' | 'or' }>;

/** Parentheses are taken away, the rest is simplified, and every AND and OR gets one. Nothing under NOT is touched. */
export function optimise(node: LegacyNode): LegacyNode {
  let found = strip(node);
  for (;;) {
    const next = simplify(found);
    if (JSON.stringify(next) === JSON.stringify(found)) return wrap(next);
    found = next;
  }
}

function strip(node: LegacyNode): LegacyNode {
  if (node.kind === 'group') return strip(node.item);
  return node.kind === 'and' || node.kind === 'or' ? { kind: node.kind, items: node.items.map(strip) } : node;
}

function wrap(node: LegacyNode): LegacyNode {
  if (node.kind !== 'and' && node.kind !== 'or') return node;
  return { kind: 'group', item: { kind: node.kind, items: node.items.map(wrap) } };
}

function simplify(node: LegacyNode): LegacyNode {
  if (node.kind !== 'and' && node.kind !== 'or') return node;
  const group = joined({ kind: node.kind, items: distinct(node.items.map(simplify)) });
  if (group.items.length === 1) return group.items[0]!;
  return factored(group);
}

function distinct(items: LegacyNode[]): LegacyNode[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (item.kind !== 'leaf') return true;
    if (seen.has(item.key)) return false;
    seen.add(item.key);
    return true;
  });
}

function joined(group: Group): Group {
  if (!group.items.every((item) => item.kind === 'leaf' || item.kind === group.kind)) return group;
  const items = group.items.flatMap((item) => (item.kind === group.kind ? item.items : [item]));
  return { kind: group.kind, items: distinct(items) };
}

function factored(group: Group): Group {
  const other = group.kind === 'or' ? 'and' : 'or';
  const [first, ...rest] = group.items;
  if (rest.length === 0 || !group.items.every((item) => item.kind === other) || first?.kind !== other)
    return group;
  const keys = (rest as Group[]).map(
    ({ items }) => new Set(items.map((item) => (item.kind === 'leaf' ? item.key : ''))),
  );
  const common = first.items.filter((item) => item.kind === 'leaf' && keys.every((set) => set.has(item.key)));
  if (common.length === 0) return group;
  const shared = new Set(common.map((item) => (item.kind === 'leaf' ? item.key : '')));
  const left = (group.items as Group[]).map(
    ({ items }): LegacyNode => ({
      kind: other,
      items: items.filter((item) => item.kind !== 'leaf' || !shared.has(item.key)),
    }),
  );
  return { kind: other, items: [...common, { kind: group.kind, items: left }] };
}
