/**
 * The tree that the old converter (`sigmac`, as of 2020) made of a rule. It differs from what a rule means: lists stay
 * together, wildcards are put on as text, and the log source is demanded again in every parenthesis.
 */
import { base64, base64Offsets, bytesOf, type Encoding } from '../../rule/encode.ts';
import type { Condition, FieldItem, Literal, Search, SigmaRule } from '../../rule/model.ts';
import { searchesNamed } from '../../rule/read-detection.ts';
import { ConvertError } from '../error.ts';
import { optimise } from './optimise.ts';

export type LegacyValue = string | number | boolean | null | { regex: string };

export type LegacyNode =
  | { kind: 'and' | 'or'; items: LegacyNode[] }
  | { kind: 'not'; item: LegacyNode }
  /** A parenthesis. */
  | { kind: 'group'; item: LegacyNode }
  | LegacyLeaf;

export interface LegacyLeaf {
  kind: 'leaf';
  /** Undefined: a keyword. */
  field: string | undefined;
  value: LegacyValue | readonly LegacyValue[];
  /** What of two leaves has to be equal for them to be one. */
  key: string;
}

export function leafOf(field: string | undefined, value: LegacyLeaf['value']): LegacyLeaf {
  return { kind: 'leaf', field, value, key: JSON.stringify([field ?? null, value]) };
}

/**
 * The tree of one condition, simplified. `scope` is what the log source demands: the old converter added it to every
 * parenthesis, and simplified each by itself.
 */
export function legacyTree(rule: SigmaRule, condition: Condition, scope: readonly LegacyLeaf[]): LegacyNode {
  const { searches } = rule.detection;
  const plain = (node: Condition): LegacyNode => {
    switch (node.kind) {
      case 'not':
        return { kind: 'not', item: visit(node.item) };
      case 'search':
        return searchNode(searches.get(node.name)!);
      case 'of': {
        if (searches.has(node.pattern)) return searchNode(searches.get(node.pattern)!);
        const names = node.pattern === 'them' ? [...searches.keys()] : searchesNamed(node.pattern, searches);
        const items = names.map((name) => searchNode(searches.get(name)!));
        return { kind: 'group', item: { kind: node.quantifier === 'all' ? 'and' : 'or', items } };
      }
      default: {
        const [first, ...rest] = node.items.map(visit);
        return rest.reduce((left, right): LegacyNode => ({ kind: node.kind, items: [left, right] }), first!);
      }
    }
  };
  const scoped = (node: Condition): LegacyNode => {
    const inner = plain(node);
    return optimise(scope.length === 0 ? inner : { kind: 'and', items: [...scope, inner] });
  };
  const visit = (node: Condition): LegacyNode =>
    node.parenthesised ? { kind: 'group', item: scoped(node) } : plain(node);
  if (!condition.parenthesised) return scoped(condition);
  const inner = visit(condition);
  return optimise(scope.length === 0 ? inner : { kind: 'and', items: [...scope, inner] });
}

function searchNode(search: Search): LegacyNode {
  return { kind: 'group', item: searchItems(search) };
}

function searchItems(search: Search): LegacyNode {
  if (search.kind === 'map') return { kind: 'and', items: search.items.map(itemNode) };
  const items = search.items.map((item) => (item.kind === 'map' ? searchItems(item) : itemNode(item)));
  return { kind: 'or', items };
}

function itemNode(item: FieldItem): LegacyNode {
  const values = item.values.flatMap((literal) => valuesOf(literal, item));
  const { field } = item;
  if (item.modifiers.includes('all'))
    return { kind: 'and', items: values.map((value) => leafOf(field, value)) };
  const single = !item.list && values.length === 1;
  if (field === undefined && !single)
    return { kind: 'or', items: values.map((value) => leafOf(field, value)) };
  if (values.some((value) => typeof value === 'object' && value !== null) && !single) {
    return { kind: 'or', items: values.map((value) => leafOf(field, value)) };
  }
  return leafOf(field, single ? values[0]! : values);
}

const POSITIONS: Readonly<Record<string, [before: boolean, after: boolean]>> = {
  contains: [true, true],
  startswith: [false, true],
  endswith: [true, false],
};
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  wide: 'utf16le',
  utf16le: 'utf16le',
  utf16be: 'utf16be',
  utf16: 'utf16',
};

/** Modifiers of the old converter; it knew no others. */
function valuesOf(literal: Literal, item: FieldItem): LegacyValue[] {
  let values: LegacyValue[] = [literal.value];
  let encoding: Encoding = 'utf8';
  for (const name of item.modifiers) {
    const position = POSITIONS[name];
    if (position !== undefined) {
      values = values.map((value) => (typeof value === 'string' ? padded(value, position) : value));
    } else if (ENCODINGS[name] !== undefined) encoding = ENCODINGS[name];
    else if (name === 're') values = values.map((value) => ({ regex: String(value) }));
    else if (name === 'base64') values = values.map((value) => base64(bytesOf(String(value), encoding)));
    else if (name === 'base64offset') {
      values = values.flatMap((value) => base64Offsets(bytesOf(String(value), encoding)));
    } else if (name !== 'all') {
      throw new ConvertError(
        'convert-modifier',
        `The old converter has no modifier \`${name}\`.`,
        item.range,
      );
    }
  }
  return values;
}

function padded(text: string, [before, after]: [boolean, boolean]): string {
  return `${before && !text.startsWith('*') ? '*' : ''}${text}${after && !text.endsWith('*') ? '*' : ''}`;
}
