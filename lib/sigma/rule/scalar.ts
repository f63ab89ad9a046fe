/**
 * What a plain YAML scalar means, by the types of YAML 1.1 as PyYAML resolves them. Rules are written and tested with
 * readers built on it, so `GrantedAccess: 0x1410` is the number 5136 and `enabled: no` is false.
 */
import type { Scalar, YamlNode } from '../../text/yaml-node.ts';
import type { Literal } from './model.ts';

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0|[1-9][\d_]*)$/;
const OCTAL = /^[-+]?0[0-7_]+$/;
const HEX = /^[-+]?0x[\da-fA-F_]+$/;
const BINARY = /^[-+]?0b[01_]+$/;
const SEXAGESIMAL = /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/;
const FLOAT = /^[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.[\d_]+(?:[eE][-+]\d+)?)$/;

export function scalarOf(node: Scalar): Literal['value'] {
  if (!node.plain) return node.text;
  const text = node.text;
  if (NULLS.has(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return numberOf(text) ?? text;
}

function numberOf(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace(/^[-+]/, '');
  let value: number | undefined;
  if (INTEGER.test(text)) value = Number(bare);
  else if (HEX.test(text) || BINARY.test(text)) value = Number(bare);
  else if (OCTAL.test(text)) value = Number.parseInt(bare, 8);
  else if (SEXAGESIMAL.test(text)) value = bare.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  else if (FLOAT.test(text)) value = Number(bare);
  // A number that a double cannot hold stays the text that was written.
  if (value === undefined || !Number.isFinite(value)) return undefined;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
  return sign * value;
}

export function literalOf(node: Scalar): Literal {
  return { value: scalarOf(node), text: node.text, range: { start: node.start, end: node.end } };
}

/** A scalar's text; undefined for nothing and for what is no scalar. */
export function textOf(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || scalarOf(node) === null) return undefined;
  return node.text;
}

/** Texts of a list, or of a single scalar. */
export function textsOf(node: YamlNode | undefined): string[] {
  if (node?.kind === 'sequence') return node.items.flatMap((item) => textOf(item) ?? []);
  const text = textOf(node);
  return text === undefined ? [] : [text];
}
