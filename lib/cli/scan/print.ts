/** A scan's report as text, JSON, a line per rule, and CSV. */
import { attackVersion } from '../../attack/techniques.ts';
import { csvLine, withoutFormula } from '../../export/csv.ts';
import { type LayerTechnique, navigatorLayer } from '../../export/navigator.ts';
import type { Hit, ScanReport, ScanRule } from '../../tester/scan/report.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];
/** Records named in text; the others are counted. */
const MOST_NAMED = 10;

type Printer = (report: ScanReport, rules: readonly ScanRule[], files: readonly string[]) => string;

export const PRINTERS: Readonly<Record<string, Printer>> = { text, json, ndjson, csv };

/** The gravest first, then those with the most results. */
export function ordered(hits: readonly Hit[], rules: readonly ScanRule[]): Hit[] {
  const rank = ({ rule }: Hit): number => {
    const at = SEVERITIES.indexOf(rules[rule]!.severity ?? '');
    return at < 0 ? SEVERITIES.length : at;
  };
  return [...hits].sort((a, b) => rank(a) - rank(b) || b.results - a.results || a.rule - b.rule);
}

function factsOf(hit: Hit, rules: readonly ScanRule[], files: readonly string[]) {
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

function ndjson(report: ScanReport, rules: readonly ScanRule[], files: readonly string[]): string {
  return ordered(report.hits, rules)
    .map((hit) => `${JSON.stringify(factsOf(hit, rules, files))}\n`)
    .join('');
}

function json(report: ScanReport, rules: readonly ScanRule[], files: readonly string[]): string {
  const hits = ordered(report.hits, rules).map((hit) => ({
    ...factsOf(hit, rules, files),
    events: hit.events.map(({ file, record, time, host }) => ({ file: files[file]!, record, time, host })),
    eventCount: hit.eventCount,
    messages: hit.messages,
    falsePositives: rules[hit.rule]!.falsePositives,
  }));
  const notRun = report.unasked.map(({ rule, code, message }) => ({
    name: rules[rule]!.name,
    path: rules[rule]!.path,
    code,
    message,
  }));
  const problems = report.problems.map(({ file, message }) => ({ file: files[file]!, message }));
  const { events, found } = report.counts;
  return `${JSON.stringify({ rules: rules.length, events, eventsFoundBySigma: found, hits, notRun, problems }, null, 2)}\n`;
}

function csv(report: ScanReport, rules: readonly ScanRule[], files: readonly string[]): string {
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

function text(report: ScanReport, rules: readonly ScanRule[], files: readonly string[]): string {
  const lines = ordered(report.hits, rules).flatMap((hit) => {
    const { name, severity = 'no severity', techniques, path, falsePositives } = rules[hit.rule]!;
    const results = `${hit.results} ${hit.results === 1 ? 'result' : 'results'}`;
    const guidance = falsePositives.trim().replaceAll(/\s+/g, ' ');
    return [
      `${severity}  ${name}  ${results}${techniques.length > 0 ? `  ${techniques.join(' ')}` : ''}`,
      `  ${path}`,
      ...placesOf(hit, files).map((place) => `  ${place}`),
      ...hit.messages.slice(0, 3).map((message) => `  ${message}`),
      ...(guidance === '' ? [] : [`  False positives: ${guidance}`]),
      '',
    ];
  });
  const { events } = report.counts;
  lines.push(`${report.hits.length} of ${rules.length} rules fired on ${events} events.`);
  if (report.unasked.length > 0) lines.push(`${report.unasked.length} rules could not be run:`);
  for (const { rule, code, message } of report.unasked)
    lines.push(`  ${rules[rule]!.path}: ${code}: ${message}`);
  return `${lines.join('\n')}\n`;
}

function placesOf(hit: Hit, files: readonly string[]): string[] {
  const byFile = new Map<number, number[]>();
  for (const { file, record } of hit.events)
    byFile.set(file, [...(byFile.get(file) ?? []).slice(0, 1e3), record]);
  return [...byFile].map(([file, records]) => {
    const more = records.length > MOST_NAMED ? ` and more` : '';
    return `${files[file]}: records ${records.slice(0, MOST_NAMED).join(', ')}${more}`;
  });
}

/** A layer with the techniques of the rules that fired, scored by how many did. */
export function layerOf(report: ScanReport, rules: readonly ScanRule[], files: readonly string[]) {
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
