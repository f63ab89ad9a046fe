/**
 * Events made from a rule itself, where nobody recorded any: some that ask for what its condition asks for, and near
 * misses of the first, each with one field changed. They say nothing of real logs, but whether two readings of the rule
 * agree on what it means.
 */
import { plainRecord } from '../../events/plain-record.ts';
import type { EventRecord } from '../../events/record.ts';
import type { Expression, Test, Value } from '../rule/expression.ts';
import { networkOf } from '../rule/network.ts';
import { ANY, ONE, type Pattern } from '../rule/pattern.ts';

/** Field → value; the keywords of the rule stand in the text of the event. */
export interface Made {
  fields: Map<string, string>;
  words: string[];
  /** Fields that hold an address: what is none is not compared with networks. */
  addresses: ReadonlySet<string>;
}

/** Ways through the alternatives of a condition. */
const ROUNDS = 3;
const MOST_EVENTS = 40;

/**
 * At most 40, each once. First those that take another alternative of each list, then the ones that filters are about,
 * then the first again with each of its fields absent, in other letter case, longer and shorter.
 */
export function madeEvents(expression: Expression): EventRecord[] {
  const whole = Array.from({ length: ROUNDS }, (_, round) => madeOf(demandsOf(expression, true, round)));
  const filtered = negations(expression).map((item) =>
    madeOf([...demandsOf(expression, true, 0), ...demandsOf(item, true, 0)]),
  );
  return recordsOf([...whole, ...filtered, ...nearMisses(whole[0]!)]).slice(0, MOST_EVENTS);
}

/** Each once. */
export function recordsOf(made: readonly Made[]): EventRecord[] {
  const distinct = new Map(made.map((one) => [JSON.stringify([[...one.fields], one.words]), one]));
  return [...distinct.values()].map(({ fields, words }, number) => {
    const raw = [...[...fields].map(([name, value]) => `${name}=${value}`), ...words].join(' ');
    return { ...plainRecord({}, {}, number), raw, fields: new Map(fields) };
  });
}

/** What to ask of fields so that the expression is met (or is not), by one of its alternatives. */
export function demandsOf(expression: Expression, met: boolean, round: number): Test[] {
  if (expression.kind === 'test') return met ? [expression] : opposite(expression);
  if (expression.kind === 'not') return demandsOf(expression.item, !met, round);
  const { kind, items } = expression;
  if ((kind === 'and') === met) return items.flatMap((item) => demandsOf(item, met, round));
  return items.length === 0 ? [] : demandsOf(items[round % items.length]!, met, round);
}

/** What is not met by itself: an absent field has to be there, and one that is there absent. */
function opposite(test: Test): Test[] {
  const { kind } = test.value;
  if (kind === 'null') return [{ ...test, value: { kind: 'exists', exists: true } }];
  if (kind === 'exists') return [{ ...test, value: { kind: 'exists', exists: !test.value.exists } }];
  return [];
}

function negations(expression: Expression): Expression[] {
  if (expression.kind === 'test') return [];
  return expression.kind === 'not' ? [expression.item] : expression.items.flatMap(negations);
}

/** An event that meets them, where one can be put together. */
export function madeOf(demands: readonly Test[]): Made {
  const asked = new Map<string, Test[]>();
  const words: string[] = [];
  for (const test of demands) {
    if (test.field === undefined) words.push(textOf(test.value) ?? '');
    else asked.set(test.field, [...(asked.get(test.field) ?? []), test]);
  }
  const fields = new Map<string, string>();
  for (const [field, tests] of asked) {
    const value = valueFor(tests.map((test) => test.value));
    if (value !== undefined) fields.set(field, value);
  }
  for (const { field, value } of demands) {
    if (value.kind !== 'field' || field === undefined) continue;
    const other = fields.get(value.field) ?? FILLER;
    fields.set(value.field, other);
    fields.set(field, around(other, value.position));
  }
  const addresses = demands.flatMap(({ field, value }) =>
    value.kind === 'cidr' && field !== undefined ? [field] : [],
  );
  return { fields, words, addresses: new Set(addresses) };
}

const FILLER = 'x';

function around(text: string, position: 'equals' | 'startswith' | 'endswith' | 'contains'): string {
  const before = position === 'endswith' || position === 'contains' ? FILLER : '';
  return `${before}${text}${position === 'startswith' || position === 'contains' ? FILLER : ''}`;
}

/** A value that meets all of them where one can be put together; undefined where the field has to be absent. */
function valueFor(values: readonly Value[]): string | undefined {
  if (values.some((value) => value.kind === 'null' || (value.kind === 'exists' && !value.exists)))
    return undefined;
  const patterns = values.flatMap((value) => (value.kind === 'pattern' ? [value.pattern] : []));
  if (patterns.length === 0) return values.map(textOf).find((text) => text !== undefined) ?? FILLER;
  const whole = patterns.find((pattern) => pattern[0] !== ANY && pattern.at(-1) !== ANY);
  if (whole !== undefined) return sample(whole);
  // Beginnings first, ends last, and whatever may stand anywhere between them.
  const rank = (pattern: Pattern): number => (pattern[0] !== ANY ? 0 : pattern.at(-1) !== ANY ? 2 : 1);
  const texts = [...patterns].sort((a, b) => rank(a) - rank(b)).map(sample);
  return [...new Set(texts)].join('');
}

/** A text that the pattern matches: an `x` for each wildcard. */
function sample(pattern: Pattern): string {
  return pattern.map((part) => (part === ANY || part === ONE ? FILLER : part)).join('');
}

/** A value that meets it; undefined where none is known, as for regular expressions. */
function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'pattern':
      return sample(value.pattern);
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'order':
      return String(value.value + { lt: -1, lte: 0, gt: 1, gte: 0 }[value.operator]);
    case 'cidr':
      return addressIn(value.network);
    default:
      return undefined;
  }
}

/** Of version 6 only the beginning of a range is written out. */
function addressIn(text: string): string | undefined {
  const network = networkOf(text);
  if (network?.version !== 4) return text.split('/')[0];
  const { address } = network;
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

const CHANGES: readonly ((value: string) => string | undefined)[] = [
  () => undefined,
  (value) => (value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()),
  (value) => value.slice(1),
  (value) => value.slice(0, -1),
  (value) => `${FILLER}${value}`,
  (value) => `${value}${FILLER}`,
  () => '',
];

/** For documentation: of no network that a rule asks for. */
const OTHER_ADDRESS = '192.0.2.1';

function nearMisses({ fields, words, addresses }: Made): Made[] {
  const changed = CHANGES.flatMap((change) =>
    [...fields].map(([name, value]): Made => {
      const other = new Map(fields);
      const found = change(value);
      if (found === undefined) other.delete(name);
      else other.set(name, found !== '' && addresses.has(name) ? OTHER_ADDRESS : found);
      return { fields: other, words, addresses };
    }),
  );
  const unsaid = words.map(
    (_, at): Made => ({ fields, words: words.filter((_, place) => place !== at), addresses }),
  );
  const otherWords = [
    words.map((word) => word.toUpperCase()),
    // A keyword may stand within a longer word.
    words.map((word) => `${FILLER}${word}${FILLER}`),
  ].map((other): Made => ({ fields, words: other, addresses }));
  return [...unsaid, ...(words.length === 0 ? [] : otherWords), ...changed];
}
