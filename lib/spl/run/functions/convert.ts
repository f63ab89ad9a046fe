/** Conversions of values, and `ipmask`. */
import { asBoolean } from '../expression/operators.ts';
import {
  fromList,
  isList,
  numberText,
  parseNumber,
  type Scalar,
  toList,
  toNumber,
  toText,
  type Value,
} from '../value/value.ts';
import { type EvalFunction, type FunctionTable, ofTexts, ofValues, special } from './define.ts';
import { round } from './number.ts';

/** Digits of a number in a base, as `tonumber(text, base)` reads them; undefined when they are none. */
function parseInBase(text: string, base: number): number | undefined {
  if (base === 10) return parseNumber(text);
  const body = text.toLowerCase().replace(/^([+-]?)0x/, base === 16 ? '$1' : '$&');
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
  if (!/^[+-]?[0-9a-z]+$/.test(body)) return undefined;
  if ([...body.replace(/^[+-]/, '')].some((digit) => !digits.includes(digit))) return undefined;
  return Number.parseInt(body, base);
}

const tonumber: EvalFunction = special([1, 2], 'number', (site) => {
  const [subject, radix] = site.args;
  const fixed = subject!.constant?.value;
  if (typeof fixed === 'string' && radix === undefined && parseNumber(fixed) === undefined) {
    // Splunk refuses the search for a literal; for a field the result is null.
    site.report({
      code: 'eval-literal',
      severity: 'error',
      message: `${JSON.stringify(fixed)} is not a number.`,
      range: subject!.node.range,
    });
  }
  return (get, run) => {
    const value = subject!.evaluate(get, run);
    if (typeof value === 'number' && radix === undefined) return value;
    const base = radix === undefined ? 10 : toNumber(radix.evaluate(get, run));
    if (value === null || base === undefined || base < 2 || base > 36) return null;
    if (!isList(value)) return parseInBase(toText(value), base) ?? null;
    return fromList(value.flatMap((member) => parseInBase(toText(member), base) ?? []));
  };
});

export function withCommas(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
}

/** `[D+]HH:MM:SS`, with microseconds if there is a fraction. */
export function durationText(seconds: number): string {
  const size = Math.abs(seconds);
  const whole = Math.floor(size);
  const part = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(whole / 86_400);
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(part).join(':');
  const fraction = size > whole ? (size - whole).toFixed(6).slice(1) : '';
  return `${seconds < 0 ? '-' : ''}${days > 0 ? `${days}+` : ''}${clock}${fraction}`;
}

const FORMATS: { readonly [format: string]: (value: number) => string } = {
  hex: (value) => `${value < 0 ? '-' : ''}0x${Math.abs(Math.trunc(value)).toString(16).toUpperCase()}`,
  binary: (value) => Math.trunc(value).toString(2),
  duration: durationText,
  commas: (value) => {
    const [whole = '', fraction] = numberText(round(value, 2, 'decimal')).split('.');
    return withCommas(whole) + (fraction === undefined ? '' : `.${fraction.padEnd(2, '0')}`);
  },
};

const tostring = ofValues([1, 2], 'text', ([value, format]) => {
  const one = (member: Value): Scalar | null => {
    const number = format === undefined ? undefined : toNumber(member);
    if (number === undefined) return member === null ? null : toText(member);
    return FORMATS[toText(format!).toLowerCase()]?.(number) ?? toText(member);
  };
  return isList(value!) ? fromList(value.flatMap((member) => one(member) ?? [])) : one(value!);
});

/** Keeps of each address part the bits that the mask's part has. */
function ipmask(mask: string, address: string): string | null {
  const parts = [mask, address].map((text) => text.split('.').map(Number));
  if (parts.some((p) => p.length !== 4 || p.some((n) => !(n >= 0 && n <= 255)))) return null;
  return parts[0]!.map((bits, i) => bits & parts[1]![i]!).join('.');
}

const whole = ofValues([1, 2], 'number', ([value, base]) => {
  const number = base === undefined ? toNumber(value!) : parseInBase(toText(value!), toNumber(base) ?? 10);
  return number === undefined ? null : Math.trunc(number);
});

const truth = ofValues([1, 1], 'boolean', ([value]) => {
  const number = toNumber(value!);
  return number === undefined ? asBoolean(value!) : number !== 0;
});

export const CONVERSION: FunctionTable = {
  tonumber,
  tostring,
  tobool: truth,
  todouble: ofValues([1, 1], 'number', ([value]) => toNumber(value!) ?? null),
  toint: whole,
  tomv: ofValues([1, 1], 'list', ([value]) => (value === null ? null : fromList(toList(value!)))),
  ipmask: ofTexts([2, 2], 'text', ([mask, address]) => ipmask(mask!, address!)),
};
