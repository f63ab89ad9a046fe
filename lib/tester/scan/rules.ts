import { QuickKinds } from '../../events/extract/quick/quick-kinds.ts';
// The modules themselves: an index would bring a whole engine into a page's worker.
import { fieldsBy } from '../../sigma/match/compile.ts';
import type { Counter } from '../../sigma/match/correlate.ts';
import { Layouts } from '../../sigma/match/layout.ts';
import { Network } from '../../sigma/match/network.ts';
import { routingOf } from '../../sigma/match/route.ts';
import { type RoutedRule, RuleSet } from '../../sigma/match/rule-set.ts';
import type { Expression } from '../../sigma/rule/expression.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { RuleEnvironment } from '../environment.ts';
import { Pauses } from '../pauses.ts';
import { alertsOf, elsewhereIn } from '../sigma-alerts.ts';
import { beginningOf } from './beginning.ts';
import { prepareRule, prepareSearch } from './prepare.ts';
import { NOWHERE, type PreparedAlert, unpack } from './prepared.ts';
import type { RuleNote, ScanRule, Unasked } from './report.ts';

export interface SearchRule {
  rule: number;
  /** The text is read when this is first asked for: most searches of a catalog never have an event. */
  readonly prepared: Prepared;
  /** Runs over every event once there is one that it has a use for. */
  whole: boolean;
  /** Gives nothing, not even an error, without an event that it has a use for. */
  silent: boolean;
}

/** A Sigma rule that counts events: a search over those that its base rules found. */
export interface CountingRule {
  rule: number;
  counter: Counter;
  /** Other events change nothing. */
  whole: false;
  silent: true;
}

export interface Beginning {
  /** Position among the gated searches. */
  search: number;
  prepared: Prepared;
}

/** Rules made ready for a scan. */
export interface CompiledRules {
  rules: readonly ScanRule[];
  sigma: RuleSet<RoutedRule>;
  /** What it means that a rule of `sigma`, by its position, holds. */
  sigmaRules: readonly SigmaUse[];
  /** Searches that events are picked for, then rules that count events. */
  gated: readonly (SearchRule | CountingRule)[];
  /** Which of the searches of `gated` an event is of use to. */
  gates: Network;
  /** Of the gated searches, those whose events are picked by running the beginning over them. */
  beginnings: readonly Beginning[];
  /** Searches that have to see every event. */
  ungated: readonly SearchRule[];
  unasked: readonly Unasked[];
  notes: readonly RuleNote[];
  layouts: Layouts;
  /** Looks at events, for all of the above. */
  quick: QuickKinds;
}

/** A hit of the rule at this position in `rules`: a file may hold several; or an event for one that counts. */
export type SigmaUse = { hit: number } | { pick: number };

export interface CompileOptions {
  /** Told of rules that are ready, of all. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal | undefined;
}

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

export function compileRules(rules: readonly ScanRule[], environment: RuleEnvironment): CompiledRules {
  const compiler = new RulesCompiler(rules, environment);
  for (const rule of rules.keys()) compiler.add(rule);
  return compiler.compiled();
}

/** The same in steps, between which messages are heard; undefined where `signal` ended it. */
export async function compileInSteps(
  rules: readonly ScanRule[],
  environment: RuleEnvironment,
  { onProgress, signal }: CompileOptions,
): Promise<CompiledRules | undefined> {
  const compiler = new RulesCompiler(rules, environment);
  const pauses = new Pauses();
  for (const rule of rules.keys()) {
    compiler.add(rule);
    if (!(await pauses.take())) continue;
    onProgress?.(rule, rules.length);
    if (signal?.aborted === true) return undefined;
  }
  onProgress?.(rules.length, rules.length);
  return compiler.compiled();
}

class RulesCompiler {
  private readonly alerts: RoutedRule[] = [];
  private readonly sigmaRules: SigmaUse[] = [];
  private readonly gated: SearchRule[] = [];
  private readonly counting: CountingRule[] = [];
  private readonly begun: { search: SearchRule; prepared: Prepared }[] = [];
  private readonly ungated: SearchRule[] = [];
  private readonly needed: Expression[] = [];
  private readonly unasked: Unasked[] = [];
  private readonly notes: RuleNote[] = [];

  constructor(
    private readonly rules: readonly ScanRule[],
    private readonly environment: RuleEnvironment,
  ) {}

  add(rule: number): void {
    const { rules, environment } = this;
    const given = rules[rule]!;
    const prepared = given.prepared ?? prepareRule(given, environment);
    if (prepared.kind === 'unasked') {
      const { code, message } = prepared;
      this.unasked.push({ rule, code, message });
    } else if (prepared.kind === 'counts') this.addCounting(rule);
    else if (prepared.kind === 'events') {
      for (const note of prepared.notes ?? []) this.notes.push({ rule, ...note });
      for (const alert of prepared.alerts) {
        this.alerts.push(new LazyAlert(alert));
        this.sigmaRules.push({ hit: rule });
      }
    } else {
      const { events, whole, silent } = prepared;
      // Without needs of its own a search has all events, or what its beginning picks: never more for having one.
      const search = new LazySearch(rule, given, environment, whole && events !== undefined, silent);
      if (events === undefined) this.addUngated(search);
      else {
        this.gated.push(search);
        this.needed.push(unpack(events));
      }
    }
  }

  private addUngated(search: LazySearch): void {
    const prepared = beginningOf(search.prepared);
    if (prepared === undefined) this.ungated.push(search);
    else this.begun.push({ search, prepared });
  }

  private addCounting(rule: number): void {
    const alerts = alertsOf(this.rules[rule]!.search, elsewhereIn(this.environment.sigmaFiles));
    if ('code' in alerts) {
      this.unasked.push({ rule, code: alerts.code, message: alerts.message });
      return;
    }
    for (const { code, message } of alerts.notes) this.notes.push({ rule, code, message });
    for (const one of alerts.single) {
      this.alerts.push(one);
      this.sigmaRules.push({ hit: rule });
    }
    for (const counter of alerts.counters) this.counting.push({ rule, counter, whole: false, silent: true });
  }

  compiled(): CompiledRules {
    const { rules, gated, begun, ungated, unasked, notes } = this;
    const alerts = [...this.alerts];
    const sigmaRules = [...this.sigmaRules];
    for (const [at, { counter }] of this.counting.entries()) {
      for (const base of counter.bases) {
        alerts.push(base);
        sigmaRules.push({ pick: gated.length + at });
      }
    }
    const before = gated.length + this.counting.length;
    const quick = new QuickKinds();
    return {
      rules,
      sigma: new RuleSet(alerts, quick),
      sigmaRules,
      gated: [...gated, ...this.counting, ...begun.map(({ search }) => search)],
      beginnings: begun.map(({ prepared }, at) => ({ search: before + at, prepared })),
      gates: new Network(this.needed.map((expression) => ({ expression, fields: NO_RENAMES }))),
      ungated,
      unasked,
      notes,
      layouts: new Layouts(),
      quick,
    };
  }
}

/** A rule whose expression is read when an event of its log source comes: a log has few of them. */
class LazyAlert implements RoutedRule {
  readonly fieldsIn: RoutedRule['fieldsIn'];
  private read: Expression | undefined;

  constructor(private readonly alert: PreparedAlert) {
    this.fieldsIn = fieldsBy(routingOf({ ...alert.logsource, range: NOWHERE }), alert.anywhere !== true);
  }

  get expression(): Expression {
    this.read ??= unpack(this.alert.expression);
    return this.read;
  }
}

class LazySearch implements SearchRule {
  private read: Prepared | undefined;

  constructor(
    readonly rule: number,
    private readonly text: ScanRule,
    private readonly environment: RuleEnvironment,
    readonly whole: boolean,
    readonly silent: boolean,
  ) {}

  get prepared(): Prepared {
    this.read ??= prepareSearch(this.text, this.environment);
    return this.read;
  }
}
