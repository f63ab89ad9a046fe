/** A rule made ready to be asked about events. */
import type { Clause } from '../../spl/run/search/predicate.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { type Expression, testsOf } from '../rule/expression.ts';
import type { SigmaRule } from '../rule/model.ts';
import { type ResolveOptions, resolveRule } from '../rule/resolve.ts';
import type { SigmaEvent } from './event.ts';
import { type Predicate, PredicateError, predicateOf } from './predicate.ts';
import { type Routing, routeFor, routingOf } from './route.ts';

export interface CompileOptions extends ResolveOptions {
  /** False: the log source does not decide, fields alone do. Default true. */
  logsource?: boolean;
}

export interface CompiledRule {
  rule: SigmaRule;
  expression: Expression;
  routing: Routing;
  /** Whether the log source decides which events come to the rule. */
  byLogSource: boolean;
  /** Names of fields that the rule looks at, each once. */
  fields: readonly string[];
  /**
   * Names of the rule's fields in this event where they are others; undefined when the event is of another log source.
   * Depends on the event's source type, channel, event id and event type alone.
   */
  fieldsIn(event: SigmaEvent): ReadonlyMap<string, string> | undefined;
  matches(event: SigmaEvent): boolean;
  /** Why it matches or does not; undefined when the event is of another log source. */
  explain(event: SigmaEvent): Clause | undefined;
}

/** Never throws: a rule that cannot be matched gives the diagnostic that says why. */
export function compileRule(rule: SigmaRule, options: CompileOptions = {}): CompiledRule | Diagnostic {
  const { expression, diagnostic } = resolveRule(rule, options);
  if (expression === undefined) return diagnostic;
  const routing = routingOf(rule.logsource);
  const predicates = new Map<ReadonlyMap<string, string>, Predicate>();
  const predicateFor = (fields: ReadonlyMap<string, string>): Predicate => {
    let predicate = predicates.get(fields);
    if (predicate === undefined) {
      predicate = predicateOf(expression, fields);
      predicates.set(fields, predicate);
    }
    return predicate;
  };
  try {
    predicateFor(NO_RENAMES);
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error;
    const { message, range } = error;
    const path = rule.path === undefined ? {} : { path: rule.path };
    return { code: 'sigma-regex', severity: 'error', message, range, ...path };
  }
  const byLogSource = options.logsource ?? true;
  const fieldsIn = fieldsBy(routing, byLogSource);
  const routed = (event: SigmaEvent): Predicate | undefined => {
    const fields = fieldsIn(event);
    return fields === undefined ? undefined : predicateFor(fields);
  };
  return {
    rule,
    expression,
    routing,
    byLogSource,
    fields: [...new Set([...testsOf(expression)].flatMap(({ field }) => field ?? []))],
    fieldsIn,
    matches: (event) => routed(event)?.test(event) ?? false,
    explain: (event) => routed(event)?.explain(event),
  };
}

/** See `CompiledRule.fieldsIn`. */
export function fieldsBy(routing: Routing, byLogSource: boolean): CompiledRule['fieldsIn'] {
  return (event) => routeFor(routing, event)?.fields ?? (byLogSource ? undefined : NO_RENAMES);
}

const NO_RENAMES: ReadonlyMap<string, string> = new Map();
