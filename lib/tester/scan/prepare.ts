import type { CompiledRule } from '../../sigma/match/compile.ts';
// The modules themselves: an index would bring a whole engine into a page's worker.
import { prepare } from '../../spl/core.ts';
import type { PlanNode } from '../../spl/plan/plan.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { Stage } from '../../spl/syntax/ast.ts';
import { subsearchesOf } from '../../spl/syntax/walk.ts';
import type { RuleEnvironment } from '../environment.ts';
import { alertsOf, elsewhereIn } from '../sigma-alerts.ts';
import { NOTHING_FROM_NOTHING } from './nothing-from-nothing.ts';
import { type PreparedAlert, type PreparedRule, pack } from './prepared.ts';
import type { ScanRule } from './report.ts';
import { handsOverEvents, needsOf } from './search-needs.ts';

type RuleText = Pick<ScanRule, 'language' | 'search'>;

/**
 * Works out what a scan has to know of a rule. Depends on the rule, and on the environment's macros, data models and
 * Sigma rules; not on rows of lookups.
 */
export function prepareRule(rule: RuleText, environment: RuleEnvironment): PreparedRule {
  if (rule.language === 'sigma') return prepareSigma(rule.search, environment);
  const prepared = prepareSearch(rule, environment);
  const bad = prepared.diagnostics.find(({ severity }) => severity === 'error');
  if (bad !== undefined) return { kind: 'unasked', code: bad.code, message: bad.message };
  const { events, whole } = needsOf(prepared, environment.dataModels);
  if (events === 'none')
    return { kind: 'unasked', code: 'reads-no-events', message: 'The search reads no events' };
  if (events === 'all') return { kind: 'search', whole: true, silent: false };
  return { kind: 'search', events: pack(events), whole, silent: isSilent(prepared) };
}

export function prepareSearch({ language, search }: RuleText, environment: RuleEnvironment): Prepared {
  return prepare(search, { dialect: language === 'spl2' ? 'spl2' : 'spl1', macros: environment.macros });
}

function prepareSigma(text: string, environment: RuleEnvironment): PreparedRule {
  const alerts = alertsOf(text, elsewhereIn(environment.sigmaFiles));
  if ('code' in alerts) return { kind: 'unasked', code: alerts.code, message: alerts.message };
  if (alerts.counters.length > 0) return { kind: 'counts' };
  const notes = alerts.notes.map(({ code, message }) => ({ code, message }));
  return {
    kind: 'events',
    alerts: alerts.single.map(alertOf),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function alertOf({ rule, expression, byLogSource }: CompiledRule): PreparedAlert {
  const { product, category, service } = rule.logsource;
  return {
    logsource: {
      ...(product === undefined ? {} : { product }),
      ...(category === undefined ? {} : { category }),
      ...(service === undefined ? {} : { service }),
    },
    expression: pack(expression),
    ...(byLogSource ? {} : { anywhere: true }),
  };
}

/** Commands that give a row for each group, so none without a group; without `by` there is a row of nothing. */
const GROUP: ReadonlySet<string> = new Set(['stats', 'tstats', 'chart']);

function isSilent({ plain, query }: Prepared): boolean {
  return (
    query.definitions === undefined &&
    query.stages.every((stage) => subsearchesOf(stage).length === 0) &&
    plain.nodes.every(givesNothing)
  );
}

function givesNothing(node: PlanNode): boolean {
  switch (node.kind) {
    case 'source':
    case 'newest-first':
    case 'filter':
    case 'hand-over':
    case 'scan':
    case 'scan-filter':
      return true;
    case 'aggregate':
      return node.syntax.by.length > 0;
    case 'command':
      return (
        NOTHING_FROM_NOTHING.has(node.syntax.name) ||
        handsOverEvents(node.syntax) ||
        (GROUP.has(node.syntax.name) && isGrouped(node.syntax))
      );
    default:
      return false;
  }
}

const isGrouped = (stage: Stage): boolean => 'by' in stage && Array.isArray(stage.by) && stage.by.length > 0;
