import { isList, type Scalar, type Stored, scalarText, toNumber, toText } from '../value/value.ts';

/**
 * The distinct values of a column. Code 0 is always "absent". What is derived from a value (its number, its lower-case
 * form) is worked out once per distinct value and kept, because predicates run over codes, not rows.
 */
export abstract class Dictionary {
  /** Number of codes, the absent one included. */
  abstract readonly size: number;
  /** True when no two codes have the same text; grouping may then compare codes alone. */
  abstract readonly distinct: boolean;
  private numbers: Float64Array | undefined;
  private foldedTexts: string[] | undefined;
  private canonicalCodes: Uint32Array | undefined;

  /** The value of a code; null for 0. */
  abstract value(code: number): Stored;

  /** Text of a code; multivalues join with a newline, absent is empty. */
  text(code: number): string {
    const value = this.value(code);
    return value === null ? '' : typeof value === 'string' ? value : toText(value);
  }

  /** Number of a code; NaN where the value is not a number (absent and multivalues included). */
  number(code: number): number {
    return this.allNumbers()[code]!;
  }

  /** Lower-case text of a code, kept. */
  folded(code: number): string {
    this.foldedTexts ??= new Array<string>(this.size);
    let text = this.foldedTexts[code];
    if (text === undefined) {
      text = this.text(code).toLowerCase();
      this.foldedTexts[code] = text;
    }
    return text;
  }

  /** Numbers of all codes; see `number`. */
  allNumbers(): Float64Array {
    if (this.numbers === undefined) {
      const numbers = new Float64Array(this.size);
      numbers[0] = Number.NaN;
      for (let code = 1; code < numbers.length; code += 1) {
        const value = this.value(code);
        numbers[code] =
          typeof value === 'number' ? value : isList(value) ? Number.NaN : (toNumber(value) ?? Number.NaN);
      }
      this.numbers = numbers;
    }
    return this.numbers;
  }

  /**
   * For each code the first code with the same text, so that `1` and `"1"` fall into one group. The identity where the
   * dictionary is distinct.
   */
  canonical(): Uint32Array | undefined {
    if (this.distinct) return undefined;
    if (this.canonicalCodes === undefined) {
      const first = new Map<string, number>();
      const codes = new Uint32Array(this.size);
      for (let code = 1; code < this.size; code += 1) {
        const key = groupKey(this.value(code));
        const known = first.get(key);
        if (known === undefined) first.set(key, code);
        codes[code] = known ?? code;
      }
      this.canonicalCodes = codes;
    }
    return this.canonicalCodes;
  }
}

/** Text under which two values are the same for grouping and de-duplication: type does not count, members do. */
export function groupKey(value: Stored): string {
  if (value === null) return '';
  if (isList(value)) return `\u0001${value.map(scalarText).join('\u0001')}`;
  return toText(value);
}

/** A dictionary over an array of values; `values[0]` is null. */
export class ValueDictionary extends Dictionary {
  readonly size: number;

  constructor(
    private readonly values: readonly Stored[],
    readonly distinct: boolean,
  ) {
    super();
    this.size = values.length;
  }

  value(code: number): Stored {
    return this.values[code]!;
  }
}

/** Collects values into codes; equal values of equal type share a code. */
export class DictionaryBuilder {
  private readonly values: Stored[] = [null];
  private readonly codes = new Map<string | number, number>();
  private multiCodes: Map<string, number> | undefined;
  private mixed = false;
  private last: Stored = null;
  private lastCode = 0;

  add(value: Stored): number {
    // Half the fields of a log repeat the event before.
    if (value === this.last) return this.lastCode;
    this.last = value;
    this.lastCode = this.codeOf(value);
    return this.lastCode;
  }

  private codeOf(value: Stored): number {
    if (value === null) return 0;
    if (isList(value)) return this.addMulti(value);
    const known = this.codes.get(value);
    if (known !== undefined) return known;
    if (typeof value === 'number') this.mixed = true;
    const code = this.values.push(value) - 1;
    this.codes.set(value, code);
    return code;
  }

  private addMulti(value: readonly Scalar[]): number {
    this.multiCodes ??= new Map();
    const key = JSON.stringify(value);
    const known = this.multiCodes.get(key);
    if (known !== undefined) return known;
    this.mixed = true;
    const code = this.values.push(value) - 1;
    this.multiCodes.set(key, code);
    return code;
  }

  build(): Dictionary {
    return new ValueDictionary(this.values, !this.mixed);
  }
}
