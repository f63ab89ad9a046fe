/**
 * Binary XML as trees, and a tree made flat for printing: texts joined as far as they go, and between them what a
 * record's values decide.
 */

/** Text is escaped already. */
export type Node = string | Substitution | Element | Instance;

interface Substitution {
  kind: 'substitution';
  id: number;
  optional: boolean;
}

export interface Element {
  kind: 'element';
  name: string;
  attributes: { name: string; parts: Node[] }[];
  children: Node[];
}

/** A template with values of a record. */
export interface Instance {
  kind: 'instance';
  template: Template;
  values: Value[];
}

/** A value in its chunk: its type, its place, and its length in bytes. */
export interface Value {
  type: number;
  at: number;
  bytes: number;
}

export interface Template {
  readonly plan: Plan;
  /** True where the plan refers to places in its chunk. */
  readonly ofChunk: boolean;
}

/**
 * Pieces go to one list that is joined once; adding up strings kept hundreds of parts alive per record, and half of the
 * time went into collecting them.
 */
export type Plan = readonly Piece[];
export type Piece =
  | string
  | { kind: 'value'; id: number; attribute: boolean }
  /** An attribute that is left out where its only, optional value is absent. */
  | { kind: 'attribute'; name: string; id: number }
  /** An element whose only content is a value: an array fills it once per member. */
  | { kind: 'filled'; open: Plan; id: number; close: string }
  | Instance;

export function planOf(nodes: readonly Node[], into: Piece[] = [], attribute = false): Piece[] {
  const add = (piece: Piece) => {
    const last = into[into.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') into[into.length - 1] = last + piece;
    else into.push(piece);
  };
  for (const node of nodes) {
    if (typeof node === 'string') add(node);
    else if (node.kind === 'substitution') add({ kind: 'value', id: node.id, attribute });
    else if (node.kind === 'instance') add(node);
    else {
      const only = node.children.length === 1 ? node.children[0] : undefined;
      if (typeof only === 'object' && only.kind === 'substitution') {
        add({ kind: 'filled', open: [...openTag(node), '>'], id: only.id, close: `</${node.name}>` });
        continue;
      }
      for (const piece of openTag(node)) add(piece);
      if (node.children.length === 0) add('/>');
      else {
        add('>');
        for (const piece of planOf(node.children)) add(piece);
        add(`</${node.name}>`);
      }
    }
  }
  return into;
}

function openTag({ name, attributes }: Element): Piece[] {
  const pieces: Piece[] = [`<${name}`];
  for (const { name: attribute, parts } of attributes) {
    const only = parts.length === 1 ? parts[0] : undefined;
    if (typeof only === 'object' && only.kind === 'substitution' && only.optional) {
      pieces.push({ kind: 'attribute', name: attribute, id: only.id });
    } else pieces.push(` ${attribute}='`, ...planOf(parts, [], true), "'");
  }
  return pieces;
}
