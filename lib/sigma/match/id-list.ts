/** A list of small numbers that is filled over and over without taking memory anew. */
export class IdList {
  count = 0;

  constructor(public ids: Int32Array = new Int32Array(0)) {}

  add(id: number): void {
    if (this.count === this.ids.length) {
      const larger = new Int32Array(Math.max(16, this.count * 2));
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[this.count] = id;
    this.count += 1;
  }

  /** The same numbers in a list of its own. */
  copy(): IdList {
    const copy = new IdList(this.ids.slice(0, this.count));
    copy.count = this.count;
    return copy;
  }
}
