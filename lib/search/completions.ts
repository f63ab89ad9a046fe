/** What may follow in a query as it is typed: keys, and the values of a key, each with how many documents it finds. */
import type { Facets } from './facets.ts';
import { comparable, KEYS } from './query.ts';

export interface Completion {
  /** What stands in the query once it is chosen. */
  text: string;
  label: string;
  /** Documents; absent for a key, which finds nothing by itself. */
  count?: number;
  /** Says what a key asks for. */
  note?: string;
}

export interface Completions {
  /** Part of the query that a chosen completion replaces. */
  from: number;
  to: number;
  items: Completion[];
}

const MOST = 8;

/** What each key asks for, with an example. */
export const KEY_NOTES: Record<string, string> = {
  technique: 'ATT&CK technique, with its sub-techniques: technique:T1059',
  tactic: 'ATT&CK tactic: tactic:execution',
  data_source: 'what the events are from: data_source:sysmon',
  event: 'event code: event:4688',
  field: 'field that the search reads: field:process_name',
  macro: 'macro that the search uses',
  lookup: 'lookup that the search uses',
  cve: 'vulnerability: cve:CVE-2021-44228',
  type: 'TTP, Anomaly, Hunting, Correlation',
  kind: 'detection, story, macro, data_source, …',
  status: 'production, experimental, deprecated, …',
  severity: 'severity>=high',
  risk: 'risk score: risk>50',
  author: 'who wrote it',
  story: 'analytic story',
  group: 'threat group',
  product: 'Splunk product',
  platform: 'platform of a technique',
  asset_type: 'what is watched: asset_type:endpoint',
  security_domain: 'endpoint, network, access, …',
  updated: 'updated>2024-06',
  has: 'has:test',
  is: 'result of its tests: is:passing',
  fp: 'known false positives: fp:"backup"',
};

/** Completes the clause that the caret stands at the end of. */
export function completionsAt(facets: Facets, text: string, caret: number): Completions {
  const before = text.slice(0, caret);
  const value = /(?:^|\s)-?([a-z_]+)(:|>=|<=|>|<|=)("?)([^"]*)$/i.exec(before);
  if (value && (value[3] === '"' || !/\s/.test(value[4]!))) {
    const [, name, operator, , typed] = value;
    const key = name!.toLowerCase();
    if (Object.hasOwn(KEYS, key)) {
      const items = valuesOf(facets, key, typed!);
      return { from: caret - typed!.length - value[3]!.length, to: caret, items: operator ? items : [] };
    }
  }
  const word = /(?:^|\s)-?([a-z_]+)$/i.exec(before)?.[1];
  if (!word) return { from: caret, to: caret, items: [] };
  const items = Object.keys(KEYS)
    .filter((key) => key.startsWith(word.toLowerCase()))
    .map((key): Completion => ({ text: `${key}:`, label: `${key}:`, note: KEY_NOTES[key]! }));
  return { from: caret - word.length, to: caret, items };
}

/** Values that begin with what is typed, then those that hold it; the frequent ones first. */
function valuesOf(facets: Facets, key: string, typed: string): Completion[] {
  const type = KEYS[key]!;
  const wanted = comparable(type, typed);
  const found: { value: string; count: number; starts: boolean }[] = [];
  for (const { value, count } of facets.valuesOf(key)) {
    const has = comparable(type, value);
    if (has.includes(wanted)) found.push({ value, count, starts: has.startsWith(wanted) });
  }
  found.sort(
    (a, b) => Number(b.starts) - Number(a.starts) || b.count - a.count || (a.value < b.value ? -1 : 1),
  );
  return found
    .slice(0, MOST)
    .map(({ value, count }) => ({ text: quotedIfNeeded(value), label: value, count }));
}

function quotedIfNeeded(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
