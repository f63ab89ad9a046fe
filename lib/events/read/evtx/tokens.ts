import type { Element, Instance, Node, Template, Value } from './plan.ts';
import { escapeAttribute, escapeText } from './print.ts';
import { wide } from './values.ts';

/** Nested templates in a damaged chunk could refer to each other without end. */
export const MOST_DEPTH = 24;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&amp;',
  lt: '&lt;',
  gt: '&gt;',
  quot: '&quot;',
  apos: '&apos;',
};

export class BinXmlError extends Error {}

/** What a chunk's tokens refer to by its offset there, and where it ends. */
export interface Shared {
  name(offset: number): { name: string; end: number };
  template(offset: number, depth: number): { template: Template; end: number };
}

/** Walks the tokens of one fragment. */
export class Cursor {
  constructor(
    private readonly chunk: Shared,
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
    const { template, end } = this.chunk.template(offset, this.depth);
    if (offset === this.at) this.at = end;
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
    return { kind: 'instance', template, values };
  }
}
