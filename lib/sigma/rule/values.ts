/** One `field|modifiers: values` → the tests it means. */
import { base64, base64Offsets, bytesOf, type Encoding } from './encode.ts';
import { type Expression, join, type Order, type Position, type TimePart, type Value } from './expression.ts';
import type { FieldItem, Literal } from './model.ts';
import { MODIFIERS } from './modifiers.ts';
import { networkOf } from './network.ts';
import { type Pattern, parsePattern, plainText, variants, widen } from './pattern.ts';
import { ResolveError } from './resolve-error.ts';

/** Characters that Windows programs take for the dash of an option. */
const DASHES = ['-', '/', '–', '—', '―'];
const OPTION_DASH = /\B[-/]\b/g;
/** More than any rule needs: `windash` makes five values of each dash. */
const MOST_VALUES = 5_000;
const REGEX_FLAGS: Readonly<Record<string, 'i' | 'm' | 's'>> = {
  i: 'i',
  ignorecase: 'i',
  m: 'm',
  multiline: 'm',
  s: 's',
  dotall: 's',
};
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  wide: 'utf16le',
  utf16le: 'utf16le',
  utf16be: 'utf16be',
  utf16: 'utf16',
};
const POSITIONS: Readonly<Record<string, Position>> = {
  contains: 'contains',
  startswith: 'startswith',
  endswith: 'endswith',
};

type Placeholders = ReadonlyMap<string, readonly string[]> | undefined;

/** What modifiers ask for, worked out once for all items that have the same. */
interface Reading {
  all: boolean;
  negated: boolean;
  cased: boolean;
  time: TimePart | undefined;
  order: Order | undefined;
  comparison: 'exists' | 're' | 'cidr' | 'fieldref' | undefined;
  position: Position;
  /** Numbers and truth values are taken as texts. */
  asText: boolean;
  expands: boolean;
  /** Each makes patterns of patterns, in the order written. */
  steps: readonly Step[];
}

type Step = (patterns: readonly Pattern[], range: Literal['range']) => Pattern[];

const readings = new Map<string, Reading>();

function readingOf(modifiers: readonly string[]): Reading {
  const key = modifiers.join('|');
  const known = readings.get(key);
  if (known !== undefined) return known;
  const has = (name: string) => modifiers.includes(name);
  const roles = modifiers.map((name) => MODIFIERS.get(name)?.role);
  const reading: Reading = {
    all: has('all'),
    negated: has('neq'),
    cased: has('cased'),
    time: modifiers.find((_, at) => roles[at] === 'time') as TimePart | undefined,
    order: modifiers.find((name) => /^[lg]te?$/.test(name)) as Order | undefined,
    comparison: (['exists', 're', 'cidr', 'fieldref'] as const).find(has),
    position: modifiers.map((name) => POSITIONS[name]).find((found) => found !== undefined) ?? 'equals',
    asText: roles.some((role) => role === 'position' || role === 'transform' || role === 'placeholder'),
    expands: has('expand'),
    steps: stepsOf(modifiers),
  };
  readings.set(key, reading);
  return reading;
}

/** Throws `ResolveError` where a value cannot be what the modifiers ask for. */
export function itemExpression(item: FieldItem, placeholders: Placeholders): Expression {
  const { field, modifiers } = item;
  const reading = readingOf(modifiers);
  const tests: Expression[] = [];
  for (const literal of item.values) {
    const { range } = literal;
    const values = valuesOf(literal, reading, modifiers, placeholders);
    tests.push(
      values.length === 1
        ? { kind: 'test', field, value: values[0]!, range }
        : {
            kind: 'or',
            items: values.map((value): Expression => ({ kind: 'test', field, value, range })),
            range,
            list: true,
          },
    );
  }
  const joined = join(reading.all ? 'and' : 'or', tests, item.range, true);
  return reading.negated ? { kind: 'not', item: joined, range: item.range } : joined;
}

function valuesOf(
  literal: Literal,
  reading: Reading,
  modifiers: readonly string[],
  placeholders: Placeholders,
): readonly Value[] {
  const { value, text, range } = literal;
  const { time, order, comparison, position, cased } = reading;
  if (time !== undefined || order !== undefined) {
    const number = Number(value);
    if (value === null || !Number.isFinite(number)) {
      throw new ResolveError('sigma-modifier-value', `\`${text}\` is no number.`, range);
    }
    if (time === undefined) return [{ kind: 'order', operator: order!, value: number }];
    return [{ kind: 'time', part: time, operator: order ?? 'eq', value: number }];
  }
  if (comparison === 'exists') return [{ kind: 'exists', exists: value === true }];
  if (comparison === 're') return [regexOf(text, modifiers)];
  if (comparison === 'cidr') {
    if (networkOf(text) === undefined) {
      throw new ResolveError('sigma-modifier-value', `\`${text}\` is no network such as 10.0.0.0/8.`, range);
    }
    return [{ kind: 'cidr', network: text.trim() }];
  }
  if (comparison === 'fieldref') return [{ kind: 'field', field: text, position, cased }];
  if (value === null) return [{ kind: 'null' }];
  if (!reading.asText) {
    if (typeof value === 'number') return [{ kind: 'number', value }];
    if (typeof value === 'boolean') return [{ kind: 'boolean', value }];
  }
  const written = typeof value === 'string' ? value : text;
  // Placeholders are filled first, wherever `expand` stands.
  let patterns = reading.expands
    ? expand(written, placeholders, range).map(parsePattern)
    : [parsePattern(written)];
  for (const step of reading.steps) patterns = step(patterns, range);
  return patterns.length === 1
    ? [{ kind: 'pattern', pattern: patterns[0]!, cased }]
    : patterns.map((pattern) => ({ kind: 'pattern', pattern, cased }));
}

/** Modifiers work in the order written. */
function stepsOf(modifiers: readonly string[]): Step[] {
  const steps: Step[] = [];
  let encoding: Encoding = 'utf8';
  for (const name of modifiers) {
    const bytes = (pattern: Pattern, own: Encoding, range: Literal['range']) =>
      bytesOf(plain(pattern, name, range), own);
    const own = encoding;
    if (POSITIONS[name] !== undefined) {
      const [before, after] = [name !== 'startswith', name !== 'endswith'];
      steps.push((patterns) => patterns.map((pattern) => widen(pattern, before, after)));
    } else if (ENCODINGS[name] !== undefined) encoding = ENCODINGS[name];
    else if (name === 'base64') {
      steps.push((patterns, range) => patterns.map((pattern) => [base64(bytes(pattern, own, range))]));
    } else if (name === 'base64offset') {
      steps.push((patterns, range) =>
        patterns.flatMap((pattern) => base64Offsets(bytes(pattern, own, range)).map((text) => [text])),
      );
    } else if (name === 'windash') {
      steps.push((patterns, range) =>
        patterns.flatMap((pattern) => limited(variants(pattern, dashes), range)),
      );
    }
  }
  const last = encoding;
  if (last !== 'utf8' && !modifiers.includes('base64') && !modifiers.includes('base64offset')) {
    steps.push((patterns) => patterns.map((pattern) => encodedTexts(pattern, last)));
  }
  return steps;
}

const encodedTexts = (pattern: Pattern, encoding: Encoding): Pattern =>
  pattern.map((part) => (typeof part === 'string' ? String.fromCharCode(...bytesOf(part, encoding)) : part));

function plain(pattern: Pattern, modifier: string, range: Literal['range']): string {
  const text = plainText(pattern);
  if (text !== undefined) return text;
  throw new ResolveError(
    'sigma-modifier-value',
    `\`${modifier}\` cannot encode a wildcard; escape it.`,
    range,
  );
}

function dashes(text: string): string[] {
  const pieces = text.split(OPTION_DASH);
  return pieces
    .slice(1)
    .reduce<string[]>(
      (made, piece) =>
        made.length > MOST_VALUES
          ? made
          : made.flatMap((start) => DASHES.map((dash) => start + dash + piece)),
      [pieces[0]!],
    );
}

function limited(patterns: Iterable<Pattern>, range: Literal['range']): Pattern[] {
  const made: Pattern[] = [];
  for (const pattern of patterns) {
    made.push(pattern);
    if (made.length <= MOST_VALUES) continue;
    const message = `\`windash\` makes more than ${MOST_VALUES} values of this one; shorten it.`;
    throw new ResolveError('sigma-too-many-values', message, range);
  }
  return made;
}

function expand(text: string, placeholders: Placeholders, range: Literal['range']): string[] {
  const names = [...text.matchAll(/%([\w.-]+)%/g)].map((match) => match[1]!);
  let texts = [text];
  for (const name of new Set(names)) {
    const values = placeholders?.get(name);
    if (values === undefined || values.length === 0) {
      const message = `The placeholder %${name}% stands for values of your own; give them to the rule.`;
      throw new ResolveError('sigma-placeholder', message, range);
    }
    texts = texts.flatMap((one) => values.map((value) => one.replaceAll(`%${name}%`, value)));
  }
  return texts;
}

function regexOf(written: string, modifiers: readonly string[]): Value {
  const flags = { i: false, m: false, s: false };
  for (const name of modifiers) {
    const flag = REGEX_FLAGS[name];
    if (flag !== undefined) flags[flag] = true;
  }
  const inline = /^\(\?([ims]+)\)/.exec(written);
  for (const flag of inline?.[1] ?? '') flags[flag as 'i' | 'm' | 's'] = true;
  let source = inline ? written.slice(inline[0].length) : written;
  if (modifiers.includes('startswith')) source = `^(?:${source})`;
  if (modifiers.includes('endswith')) source = `(?:${source})$`;
  return { kind: 'regex', source, flags };
}
