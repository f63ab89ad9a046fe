/** Lists of numbers the other way round: which documents have each number. */
import type { Lists } from './decode.ts';

export class Inverted {
  /** By number: where its documents begin, and one past where they end. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Ascending for each number, each once. */
  readonly documents: Uint32Array;

  /** `count` is one more than the largest number that may occur. */
  constructor({ starts, numbers }: Lists, count: number) {
    this.starts = new Uint32Array(count);
    for (let at = 0; at < numbers.length; at++) this.starts[numbers[at]!]!++;
    let before = 0;
    for (let number = 0; number < count; number++) {
      const own = this.starts[number]!;
      this.starts[number] = before;
      before += own;
    }
    this.ends = this.starts.slice();
    this.documents = new Uint32Array(numbers.length);
    for (let document = 0; document + 1 < starts.length; document++) {
      for (let at = starts[document]!; at < starts[document + 1]!; at++) {
        const number = numbers[at]!;
        const end = this.ends[number]!;
        if (end > this.starts[number]! && this.documents[end - 1] === document) continue;
        this.documents[end] = document;
        this.ends[number] = end + 1;
      }
    }
  }
}
