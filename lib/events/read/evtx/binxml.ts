/**
 * Binary XML of Windows event logs ([MS-EVEN6] 2.2.12): tokens to a small tree, once per template, and the tree with a
 * record's values to text. Offsets are within one 64 KiB chunk of the file, which is also the scope of names and
 * templates.
 */

import type { Layouts } from './layout.ts';
import { type Instance, type Plan, planOf, type Template, type Value } from './plan.ts';
import { escapeAttribute, escapeText, type Filling, print } from './print.ts';
import { BinXmlError, Cursor, MOST_DEPTH, type Shared } from './tokens.ts';
import { ARRAY, BINXML_TYPE, NULL_TYPE, printArray, printValue, wide } from './values.ts';

/** Reads and renders the records of one chunk. */
export class ChunkXml implements Shared {
  private readonly names = new Map<number, { name: string; end: number }>();
  private readonly templates = new Map<number, { template: Template; end: number }>();

  constructor(
    readonly view: DataView,
    private readonly layouts: Layouts,
  ) {}

  /** The XML of the fragment in `[at, end)`. Throws `BinXmlError` or `RangeError` on damage. */
  render(at: number, end: number): string {
    const out: string[] = [];
    this.fragment(at, end, 0, out);
    return out.join('');
  }

  fragment(at: number, end: number, depth: number, out: string[]): void {
    const cursor = new Cursor(this, this.view, at, end, false, depth);
    this.fill(planOf(cursor.nodes()), [], depth, out);
  }

  fill(plan: Plan, values: readonly Value[], depth: number, out: string[]): void {
    print(plan, new Values(this, values, depth), out);
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

  template(offset: number, depth: number): { template: Template; end: number } {
    const known = this.templates.get(offset);
    if (known !== undefined) return known;
    if (depth > MOST_DEPTH) throw new BinXmlError('templates nest too deeply');
    const size = this.view.getUint32(offset + 20, true);
    const start = offset + 24;
    const nodes = new Cursor(this, this.view, start, start + size, true, depth + 1).nodes();
    const read = { template: this.layouts.template(planOf(nodes)), end: start + size };
    this.templates.set(offset, read);
    return read;
  }
}

const absent = (value: Value | undefined): boolean =>
  value === undefined || value.type === NULL_TYPE || value.bytes === 0;

/** Values of a record, printed as Windows prints them. */
class Values implements Filling {
  constructor(
    private readonly chunk: ChunkXml,
    private readonly values: readonly Value[],
    private readonly depth: number,
  ) {}

  absent(id: number): boolean {
    return absent(this.values[id]);
  }

  members(id: number): readonly string[] | undefined {
    const value = this.values[id];
    if (value === undefined || (value.type & ARRAY) === 0 || absent(value)) return undefined;
    return printArray(value.type & ~ARRAY, this.chunk.view, value.at, value.bytes);
  }

  print(id: number, attribute: boolean, out: string[]): void {
    const value = this.values[id];
    if (value === undefined || absent(value)) return;
    if (value.type === BINXML_TYPE) {
      if (this.depth > MOST_DEPTH) throw new BinXmlError('fragments nest too deeply');
      this.chunk.fragment(value.at, value.at + value.bytes, this.depth + 1, out);
      return;
    }
    const text =
      this.members(id)?.join(',') ?? printValue(value.type, this.chunk.view, value.at, value.bytes);
    out.push(attribute ? escapeAttribute(text) : escapeText(text));
  }

  instance({ template, values }: Instance, out: string[]): void {
    this.chunk.fill(template.plan, values, this.depth + 1, out);
  }
}
