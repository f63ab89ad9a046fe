/** A file against its schema: every problem becomes a diagnostic at its place. */
import type { z } from 'zod';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { nearestNames } from '../../text/nearest.ts';
import { type Mapping, scalarValue, type YamlNode } from '../../text/yaml-node.ts';
import type { Recognised } from '../normalise/recognise.ts';
import type { SourceFile, Span } from '../read/source-file.ts';
import { schemaNameFor, schemas } from './registry.ts';

export function validate(recognised: Recognised, mapping: Mapping, file: SourceFile): Diagnostic[] {
  const status = mapping.entries.get('status')?.value;
  const name = schemaNameFor(
    recognised,
    (key) => mapping.entries.has(key),
    status?.kind === 'scalar' ? status.text.trim() : undefined,
  );
  if (!name) return [];
  const schema: z.ZodObject = schemas[name];
  const result = schema.safeParse(checkedValue(mapping));
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => explain(issue, schema, mapping, file));
}

/** As plain data, but a key without a value counts as absent: `references:` alone is common and means none. */
function checkedValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return scalarValue(node) ?? undefined;
  if (node.kind === 'sequence') return node.items.map(checkedValue);
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) {
    const inner = checkedValue(entry.value);
    if (inner !== undefined) value[key] = inner;
  }
  return value;
}

function explain(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  mapping: Mapping,
  file: SourceFile,
): Diagnostic[] {
  const place = follow(mapping, issue.path);
  const label = labelOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const node = place.node?.kind === 'mapping' ? place.node : mapping;
    const known = issue.path.length === 0 ? Object.keys(schema.shape) : innerKeys(schema, issue.path);
    return issue.keys.map((key) => {
      const [near] = nearestNames(
        key,
        known.filter((candidate) => !node.entries.has(candidate)),
        1,
      );
      const hint = near ? `; did you mean \`${near}\`?` : '. Remove it, or correct its spelling.';
      const where = label ? ` under \`${label}\`` : '';
      const message = `This kind of file has no key \`${key}\`${where}${hint}`;
      return file.problem('unknown-key', message, node.entries.get(key)?.key);
    });
  }
  if (place.node === undefined || (place.node.kind === 'scalar' && scalarValue(place.node) === null)) {
    const span = place.key ?? { start: place.parent.start, end: place.parent.start };
    const message = `\`${label}\` is missing; it must be ${issue.message}.`;
    return [file.problem('missing-field', message, span)];
  }
  const written = place.node.kind === 'scalar' ? ` It is \`${shorten(place.node.text)}\`.` : '';
  const message = `\`${label}\` must be ${issue.message}.${written}`;
  return [file.problem(codeOf(issue), message, place.node)];
}

function codeOf(issue: z.core.$ZodIssue): 'wrong-type' | 'bad-enum' | 'bad-format' | 'bad-value' {
  switch (issue.code) {
    case 'invalid_value':
      return 'bad-enum';
    case 'invalid_format':
      return 'bad-format';
    case 'too_small':
    case 'too_big':
      return 'bad-value';
    default:
      return 'wrong-type';
  }
}

interface Place {
  /** Absent when the path leads to a key that is not there. */
  node?: YamlNode;
  /** The key of the last step, where it is written. */
  key?: Span;
  /** The innermost node on the path that is there. */
  parent: YamlNode;
}

function follow(mapping: Mapping, path: readonly PropertyKey[]): Place {
  let node: YamlNode = mapping;
  let parent: YamlNode = mapping;
  let key: Span | undefined;
  for (const step of path) {
    parent = node;
    const entry: { key?: Span; value?: YamlNode } =
      node.kind === 'mapping'
        ? (node.entries.get(String(step)) ?? {})
        : node.kind === 'sequence'
          ? { value: node.items[Number(step)] }
          : {};
    key = entry.key;
    if (!entry.value) return { key, parent };
    node = entry.value;
  }
  return { node, key, parent };
}

/** Keys of the mapping that a path leads to, where the schema still knows them. */
function innerKeys(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const step of path) {
    at = unwrap(at);
    if (typeof step === 'number') at = (at as { element?: unknown })?.element;
    else at = (at as { shape?: Record<string, unknown> })?.shape?.[String(step)];
  }
  const shape = (unwrap(at) as { shape?: Record<string, unknown> } | undefined)?.shape;
  return shape ? Object.keys(shape) : [];
}

function unwrap(schema: unknown): unknown {
  const optional = schema as { unwrap?: () => unknown; element?: unknown } | undefined;
  return optional?.unwrap && !optional.element ? optional.unwrap() : schema;
}

function labelOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index ? '.' : ''}${String(step)}`))
    .join('');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
