/** An expression → a test of events, and the same test explained. */
import type { Clause } from '../../spl/run/search/predicate.ts';
import type { Range } from '../../text/diagnostic.ts';
import type { Expression, Test } from '../rule/expression.ts';
import { ANY } from '../rule/pattern.ts';
import type { SigmaEvent } from './event.ts';
import { valueTest } from './value-test.ts';

export interface Predicate {
  test(event: SigmaEvent): boolean;
  explain(event: SigmaEvent): Clause;
}

/** A value that cannot be tested. */
export class PredicateError extends Error {
  constructor(
    message: string,
    readonly range: Range,
  ) {
    super(message);
  }
}

/** Throws `PredicateError` for a regular expression that cannot be used. `rename` gives names of fields in events. */
export function predicateOf(expression: Expression, rename: ReadonlyMap<string, string>): Predicate {
  switch (expression.kind) {
    case 'test':
      return testPredicate(expression, rename);
    case 'not': {
      const item = predicateOf(expression.item, rename);
      return {
        test: (event) => !item.test(event),
        explain: (event) => {
          const child = item.explain(event);
          return clause('not', 'not', !child.matched, expression.range, [child]);
        },
      };
    }
    default: {
      const { kind, range } = expression;
      const items = expression.items.map((item) => predicateOf(item, rename));
      const all = kind === 'and';
      return {
        test: all
          ? (event) => items.every((item) => item.test(event))
          : (event) => items.some((item) => item.test(event)),
        explain: (event) => {
          const children = items.map((item) => item.explain(event));
          const matched = all ? children.every(hasMatched) : children.some(hasMatched);
          return clause(kind, kind, matched, range, children);
        },
      };
    }
  }
}

const hasMatched = (child: Clause): boolean => child.matched;

function clause(
  kind: 'and' | 'or' | 'not',
  text: string,
  matched: boolean,
  range: Range,
  children: Clause[],
): Clause {
  return { kind, text, matched, range, reason: matched ? 'clause_matched' : 'clause_failed', children };
}

function testPredicate(test: Test, rename: ReadonlyMap<string, string>): Predicate {
  const { value, range } = test;
  if (value.kind === 'null' || value.kind === 'exists') {
    const field = named(test.field ?? '', rename);
    const wanted = value.kind === 'exists' && value.exists;
    return presence(field, wanted, range);
  }
  if (test.field === undefined) return keyword(test);
  const field = named(test.field, rename);
  const compiled = valueTest(
    value.kind === 'field' ? { ...value, field: named(value.field, rename) } : value,
  );
  if ('problem' in compiled) throw new PredicateError(compiled.problem, range);
  const holds = (event: SigmaEvent): boolean => {
    const values = event.values(field);
    if (values === undefined) return false;
    const { texts, folded } = values;
    for (let at = 0; at < texts.length; at += 1) {
      if (compiled.test(texts[at]!, folded[at]!, event)) return true;
    }
    return false;
  };
  return {
    test: holds,
    explain: (event) => {
      const values = event.values(field);
      const base = {
        kind: 'compare',
        text: `${field}: ${compiled.expected}`,
        range,
        field,
        expected: compiled.expected,
      } as const;
      if (values === undefined) return { ...base, matched: false, reason: 'field_absent', actual: null };
      const matched = holds(event);
      const reason = matched ? 'matched' : compiled.reason(values.texts[0] ?? '', values.folded[0] ?? '');
      return { ...base, matched, reason, actual: values.texts.join('\n') };
    },
  };
}

function named(field: string, rename: ReadonlyMap<string, string>): string {
  return rename.get(field) ?? field;
}

function presence(field: string, wanted: boolean, range: Range): Predicate {
  const holds = (event: SigmaEvent): boolean => (event.values(field) !== undefined) === wanted;
  return {
    test: holds,
    explain: (event) => {
      const matched = holds(event);
      const actual = event.values(field)?.texts.join('\n') ?? null;
      const expected = wanted ? 'any value' : 'no value';
      const missed = actual === null ? 'field_absent' : 'value_excluded';
      return {
        kind: 'compare',
        text: `${field}: ${expected}`,
        range,
        field,
        expected,
        matched,
        reason: matched ? 'matched' : missed,
        actual,
      };
    },
  };
}

/** A keyword is found anywhere in the text of the event or in a value of it. */
function keyword(test: Test): Predicate {
  const { value, range } = test;
  if (value.kind === 'null' || value.kind === 'exists')
    throw new PredicateError('A keyword is a text.', range);
  const compiled = valueTest(
    value.kind === 'pattern'
      ? { ...value, pattern: [ANY, ...value.pattern, ANY] }
      : value.kind === 'number' || value.kind === 'boolean'
        ? { kind: 'pattern', pattern: [ANY, String(value.value), ANY], cased: false }
        : value,
  );
  if ('problem' in compiled) throw new PredicateError(compiled.problem, range);
  const holds = (event: SigmaEvent): boolean => {
    const { texts, folded } = event.all();
    return texts.some((text, at) => compiled.test(text, folded[at]!, event));
  };
  return {
    test: holds,
    explain: (event) => {
      const matched = holds(event);
      const { expected } = compiled;
      return {
        kind: 'term',
        text: expected,
        range,
        expected,
        matched,
        reason: matched ? 'matched' : 'no_keyword_match',
      };
    },
  };
}
