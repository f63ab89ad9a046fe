/** Text of a rule file → documents, with diagnostics. */
import type { Diagnostic } from '../../text/diagnostic.ts';
import { parseYaml } from '../../text/yaml.ts';
import type { Entry, Mapping, YamlNode } from '../../text/yaml-node.ts';
import type { SigmaDocument } from './model.ts';
import { readCorrelation } from './read-correlation.ts';
import { readFilter } from './read-filter.ts';
import { readRule } from './read-rule.ts';
import { textOf } from './scalar.ts';
import { RuleSource } from './source.ts';

export interface ReadRuleOptions {
  /** Named in diagnostics. */
  path?: string;
  /** Strict: what the specification asks for is an error where it is absent. Default: a warning. */
  strict?: boolean;
}

export interface SigmaFile {
  documents: readonly SigmaDocument[];
  diagnostics: readonly Diagnostic[];
  /** The documents as mappings, after `action` took effect; for formats that print what was written. */
  mappings: readonly Mapping[];
}

/** Reads every rule, correlation and filter of a file. Never throws. */
export function readSigma(text: string, options: ReadRuleOptions = {}): SigmaFile {
  const source = new RuleSource(text, options.path, options.strict ?? false);
  const { documents: nodes, diagnostics } = parseYaml(source);
  source.diagnostics.push(...diagnostics);
  const mappings = collect(nodes, source);
  const documents = mappings.flatMap((mapping) => readDocument(mapping, source) ?? []);
  if (nodes.length === 0 && source.diagnostics.length === 0) {
    source.report('sigma-empty', 'The file holds no rule; write `title`, `logsource` and `detection`.');
  }
  return { documents, diagnostics: source.diagnostics, mappings };
}

function readDocument(mapping: Mapping, source: RuleSource): SigmaDocument | undefined {
  if (mapping.entries.has('correlation')) return readCorrelation(mapping, source);
  if (mapping.entries.has('filter')) return readFilter(mapping, source);
  return readRule(mapping, source);
}

/** `action: global` is added to every document after it, `repeat` to the one before, `reset` forgets the global. */
function collect(nodes: readonly YamlNode[], source: RuleSource): Mapping[] {
  const found: Mapping[] = [];
  let global: Mapping | undefined;
  let previous: Mapping | undefined;
  for (const node of nodes) {
    if (node.kind === 'scalar' && node.text === '') continue;
    if (node.kind !== 'mapping') {
      source.report('sigma-not-a-rule', 'A rule is a mapping of keys such as `title` and `detection`.', node);
      continue;
    }
    const entry = node.entries.get('action');
    const action = textOf(entry?.value);
    if (entry === undefined || action === undefined) {
      previous = merge(global, node);
      found.push(previous);
      continue;
    }
    const own: Mapping = { ...node, entries: new Map(node.entries) };
    own.entries.delete('action');
    if (action === 'global') global = global === undefined ? own : merge(own, global);
    else if (action === 'reset') global = undefined;
    else if (action === 'repeat') {
      if (previous === undefined)
        source.report('sigma-action', 'There is no document before this to repeat.', entry.value);
      previous = previous === undefined ? own : merge(own, previous);
      found.push(previous);
    } else {
      source.report(
        'sigma-action',
        `\`${action}\` is no action; use \`global\`, \`repeat\` or \`reset\`.`,
        entry.value,
      );
    }
  }
  return found;
}

/** Mappings are joined key by key; where both have something else, `under` (what is global) stays. */
function merge(under: Mapping | undefined, over: Mapping): Mapping {
  if (under === undefined) return over;
  const entries = new Map<string, Entry>(over.entries);
  for (const [key, entry] of under.entries) {
    const own = entries.get(key);
    const both = own?.value.kind === 'mapping' && entry.value.kind === 'mapping';
    const value = both ? merge(entry.value as Mapping, own.value as Mapping) : entry.value;
    entries.set(key, { key: entry.key, value });
  }
  return { ...over, entries };
}
