/** Where the documents of a Sigma file look, and by what: all that it takes to tell which logs a rule needs. */
import type { Mapping, YamlNode } from '../../text/yaml-node.ts';

export interface Logsource {
  category?: string;
  product?: string;
  service?: string;
}

/** One document of a rule file that has a log source of its own. */
export interface RuleScope {
  logsource: Logsource;
  /** Its selections that compare `EventID`; empty where none does. */
  byEvent: EventSelection[];
  /** Every field that it reads, without modifiers, in the order of first use. */
  fields: string[];
}

export interface EventSelection {
  eventIds: string[];
  /** It reads a command line too. */
  commandLine: boolean;
}

/** Keys under `detection` that are no selections. */
const noSelection = new Set(['condition', 'timeframe']);

const commandLine = /^(?:Parent|Process|Processs)?CommandLine$/;

/**
 * The scopes of a file's documents, as written: a document without a log source has none. A document with
 * `action: global` counts by itself, for it may hold a rule of its own.
 */
export function ruleScopes(documents: readonly YamlNode[]): RuleScope[] {
  return documents.flatMap((document) => {
    if (document.kind !== 'mapping') return [];
    const logsource = mappingAt(document, 'logsource');
    const detection = mappingAt(document, 'detection');
    if (!logsource || !(detection || document.entries.has('action'))) return [];
    return [{ logsource: readLogsource(logsource), ...readDetection(detection) }];
  });
}

function readLogsource(node: Mapping): Logsource {
  const logsource: Logsource = {};
  for (const key of ['category', 'product', 'service'] as const) {
    const value = node.entries.get(key)?.value;
    if (value?.kind === 'scalar' && value.text.trim()) logsource[key] = value.text.trim();
  }
  return logsource;
}

function readDetection(detection: Mapping | undefined): Pick<RuleScope, 'byEvent' | 'fields'> {
  const byEvent: EventSelection[] = [];
  const fields = new Set<string>();
  for (const [name, { value }] of detection?.entries ?? []) {
    if (noSelection.has(name)) continue;
    const eventIds = new Set<string>();
    let readsCommandLine = false;
    for (const [key, compared] of comparisons(value)) {
      const field = key.split('|', 1)[0]!;
      if (field === '') continue;
      fields.add(field);
      if (field === 'EventID') for (const id of texts(compared)) eventIds.add(id);
      readsCommandLine ||= commandLine.test(field);
    }
    if (eventIds.size > 0) byEvent.push({ eventIds: [...eventIds], commandLine: readsCommandLine });
  }
  return { byEvent, fields: [...fields] };
}

/** Key and value of everything that a selection compares: it is a mapping, or a list of mappings and keywords. */
function comparisons(selection: YamlNode): [key: string, value: YamlNode][] {
  const mappings = selection.kind === 'sequence' ? selection.items : [selection];
  return mappings.flatMap((node) =>
    node.kind === 'mapping'
      ? [...node.entries].map(([key, { value }]): [string, YamlNode] => [key, value])
      : [],
  );
}

function texts(node: YamlNode): string[] {
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.flatMap((item) => (item.kind === 'scalar' && item.text !== '' ? [item.text] : []));
}

function mappingAt(node: Mapping, key: string): Mapping | undefined {
  const value = node.entries.get(key)?.value;
  return value?.kind === 'mapping' ? value : undefined;
}
