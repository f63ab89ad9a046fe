/**
 * A backtracking matcher with PCRE's priorities that cannot run away. It remembers which branch points failed at which
 * positions, so patterns without back-references take time proportional to pattern times text; everything counts steps
 * and gives up at a bound. Used where JavaScript's engine would be inexact or might not come back.
 */
import { type CharSet, contains } from './charset.ts';
import { type Instruction, Program } from './program.ts';
import type { AssertKind, RegexTree } from './tree.ts';

/** Start and end offsets: `[0]`, `[1]` of the match, `[2i]`, `[2i + 1]` of group i; -1 where a group is not set. */
export type Spans = readonly number[];

/** The bound was reached before an answer was known. */
export const EXHAUSTED = 'exhausted';

/** Steps of one search: some tenths of a second. */
export const DEFAULT_STEPS = 2_000_000;
const REMEMBER_AFTER = 2_000;
const MOST_REMEMBERED_BITS = 1 << 27;

export class Machine {
  private readonly program: Program;
  /** Steps that the last search took. */
  steps = 0;

  /** @param first characters that a match can start with, if it cannot be empty */
  constructor(
    tree: RegexTree,
    private readonly first?: CharSet,
  ) {
    this.program = new Program(tree);
  }

  /** The leftmost match at or after `from`. */
  find(text: string, from: number, limit = DEFAULT_STEPS): Spans | null | typeof EXHAUSTED {
    const { instructions, entry, slots, canRemember, splits } = this.program;
    const run = new Run(instructions, text, slots, limit, canRemember ? splits : 0);
    for (let start = from; start <= text.length; start++) {
      if (this.first !== undefined && !contains(this.first, text.codePointAt(start) ?? -1)) continue;
      const end = run.match(entry, start, 0);
      this.steps = run.steps;
      if (end === -2) return EXHAUSTED;
      if (end >= 0) return [start, end, ...run.registers.slice(2)];
      const unit = text.charCodeAt(start);
      if (unit >= 0xd800 && unit < 0xdc00 && start + 1 < text.length) start++;
    }
    return null;
  }
}

class Run {
  steps = 0;
  registers: number[];
  /** Triples: (-1, instruction, position) to go back to, or (slot, old value, 0) to restore on the way. */
  private readonly stack: number[] = [];
  private remembered: Uint32Array | undefined;

  constructor(
    private readonly program: readonly Instruction[],
    private readonly text: string,
    slots: number,
    private readonly limit: number,
    private readonly splits: number,
  ) {
    this.registers = new Array<number>(slots).fill(-1);
  }

  /** End of the match, -1 for none, -2 when the steps ran out. */
  match(entry: number, start: number, depth: number): number {
    const { program, text, registers, stack } = this;
    const base = stack.length;
    let pc = entry;
    let at = start;
    for (;;) {
      if (++this.steps > this.limit) return -2;
      const instruction = program[pc]!;
      let ok = true;
      switch (instruction.op) {
        case 'match':
          if (depth > 0) this.keepRestores(base);
          else stack.length = base;
          return at;
        case 'set': {
          const unit = text.charCodeAt(at);
          if (unit < 256) {
            ok = instruction.latin[unit] === 1;
            at++;
          } else {
            const point = text.codePointAt(at);
            ok = point !== undefined && contains(instruction.set, point);
            at += point !== undefined && point > 0xffff ? 2 : 1;
          }
          pc = instruction.next;
          break;
        }
        case 'split':
          // Inside a look-around the same state may be reached by a turn that succeeded, so nothing is remembered there.
          if (depth === 0 && this.failedBefore(instruction.id, at)) ok = false;
          else {
            stack.push(-1, instruction.second, at);
            pc = instruction.first;
          }
          break;
        case 'dispatch': {
          const unit = text.charCodeAt(at);
          pc = unit < 256 ? instruction.latin[unit]! : instruction.others;
          break;
        }
        case 'fail':
          ok = false;
          break;
        case 'save':
          stack.push(instruction.slot, registers[instruction.slot]!, 0);
          registers[instruction.slot] = at;
          pc = instruction.next;
          break;
        case 'turn':
          pc = registers[instruction.slot] === at ? instruction.leave : instruction.again;
          break;
        case 'assert':
          ok = holds(instruction.kind, text, at);
          pc = instruction.next;
          break;
        case 'backreference': {
          const length = this.sameAgain(instruction.indices, instruction.ignoreCase, at);
          ok = length >= 0;
          at += length;
          pc = instruction.next;
          break;
        }
        case 'atomic': {
          const end = this.match(instruction.body, at, depth + 1);
          if (end === -2) return -2;
          ok = end >= 0;
          at = end;
          pc = instruction.next;
          break;
        }
        case 'look': {
          const seen = this.look(instruction, at, depth);
          if (seen === -2) return -2;
          ok = seen >= 0 !== instruction.negated;
          pc = instruction.next;
          break;
        }
      }
      if (ok) continue;
      // Back to the latest branch point, restoring registers on the way.
      for (;;) {
        if (stack.length === base) return -1;
        at = stack.pop()!;
        pc = stack.pop()!;
        const slot = stack.pop()!;
        if (slot === -1) break;
        registers[slot] = pc;
      }
    }
  }

  private look(
    instruction: { body: number; behind: number; negated: boolean },
    at: number,
    depth: number,
  ): number {
    const start = instruction.behind < 0 ? at : stepBack(this.text, at, instruction.behind);
    if (start < 0) return -1;
    const base = this.stack.length;
    const end = this.match(instruction.body, start, depth + 1);
    if (end < 0) return end;
    if (instruction.negated) this.unwind(base);
    return end;
  }

  /** A finished group cannot be re-entered, but backing out of it must still restore what it captured. */
  private keepRestores(base: number): void {
    const { stack } = this;
    let to = base;
    for (let i = base; i < stack.length; i += 3) {
      if (stack[i] === -1) continue;
      stack[to] = stack[i]!;
      stack[to + 1] = stack[i + 1]!;
      stack[to + 2] = 0;
      to += 3;
    }
    stack.length = to;
  }

  private unwind(base: number): void {
    while (this.stack.length > base) {
      this.stack.pop();
      const value = this.stack.pop()!;
      const slot = this.stack.pop()!;
      if (slot >= 0) this.registers[slot] = value;
    }
  }

  private failedBefore(id: number, at: number): boolean {
    if (this.splits === 0 || this.steps < REMEMBER_AFTER) return false;
    if (this.remembered === undefined) {
      const bits = this.splits * (this.text.length + 1);
      if (bits > MOST_REMEMBERED_BITS) return false;
      this.remembered = new Uint32Array((bits >> 5) + 1);
    }
    const bit = id * (this.text.length + 1) + at;
    const mask = 1 << (bit & 31);
    if ((this.remembered[bit >> 5]! & mask) !== 0) return true;
    this.remembered[bit >> 5]! |= mask;
    return false;
  }

  /** Length of the text that the first set group holds, if it stands at `at` again; -1 if it does not or none is set. */
  private sameAgain(indices: readonly number[], ignoreCase: boolean, at: number): number {
    for (const index of indices) {
      const from = this.registers[2 * index]!;
      const to = this.registers[2 * index + 1]!;
      if (from < 0 || to < from) continue;
      const was = this.text.slice(from, to);
      const is = this.text.slice(at, at + was.length);
      return was === is || (ignoreCase && was.toLowerCase() === is.toLowerCase()) ? was.length : -1;
    }
    return -1;
  }
}

function stepBack(text: string, at: number, characters: number): number {
  let position = at;
  for (let left = characters; left > 0; left--) {
    if (position === 0) return -1;
    position--;
    const unit = text.charCodeAt(position);
    if (
      unit >= 0xdc00 &&
      unit < 0xe000 &&
      position > 0 &&
      (text.charCodeAt(position - 1) & 0xfc00) === 0xd800
    )
      position--;
  }
  return position;
}

function isWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (
    (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122)
  );
}

function holds(kind: AssertKind, text: string, at: number): boolean {
  switch (kind) {
    case 'start':
      return at === 0;
    case 'line-start':
      return at === 0 || text[at - 1] === '\n';
    case 'finish':
      return at === text.length;
    case 'end':
      return at === text.length || (at === text.length - 1 && text[at] === '\n');
    case 'line-end':
      return at === text.length || text[at] === '\n';
    case 'word-boundary':
      return isWord(text, at - 1) !== isWord(text, at);
    case 'not-word-boundary':
      return isWord(text, at - 1) === isWord(text, at);
  }
}
