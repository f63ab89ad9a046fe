/** The text of a Sigma file → what it alerts on, with the rules of other files that its correlations name. */
import type { Detection } from '../content/model.ts';
// The modules themselves: the index would bring every converter into a page's worker.
import { type Alerts, compileAlerts } from '../sigma/match/alerts.ts';
import { documentsByName, type FindDocument } from '../sigma/match/correlate.ts';
import type { CorrelationRule, FilterRule, SigmaDocument } from '../sigma/rule/model.ts';
import { readSigma } from '../sigma/rule/read.ts';
import { filtersOf } from '../sigma/rule/resolve.ts';
import type { RunNote } from '../spl/run/context.ts';
import type { RuleRun } from './rule-run.ts';

type Failure = NonNullable<RuleRun['error']>;

/** What other files give a file of Sigma rules. */
export interface SigmaElsewhere {
  find: FindDocument;
  /** Those that name no rule of the file are among them. */
  filters(): readonly FilterRule[];
}

/** What a file alerts on, with every filter that may be joined to its rules. */
export interface FileAlerts extends Alerts {
  filters: readonly FilterRule[];
  /** A note for each filter of another file that a rule is joined with. */
  notes: readonly RunNote[];
}

/** What a file alerts on, or why it cannot be matched. */
export function alertsOf(text: string, elsewhere?: SigmaElsewhere): FileAlerts | Failure {
  const bare = isSelection(text);
  const { documents, diagnostics } = readSigma(bare ? ruleAround(text) : text);
  const here = documentsByName(documents);
  const find: FindDocument = (name) => here(name) ?? elsewhere?.find(name);
  const own = documents.filter((one) => one.kind === 'filter');
  const others = (elsewhere?.filters() ?? []).filter((one) => !own.some((mine) => isSame(mine, one)));
  const alerts = compileAlerts(documents, find, { logsource: !bare, filters: others });
  if ('code' in alerts) return { code: alerts.code, message: alerts.message };
  if (alerts.single.length + alerts.counters.length > 0) {
    return { ...alerts, filters: [...own, ...others], notes: notesOf(alerts, others) };
  }
  if (own.length > 0) {
    return { code: 'sigma-filter', message: 'A filter is no rule: it is joined to the rules that it names' };
  }
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  return {
    code: problem?.code ?? 'sigma-not-a-rule',
    message: problem?.message ?? 'The file holds no Sigma rule with a `detection`',
  };
}

/** Filters of the file itself are among those of all files. */
const isSame = (one: FilterRule, other: FilterRule): boolean =>
  one.id === other.id && one.title === other.title;

function notesOf({ single, counters }: Alerts, filters: readonly FilterRule[]): RunNote[] {
  const rules = [...single, ...counters.flatMap(({ bases }) => bases)].map(({ rule }) => rule);
  return filters.flatMap((filter): RunNote[] => {
    const joined = rules.filter((rule) => filtersOf(rule, [filter]).length > 0);
    if (joined.length === 0) return [];
    const message = `The filter “${filter.title}” of another file is joined to ${[...new Set(joined.map(({ title }) => `“${title}”`))].join(', ')}.`;
    return [{ code: 'sigma-filter-joined', severity: 'info', message }];
  });
}

/** Behavioral Analytics kept searches and a condition without the rule around them, and without a log source. */
function isSelection(text: string): boolean {
  return /^condition:/m.test(text) && !/^(?:detection|correlation|filter):/m.test(text);
}

function ruleAround(selection: string): string {
  return `title: Selection\nlogsource: {product: any}\ndetection:\n${selection.replace(/^/gm, '  ')}\n`;
}

/**
 * Texts of the files that others depend on, few of a catalog: filters, and rules that correlations of other files name,
 * directly or by way of others.
 */
export function filesForOthers(
  detections: readonly Pick<Detection, 'id' | 'language' | 'search'>[],
): string[] {
  const rules = detections.filter(({ language }) => language === 'sigma');
  const filters = rules.filter(mayHoldFilter).map(({ search }) => search);
  return [...new Set([...rulesNamedElsewhere(rules), ...filters])];
}

function rulesNamedElsewhere(rules: readonly Pick<Detection, 'id' | 'search'>[]): string[] {
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

/** A file that may hold a filter for rules of others; told without reading all of it. */
export const mayHoldFilter = ({ language, search }: Pick<Detection, 'language' | 'search'>): boolean =>
  language === 'sigma' && /^filter:/m.test(search);

const isCorrelation = (text: string): boolean => /^correlation:/m.test(text);

const readBefore = new WeakMap<readonly string[], SigmaDocument[]>();

/** Of texts, which are read when the first document is asked for, and once for each list of them. */
export function elsewhereIn(texts: readonly string[]): SigmaElsewhere {
  const all = () => {
    const documents = readBefore.get(texts) ?? texts.flatMap((text) => [...readSigma(text).documents]);
    readBefore.set(texts, documents);
    return documents;
  };
  return {
    find: (name) => documentsByName(all())(name),
    filters: () => all().filter((one) => one.kind === 'filter'),
  };
}
