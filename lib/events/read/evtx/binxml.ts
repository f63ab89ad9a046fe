/**
 * Binary XML of Windows event logs ([MS-EVEN6] 2.2.12): tokens to a small tree, once per template, and the tree with a
 * record's values to text. Offsets are within one 64 KiB chunk of the file, which is also the scope of names and
 * templates.
 */

import { ARRAY, BINXML_TYPE, NULL_TYPE, printArray, printValue, wide } from './values.ts';

/** Text is escaped already. */
type Node = string | Substitution | Element | Instance;

interface Substitution {
  kind: 'substitution';
  id: number;
  optional: boolean;
}

interface Element {
  kind: 'element';
  name: string;
  attributes: { name: string; parts: Node[] }[];
  children: Node[];
}

interface Instance {
  kind: 'instance';
  plan: Plan;
  values: Value[];
}

/**
 * A tree made flat for printing: texts joined as far as they go, and between them what a record's values decide. Pieces
 * go to one list that is joined once; adding up strings kept hundreds of parts alive per record, and half of the time
 * went into collecting them.
 */
type Plan = readonly Piece[];
type Piece =
  | string
  | { kind: 'value'; id: number; attribute: boolean }
  /** An attribute that is left out where its only, optional value is absent. */
  | { kind: 'attribute'; name: string; id: number }
  /** An element whose only content is a value: an array fills it once per member. */
  | { kind: 'filled'; open: Plan; id: number; close: string }
  | Instance;

function planOf(nodes: readonly Node[], into: Piece[] = [], attribute = false): Piece[] {
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

interface Value {
  type: number;
  at: number;
  bytes: number;
}

/** Nested templates in a damaged chunk could refer to each other without end. */
const MOST_DEPTH = 24;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&amp;',
  lt: '&lt;',
  gt: '&gt;',
  quot: '&quot;',
  apos: '&apos;',
};
const escapeText = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;
const escapeAttribute = (text: string): string =>
  /[&<>'"]/.test(text) ? escapeText(text).replace(/'/g, '&apos;').replace(/"/g, '&quot;') : text;

export class BinXmlError extends Error {}

/** Reads and renders the records of one chunk. */
export class ChunkXml {
  private readonly names = new Map<number, { name: string; end: number }>();
  private readonly templates = new Map<number, { plan: Plan; end: number }>();

  constructor(private readonly view: DataView) {}

  /** The XML of the fragment in `[at, end)`. Throws `BinXmlError` or `RangeError` on damage. */
  render(at: number, end: number): string {
    const out: string[] = [];
    this.fragment(at, end, 0, out);
    return out.join('');
  }

  private fragment(at: number, end: number, depth: number, out: string[]): void {
    const cursor = new Cursor(this, this.view, at, end, false, depth);
    this.print(planOf(cursor.nodes()), [], depth, out);
  }

  /** A name by its offset; names are shared within the chunk, and stand inline at their first use. */
  name(offset: number): { name: string; end: number } {
    const known = this.names.get(offset);
    if (known !== undefined) return known;
    const length = this.view.getUint16(offset + 6, true) * 2;
    const read = { name: wide(this.view, offset + 8, length), end: offset + 8 + length + 2 };
    this.names.set(offset, read);
    return read;
  }

  template(offset: number, depth: number): { plan: Plan; end: number } {
    const known = this.templates.get(offset);
    if (known !== undefined) return known;
    if (depth > MOST_DEPTH) throw new BinXmlError('templates nest too deeply');
    const size = this.view.getUint32(offset + 20, true);
    const start = offset + 24;
    const nodes = new Cursor(this, this.view, start, start + size, true, depth + 1).nodes();
    const read = { plan: planOf(nodes), end: start + size };
    this.templates.set(offset, read);
    return read;
  }

  private print(plan: Plan, values: Value[], depth: number, out: string[]): void {
    for (const piece of plan) {
      if (typeof piece === 'string') out.push(piece);
      else if (piece.kind === 'value') this.value(values[piece.id], piece.attribute, depth, out);
      else if (piece.kind === 'instance') this.print(piece.plan, piece.values, depth + 1, out);
      else if (piece.kind === 'attribute') {
        const value = values[piece.id];
        if (value === undefined || absent(value)) continue;
        out.push(` ${piece.name}='`);
        this.value(value, true, depth, out);
        out.push("'");
      } else this.filled(piece.open, piece.close, values[piece.id], values, depth, out);
    }
  }

  /** An element around one value: `<Data>a</Data><Data>b</Data>` for an array of two. */
  private filled(
    open: Plan,
    close: string,
    value: Value | undefined,
    values: Value[],
    depth: number,
    out: string[],
  ): void {
    const array = value !== undefined && (value.type & ARRAY) !== 0 && !absent(value);
    const members = array ? printArray(value.type & ~ARRAY, this.view, value.at, value.bytes) : [''];
    for (const member of members) {
      this.print(open, values, depth, out);
      if (array) out.push(escapeText(member));
      else this.value(value, false, depth, out);
      out.push(close);
    }
  }

  private value(value: Value | undefined, attribute: boolean, depth: number, out: string[]): void {
    if (value === undefined || absent(value)) return;
    if (value.type === BINXML_TYPE) {
      if (depth > MOST_DEPTH) throw new BinXmlError('fragments nest too deeply');
      this.fragment(value.at, value.at + value.bytes, depth + 1, out);
      return;
    }
    const text =
      (value.type & ARRAY) === 0
        ? printValue(value.type, this.view, value.at, value.bytes)
        : printArray(value.type & ~ARRAY, this.view, value.at, value.bytes).join(',');
    out.push(attribute ? escapeAttribute(text) : escapeText(text));
  }
}

const absent = (value: Value | undefined): boolean =>
  value === undefined || value.type === NULL_TYPE || value.bytes === 0;

/** Walks the tokens of one fragment. */
class Cursor {
  constructor(
    private readonly chunk: ChunkXml,
    private readonly view: DataView,
    private at: number,
    private readonly end: number,
    /** Elements of a template definition carry a dependency id; those of a plain fragment do not. */
    private readonly inTemplate: boolean,
    private readonly depth: number,
  ) {}

  nodes(): Node[] {
    const root: Node[] = [];
    const open: Element[] = [];
    let children = root;
    while (this.at < this.end) {
      const token = this.view.getUint8(this.at++);
      switch (token & 0x3f) {
        case 0x00:
          return root;
        case 0x01: {
          const element = this.startElement((token & 0x40) !== 0);
          children.push(element);
          open.push(element);
          if (open.length > 200) throw new BinXmlError('elements nest too deeply');
          break;
        }
        case 0x02: // end of a start tag
          children = open[open.length - 1]?.children ?? root;
          break;
        case 0x03: // end of an empty element
        case 0x04: // end tag
          open.pop();
          children = open[open.length - 1]?.children ?? root;
          break;
        case 0x0c:
          children.push(this.instance());
          break;
        case 0x0f:
          this.at += 3;
          break;
        case 0x0a:
          children.push(`<?${this.nameHere()}`);
          break;
        case 0x0b:
          children.push(` ${this.shortText()}?>`);
          break;
        default:
          children.push(this.content(token, escapeText));
      }
    }
    return root;
  }

  /** A token that may stand in text and in an attribute alike. */
  private content(token: number, escaped: (text: string) => string): Node {
    switch (token & 0x3f) {
      case 0x05:
        this.at++;
        return escaped(this.shortText());
      case 0x07:
        return escaped(this.shortText());
      case 0x08: {
        const unit = this.view.getUint16(this.at, true);
        this.at += 2;
        return escaped(String.fromCharCode(unit));
      }
      case 0x09: {
        const name = this.nameHere();
        return ENTITIES[name] ?? `&amp;${name};`;
      }
      case 0x0d:
      case 0x0e: {
        const id = this.view.getUint16(this.at, true);
        this.at += 3;
        return { kind: 'substitution', id, optional: (token & 0x3f) === 0x0e };
      }
      default:
        throw new BinXmlError(`token 0x${token.toString(16)} is not known`);
    }
  }

  private startElement(hasAttributes: boolean): Element {
    if (this.inTemplate) this.at += 2;
    this.at += 4;
    const element: Element = { kind: 'element', name: this.nameHere(), attributes: [], children: [] };
    if (!hasAttributes) return element;
    const end = this.at + 4 + this.view.getUint32(this.at, true);
    this.at += 4;
    while (this.at < end) {
      const token = this.view.getUint8(this.at);
      if ((token & 0x3f) === 0x06) {
        this.at++;
        element.attributes.push({ name: this.nameHere(), parts: [] });
        continue;
      }
      const attribute = element.attributes[element.attributes.length - 1];
      if (attribute === undefined) throw new BinXmlError('an attribute value has no name');
      this.at++;
      attribute.parts.push(this.content(token, escapeAttribute));
    }
    return element;
  }

  private nameHere(): string {
    const offset = this.view.getUint32(this.at, true);
    this.at += 4;
    const { name, end } = this.chunk.name(offset);
    if (offset === this.at) this.at = end;
    return name;
  }

  private shortText(): string {
    const bytes = this.view.getUint16(this.at, true) * 2;
    const text = wide(this.view, this.at + 2, bytes);
    this.at += 2 + bytes;
    return text;
  }

  private instance(): Instance {
    const offset = this.view.getUint32(this.at + 5, true);
    this.at += 9;
    const template = this.chunk.template(offset, this.depth);
    if (offset === this.at) this.at = template.end;
    const count = this.view.getUint32(this.at, true);
    this.at += 4;
    if (count > 4096) throw new BinXmlError(`${count} values for one template`);
    const values: Value[] = [];
    let data = this.at + 4 * count;
    for (let index = 0; index < count; index++, this.at += 4) {
      const bytes = this.view.getUint16(this.at, true);
      values.push({ bytes, type: this.view.getUint8(this.at + 2), at: data });
      data += bytes;
    }
    if (data > this.view.byteLength) throw new BinXmlError('values reach beyond the chunk');
    this.at = data;
    return { kind: 'instance', plan: template.plan, values };
  }
}
