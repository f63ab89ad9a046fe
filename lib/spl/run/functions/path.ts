/** Paths of `spath` and the `json_*` functions into JSON and XML: `a.b{0}.c`, `a{}.b`, `a{@id}`. */
import { fromList, type Scalar, type Value } from '../value/value.ts';

/** A key, a position in an array, or `all` members of one. */
export type PathStep = { key: string } | { index: number } | 'all';

export function parsePath(path: string): PathStep[] {
  const steps: PathStep[] = [];
  for (const match of path.matchAll(/\{(-?\d*)\}|\{(@[^}]+)\}|\.?((?:[^.{]|\{(?!-?\d*\}|@))+)/g)) {
    const [, index, attribute, key] = match;
    if (index !== undefined) steps.push(index === '' ? 'all' : { index: Number(index) });
    else steps.push({ key: attribute ?? key! });
  }
  return steps;
}

/** Values at a path, in document order. */
export function jsonAt(root: unknown, steps: readonly PathStep[]): unknown[] {
  let current: unknown[] = [root];
  for (const step of steps) {
    const next: unknown[] = [];
    for (const value of current) {
      if (step === 'all') {
        if (Array.isArray(value)) next.push(...value);
      } else if ('index' in step) {
        const member = Array.isArray(value) ? value.at(step.index) : undefined;
        if (member !== undefined) next.push(member);
      } else if (isObject(value) && Object.hasOwn(value, step.key)) next.push(value[step.key]);
    }
    current = next;
  }
  return current;
}

export function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value as a field holds it: text, number, `true`/`false`, JSON text of objects and arrays; undefined for null. */
export function jsonScalar(value: unknown): Scalar | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value === null || value === undefined) return undefined;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/** Undefined when the text is not JSON. */
export function readJson(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** What `spath` finds at a path of a JSON or XML text: null, one value, or a list. */
export function spathValue(text: string, path: string): Value {
  const steps = parsePath(path);
  if (/^\s*</.test(text)) return fromList(xmlAt(text, steps));
  const parsed = readJson(text);
  if (parsed === undefined) return null;
  return fromList(jsonAt(parsed.json, steps).flatMap((value) => jsonScalar(value) ?? []));
}

export interface XmlElement {
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
}

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    const point =
      decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined;
    if (point !== undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    return ENTITIES[name] ?? whole;
  });
}

/** A forgiving reader: elements, attributes and text; the root is nameless and holds the document's elements. */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  const token =
    /<!\[CDATA\[([\s\S]*?)\]\]>|<[!?][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|[^<]+/g;
  for (const [whole, cdata, closed, name, attributes = '', empty] of text.matchAll(token)) {
    const parent = open[open.length - 1]!;
    if (name !== undefined) {
      const element: XmlElement = { name, attributes: new Map(), children: [], text: '' };
      for (const [, key, double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
        element.attributes.set(key!, decodeEntities(double ?? single ?? ''));
      }
      parent.children.push(element);
      if (empty === '') open.push(element);
    } else if (closed !== undefined) {
      const at = open.findLastIndex((element) => element.name === closed);
      if (at > 0) open.length = at;
    } else if (cdata !== undefined) parent.text += cdata;
    else if (!whole.startsWith('<')) parent.text += decodeEntities(whole);
  }
  return root;
}

function xmlAt(text: string, steps: readonly PathStep[]): Scalar[] {
  let current: (XmlElement | string)[] = [readXml(text)];
  for (const step of steps) {
    if (step === 'all') continue;
    if ('index' in step) {
      const one = current.at(step.index);
      current = one === undefined ? [] : [one];
    } else if (step.key.startsWith('@')) {
      current = current.flatMap((element) =>
        typeof element === 'string' ? [] : (element.attributes.get(step.key.slice(1)) ?? []),
      );
    } else {
      current = current.flatMap((element) =>
        typeof element === 'string' ? [] : element.children.filter((child) => child.name === step.key),
      );
    }
  }
  return current.map((found) => (typeof found === 'string' ? found : elementText(found)));
}

function elementText(element: XmlElement): string {
  if (element.children.length === 0) return element.text.trim();
  return element.children.map((child) => `<${child.name}>${elementText(child)}</${child.name}>`).join('');
}
