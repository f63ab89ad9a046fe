/** What every aggregation is made of: values go in row by row, one stored value comes out. */
import type { CompatFlag, CompatFlags } from '../value/compat.ts';
import { isList, type Scalar, type Stored, toNumber, toText, type Value } from '../value/value.ts';

export interface Accumulator {
  /**
   * Takes a row's value; null does not count, each member of a list does.
   * @param time epoch seconds of the row, null when it has none
   * @param order position of the row in the input, ascending
   */
  add(value: Value, time: number | null, order: number): void;
  /**
   * The same as `times` rows with this value, for aggregations whose result does not depend on the order or time of
   * rows: lets a caller count codes of a dictionary-encoded column first and add each distinct value once.
   */
  addTimes?(value: Value, times: number): void;
  /** Takes over what another accumulator of the same kind gathered from later rows. */
  merge(later: Accumulator): void;
  result(): Stored;
}

export interface AccumulatorOptions {
  readonly compat: CompatFlags;
  /** Told when the answer to an open question decided a result. */
  readonly rests?: (flag: CompatFlag) => void;
  /** `allnum=true`: numeric aggregations give null unless every value is a number. */
  readonly allNumbers?: boolean;
  /** The number in `perc95`, or the argument of `percentile(x, 95)`. */
  readonly parameter?: number;
}

/** Members of a value: booleans count as their text. */
export function eachMember(value: Value, visit: (member: Scalar) => void): void {
  if (value === null) return;
  if (isList(value)) for (const member of value) visit(member);
  else visit(typeof value === 'string' || typeof value === 'number' ? value : toText(value));
}

/** The shared half of aggregations of numbers: texts that are no numbers are left out, and remembered for `allnum`. */
export abstract class NumericAccumulator implements Accumulator {
  private others = 0;
  protected count = 0;

  constructor(private readonly options: AccumulatorOptions) {}

  add(value: Value): void {
    if (typeof value === 'boolean') return;
    eachMember(value, (member) => {
      const number = toNumber(member);
      if (number === undefined) this.others++;
      else {
        this.count++;
        this.addNumber(number);
      }
    });
  }

  merge(later: this): void {
    this.others += later.others;
    this.mergeNumbers(later);
    this.count += later.count;
  }

  result(): Stored {
    if (this.count === 0 || (this.options.allNumbers && this.others > 0)) return null;
    const number = this.finish();
    return number === null || Number.isNaN(number) ? null : number;
  }

  protected abstract addNumber(value: number): void;
  /** Called before `count` is added up. */
  protected abstract mergeNumbers(later: this): void;
  /** Called only when there is at least one number. */
  protected abstract finish(): number | null;
}
