/**
 * Two questions about a pattern: does JavaScript's engine match it exactly as PCRE would, and how badly can a
 * backtracking engine behave on it?
 *
 * Cost is estimated as a power of the text's length. A loop multiplies the work only if the engine can be wrong about
 * when to leave it, that is, if the next character may belong to the loop and to what follows. An ambiguous choice
 * inside a loop makes the work exponential. The estimate looks one character ahead, so it errs on the careful side;
 * a pattern that it fears runs on the bounded machine instead, which is slower and never wrong.
 */
import { ANY, type CharSet, overlaps, union } from './charset.ts';
import { hasCapture, type RegexNode, type RegexTree, width } from './tree.ts';

export interface RegexRisk {
  /** False when only the own machine gives PCRE's answer. */
  exactInJavaScript: boolean;
  /** Work grows at most like length to this power; Infinity: exponential. */
  degree: number;
  /** Factor by which literals in the pattern lessen that work. */
  divisor: number;
  /** Characters that a match can start with; undefined when it can be empty. */
  first: CharSet | undefined;
}

// A counted repeat up to this size counts as a constant factor.
const SMALL_REPEAT = 16;

interface Shape {
  /** Characters that may come first, including those of what follows if the node can be empty. */
  first: CharSet;
  /** Loops that multiply the work: the engine may leave them at any turn. */
  loops: number;
  /** A loop with a clear end: run through once, but anew from every start. */
  runs: boolean;
  /** Some choice cannot be made by looking at the next character. */
  ambiguous: boolean;
}

export function analyseRegex(tree: RegexTree): RegexRisk {
  const shape = shapeOf(tree.root, []);
  const anchored = startsAnchored(tree.root);
  return {
    exactInJavaScript: isExact(tree.root, new Set(), false),
    degree: Math.max(1, shape.loops + (shape.runs ? 1 : 0) + (anchored ? 0 : 1)),
    divisor: literalDivisor(tree.root),
    first: width(tree.root).min === 0 ? undefined : shape.first,
  };
}

/** Characters that a match of the node can start with; undefined when it can be empty. */
export function firstOf(node: RegexNode): CharSet | undefined {
  return width(node).min === 0 ? undefined : shapeOf(node, []).first;
}

/**
 * A literal of five different characters fits a text in a fifth as many places as a single one: that many fewer starts
 * if it begins the pattern, and fewer places to go on from if it follows a loop.
 */
function literalDivisor(root: RegexNode): number {
  const items = root.type === 'sequence' ? root.items : [root];
  let divisor = 1;
  for (let i = 0; i < items.length; i++) {
    const before = items[i - 1];
    if (i > 0 && before?.type !== 'repeat') continue;
    divisor *= literalLength(items, i);
  }
  return divisor;
}

function literalLength(items: readonly RegexNode[], from: number): number {
  const head = items[from];
  if (head?.type !== 'set' || isBroad(head.set)) return 1;
  let length = 1;
  for (let i = from + 1; i < items.length; i++, length++) {
    const item = items[i]!;
    if (item.type !== 'set' || isBroad(item.set)) break;
    // A literal that could begin again inside itself may fit everywhere.
    if (overlaps(item.set, head.set)) return 1;
  }
  return length;
}

function isBroad(set: CharSet): boolean {
  return set.length > 4 || set.some((low, i) => i % 2 === 0 && set[i + 1]! > low);
}

function shapeOf(node: RegexNode, follow: CharSet): Shape {
  switch (node.type) {
    case 'set':
      return { first: node.set, loops: 0, runs: false, ambiguous: false };
    case 'sequence': {
      const out: Shape = { first: follow, loops: 0, runs: false, ambiguous: false };
      for (let i = node.items.length - 1; i >= 0; i--) {
        const part = shapeOf(node.items[i]!, out.first);
        out.first = part.first;
        out.loops += part.loops;
        out.runs ||= part.runs;
        out.ambiguous ||= part.ambiguous;
      }
      return out;
    }
    case 'choice': {
      const out: Shape = { first: [], loops: 0, runs: false, ambiguous: false };
      for (const branch of node.branches) {
        const part = shapeOf(branch, follow);
        out.ambiguous ||= part.ambiguous || overlaps(out.first, part.first);
        out.first = union(out.first, part.first);
        out.loops = Math.max(out.loops, part.loops);
        out.runs ||= part.runs;
      }
      return out;
    }
    case 'repeat':
      return shapeOfRepeat(node.body, node.min, node.max, follow);
    case 'capture':
    case 'atomic':
      return shapeOf(node.body, follow);
    case 'look': {
      const inner = shapeOf(node.body, []);
      return { ...inner, first: follow };
    }
    case 'assert':
      return { first: follow, loops: 0, runs: false, ambiguous: false };
    case 'backreference':
      return { first: ANY, loops: 0, runs: false, ambiguous: true };
  }
}

function shapeOfRepeat(body: RegexNode, min: number, max: number, follow: CharSet): Shape {
  const once = shapeOf(body, follow);
  const nullable = width(body).min === 0;
  const entry = shapeOf(body, []).first;
  const first = min === 0 || nullable ? union(once.first, follow) : once.first;
  const leaveUnclear = min !== max && overlaps(entry, follow);
  if (max <= SMALL_REPEAT) {
    return {
      ...once,
      first,
      loops: once.loops * Math.max(1, max),
      ambiguous: once.ambiguous || leaveUnclear,
    };
  }
  const again = shapeOf(body, union(entry, follow));
  if (nullable || again.ambiguous) return { first, loops: Infinity, runs: true, ambiguous: true };
  if (leaveUnclear) return { first, loops: again.loops + 1, runs: again.runs, ambiguous: true };
  return { first, loops: again.loops, runs: true, ambiguous: false };
}

function startsAnchored(node: RegexNode): boolean {
  if (node.type === 'assert') return node.kind === 'start';
  if (node.type === 'sequence') return node.items.length > 0 && startsAnchored(node.items[0]!);
  if (node.type === 'capture' || node.type === 'atomic') return startsAnchored(node.body);
  return node.type === 'choice' && node.branches.every(startsAnchored);
}

/**
 * Where the engines differ: JavaScript has no atomic groups; it forgets captures at each turn of a loop; it gives an
 * unset back-reference the empty text; it refuses an empty turn of a loop; and it reads lookbehinds backwards.
 * `set` collects the groups that are certainly set by now; `turn` is true inside a loop, where a group that one turn
 * may skip would keep its older text in PCRE.
 */
function isExact(node: RegexNode, set: Set<number>, turn: boolean): boolean {
  switch (node.type) {
    case 'set':
    case 'assert':
      return true;
    case 'atomic':
      return width(node.body).max === 1 && isExact(node.body, set, turn);
    case 'sequence':
      return node.items.every((item) => isExact(item, set, turn));
    case 'choice':
      return node.branches.every(
        (branch) => !(turn && hasCapture(branch)) && isExact(branch, new Set(set), turn),
      );
    case 'capture': {
      const exact = isExact(node.body, set, turn);
      set.add(node.index);
      return exact;
    }
    case 'repeat': {
      if (node.mode === 'possessive') return false;
      const loops = node.max > 1;
      if (node.max > node.min && width(node.body).min === 0) return false;
      if (node.min === 0 && turn && hasCapture(node.body)) return false;
      return isExact(node.body, node.min === 0 ? new Set(set) : set, turn || loops);
    }
    case 'look':
      if (node.behind && hasCapture(node.body)) return false;
      return isExact(node.body, new Set(set), turn);
    case 'backreference':
      return node.indices.length === 1 && !node.ignoreCase && set.has(node.indices[0]!) && !turn;
  }
}
