/** What an event must have for a field of a search to have one of some values. */
import type { FieldOrigin } from '../../events/cim/dataset.ts';
// The modules themselves: an index would bring a whole engine into a page's worker.
import { textTest } from '../../sigma/match/text-test.ts';
import { type Expression, join, type Test } from '../../sigma/rule/expression.ts';
import { ANY, type Pattern } from '../../sigma/rule/pattern.ts';

/** Fields of an event of which one must be there for a field of a search to be. */
export interface Origin extends FieldOrigin {
  /** The value is a member of an object, which may be the text of one of these. */
  objects?: readonly string[];
  /** The value is made of one of these in a way that says nothing of its text. */
  madeOf?: readonly string[];
  /** The value is an object of all the event's fields, or what one of the names above has. */
  all?: true;
}

/** Says in which of an event's fields a field of a search is found; undefined where that cannot be said. */
export type FieldSource = (name: string) => Origin | undefined;

export const RANGE = { start: 0, end: 0 };

/** Fields whose comparisons say when or where data is kept, not what is in it. */
const NOT_OF_THE_EVENT =
  /^(?:_time|_index_\w+|splunk_server\w*|nodename|earliest|latest|(?:start|end)\w+ago)$/;

export const itself: FieldSource = (name) =>
  NOT_OF_THE_EVENT.test(name) ? undefined : { from: [name], within: [] };

/** One of the fields that a field is made of has one of the values; in these `*` stands for any text. */
export function needsOfValues(origin: Origin | undefined, values: readonly string[]): Expression | undefined {
  if (origin === undefined || origin.all === true || values.includes('')) return undefined;
  const { from, within, otherwise, objects = [], madeOf = [] } = origin;
  if (otherwise !== undefined && values.some((value) => mayStandFor(value, otherwise))) return undefined;
  const tests = values.flatMap((value) => {
    const text = isAnything(value) ? undefined : longestText(value);
    return [
      ...from.map((name) => (isAnything(value) ? present(name) : pattern(name, value))),
      ...within.map((name) => (text === undefined ? present(name) : pattern(name, `*${text}*`))),
    ];
  });
  const all = [...tests, ...objects.map((name) => pattern(name, '{*')), ...madeOf.map(present)];
  return all.length === 0 ? undefined : join('or', all, RANGE);
}

/** A network takes addresses that look nothing like it. */
const isAnything = (value: string): boolean => /^\*+$/.test(value) || /^[\da-f:.]+\/\d+$/i.test(value);

const mayStandFor = (value: string, text: string): boolean =>
  isAnything(value) || textTest(partsOf(value), false)(text.toLowerCase());

/** A word stands in the event's text, whatever stands around it. */
export function needsOfTerm(text: string): Expression | undefined {
  const longest = longestText(text);
  if (longest === '' || !isAscii(longest)) return undefined;
  return pattern('_raw', `*${longest}*`);
}

export function longestText(value: string): string {
  return value.split(/\*+/).reduce((best, part) => (part.length > best.length ? part : best), '');
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

export function present(field: string): Test {
  return { kind: 'test', field, value: { kind: 'exists', exists: true }, range: RANGE };
}

export function pattern(field: string, value: string): Test {
  return {
    kind: 'test',
    field,
    value: { kind: 'pattern', pattern: partsOf(value), cased: false },
    range: RANGE,
  };
}

/** Only `*` has a meaning in a search. */
function partsOf(value: string): Pattern {
  return value
    .split(/(\*+)/)
    .filter((part) => part !== '')
    .map((part) => (part[0] === '*' ? ANY : part));
}
