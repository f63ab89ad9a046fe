/** Aggregations of values as texts or in their order. */
import { compareKeys, type SortKey, sortKey } from '../value/sort.ts';
import {
  compareText,
  fromList,
  type Scalar,
  type Stored,
  scalarText,
  toNumber,
  type Value,
} from '../value/value.ts';
import { type Accumulator, type AccumulatorOptions, eachMember } from './accumulator.ts';

/** `count`, `count(f)`, `count(eval(...))`: rows, values, or rows where the condition is true. */
export class Count implements Accumulator {
  private count = 0;

  add(value: Value): void {
    this.addTimes(value, 1);
  }

  addTimes(value: Value, times: number): void {
    if (value === null || value === false) return;
    this.count += Array.isArray(value) ? value.length * times : times;
  }

  merge(later: this): void {
    this.count += later.count;
  }

  result(): Stored {
    return this.count;
  }
}

/** `dc` counts, `values` lists, distinct texts; `values` in ascending order of text ("10" before "9"). */
export class Distinct implements Accumulator {
  private readonly seen = new Set<string>();

  constructor(private readonly form: 'count' | 'list') {}

  add(value: Value): void {
    if (typeof value === 'string') this.seen.add(value);
    else eachMember(value, (member) => this.seen.add(scalarText(member)));
  }

  addTimes(value: Value): void {
    this.add(value);
  }

  merge(later: this): void {
    for (const text of later.seen) this.seen.add(text);
  }

  result(): Stored {
    return this.form === 'count' ? this.seen.size : fromList([...this.seen].sort(compareText));
  }
}

/** Documented maximum of `list`. */
export const LONGEST_LIST = 100;

/** `list`: values in the order met, with repetitions, the first 100. `dropped` counts the rest. */
export class List implements Accumulator {
  private readonly values: Scalar[] = [];
  dropped = 0;

  add(value: Value): void {
    eachMember(value, (member) => {
      if (this.values.length < LONGEST_LIST) this.values.push(member);
      else this.dropped++;
    });
  }

  merge(later: this): void {
    this.add(later.result());
    this.dropped += later.dropped;
  }

  result(): Stored {
    return fromList(this.values.slice());
  }
}

/**
 * `min` and `max`: numbers are less than texts (flag `minMaxMixed`: `text` compares texts throughout as soon as one value
 * is no number). The value comes out as it went in.
 */
export class Extreme implements Accumulator {
  private best: { value: Scalar; key: SortKey } | undefined;
  private bestText: string | undefined;
  private numeric = true;
  private numbers = false;

  constructor(
    private readonly options: AccumulatorOptions,
    private readonly sign: 1 | -1,
  ) {}

  add(value: Value): void {
    eachMember(value, (member) => this.offer(member));
  }

  addTimes(value: Value): void {
    this.add(value);
  }

  merge(later: this): void {
    this.numeric &&= later.numeric;
    this.numbers ||= later.numbers;
    if (later.best !== undefined) this.offerKey(later.best.value, later.best.key);
    if (later.bestText !== undefined) this.offerText(later.bestText);
  }

  result(): Stored {
    if (this.best === undefined) return null;
    if (!this.numeric && this.numbers) this.options.rests?.('minMaxMixed');
    if (!this.numeric && this.options.compat.minMaxMixed === 'text') return this.bestText!;
    return this.best.value;
  }

  private offer(member: Scalar): void {
    const number = toNumber(member);
    if (number === undefined) this.numeric = false;
    else this.numbers = true;
    if (this.options.compat.minMaxMixed === 'text') this.offerText(scalarText(member));
    const best = this.best;
    // The usual case, a number against a number, without building a key.
    if (best !== undefined && number !== undefined && best.key.rank === 0 && number !== best.key.number) {
      if (this.sign * (number - best.key.number) <= 0) return;
    }
    this.offerKey(member, sortKey(member, 'natural'));
  }

  private offerKey(value: Scalar, key: SortKey): void {
    if (this.best === undefined || this.sign * compareKeys(key, this.best.key) > 0)
      this.best = { value, key };
  }

  private offerText(text: string): void {
    if (this.bestText === undefined || this.sign * compareText(text, this.bestText) > 0) this.bestText = text;
  }
}

/** `mode`: the commonest text; of several, the one met first (flag `modeTies`). */
export class Mode implements Accumulator {
  private readonly counts = new Map<string, number>();

  constructor(private readonly options: AccumulatorOptions) {}

  add(value: Value): void {
    eachMember(value, (member) => {
      const text = scalarText(member);
      this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
    });
  }

  merge(later: this): void {
    for (const [text, count] of later.counts) this.counts.set(text, (this.counts.get(text) ?? 0) + count);
  }

  result(): Stored {
    let best: string | null = null;
    let most = 0;
    let tied = false;
    for (const [text, count] of this.counts) {
      const smaller =
        this.options.compat.modeTies === 'smallest' &&
        count === most &&
        best !== null &&
        compareText(text, best) < 0;
      tied = count > most ? false : tied || count === most;
      if (count > most || smaller) {
        best = text;
        most = count;
      }
    }
    if (tied) this.options.rests?.('modeTies');
    return best;
  }
}

interface Seen {
  value: Stored;
  time: number;
  order: number;
}

/**
 * First and last value by order of input (`first`, `last`) or by time (`earliest`, `latest` and their `_time` forms);
 * rows of equal time: the one met first (flag `timeTies`). `rate` is the change per second between the two by time.
 */
export class Ends implements Accumulator {
  private start: Seen | undefined;
  private end: Seen | undefined;
  /** Rows of that time had different values. */
  private startTied = false;
  private endTied = false;

  constructor(
    private readonly options: AccumulatorOptions,
    private readonly form:
      | 'first'
      | 'last'
      | 'earliest'
      | 'latest'
      | 'earliest-time'
      | 'latest-time'
      | 'rate',
  ) {}

  add(value: Value, time: number | null, order: number): void {
    const byOrder = this.form === 'first' || this.form === 'last';
    if (value === null || (time === null && !byOrder)) return;
    const stored = Array.isArray(value) ? value : firstMember(value);
    this.take({ value: stored, time: byOrder ? order : time!, order });
  }

  merge(later: this): void {
    if (later.start !== undefined) this.take(later.start);
    if (later.end !== undefined) this.take(later.end);
    if (later.startTied && this.start?.time === later.start?.time) this.startTied = true;
    if (later.endTied && this.end?.time === later.end?.time) this.endTied = true;
  }

  private take(seen: Seen): void {
    const keepFirst = this.options.compat.timeTies === 'first-seen';
    const { start, end } = this;
    if (start === undefined || seen.time < start.time) {
      this.start = seen;
      this.startTied = false;
    } else if (seen.time === start.time) {
      if (seen.value !== start.value) this.startTied = true;
      if (wins(seen, start, keepFirst)) this.start = seen;
    }
    if (end === undefined || seen.time > end.time) {
      this.end = seen;
      this.endTied = false;
    } else if (seen.time === end.time) {
      if (seen.value !== end.value) this.endTied = true;
      if (wins(seen, end, keepFirst)) this.end = seen;
    }
  }

  result(): Stored {
    const { start, end } = this;
    if (start === undefined || end === undefined) return null;
    const { form } = this;
    const tied =
      (this.startTied && (form === 'earliest' || form === 'rate')) ||
      (this.endTied && (form === 'latest' || form === 'rate'));
    if (tied) this.options.rests?.('timeTies');
    switch (form) {
      case 'first':
      case 'earliest':
        return start.value;
      case 'last':
      case 'latest':
        return end.value;
      case 'earliest-time':
        return start.time;
      case 'latest-time':
        return end.time;
      case 'rate': {
        const from = toNumber(start.value);
        const to = toNumber(end.value);
        return from === undefined || to === undefined || end.time === start.time
          ? null
          : (to - from) / (end.time - start.time);
      }
    }
  }
}

function wins(seen: Seen, held: Seen, keepFirst: boolean): boolean {
  return keepFirst ? seen.order < held.order : seen.order > held.order;
}

function firstMember(value: Value): Scalar | null {
  let found: Scalar | null = null;
  eachMember(value, (member) => {
    found ??= member;
  });
  return found;
}
