/** A scan's report for taking along: JSON, CSV, and a layer of the ATT&CK Navigator. */
import type { Hit, RuleFacts, RuleNote, ScanReport } from '../tester/scan/report.ts';
import { csvLine, withoutFormula } from './csv.ts';
import { type LayerTechnique, navigatorLayer } from './navigator.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];

/** The gravest first, then those with the most results. */
export function ordered(hits: readonly Hit[], rules: readonly RuleFacts[]): Hit[] {
  const rank = ({ rule }: Hit): number => {
    const at = SEVERITIES.indexOf(rules[rule]!.severity ?? '');
    return at < 0 ? SEVERITIES.length : at;
  };
  return [...hits].sort((a, b) => rank(a) - rank(b) || b.results - a.results || a.rule - b.rule);
}

/** A line of a report. */
export function factsOf(hit: Hit, rules: readonly RuleFacts[], files: readonly string[]) {
  const { id, name, path, language, severity, techniques } = rules[hit.rule]!;
  return {
    id: id ?? null,
    name,
    path,
    language,
    severity: severity ?? null,
    techniques,
    results: hit.results,
    events: hit.events.map(({ file, record }) => ({ file: files[file]!, record })),
  };
}

export function scanJson(report: ScanReport, rules: readonly RuleFacts[], files: readonly string[]): string {
  const hits = ordered(report.hits, rules).map((hit) => ({
    ...factsOf(hit, rules, files),
    events: hit.events.map(({ file, record, time, host }) => ({ file: files[file]!, record, time, host })),
    eventCount: hit.eventCount,
    messages: hit.messages,
    falsePositives: rules[hit.rule]!.falsePositives,
  }));
  const told = ({ rule, code, message }: RuleNote) => ({
    name: rules[rule]!.name,
    path: rules[rule]!.path,
    code,
    message,
  });
  const notRun = report.unasked.map(told);
  const notes = report.notes.map(told);
  const problems = report.problems.map(({ file, message }) => ({ file: files[file]!, message }));
  const { events, found } = report.counts;
  const { complete } = report;
  return `${JSON.stringify({ complete, rules: rules.length, events, eventsFoundBySigma: found, hits, notRun, notes, problems }, null, 2)}\n`;
}

export function scanCsv(report: ScanReport, rules: readonly RuleFacts[], files: readonly string[]): string {
  const header = ['severity', 'name', 'id', 'language', 'path', 'techniques', 'results', 'events'];
  const rows = ordered(report.hits, rules).map((hit) => {
    const { severity, name, id, language, path, techniques, results } = factsOf(hit, rules, files);
    const times = hit.events.flatMap(({ time }) => time ?? []);
    const range =
      times.length === 0 ? [] : [isoTime(least(times)), isoTime(-least(times.map((time) => -time)))];
    return [
      ...[severity ?? '', name, id ?? '', language, path, techniques.join(' '), results, hit.eventCount],
      ...[range[0] ?? '', range[1] ?? '', hostsOf(hit).join(' '), hit.messages.join(' | ')],
    ];
  });
  return [[...header, 'first', 'last', 'hosts', 'messages'], ...rows]
    .map((row) => `${csvLine(row.map((value) => withoutFormula(String(value))))}\n`)
    .join('');
}

const least = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const hostsOf = (hit: Hit): string[] => [...new Set(hit.events.map(({ host }) => host))];

function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** A layer with the techniques of the rules that fired, scored by how many did. */
export function scanLayer(
  report: Pick<ScanReport, 'hits'>,
  rules: readonly RuleFacts[],
  files: readonly string[],
  attackVersion: string,
) {
  const fired = new Map<string, string[]>();
  for (const hit of ordered(report.hits, rules)) {
    const { name, techniques } = rules[hit.rule]!;
    for (const id of techniques) fired.set(id, [...(fired.get(id) ?? []), name]);
  }
  const techniques = [...fired].map(
    ([id, names]): LayerTechnique => ({ id, score: names.length, comment: names.join('\n') }),
  );
  return navigatorLayer('Scan', `Rules that fired on ${files.join(', ')}`, techniques, attackVersion);
}
