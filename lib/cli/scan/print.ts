/** A scan's report as text, JSON, a line per rule, and CSV. */
import { factsOf, ordered, scanCsv, scanJson } from '../../export/scan-report.ts';
import type { Hit, RuleFacts, ScanReport } from '../../tester/scan/report.ts';

/** Records named in text; the others are counted. */
const MOST_NAMED = 10;

type Printer = (report: ScanReport, rules: readonly RuleFacts[], files: readonly string[]) => string;

export const PRINTERS: Readonly<Record<string, Printer>> = {
  text,
  json: scanJson,
  ndjson,
  csv: scanCsv,
};

function ndjson(report: ScanReport, rules: readonly RuleFacts[], files: readonly string[]): string {
  return ordered(report.hits, rules)
    .map((hit) => `${JSON.stringify(factsOf(hit, rules, files))}\n`)
    .join('');
}

function text(report: ScanReport, rules: readonly RuleFacts[], files: readonly string[]): string {
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
  for (const { rule, code, message } of report.notes)
    lines.push(`  ${rules[rule]!.path}: ${code}: ${message}`);
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
