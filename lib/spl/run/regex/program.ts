/** A pattern as instructions for the bounded machine. */
import { firstOf } from './analyse.ts';
import { type CharSet, contains } from './charset.ts';
import { type AssertKind, type RegexNode, type RegexTree, width } from './tree.ts';

export type Instruction =
  | { op: 'set'; set: CharSet; latin: Uint8Array; next: number }
  | { op: 'split'; first: number; second: number; id: number }
  | { op: 'save'; slot: number; next: number }
  | { op: 'assert'; kind: AssertKind; next: number }
  | { op: 'look'; body: number; behind: number; negated: boolean; next: number }
  | { op: 'atomic'; body: number; next: number }
  | { op: 'backreference'; indices: readonly number[]; ignoreCase: boolean; next: number }
  /** End of a turn of a loop that began where slot `slot` says: an empty turn leaves the loop. */
  | { op: 'turn'; slot: number; again: number; leave: number }
  /** A choice of many: by the next character's code, the branches that can begin with it. */
  | { op: 'dispatch'; latin: Int32Array; others: number }
  | { op: 'match' }
  | { op: 'fail' };

/** Of fewer branches the next character rules too few out. */
const WORTH_A_DISPATCH = 4;

export class Program {
  readonly instructions: Instruction[] = [];
  readonly entry: number;
  /** Branch points, each with an id below this. */
  splits = 0;
  slots: number;
  /** Whether a branch point that failed at a position fails there again: not after a back-reference. */
  canRemember = true;

  constructor(tree: RegexTree) {
    this.slots = 2 * (tree.groups + 1);
    this.entry = this.compile(tree.root, this.emit({ op: 'match' }));
  }

  private emit(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  private split(first: number, second: number): number {
    return this.emit({ op: 'split', first, second, id: this.splits++ });
  }

  /** Entry point of `node` followed by `next`: programs are built from their ends. */
  private compile(node: RegexNode, next: number): number {
    switch (node.type) {
      case 'set':
        return this.emit({ op: 'set', set: node.set, latin: latin(node.set), next });
      case 'sequence': {
        let entry = next;
        for (let i = node.items.length - 1; i >= 0; i--) entry = this.compile(node.items[i]!, entry);
        return entry;
      }
      case 'choice': {
        const entries = node.branches.map((branch) => this.compile(branch, next));
        return entries.length < WORTH_A_DISPATCH
          ? this.oneOf(entries)
          : this.dispatch(node.branches, entries);
      }
      case 'capture': {
        const end = this.emit({ op: 'save', slot: 2 * node.index + 1, next });
        return this.emit({ op: 'save', slot: 2 * node.index, next: this.compile(node.body, end) });
      }
      case 'assert':
        return this.emit({ op: 'assert', kind: node.kind, next });
      case 'atomic':
        return this.emit({ op: 'atomic', body: this.compile(node.body, this.emit({ op: 'match' })), next });
      case 'look': {
        if (!node.behind) return this.look(node.body, -1, node.negated, next);
        const branches = node.body.type === 'choice' ? node.body.branches : [node.body];
        return this.lookBehind(branches, node.negated, next);
      }
      case 'backreference':
        this.canRemember = false;
        return this.emit({ op: 'backreference', indices: node.indices, ignoreCase: node.ignoreCase, next });
      case 'repeat':
        if (node.mode === 'possessive')
          return this.compile({ type: 'atomic', body: { ...node, mode: 'greedy' } }, next);
        return this.repeat(node.body, node.min, node.max, node.mode === 'lazy', next);
    }
  }

  private look(body: RegexNode, behind: number, negated: boolean, next: number): number {
    return this.emit({
      op: 'look',
      body: this.compile(body, this.emit({ op: 'match' })),
      behind,
      negated,
      next,
    });
  }

  /** Each branch of a lookbehind has a length of its own: any of them (or, negated, none of them) must match. */
  private lookBehind(branches: readonly RegexNode[], negated: boolean, next: number): number {
    let entry = -1;
    for (const branch of [...branches].reverse()) {
      const after = negated && entry !== -1 ? entry : next;
      const one = this.look(branch, width(branch).min, negated, after);
      entry = negated || entry === -1 ? one : this.split(one, entry);
    }
    return entry;
  }

  private repeat(body: RegexNode, min: number, max: number, lazy: boolean, next: number): number {
    let entry = next;
    if (max === Infinity) entry = this.loop(body, lazy, next);
    else for (let i = min; i < max; i++) entry = this.choose(this.compile(body, entry), next, lazy);
    for (let i = 0; i < min; i++) entry = this.compile(body, entry);
    return entry;
  }

  private choose(enter: number, leave: number, lazy: boolean): number {
    return lazy ? this.split(leave, enter) : this.split(enter, leave);
  }

  private loop(body: RegexNode, lazy: boolean, next: number): number {
    const split = this.emit({ op: 'match' });
    const id = this.splits++;
    let enter: number;
    if (width(body).min === 0) {
      const slot = this.slots++;
      const turn = this.emit({ op: 'turn', slot, again: split, leave: next });
      enter = this.emit({ op: 'save', slot, next: this.compile(body, turn) });
    } else enter = this.compile(body, split);
    this.instructions[split] = { op: 'split', first: lazy ? next : enter, second: lazy ? enter : next, id };
    return split;
  }

  /** The branches in their order. */
  private oneOf(entries: readonly number[]): number {
    return entries.reduceRight((later, entry) => this.split(entry, later));
  }

  /** Lists of a hundred names are common: nearly all of them are ruled out by one character. */
  private dispatch(branches: readonly RegexNode[], entries: readonly number[]): number {
    const others = this.oneOf(entries);
    const firsts = branches.map(firstOf);
    const known = new Map<string, number>();
    const latin = Int32Array.from({ length: 256 }, (_, code) => {
      const possible = entries.filter((_entry, at) => {
        const first = firsts[at];
        return first === undefined || contains(first, code);
      });
      if (possible.length === entries.length) return others;
      const key = possible.join(' ');
      let entry = known.get(key);
      if (entry === undefined) {
        entry = possible.length === 0 ? this.emit({ op: 'fail' }) : this.oneOf(possible);
        known.set(key, entry);
      }
      return entry;
    });
    return this.emit({ op: 'dispatch', latin, others });
  }
}

/** Membership of the first 256 characters, where nearly all text is. */
function latin(set: CharSet): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, point) => (contains(set, point) ? 1 : 0));
}
