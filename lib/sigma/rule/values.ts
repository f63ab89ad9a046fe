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

/** Throws `ResolveError` where a value cannot be what the modifiers ask for. */
export function itemExpression(item: FieldItem, placeholders: Placeholders): Expression {
  const { field, modifiers } = item;
  const tests = item.values.map((literal): Expression => {
    const values = valuesOf(literal, modifiers, placeholders);
    const own = values.map((value): Expression => ({ kind: 'test', field, value, range: literal.range }));
    return join('or', own, literal.range, true);
  });
  const all = modifiers.includes('all');
  const joined = join(all ? 'and' : 'or', tests, item.range, true);
  return modifiers.includes('neq') ? { kind: 'not', item: joined, range: item.range } : joined;
}

function valuesOf(literal: Literal, modifiers: readonly string[], placeholders: Placeholders): Value[] {
  const { value, range } = literal;
  const has = (name: string) => modifiers.includes(name);
  const wrong = (message: string) => new ResolveError('sigma-modifier-value', message, range);
  const time = modifiers.find((name) => MODIFIERS.get(name)?.role === 'time');
  const order = modifiers.find((name) => /^[lg]te?$/.test(name));
  if (time !== undefined || order !== undefined) {
    const number = Number(value);
    if (value === null || !Number.isFinite(number)) throw wrong(`\`${literal.text}\` is no number.`);
    if (time === undefined) return [{ kind: 'order', operator: order as Order, value: number }];
    return [
      { kind: 'time', part: time as TimePart, operator: (order as Order | undefined) ?? 'eq', value: number },
    ];
  }
  if (has('exists')) return [{ kind: 'exists', exists: value === true }];
  if (has('re')) return [regexOf(String(literal.text), modifiers)];
  if (has('cidr')) {
    if (networkOf(literal.text) === undefined)
      throw wrong(`\`${literal.text}\` is no network such as 10.0.0.0/8.`);
    return [{ kind: 'cidr', network: literal.text.trim() }];
  }
  const cased = has('cased');
  if (has('fieldref')) {
    const position = modifiers.map((name) => POSITIONS[name]).find((found) => found !== undefined);
    return [{ kind: 'field', field: literal.text, position: position ?? 'equals', cased }];
  }
  if (value === null) return [{ kind: 'null' }];
  const asText = modifiers.some((name) =>
    /^(?:position|transform|placeholder)$/.test(MODIFIERS.get(name)!.role),
  );
  if (!asText) {
    if (typeof value === 'number') return [{ kind: 'number', value }];
    if (typeof value === 'boolean') return [{ kind: 'boolean', value }];
  }
  return patternsOf(literal, modifiers, placeholders).map((pattern) => ({ kind: 'pattern', pattern, cased }));
}

/** Modifiers work in the order written; placeholders are filled first where `expand` stands. */
function patternsOf(literal: Literal, modifiers: readonly string[], placeholders: Placeholders): Pattern[] {
  const { range } = literal;
  const written = typeof literal.value === 'string' ? literal.value : literal.text;
  let encoding: Encoding = 'utf8';
  let patterns: Pattern[] = [parsePattern(written)];
  if (modifiers.includes('expand')) {
    patterns = expand(written, placeholders, range).map(parsePattern);
  }
  for (const name of modifiers) {
    if (POSITIONS[name] !== undefined) {
      patterns = patterns.map((pattern) => widen(pattern, name !== 'startswith', name !== 'endswith'));
    } else if (ENCODINGS[name] !== undefined) encoding = ENCODINGS[name];
    else if (name === 'base64') {
      patterns = patterns.map((pattern) => [base64(bytesOf(plain(pattern, name, range), encoding))]);
    } else if (name === 'base64offset') {
      patterns = patterns.flatMap((pattern) =>
        base64Offsets(bytesOf(plain(pattern, name, range), encoding)).map((text) => [text]),
      );
    } else if (name === 'windash') {
      patterns = patterns.flatMap((pattern) => limited(variants(pattern, dashes), range));
    }
  }
  const encoded = modifiers.includes('base64') || modifiers.includes('base64offset');
  if (encoding !== 'utf8' && !encoded) {
    patterns = patterns.map((pattern) =>
      pattern.map((part) =>
        typeof part === 'string' ? String.fromCharCode(...bytesOf(part, encoding)) : part,
      ),
    );
  }
  return patterns;
}

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
