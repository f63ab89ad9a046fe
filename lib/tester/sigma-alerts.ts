/** The text of a Sigma file → what it alerts on, with the rules of other files that its correlations name. */
import type { Detection } from '../content/model.ts';
// The modules themselves: the index would bring every converter into a page's worker.
import { type Alerts, compileAlerts } from '../sigma/match/alerts.ts';
import { documentsByName, type FindDocument } from '../sigma/match/correlate.ts';
import type { CorrelationRule, SigmaDocument } from '../sigma/rule/model.ts';
import { readSigma } from '../sigma/rule/read.ts';
import type { RuleRun } from './rule-run.ts';

type Failure = NonNullable<RuleRun['error']>;

/** What a file alerts on, or why it cannot be matched. `elsewhere` finds rules of other files. */
export function alertsOf(text: string, elsewhere?: FindDocument): Alerts | Failure {
  const bare = isSelection(text);
  const { documents, diagnostics } = readSigma(bare ? ruleAround(text) : text);
  const here = documentsByName(documents);
  const find: FindDocument = (name) => here(name) ?? elsewhere?.(name);
  const alerts = compileAlerts(documents, find, { logsource: !bare });
  if ('code' in alerts) return { code: alerts.code, message: alerts.message };
  if (alerts.single.length + alerts.counters.length > 0) return alerts;
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

/** Texts of the rules that correlations of other files name, directly or by way of others: few of a catalog. */
export function rulesNamedElsewhere(
  detections: readonly Pick<Detection, 'id' | 'language' | 'search'>[],
): string[] {
  const rules = detections.filter(({ language }) => language === 'sigma');
  const open = rules.filter(({ search }) => isCorrelation(search)).map(({ search }) => search);
  if (open.length === 0) return [];
  const byName = new Map<string, string>();
  for (const { id, search } of rules) {
    const names = [...search.matchAll(/^(?:name|id):[ \t]*['"]?([^'"#\n]+?)['"]?[ \t]*$/gm)].map(
      ([, name]) => name!,
    );
    for (const name of id === undefined ? names : [id, ...names])
      if (!byName.has(name)) byName.set(name, search);
  }
  const named = new Set<string>();
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const correlations = readSigma(text).documents.filter(
      (one): one is CorrelationRule => one.kind === 'correlation',
    );
    for (const { name } of correlations.flatMap(({ rules: own }) => own)) {
      const other = byName.get(name);
      if (other === undefined || other === text || named.has(other)) continue;
      named.add(other);
      if (isCorrelation(other)) open.push(other);
    }
  }
  return [...named];
}

const isCorrelation = (text: string): boolean => /^correlation:/m.test(text);

/** Finds documents of texts, which are read when the first is asked for. */
export function findIn(texts: readonly string[]): FindDocument {
  let documents: SigmaDocument[] | undefined;
  return (name) => {
    documents ??= texts.flatMap((text) => [...readSigma(text).documents]);
    return documentsByName(documents)(name);
  };
}
