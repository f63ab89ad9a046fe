// The modules themselves: an index would bring a whole engine into a page's worker.
import type { CompiledRule } from '../../sigma/match/compile.ts';
import { Layouts } from '../../sigma/match/layout.ts';
import { Network } from '../../sigma/match/network.ts';
import { RuleSet } from '../../sigma/match/rule-set.ts';
import type { Expression } from '../../sigma/rule/expression.ts';
import { prepare } from '../../spl/core.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { RuleEnvironment } from '../environment.ts';
import { compileText } from '../sigma-runner.ts';
import type { ScanRule, Unasked } from './report.ts';
import { needsOf } from './search-needs.ts';

export interface SearchRule {
  rule: number;
  prepared: Prepared;
  /** Runs over every event once there is one that it has a use for. */
  whole: boolean;
}

/** Rules made ready for a scan. */
export interface CompiledRules {
  rules: readonly ScanRule[];
  sigma: RuleSet;
  /** Position in `sigma` → position in `rules`: a file may hold several rules. */
  sigmaRules: readonly number[];
  /** Searches that events are picked for. */
  gated: readonly SearchRule[];
  /** Which of `gated` an event is of use to. */
  gates: Network;
  /** Searches that have to see every event. */
  ungated: readonly SearchRule[];
  unasked: readonly Unasked[];
  layouts: Layouts;
}

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

export function compileRules(rules: readonly ScanRule[], environment: RuleEnvironment): CompiledRules {
  const compiled: CompiledRule[] = [];
  const sigmaRules: number[] = [];
  const gated: SearchRule[] = [];
  const ungated: SearchRule[] = [];
  const needed: Expression[] = [];
  const unasked: Unasked[] = [];
  for (const [rule, { language, search }] of rules.entries()) {
    if (language === 'sigma') {
      const own = compileText(search);
      if ('code' in own) unasked.push({ rule, code: own.code, message: own.message });
      else
        for (const one of own) {
          compiled.push(one);
          sigmaRules.push(rule);
        }
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
  return {
    rules,
    sigma: new RuleSet(compiled),
    sigmaRules,
    gated,
    gates: new Network(needed.map((expression) => ({ expression, fields: NO_RENAMES }))),
    ungated,
    unasked,
    layouts: new Layouts(),
  };
}
