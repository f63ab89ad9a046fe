/**
 * YAML text → nodes with places.
 *
 * js-yaml's event parser is used because it gives offsets and the written text of every scalar at a third of the cost
 * of building a document tree (measured: 1.4 CPU s against 4.6 for 2,642 files), and content needs both for every
 * field. What is written in the usual way is read without it, at an eighth of that cost.
 */
import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Diagnostic, Range } from './diagnostic.ts';
import { readBlocks } from './yaml-blocks.ts';
import type { Mapping, YamlNode } from './yaml-node.ts';

export type YamlCode = 'yaml-syntax' | 'yaml-indentation' | 'yaml-alias-expansion' | 'yaml-duplicate-key';

/** A text and who words complaints about it: a file of a content folder, or a rule in an editor. */
export interface YamlSource {
  readonly text: string;
  problem(code: YamlCode, message: string, range?: Range): Diagnostic;
}

/** Nodes that aliases may add to a file before it is refused: content has no use for more than a few. */
const maximumAliasedNodes = 100_000;

export interface ParsedYaml {
  documents: YamlNode[];
  diagnostics: Diagnostic[];
}

export function parseYaml(file: YamlSource): ParsedYaml {
  const quick = readBlocks(file.text);
  return quick === undefined ? parseYamlByEvents(file) : { documents: [quick], diagnostics: [] };
}

/** All of YAML, with complaints; `parseYaml` takes what is written in the usual way from a quicker reader. */
export function parseYamlByEvents(file: YamlSource): ParsedYaml {
  const repaired = events(file);
  if ('failure' in repaired) return { documents: [], diagnostics: [repaired.failure] };
  const builder = new Builder(file, repaired.text, repaired.insertions);
  const { documents, failure } = builder.build(repaired.events);
  if (failure) return { documents: [], diagnostics: [...repaired.diagnostics, failure] };
  return { documents, diagnostics: [...repaired.diagnostics, ...builder.diagnostics] };
}

interface Repaired {
  events: Event[];
  /** The text that was parsed: the file's, with blanks inserted before badly indented lines. */
  text: string;
  /** Offsets in `text`, ascending, where `inserted` was put. */
  insertions: number[];
  diagnostics: Diagnostic[];
}

const inserted = ' ';

/**
 * Parses, and where a quoted scalar continues at the left margin, indents that line and tries again. Leading blanks
 * of such a line are not content, so nothing changes but that the file can be read.
 */
function events(file: YamlSource): Repaired | { failure: Diagnostic } {
  let text = file.text;
  const insertions: number[] = [];
  const diagnostics: Diagnostic[] = [];
  // Each attempt parses from the start, so the work is bounded by text length times attempts.
  let attempts = Math.min(400, 20 + Math.floor(4_000_000 / (text.length + 1)));
  for (;;) {
    try {
      return { events: parseEvents(text, {}), text, insertions, diagnostics };
    } catch (error) {
      if (!(error instanceof YAMLException)) {
        const detail = error instanceof Error ? error.message : String(error);
        return { failure: file.problem('yaml-syntax', `This YAML cannot be read: ${detail}.`) };
      }
      const position = error.mark?.position ?? 0;
      const lineStart = text.lastIndexOf('\n', position - 1) + 1;
      if (error.reason === 'deficient indentation' && attempts-- > 0) {
        if (diagnostics.length === 0) {
          const start = original(lineStart, insertions);
          const message =
            'This line continues a quoted text but is not indented, which YAML does not allow; indent it by two blanks. It was read as if it were.';
          diagnostics.push(file.problem('yaml-indentation', message, { start, end: start + 1 }));
        }
        text = `${text.slice(0, lineStart)}${inserted}${text.slice(lineStart)}`;
        insertions.push(lineStart);
        continue;
      }
      const start = original(position, insertions);
      const message = `This YAML cannot be read: ${error.reason}. Correct the file at or just before this place.`;
      return { failure: file.problem('yaml-syntax', message, { start, end: start + 1 }) };
    }
  }
}

/** Offset in the file's own text of an offset in the repaired one. */
function original(offset: number, insertions: readonly number[]): number {
  let shift = 0;
  for (const at of insertions) if (at < offset) shift += inserted.length;
  return offset - shift;
}

interface Open {
  node: YamlNode;
  anchor?: string;
  /** In a mapping: the key that waits for its value. */
  key?: { text: string; span: Range };
  weight: number;
}

class Builder {
  readonly diagnostics: Diagnostic[] = [];
  private readonly stack: Open[] = [];
  private documents: YamlNode[] = [];
  private anchors = new Map<string, { node: YamlNode; weight: number }>();
  private aliased = 0;
  private failure: Diagnostic | undefined;

  constructor(
    private readonly file: YamlSource,
    private readonly text: string,
    private readonly insertions: readonly number[],
  ) {}

  build(list: readonly Event[]): { documents: YamlNode[]; failure?: Diagnostic } {
    const { text } = this;
    for (const event of list) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.anchors = new Map();
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE: {
          const at = this.place(event.start);
          const node: YamlNode =
            event.type === EVENT_ID.MAPPING
              ? { kind: 'mapping', entries: new Map(), start: at, end: at }
              : { kind: 'sequence', items: [], start: at, end: at };
          this.stack.push({ node, anchor: slice(text, event.anchorStart, event.anchorEnd), weight: 1 });
          break;
        }
        case EVENT_ID.SCALAR: {
          const node: YamlNode = {
            kind: 'scalar',
            text: getScalarValue(text, event),
            plain: event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0,
            start: this.place(Math.max(0, event.valueStart)),
            end: this.place(Math.max(0, event.valueEnd)),
          };
          const anchor = slice(text, event.anchorStart, event.anchorEnd);
          if (anchor) this.anchors.set(anchor, { node, weight: 1 });
          this.add(node, 1);
          break;
        }
        case EVENT_ID.ALIAS: {
          const name = text.slice(event.anchorStart, event.anchorEnd);
          const target = this.anchors.get(name);
          const span = { start: this.place(event.anchorStart - 1), end: this.place(event.anchorEnd) };
          if (!target) {
            const message = `The alias *${name} has no anchor before it that is complete; write the value out.`;
            return { documents: [], failure: this.file.problem('yaml-syntax', message, span) };
          }
          this.aliased += target.weight;
          if (this.aliased > maximumAliasedNodes) {
            const message = `Aliases up to *${name} expand to more than ${maximumAliasedNodes} nodes; write the values out.`;
            return { documents: [], failure: this.file.problem('yaml-alias-expansion', message, span) };
          }
          this.add(target.node, target.weight);
          break;
        }
        case EVENT_ID.POP: {
          const open = this.stack.pop();
          if (!open) break;
          if (open.node.kind === 'mapping') mergeKeys(open.node);
          if (open.anchor) this.anchors.set(open.anchor, { node: open.node, weight: open.weight });
          this.add(open.node, open.weight);
          break;
        }
      }
      if (this.failure) return { documents: [], failure: this.failure };
    }
    return { documents: this.documents };
  }

  private add(node: YamlNode, weight: number): void {
    const parent = this.stack.at(-1);
    if (!parent) {
      this.documents.push(node);
      return;
    }
    parent.weight += weight;
    const into = parent.node;
    // An alias points back; only a node that was written here stretches its parent.
    if (node.end > into.end) into.end = node.end;
    if (into.kind === 'sequence') {
      into.items.push(node);
      return;
    }
    if (into.kind !== 'mapping') return;
    if (!parent.key) {
      const text = node.kind === 'scalar' ? node.text : this.file.text.slice(node.start, node.end).trim();
      parent.key = { text, span: { start: node.start, end: node.end } };
      return;
    }
    const { text, span } = parent.key;
    parent.key = undefined;
    if (into.entries.has(text)) {
      const message = `The key \`${text}\` is written twice here; the last one counts. Remove one of them.`;
      this.diagnostics.push(this.file.problem('yaml-duplicate-key', message, span));
    }
    into.entries.set(text, { key: span, value: node });
  }

  private place(offset: number): number {
    return this.insertions.length === 0 ? offset : original(offset, this.insertions);
  }
}

/** `<<: *defaults` (YAML 1.1, still common): the keys of the target that are not written beside it. */
function mergeKeys(mapping: Mapping): void {
  const merge = mapping.entries.get('<<');
  if (!merge) return;
  const sources = merge.value.kind === 'sequence' ? merge.value.items : [merge.value];
  if (!sources.every((source) => source.kind === 'mapping')) return;
  mapping.entries.delete('<<');
  for (const source of sources) {
    for (const [key, entry] of source.entries) {
      if (!mapping.entries.has(key)) mapping.entries.set(key, entry);
    }
  }
}

function slice(text: string, start: number, end: number): string | undefined {
  return start >= 0 ? text.slice(start, end) : undefined;
}
