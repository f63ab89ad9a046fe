import { plainFields } from '../events/plain-record.ts';
import type { EventRecord } from '../events/record.ts';
// The modules themselves: the index would bring every converter into a page's worker.
import { type CompiledRule, compileRule } from '../sigma/match/compile.ts';
import { SigmaEvent } from '../sigma/match/event.ts';
import type { SigmaRule } from '../sigma/rule/model.ts';
import { readSigma } from '../sigma/rule/read.ts';
import type { RuleRun, RuleRunner } from './rule-run.ts';

type Failure = NonNullable<RuleRun['error']>;

/** Sigma rules: each event that matches is a row with the event's fields. */
export const sigmaRunner: RuleRunner = {
  run(rule, events) {
    const compiled = compileText(rule.search);
    if ('code' in compiled) return runOf([], [], compiled);
    const matched: number[] = [];
    for (const [at, record] of events.entries()) {
      const event = new SigmaEvent(record);
      if (compiled.some((each) => each.matches(event))) matched.push(at);
    }
    return runOf(matched, events);
  },
};

/** The rules of a file, or why they cannot be matched. */
export function compileText(text: string): CompiledRule[] | Failure {
  const bare = isSelection(text);
  const { documents, diagnostics } = readSigma(bare ? ruleAround(text) : text);
  const rules: CompiledRule[] = [];
  for (const document of documents) {
    if (document.kind === 'filter') continue;
    if (document.kind !== 'rule' || countsEvents(document)) {
      const message = 'Rules that count events over a time (correlations, aggregations) are not run here';
      return { code: 'sigma-counting', message };
    }
    const filters = documents.filter((each) => each.kind === 'filter');
    const compiled = compileRule(document, { filters, logsource: !bare });
    if ('code' in compiled) return { code: compiled.code, message: compiled.message };
    rules.push(compiled);
  }
  if (rules.length > 0) return rules;
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  return {
    code: problem?.code ?? 'sigma-not-a-rule',
    message: problem?.message ?? 'The file holds no Sigma rule with a `detection`',
  };
}

/** Behavioral Analytics kept searches and a condition without the rule around them, and without a log source. */
function isSelection(text: string): boolean {
  return /^condition:/m.test(text) && !/^(?:detection|correlation|filter):/m.test(text);
}

function ruleAround(selection: string): string {
  return `title: Selection\nlogsource: {product: any}\ndetection:\n${selection.replace(/^/gm, '  ')}\n`;
}

function countsEvents({ detection }: SigmaRule): boolean {
  return detection.conditions.some((line) => line.aggregation !== undefined);
}

function runOf(matched: number[], events: readonly EventRecord[], error?: Failure): RuleRun {
  const rows = matched.map((at) => plainFields(events[at]!));
  return {
    rows,
    fields: [...new Set(rows.flatMap((row) => Object.keys(row)))],
    notes: [],
    ...(error === undefined ? {} : { error }),
    eventsOf: (row) => matched.slice(row, row + 1),
    matched: () => matched,
  };
}
