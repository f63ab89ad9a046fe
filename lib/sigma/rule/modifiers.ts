/** What each modifier takes and how it may be combined. */
import type { FieldItem, Literal } from './model.ts';
import type { RuleSource } from './source.ts';

export type ModifierRole =
  /** Says how the value stands in the field. */
  | 'position'
  /** Makes other values of the value. */
  | 'transform'
  /** Makes another kind of comparison. */
  | 'comparison'
  /** Says how the values of a list belong together. */
  | 'list'
  /** A flag of `re`. */
  | 'regex-flag'
  /** Letter case counts. */
  | 'case'
  | 'negation'
  | 'placeholder'
  /** Takes a part of a time. */
  | 'time';

interface Modifier {
  role: ModifierRole;
  /** Values it takes; absent: any. */
  takes?: 'text' | 'number' | 'boolean';
  /** Modifiers that have to stand before it. */
  after?: readonly string[];
}

export const MODIFIERS: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['contains', { role: 'position' }],
  ['startswith', { role: 'position' }],
  ['endswith', { role: 'position' }],
  ['all', { role: 'list' }],
  ['base64', { role: 'transform', takes: 'text' }],
  ['base64offset', { role: 'transform', takes: 'text' }],
  ['utf16le', { role: 'transform', takes: 'text' }],
  ['utf16be', { role: 'transform', takes: 'text' }],
  ['utf16', { role: 'transform', takes: 'text' }],
  ['wide', { role: 'transform', takes: 'text' }],
  ['windash', { role: 'transform' }],
  ['re', { role: 'comparison' }],
  ['i', { role: 'regex-flag', after: ['re'] }],
  ['ignorecase', { role: 'regex-flag', after: ['re'] }],
  ['m', { role: 'regex-flag', after: ['re'] }],
  ['multiline', { role: 'regex-flag', after: ['re'] }],
  ['s', { role: 'regex-flag', after: ['re'] }],
  ['dotall', { role: 'regex-flag', after: ['re'] }],
  ['cidr', { role: 'comparison', takes: 'text' }],
  ['exists', { role: 'comparison', takes: 'boolean' }],
  ['fieldref', { role: 'comparison', takes: 'text' }],
  ['lt', { role: 'comparison', takes: 'number' }],
  ['lte', { role: 'comparison', takes: 'number' }],
  ['gt', { role: 'comparison', takes: 'number' }],
  ['gte', { role: 'comparison', takes: 'number' }],
  ['neq', { role: 'negation' }],
  ['cased', { role: 'case' }],
  ['expand', { role: 'placeholder', takes: 'text' }],
  ['minute', { role: 'time' }],
  ['hour', { role: 'time' }],
  ['day', { role: 'time' }],
  ['week', { role: 'time' }],
  ['month', { role: 'time' }],
  ['year', { role: 'time' }],
]);

const TAKES: Readonly<Record<string, (value: Literal['value']) => boolean>> = {
  text: (value) => typeof value === 'string' || typeof value === 'number',
  number: (value) =>
    typeof value === 'number' ||
    (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))),
  boolean: (value) => typeof value === 'boolean',
};

/** Reports modifiers that are unknown or do not fit each other or the values. */
export function checkModifiers(item: FieldItem, source: RuleSource): boolean {
  const { modifiers, range } = item;
  let comparison: string | undefined;
  for (const [at, name] of modifiers.entries()) {
    const modifier = MODIFIERS.get(name);
    if (modifier === undefined) {
      source.report(
        'sigma-modifier-unknown',
        `\`${name}\` is no modifier; see the list of modifiers.`,
        range,
      );
      return false;
    }
    const missing = modifier.after?.find((other) => !modifiers.slice(0, at).includes(other));
    if (missing !== undefined) {
      source.report('sigma-modifier-combination', `\`${name}\` only follows \`${missing}\`.`, range);
      return false;
    }
    if (modifier.role === 'comparison') {
      if (comparison !== undefined) {
        const message = `\`${comparison}\` and \`${name}\` are two comparisons; keep one.`;
        source.report('sigma-modifier-combination', message, range);
        return false;
      }
      comparison = name;
    }
    // A time part is a number whatever its comparison, and `null` means the field is absent.
    const wrong = modifier.takes && item.values.find(({ value }) => !TAKES[modifier.takes!]!(value));
    if (wrong) {
      source.report(
        'sigma-modifier-value',
        `\`${name}\` takes a ${modifier.takes}, not \`${wrong.text}\`.`,
        wrong.range,
      );
      return false;
    }
  }
  if (modifiers.includes('all') && item.values.length < 2) {
    source.report('sigma-vocabulary', '`all` has an effect only on a list of two values or more.', range);
  }
  if (item.field === undefined && modifiers.some((name) => name === 'exists' || name === 'fieldref')) {
    source.report('sigma-modifier-combination', 'Without a field there is nothing to compare.', range);
    return false;
  }
  return true;
}
