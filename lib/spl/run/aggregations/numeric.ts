/** Aggregations of numbers. Formulas: "Aggregate functions" of the search reference; sample forms divide by n - 1. */
import { type AccumulatorOptions, NumericAccumulator } from './accumulator.ts';

export class Sum extends NumericAccumulator {
  private sum = 0;

  constructor(
    options: AccumulatorOptions,
    private readonly form: 'sum' | 'mean' | 'squares',
  ) {
    super(options);
  }

  protected addNumber(value: number): void {
    this.sum += this.form === 'squares' ? value * value : value;
  }

  protected mergeNumbers(later: this): void {
    this.sum += later.sum;
  }

  protected finish(): number {
    return this.form === 'mean' ? this.sum / this.count : this.sum;
  }
}

/** Welford's method: no squares of large numbers are subtracted from each other. */
export class Variance extends NumericAccumulator {
  private mean = 0;
  private squares = 0;

  constructor(
    options: AccumulatorOptions,
    private readonly sample: boolean,
    private readonly root: boolean,
  ) {
    super(options);
  }

  protected addNumber(value: number): void {
    const delta = value - this.mean;
    this.mean += delta / this.count;
    this.squares += delta * (value - this.mean);
  }

  protected mergeNumbers(later: this): void {
    const total = this.count + later.count;
    if (total === 0) return;
    const delta = later.mean - this.mean;
    this.squares += later.squares + (delta * delta * this.count * later.count) / total;
    this.mean += (delta * later.count) / total;
  }

  protected finish(): number {
    // The documentation's tables show 0 for a single value, also for the sample forms.
    if (this.count === 1) return 0;
    const variance = this.squares / (this.sample ? this.count - 1 : this.count);
    return this.root ? Math.sqrt(variance) : variance;
  }
}

export class Range extends NumericAccumulator {
  private low = Infinity;
  private high = -Infinity;

  protected addNumber(value: number): void {
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
  }

  protected mergeNumbers(later: this): void {
    this.low = Math.min(this.low, later.low);
    this.high = Math.max(this.high, later.high);
  }

  protected finish(): number {
    return this.high - this.low;
  }

  addTimes(value: Parameters<NumericAccumulator['add']>[0]): void {
    this.add(value);
  }
}

/**
 * Percentiles over all values, exact. Interpolates linearly between neighbours of rank p/100·(n-1), which reproduces
 * every example of the documentation; `nearest-rank` takes the value at floor(p/100·n) (flag `percentileMethod`).
 */
export class Percentile extends NumericAccumulator {
  private values: number[] = [];
  private readonly percent: number;

  constructor(
    private readonly choices: AccumulatorOptions,
    percent = choices.parameter ?? 50,
  ) {
    super(choices);
    this.percent = percent;
  }

  protected addNumber(value: number): void {
    this.values.push(value);
  }

  protected mergeNumbers(later: this): void {
    this.values = this.values.concat(later.values);
  }

  protected finish(): number | null {
    if (!(this.percent >= 0 && this.percent <= 100)) return null;
    const sorted = Float64Array.from(this.values).sort();
    const last = sorted.length - 1;
    const nearest = sorted[Math.min(last, Math.floor((this.percent / 100) * sorted.length))]!;
    // Divided last, so that perc95 of ten values weighs 0.55 and not 0.5499999999999989.
    const below = Math.floor((this.percent * last) / 100);
    const weight = (this.percent * last - 100 * below) / 100;
    const low = sorted[below]!;
    const between = low + weight * (sorted[Math.min(last, below + 1)]! - low);
    if (between !== nearest) this.choices.rests?.('percentileMethod');
    return this.choices.compat.percentileMethod === 'nearest-rank' ? nearest : between;
  }
}
