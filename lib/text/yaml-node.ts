/**
 * YAML as it is read here: every scalar is the text that was written, with its place.
 *
 * Types are not guessed here. What a value means is known only by the field it belongs to: `1.0` is a number in
 * `risk_score` and a text in `version` of an add-on; `a: b` under `known_false_positives` is a sentence.
 */
import type { Range } from './diagnostic.ts';

export interface Scalar extends Range {
  kind: 'scalar';
  text: string;
  /** Written without quotes or block style: only then can it be a number, a boolean or nothing. */
  plain: boolean;
}

export interface Sequence extends Range {
  kind: 'sequence';
  items: YamlNode[];
}

export interface Entry {
  key: Range;
  value: YamlNode;
}

export interface Mapping extends Range {
  kind: 'mapping';
  entries: Map<string, Entry>;
}

export type YamlNode = Scalar | Sequence | Mapping;

const integer = /^[-+]?\d+$/;
const decimal = /^[-+]?(\d+\.\d*|\.\d+|\d+(?=e))(e[-+]?\d+)?$/i;

/** Null, boolean and number by the core schema of YAML 1.2, else the text. */
export function scalarValue(node: Scalar): string | number | boolean | null {
  const { text } = node;
  if (!node.plain || text.length > 24) return text;
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  return integer.test(text) || decimal.test(text) ? Number(text) : text;
}

/** The node as plain JavaScript data, by the core schema. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return scalarValue(node);
  if (node.kind === 'sequence') return node.items.map(plainValue);
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) value[key] = plainValue(entry.value);
  return value;
}

/**
 * What was written for a node: the text of a scalar, else its source with the common indentation removed. This is how
 * `known_false_positives: - a: b` stays the sentence that its author meant.
 */
export function writtenText(node: YamlNode, source: string): string {
  if (node.kind === 'scalar') return node.text.trim();
  const lineStart = source.lastIndexOf('\n', node.start - 1) + 1;
  const lead = source.slice(lineStart, node.start);
  const indent = /^ *$/.test(lead) ? lead.length : 0;
  return source
    .slice(node.start, node.end)
    .split('\n')
    .map((line, index) => (index === 0 ? line : line.slice(Math.min(indent, line.search(/\S|$/)))))
    .join('\n')
    .trim();
}
