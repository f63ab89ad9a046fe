// The modules themselves: an index would bring a whole engine into a page's worker.
import type { CompiledRule } from '../../sigma/match/compile.ts';
import type { Counter } from '../../sigma/match/correlate.ts';
import { Layouts } from '../../sigma/match/layout.ts';
import { Network } from '../../sigma/match/network.ts';
import { RuleSet } from '../../sigma/match/rule-set.ts';
import type { Expression } from '../../sigma/rule/expression.ts';
import { prepare } from '../../spl/core.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { RuleEnvironment } from '../environment.ts';
import { alertsOf } from '../sigma-alerts.ts';
import type { RuleNote, ScanRule, Unasked } from './report.ts';
import { needsOf } from './search-needs.ts';

export interface SearchRule {
  rule: number;
  prepared: Prepared;
  /** Runs over every event once there is one that it has a use for. */
  whole: boolean;
}

/** A Sigma rule that counts events: a search over those that its base rules found. */
export interface CountingRule {
  rule: number;
  counter: Counter;
  /** Other events change nothing. */
  whole: false;
}

/** Rules made ready for a scan. */
export interface CompiledRules {
  rules: readonly ScanRule[];
  sigma: RuleSet;
  /** What it means that a rule of `sigma`, by its position, holds. */
  sigmaRules: readonly SigmaUse[];
  /** Searches that events are picked for, then rules that count events. */
  gated: readonly (SearchRule | CountingRule)[];
  /** Which of the searches of `gated` an event is of use to. */
  gates: Network;
  /** Searches that have to see every event. */
  ungated: readonly SearchRule[];
  unasked: readonly Unasked[];
  notes: readonly RuleNote[];
  layouts: Layouts;
}

/** A hit of the rule at this position in `rules`: a file may hold several; or an event for one that counts. */
export type SigmaUse = { hit: number } | { pick: number };

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

export function compileRules(rules: readonly ScanRule[], environment: RuleEnvironment): CompiledRules {
  const compiled: CompiledRule[] = [];
  const sigmaRules: SigmaUse[] = [];
  const gated: SearchRule[] = [];
  const counting: CountingRule[] = [];
  const ungated: SearchRule[] = [];
  const needed: Expression[] = [];
  const unasked: Unasked[] = [];
  const notes: RuleNote[] = [];
  for (const [rule, { language, search }] of rules.entries()) {
    if (language === 'sigma') {
      const alerts = alertsOf(search, environment.sigmaElsewhere);
      if ('code' in alerts) {
        unasked.push({ rule, code: alerts.code, message: alerts.message });
        continue;
      }
      notes.push(...alerts.notes.map(({ code, message }) => ({ rule, code, message })));
      for (const one of alerts.single) {
        compiled.push(one);
        sigmaRules.push({ hit: rule });
      }
      for (const counter of alerts.counters) counting.push({ rule, counter, whole: false });
      continue;
    }
    const dialect = language === 'spl2' ? 'spl2' : 'spl1';
    const prepared = prepare(search, { dialect, macros: environment.macros });
    const bad = prepared.diagnostics.find(({ severity }) => severity === 'error');
    if (bad !== undefined) {
      unasked.push({ rule, code: bad.code, message: bad.message });
      continue;
    }
    const { events, whole } = needsOf(prepared, environment.dataModels);
    if (events === 'none') {
      unasked.push({ rule, code: 'reads-no-events', message: 'The search reads no events' });
    } else if (events === 'all') ungated.push({ rule, prepared, whole: true });
    else {
      gated.push({ rule, prepared, whole });
      needed.push(events);
    }
  }
  for (const [at, { counter }] of counting.entries()) {
    for (const base of counter.bases) {
      compiled.push(base);
      sigmaRules.push({ pick: gated.length + at });
    }
  }
  return {
    rules,
    sigma: new RuleSet(compiled),
    sigmaRules,
    gated: [...gated, ...counting],
    gates: new Network(needed.map((expression) => ({ expression, fields: NO_RENAMES }))),
    ungated,
    unasked,
    notes,
    layouts: new Layouts(),
  };
}
