/** `printf` as its reference page has it: C's conversions, with `'` for thousands and `*` for widths. */
import { toNumber, toText, type Value } from '../value/value.ts';

interface Spec {
  flags: string;
  width: number;
  /** -1: none given. */
  precision: number;
}

const DIRECTIVE = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|j|z|t|L)?([aAcdeEfFgGiopsuxX%])/g;
// Padding is as wide as asked, within reason.
const WIDEST = 10_000;

/** Missing or unreadable arguments print as nothing or zero, as their conversion has it. */
export function printf(format: string, args: readonly Value[]): string {
  let used = 0;
  const next = (): Value => args[used++] ?? null;
  return format.replace(
    DIRECTIVE,
    (whole, flags: string, width?: string, precision?: string, kind?: string) => {
      if (kind === '%') return '%';
      const spec: Spec = { flags, width: 0, precision: -1 };
      if (width !== undefined) spec.width = size(width, next);
      if (precision !== undefined) spec.precision = size(precision || '0', next);
      if (spec.width < 0) {
        spec.width = -spec.width;
        spec.flags += '-';
      }
      return kind === undefined ? whole : convert(kind, spec, next());
    },
  );
}

function size(text: string, next: () => Value): number {
  const value = text === '*' ? (toNumber(next()) ?? 0) : Number(text);
  return Math.max(-WIDEST, Math.min(WIDEST, Math.trunc(value)));
}

function convert(kind: string, spec: Spec, value: Value): string {
  if (kind === 's') {
    const text = [...toText(value)];
    return pad((spec.precision >= 0 ? text.slice(0, spec.precision) : text).join(''), '', spec, false);
  }
  if (kind === 'c') {
    const point = toNumber(value);
    const valid = point !== undefined && point >= 0 && point <= 0x10ffff;
    return pad(valid ? String.fromCodePoint(Math.trunc(point)) : toText(value).slice(0, 1), '', spec, false);
  }
  const number = toNumber(value) ?? 0;
  if ('diuoxXp'.includes(kind) && Number.isFinite(number)) return integer(kind, spec, Math.trunc(number));
  return floating(kind, spec, number);
}

function integer(kind: string, spec: Spec, value: number): string {
  const signed = kind === 'd' || kind === 'i';
  // Unsigned conversions of negative numbers wrap at 64 bits, as in C.
  const magnitude = signed || value >= 0 ? BigInt(Math.abs(value)) : BigInt.asUintN(64, BigInt(value));
  let digits = magnitude.toString(kind === 'o' ? 8 : 'xXp'.includes(kind) ? 16 : 10);
  let prefix = signed ? sign(value < 0, spec.flags) : '';
  if (spec.precision > digits.length) digits = digits.padStart(spec.precision, '0');
  if (spec.flags.includes('#') && value !== 0) {
    if (kind === 'o') digits = `0${digits}`;
    if (kind === 'x' || kind === 'X') prefix = '0x';
  }
  const upper = kind === 'X' || kind === 'p';
  if (spec.flags.includes("'") && 'diu'.includes(kind)) digits = group(digits);
  const text = pad(
    upper ? digits.toUpperCase() : digits,
    upper ? prefix.toUpperCase() : prefix,
    spec,
    spec.precision < 0,
  );
  return text;
}

function floating(kind: string, spec: Spec, value: number): string {
  const lower = kind.toLowerCase();
  const size = Math.abs(value);
  const prefix = sign(value < 0 || Object.is(value, -0), spec.flags);
  if (!Number.isFinite(value)) return pad(Number.isNaN(value) ? 'nan' : 'inf', prefix, spec, false);
  const precision = spec.precision < 0 ? 6 : Math.min(spec.precision, 100);
  const alternative = spec.flags.includes('#');
  let text: string;
  if (lower === 'f') text = fixed(size, precision);
  else if (lower === 'e') text = exponent(size.toExponential(precision));
  else if (lower === 'g') text = general(size, precision || 1, alternative);
  else text = hexadecimal(size, spec.precision);
  if (alternative && lower === 'f' && precision === 0) text += spec.flags.includes("'") ? '' : '.';
  if (spec.flags.includes("'") && (lower === 'f' || lower === 'g')) text = group(text);
  return pad(kind === lower ? text : text.toUpperCase(), prefix, spec, true);
}

function fixed(value: number, precision: number): string {
  if (value < 1e21) return value.toFixed(precision);
  return BigInt(value).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
}

/** C writes at least two digits of exponent. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number, keepZeros: boolean): string {
  const scientific = value.toExponential(precision - 1);
  const power = Number(scientific.slice(scientific.indexOf('e') + 1));
  const small = value !== 0 && (power < -4 || power >= precision);
  const text = small ? exponent(scientific) : value.toFixed(Math.max(0, precision - 1 - power));
  if (keepZeros || !text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}

/** Hexadecimal significand and a binary exponent: 3.14 is 0x1.91eb851eb851fp+1. */
function hexadecimal(value: number, precision: number): string {
  if (value === 0) return '0x0p+0';
  let power = Math.floor(Math.log2(value));
  let mantissa = value / 2 ** power;
  if (mantissa >= 2) {
    mantissa /= 2;
    power++;
  }
  const places = precision < 0 ? 13 : Math.min(precision, 13);
  let units = BigInt(Math.round(mantissa * 2 ** (4 * places)));
  const one = 1n << BigInt(4 * places);
  if (units >= 2n * one) {
    units /= 2n;
    power++;
  }
  let fraction = (units - one).toString(16).padStart(places, '0');
  if (places === 0) fraction = '';
  if (precision < 0) fraction = fraction.replace(/0+$/, '');
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

function sign(negative: boolean, flags: string): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function group(text: string): string {
  return text.replace(/^\d+/, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ','));
}

function pad(text: string, prefix: string, { flags, width }: Spec, zeros: boolean): string {
  const missing = width - prefix.length - [...text].length;
  if (missing <= 0) return prefix + text;
  if (flags.includes('-')) return prefix + text + ' '.repeat(missing);
  return zeros && flags.includes('0')
    ? prefix + '0'.repeat(missing) + text
    : ' '.repeat(missing) + prefix + text;
}
