/**
 * Reads PCRE patterns. Follows pcre2pattern(3); what cannot be matched here exactly (recursion, conditionals, `\K`,
 * `\G`, verbs ...) is refused with the range of the construct, never approximated.
 */
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { ANY, type CharSet, ESCAPE_SETS, foldCase, NOT_NEWLINE } from './charset.ts';
import { type Flags, Refusal, Scanner } from './scan.ts';
import { type AssertKind, type RegexNode, type RegexTree, width } from './tree.ts';

const ASSERT_ESCAPES: { readonly [letter: string]: AssertKind } = {
  A: 'start',
  Z: 'end',
  z: 'finish',
  b: 'word-boundary',
  B: 'not-word-boundary',
};
const REFUSED_ESCAPES: { readonly [letter: string]: string } = {
  K: '`\\K` (resetting the start of the match)',
  G: '`\\G` (end of the previous match)',
  X: '`\\X` (grapheme clusters)',
  C: '`\\C` (single bytes)',
};
// Expanding counted repeats beyond this would make programs of many megabytes out of a few characters.
const LARGEST_REPEAT = 20_000;
const DEEPEST_NESTING = 200;

/** The tree, or one diagnostic whose range is in UTF-16 offsets into `pattern`. */
export function parseRegex(pattern: string, ignoreCase = false): RegexTree | Diagnostic {
  try {
    return new Parser(pattern, ignoreCase).parse();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, start, end } = error;
    return { code, severity: 'error', message, range: { start, end } };
  }
}

class Parser extends Scanner {
  private groups = 0;
  private depth = 0;
  private total: number;
  private readonly names: { name: string; index: number }[] = [];
  private readonly backreferences: {
    node: { indices: number[] };
    target: string | number;
    start: number;
    end: number;
  }[] = [];

  constructor(text: string, ignoreCase: boolean) {
    super(text, ignoreCase);
    this.total = countGroups(text);
  }

  parse(): RegexTree {
    const root = this.choice();
    if (this.at < this.text.length)
      this.refuse('regex-syntax', 'This `)` closes nothing; escape it as `\\)`.', this.at);
    for (const { node, target, start, end } of this.backreferences) {
      const indices =
        typeof target === 'number'
          ? target <= this.groups
            ? [target]
            : []
          : this.names.filter((entry) => entry.name === target).map((entry) => entry.index);
      if (indices.length === 0) {
        this.refuse(
          'regex-syntax',
          `This refers to group \`${target}\`, which the pattern does not have.`,
          start,
          end,
        );
      }
      node.indices.push(...indices);
    }
    return { root, groups: this.groups, names: this.names };
  }

  private choice(): RegexNode {
    if (++this.depth > DEEPEST_NESTING) this.refuse('regex-too-large', 'Groups nest too deeply.', this.at);
    const branches = [this.sequence()];
    while (this.text[this.at] === '|') {
      this.at++;
      branches.push(this.sequence());
    }
    this.depth--;
    return branches.length === 1 ? branches[0]! : { type: 'choice', branches };
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.at < this.text.length) {
      const start = this.at;
      const char = this.text[start]!;
      if (char === '|' || char === ')') break;
      if (this.flags.x && this.skipExtended()) continue;
      if (this.text.startsWith('\\Q', start)) {
        this.quoted(items);
        continue;
      }
      if (this.text.startsWith('\\E', start)) {
        this.at += 2;
        continue;
      }
      const node = this.atom();
      if (node !== undefined) items.push(this.quantified(node, start));
    }
    return items.length === 1 ? items[0]! : { type: 'sequence', items };
  }

  private skipExtended(): boolean {
    const char = this.text[this.at]!;
    if (/[\t-\r ]/.test(char)) this.at++;
    else if (char === '#') {
      const end = this.text.indexOf('\n', this.at);
      this.at = end === -1 ? this.text.length : end + 1;
    } else return false;
    return true;
  }

  private quoted(items: RegexNode[]): void {
    const from = this.at + 2;
    const end = this.text.indexOf('\\E', from);
    const literal = this.text.slice(from, end === -1 ? undefined : end);
    for (const char of literal) items.push(this.literal(char.codePointAt(0)!));
    this.at = end === -1 ? this.text.length : end + 2;
    const last = items.pop();
    if (last !== undefined) items.push(literal === '' ? last : this.quantified(last, from));
  }

  private literal(point: number): RegexNode {
    return this.set([point, point]);
  }

  private set(set: CharSet): RegexNode {
    return { type: 'set', set: this.flags.i ? foldCase(set) : set };
  }

  /** Undefined for what matches nothing by itself: comments and flag settings. */
  private atom(): RegexNode | undefined {
    const start = this.at;
    const point = this.text.codePointAt(start)!;
    this.at += point > 0xffff ? 2 : 1;
    switch (this.text[start]) {
      case '.':
        return { type: 'set', set: this.flags.s ? ANY : NOT_NEWLINE };
      case '^':
        return { type: 'assert', kind: this.flags.m ? 'line-start' : 'start' };
      case '$':
        return { type: 'assert', kind: this.flags.m ? 'line-end' : 'end' };
      case '[':
        return this.set(this.charClass(start));
      case '(':
        return this.group(start);
      case '\\':
        return this.escape(start);
      case '*':
      case '+':
      case '?':
        return this.refuse(
          'regex-syntax',
          `There is nothing for \`${this.text[start]}\` to repeat; escape it to match it.`,
          start,
        );
      default:
        return this.literal(point);
    }
  }

  private quantified(body: RegexNode, start: number): RegexNode {
    let node = body;
    for (;;) {
      if (this.flags.x) while (this.at < this.text.length && this.skipExtended());
      const match = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;
      match.lastIndex = this.at;
      const found = match.exec(this.text);
      if (found === null) return node;
      const [whole, low, comma, high] = found;
      let min = whole === '+' ? 1 : 0;
      let max = whole === '?' ? 1 : Infinity;
      if (low !== undefined) {
        min = Number(low);
        max = comma === undefined ? min : high === '' ? Infinity : Number(high);
        if (max < min)
          this.refuse(
            'regex-syntax',
            'The numbers in `{}` are out of order.',
            this.at,
            this.at + whole.length,
          );
        if (Math.max(min, max === Infinity ? 0 : max) > 65_535) {
          this.refuse(
            'regex-too-large',
            'A number in `{}` is greater than 65535.',
            this.at,
            this.at + whole.length,
          );
        }
      }
      this.at += whole.length;
      let mode: 'greedy' | 'lazy' | 'possessive' = 'greedy';
      if (this.text[this.at] === '?') mode = 'lazy';
      else if (this.text[this.at] === '+') mode = 'possessive';
      if (mode !== 'greedy') this.at++;
      node = { type: 'repeat', body: node, min, max, mode };
      if (size(node) > LARGEST_REPEAT)
        this.refuse('regex-too-large', 'This repeat is too large to run.', start);
    }
  }

  private group(start: number): RegexNode | undefined {
    if (this.text[this.at] === '*') this.unsupported('verbs such as `(*SKIP)`', start);
    if (this.text[this.at] !== '?') return this.capture(start, undefined);
    this.at++;
    const rest = this.text.slice(this.at, this.at + 64);
    const named = /^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
    if (named !== null) {
      this.at += named[0].length;
      return this.capture(start, named[1] ?? named[2]);
    }
    const look = /^<?[=!]/.exec(rest);
    if (look !== null) return this.look(start, look[0]);
    if (rest.startsWith('#')) {
      const end = this.text.indexOf(')', this.at);
      if (end === -1) this.refuse('regex-syntax', 'The comment is not closed.', start);
      this.at = end + 1;
      return undefined;
    }
    if (rest.startsWith('>')) {
      this.at++;
      return { type: 'atomic', body: this.inGroup(start) };
    }
    const backreference = /^P=(\w+)\)/.exec(rest);
    if (backreference !== null) {
      this.at += backreference[0].length;
      return this.backreference(backreference[1]!, start);
    }
    const flags = /^([imsxnJU]*)(?:-([imsxnJU]+))?([:)])/.exec(rest);
    if (flags !== null) return this.flagGroup(start, flags);
    if (/^[R\d+&]|^-\d|^P>/.test(rest)) this.unsupported('recursion', start);
    if (rest.startsWith('(')) this.unsupported('conditional groups', start);
    if (rest.startsWith('|')) this.unsupported('branch reset groups `(?|`', start);
    return this.refuse(
      'regex-syntax',
      'This kind of group does not exist; a group name starts with a letter or `_`.',
      start,
    );
  }

  private flagGroup(
    start: number,
    [whole, on = '', off = '', end]: readonly string[],
  ): RegexNode | undefined {
    this.at += whole!.length;
    for (const flag of on + off) {
      if (flag === 'n' || flag === 'U') this.unsupported(`the flag \`(?${flag})\``, start);
    }
    const flags: Flags = { ...this.flags };
    for (const key of ['i', 's', 'm', 'x'] as const) {
      if (on.includes(key)) flags[key] = true;
      if (off.includes(key)) flags[key] = false;
    }
    if (end === ')') {
      // Holds to the end of the enclosing group; `inGroup` puts the old flags back.
      this.flags = flags;
      return undefined;
    }
    return this.inGroup(start, flags);
  }

  private inGroup(start: number, flags = this.flags): RegexNode {
    const outer = this.flags;
    this.flags = flags;
    const body = this.choice();
    this.flags = outer;
    if (this.text[this.at] !== ')')
      this.refuse('regex-syntax', 'This group is not closed; add `)`.', start, start + 1);
    this.at++;
    return body;
  }

  private capture(start: number, name: string | undefined): RegexNode {
    const index = ++this.groups;
    if (name !== undefined) this.names.push({ name, index });
    return { type: 'capture', index, body: this.inGroup(start) };
  }

  private look(start: number, opener: string): RegexNode {
    this.at += opener.length;
    const body = this.inGroup(start);
    const behind = opener.startsWith('<');
    if (behind) {
      for (const branch of body.type === 'choice' ? body.branches : [body]) {
        const { min, max } = width(branch);
        if (min !== max)
          this.refuse('regex-syntax', 'A lookbehind must have a fixed length in each branch.', start);
      }
    }
    return { type: 'look', body, behind, negated: opener.endsWith('!') };
  }

  private backreference(target: string | number, start: number): RegexNode {
    const node = { type: 'backreference' as const, indices: [] as number[], ignoreCase: this.flags.i };
    this.backreferences.push({ node, target, start, end: this.at });
    return node;
  }

  private escape(start: number): RegexNode {
    const letter = this.text[this.at];
    if (letter === undefined) this.refuse('regex-syntax', 'The pattern ends in a single backslash.', start);
    const set = ESCAPE_SETS[letter];
    if (set !== undefined) {
      this.at++;
      return { type: 'set', set };
    }
    const kind = ASSERT_ESCAPES[letter];
    if (kind !== undefined) {
      this.at++;
      return { type: 'assert', kind };
    }
    const refused = REFUSED_ESCAPES[letter];
    if (refused !== undefined) {
      this.at++;
      this.unsupported(refused, start);
    }
    if (letter === 'R') {
      this.at++;
      const pair: RegexNode = {
        type: 'sequence',
        items: [
          { type: 'set', set: [13, 13] },
          { type: 'set', set: [10, 10] },
        ],
      };
      return {
        type: 'atomic',
        body: { type: 'choice', branches: [pair, { type: 'set', set: ESCAPE_SETS.v! }] },
      };
    }
    if (letter === 'p' || letter === 'P') return this.set(this.property(start));
    const reference = this.reference(start);
    if (reference !== undefined) return reference;
    return this.literal(this.character(start));
  }

  /** `\1`, `\g{1}`, `\g{-1}`, `\g{name}`, `\k<name>`, `\k'name'`, `\k{name}`; undefined when it is none of them. */
  private reference(start: number): RegexNode | undefined {
    const rest = this.text.slice(this.at, this.at + 64);
    const digits = /^[1-9]\d*/.exec(rest)?.[0];
    // Two digits or more are a group only if there are that many; else an octal character, as in PCRE.
    if (digits !== undefined && (digits.length === 1 || Number(digits) <= this.total)) {
      this.at += digits.length;
      return this.backreference(Number(digits), start);
    }
    const named = /^(?:k(?:<(\w+)>|'(\w+)'|\{(\w+)\})|g\{([A-Za-z_]\w*)\})/.exec(rest);
    if (named !== null) {
      this.at += named[0].length;
      return this.backreference(named[1] ?? named[2] ?? named[3] ?? named[4]!, start);
    }
    const numbered = /^g(?:\{(-?\d+)\}|(-?\d+))/.exec(rest);
    if (numbered !== null) {
      this.at += numbered[0].length;
      const number = Number(numbered[1] ?? numbered[2]);
      return this.backreference(number < 0 ? this.groups + 1 + number : number, start);
    }
    if (/^[gk]/.test(rest)) this.unsupported('this kind of group reference', start);
    return undefined;
  }
}

/** Instructions that a node takes when its counted repeats are written out. */
function size(node: RegexNode): number {
  switch (node.type) {
    case 'sequence':
      return node.items.reduce((sum, item) => sum + size(item), 1);
    case 'choice':
      return node.branches.reduce((sum, item) => sum + size(item) + 2, 1);
    case 'repeat':
      return size(node.body) * Math.max(1, node.min, node.max === Infinity ? 0 : node.max) + 2;
    case 'capture':
    case 'atomic':
    case 'look':
      return size(node.body) + 2;
    default:
      return 1;
  }
}

/** Upper bound of the number of capture groups, needed before they are parsed to tell `\12` from an octal number. */
function countGroups(text: string): number {
  return text.replace(/\\[\s\S]/g, '').match(/\((?!\?)|\(\?P?<(?![=!])|\(\?'/g)?.length ?? 0;
}
