/** What a scan found, narrowed, counted and grouped for the page. */
import type { SeverityLevel } from '../../lib/content/model.ts';
import type { Hit, HitEvent, RuleFacts } from '../../lib/tester/scan/report.ts';
import { SEVERITIES } from './choice.ts';

/** What a reader narrows the results to; an absent part lets everything through. */
export interface Filter {
  /** Empty: all. The empty name stands for rules without a severity. */
  severities: ReadonlySet<string>;
  technique?: string;
  host?: string;
  /** Epoch seconds, the second exclusive. */
  time?: readonly [from: number, to: number];
  /** Text in a rule's name, its path or one of its messages. */
  text: string;
}

export const NO_FILTER: Filter = { severities: new Set(), text: '' };

/** A rule that fired, and those of its events that are asked for. */
export interface Finding {
  hit: Hit;
  facts: RuleFacts;
  events: readonly HitEvent[];
}

/** Rules that fired and have what the filter asks for, the gravest first, then those with the most results. */
export function findingsOf(hits: readonly Hit[], rules: readonly RuleFacts[], filter: Filter): Finding[] {
  const { severities, technique, host, time } = filter;
  const text = filter.text.trim().toLowerCase();
  const found: Finding[] = [];
  for (const hit of hits) {
    const facts = rules[hit.rule]!;
    if (severities.size > 0 && !severities.has(facts.severity ?? '')) continue;
    if (technique !== undefined && !facts.techniques.includes(technique)) continue;
    if (
      text !== '' &&
      ![facts.name, facts.path, ...hit.messages].some((one) => one.toLowerCase().includes(text))
    )
      continue;
    const events =
      host === undefined && time === undefined
        ? hit.events
        : hit.events.filter(
            (event) =>
              (host === undefined || event.host === host) &&
              (time === undefined || (event.time !== null && event.time >= time[0] && event.time < time[1])),
          );
    if (events.length === 0 && (host !== undefined || time !== undefined)) continue;
    found.push({ hit, facts, events });
  }
  return found.sort(
    (a, b) => rankOf(a) - rankOf(b) || b.hit.results - a.hit.results || a.hit.rule - b.hit.rule,
  );
}

const rankOf = ({ facts }: Finding): number => severityRank(facts.severity ?? '');

/** 0 for the gravest; behind all of them what has none. */
export function severityRank(severity: string): number {
  const at = SEVERITIES.indexOf(severity as SeverityLevel);
  return at < 0 ? SEVERITIES.length : at;
}

/** Hosts of events, in the order in which they first appear. */
export function hostsOf(events: readonly HitEvent[]): string[] {
  return [...new Set(events.map(({ host }) => host))];
}

/** A value that results can be narrowed to, with the number of rules that have it. */
export type Facet = readonly [value: string, rules: number];

export interface Facets {
  severities: Facet[];
  techniques: Facet[];
  hosts: Facet[];
}

export function facetsOf(hits: readonly Hit[], rules: readonly RuleFacts[]): Facets {
  const severities = new Map<string, number>();
  const techniques = new Map<string, number>();
  const hosts = new Map<string, number>();
  const add = (counts: Map<string, number>, value: string) => counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const hit of hits) {
    const facts = rules[hit.rule]!;
    add(severities, facts.severity ?? '');
    for (const technique of new Set(facts.techniques)) add(techniques, technique);
    for (const host of hostsOf(hit.events)) add(hosts, host);
  }
  const byName = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    severities: [...severities].sort(([a], [b]) => severityRank(a) - severityRank(b)),
    techniques: byName(techniques),
    hosts: byName(hosts),
  };
}

export const GROUPINGS = ['none', 'severity', 'technique', 'host'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Group {
  /** Empty: what has no such value. */
  name: string;
  findings: Finding[];
}

/** Findings by a property; a rule with several techniques or hosts stands under each. */
export function grouped(findings: readonly Finding[], by: Grouping): Group[] {
  if (by === 'none') return [{ name: '', findings: [...findings] }];
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const name of namesOf(finding, by)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [finding]);
      else group.push(finding);
    }
  }
  const order =
    by === 'severity'
      ? (a: string, b: string) => severityRank(a) - severityRank(b)
      : (a: string, b: string) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1);
  return [...groups].map(([name, list]) => ({ name, findings: list })).sort((a, b) => order(a.name, b.name));
}

function namesOf({ facts, events }: Finding, by: Exclude<Grouping, 'none'>): string[] {
  if (by === 'severity') return [facts.severity ?? ''];
  const names = by === 'technique' ? [...new Set(facts.techniques)] : hostsOf(events);
  return names.length === 0 ? [''] : names;
}

/** Events found within a span of time, by severity. */
export interface Bucket {
  /** Epoch seconds, the second exclusive. */
  from: number;
  to: number;
  /** In the order of the severities, the gravest first; last those without one. */
  counts: number[];
  total: number;
}

/** Spans that people read: seconds. */
const SPANS = [
  1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000, 31_536_000,
];
const MOST_BUCKETS = 40;

/** Found events along the time; an event counts once for each rule that found it. `untimed`: those that state no time. */
export function timelineOf(findings: readonly Finding[]): {
  buckets: Bucket[];
  span: number;
  untimed: number;
} {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let untimed = 0;
  for (const { events } of findings) {
    for (const { time } of events) {
      if (time === null || !Number.isFinite(time)) untimed += 1;
      else {
        first = Math.min(first, time);
        last = Math.max(last, time);
      }
    }
  }
  if (first > last) return { buckets: [], span: 0, untimed };
  let span = SPANS.find((one) => (last - first) / one < MOST_BUCKETS) ?? SPANS.at(-1)!;
  while ((last - first) / span >= MOST_BUCKETS) span *= 2;
  const start = Math.floor(first / span) * span;
  const buckets = Array.from({ length: Math.floor((last - start) / span) + 1 }, (_, at): Bucket => {
    const from = start + at * span;
    return { from, to: from + span, counts: Array<number>(SEVERITIES.length + 1).fill(0), total: 0 };
  });
  for (const finding of findings) {
    const rank = rankOf(finding);
    for (const { time } of finding.events) {
      if (time === null || !Number.isFinite(time)) continue;
      const bucket = buckets[Math.floor((time - start) / span)]!;
      bucket.counts[rank]! += 1;
      bucket.total += 1;
    }
  }
  return { buckets, span, untimed };
}
