/** What every step of linking works with: the objects by name, and a place to complain to. */
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Mapping, YamlNode } from '../../text/yaml-node.ts';
import type { ContentCode } from '../codes.ts';
import type { ContentObject, Kind, Reference } from '../model.ts';
import type { SourceFile, Span } from '../read/source-file.ts';
import { type Names, referenceTo } from './names.ts';

/** An object and the text it was read from. */
export interface Origin {
  file: SourceFile;
  mapping: Mapping;
}

const titles: Record<Kind, string> = {
  detection: 'detection',
  story: 'analytic story',
  macro: 'macro',
  lookup: 'lookup',
  data_source: 'data source',
  baseline: 'baseline',
  investigation: 'investigation',
  playbook: 'playbook',
  deployment: 'deployment',
  dashboard: 'dashboard',
  logging_policy: 'logging policy',
  trigger: 'trigger',
  enrichment: 'enrichment',
  response_action: 'response action',
  mitigation: 'mitigation',
  use_case: 'use case',
  customer: 'customer',
};

export class Context {
  /** Complaints of linking, by the object whose file they are about. */
  readonly complaints = new Map<ContentObject, Diagnostic[]>();

  constructor(
    readonly names: Names,
    private readonly origins: ReadonlyMap<ContentObject, Origin>,
  ) {}

  /**
   * The references with what they mean filled in. A name that differs in letter case only is linked with a warning;
   * one that nothing has stays a name, with a warning that suggests the nearest. `keys` say where it was written.
   */
  resolve(from: ContentObject, references: readonly Reference[], kind: Kind, keys: string[]): Reference[] {
    return references.map((reference) => this.resolveOne(from, reference, kind, keys));
  }

  resolveOne(from: ContentObject, reference: Reference, kind: Kind, keys: string[]): Reference {
    const { name } = reference;
    const exact = this.names.get(kind, name);
    if (exact) return referenceTo(exact);
    const folded = this.names.getFolded(kind, name);
    if (folded) {
      const message = `The ${titles[kind]} is written \`${folded.name}\`; write \`${name}\` the same way.`;
      this.complain(from, 'reference-case', message, keys, name);
      return referenceTo(folded);
    }
    this.unknown(from, kind, name, keys);
    return { name };
  }

  unknown(from: ContentObject, kind: Kind, name: string, keys: string[]): void {
    const near = this.names.near(kind, name).map((candidate) => `\`${candidate}\``);
    const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '; add it, or correct the name.';
    this.complain(from, 'unknown-reference', `There is no ${titles[kind]} \`${name}\`${hint}`, keys, name);
  }

  complain(about: ContentObject, code: ContentCode, message: string, keys: string[], text?: string): void {
    const origin = this.origins.get(about);
    if (!origin) return;
    const problem = origin.file.problem(code, message, locateText(origin, keys, text));
    const list = this.complaints.get(about);
    if (list) list.push(problem);
    else this.complaints.set(about, [problem]);
  }
}

/** Where, under the first of these keys that is there (at the root or under `tags`), this text is written. */
function locateText(origin: Origin, keys: string[], text: string | undefined): Span | undefined {
  const node = findKey(origin.mapping, keys);
  if (!node) return undefined;
  if (text === undefined) return { start: node.start, end: node.end };
  const at = origin.file.text.indexOf(text, node.start);
  // Folded and escaped scalars do not hold the text as it reads: then the whole value is pointed at.
  return at >= 0 && at < node.end
    ? { start: at, end: at + text.length }
    : { start: node.start, end: node.end };
}

function findKey(mapping: Mapping, keys: string[]): YamlNode | undefined {
  for (const key of keys) {
    const value = mapping.entries.get(key)?.value;
    if (value) return value;
  }
  for (const holder of ['tags', 'annotations', 'deprecation_info']) {
    const inner = mapping.entries.get(holder)?.value;
    const found = inner?.kind === 'mapping' ? findKey(inner, keys) : undefined;
    if (found) return found;
  }
  return undefined;
}
