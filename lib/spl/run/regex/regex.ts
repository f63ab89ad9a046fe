/**
 * Regular expressions as searches write them (PCRE), matched exactly and in bounded time. Simple patterns run on
 * JavaScript's engine; the rest, and patterns whose cost on a given text might explode, on the bounded machine.
 */
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { analyseRegex } from './analyse.ts';
import type { CharSet } from './charset.ts';
import { printJavaScript } from './javascript.ts';
import { DEFAULT_STEPS, EXHAUSTED, Machine, type Spans } from './machine.ts';
import { parseRegex } from './parse.ts';
import { requiredTexts } from './required.ts';
import type { RegexTree } from './tree.ts';

export { EXHAUSTED } from './machine.ts';

export interface RegexMatch {
  /** Offset of the match. */
  index: number;
  /** End of the match. */
  end: number;
  /** `[0]` the match, `[i]` group i; undefined where a group is not set. */
  groups: readonly (string | undefined)[];
}

/** Estimated steps up to which JavaScript's engine may run: a second or less on a text made for the purpose. */
const LARGEST_NATIVE_WORK = 5e7;

export class Regex {
  /** Distinct group names, in the order first written. */
  readonly names: readonly string[];
  readonly groupCount: number;
  /** Exponent of the work in the text's length, estimated; Infinity for exponential. */
  readonly degree: number;
  private readonly native: RegExp | undefined;
  private readonly longest: number;
  private readonly first: CharSet | undefined;
  private machine: Machine | undefined;
  private required: readonly string[] | undefined;

  constructor(
    readonly source: string,
    private readonly tree: RegexTree,
  ) {
    this.names = [...new Set(tree.names.map((entry) => entry.name))];
    this.groupCount = tree.groups;
    const risk = analyseRegex(tree);
    this.degree = risk.degree;
    this.first = risk.first;
    this.longest = (LARGEST_NATIVE_WORK * risk.divisor) ** (1 / risk.degree);
    if (risk.exactInJavaScript && risk.degree !== Infinity) this.native = nativePattern(tree);
  }

  /** The first match at or after offset `from`; null for none; EXHAUSTED when the bound on steps ended the search. */
  find(text: string, from = 0): RegexMatch | null | typeof EXHAUSTED {
    const native = this.nativeFor(text);
    if (native === undefined) {
      const spans = this.bounded().find(text, from);
      return spans === null || spans === EXHAUSTED ? spans : fromSpans(text, spans, this.groupCount);
    }
    native.lastIndex = from;
    const match = native.exec(text);
    return match === null ? null : { index: match.index, end: native.lastIndex, groups: match };
  }

  /** Whether the pattern occurs anywhere in the text. */
  test(text: string): boolean | typeof EXHAUSTED {
    const native = this.nativeFor(text);
    if (native === undefined) {
      if (!this.holdsRequired(text)) return false;
      const spans = this.bounded().find(text, 0);
      return spans === EXHAUSTED ? EXHAUSTED : spans !== null;
    }
    native.lastIndex = 0;
    return native.test(text);
  }

  /** Matches one after another, at most `limit` of them. An empty match moves on by one character. */
  findAll(text: string, limit = Infinity): RegexMatch[] | typeof EXHAUSTED {
    const out: RegexMatch[] = [];
    for (let from = 0; from <= text.length && out.length < limit; ) {
      const match = this.find(text, from);
      if (match === EXHAUSTED) return EXHAUSTED;
      if (match === null) break;
      out.push(match);
      from =
        match.end > match.index ? match.end : match.end + (text.codePointAt(match.end)! > 0xffff ? 2 : 1);
    }
    return out;
  }

  /** Offsets of the first match and its groups, for `offset_field`. */
  spans(text: string, from = 0): Spans | null | typeof EXHAUSTED {
    return this.bounded().find(text, from);
  }

  /** Text of a named group: of the first group with that name that is set. */
  group(match: RegexMatch, name: string): string | undefined {
    for (const entry of this.tree.names) {
      const value = entry.name === name ? match.groups[entry.index] : undefined;
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Indices of the groups with a name, for looking into `spans`. */
  indices(name: string): number[] {
    return this.tree.names.filter((entry) => entry.name === name).map((entry) => entry.index);
  }

  /** See `requiredTexts`. */
  get requiredTexts(): readonly string[] | undefined {
    return requiredTexts(this.tree);
  }

  /** The text has one of those that the pattern cannot do without: looking for them costs next to nothing. */
  private holdsRequired(text: string): boolean {
    this.required ??= requiredTexts(this.tree) ?? [];
    if (this.required.length === 0) return true;
    const lower = text.toLowerCase();
    return this.required.some((one) => lower.includes(one));
  }

  private nativeFor(text: string): RegExp | undefined {
    return text.length <= this.longest ? this.native : undefined;
  }

  private bounded(): Machine {
    this.machine ??= new Machine(this.tree, this.first);
    return this.machine;
  }
}

function nativePattern(tree: RegexTree): RegExp | undefined {
  try {
    return new RegExp(printJavaScript(tree.root), 'gu');
  } catch {
    // Too large for the engine, for instance: the machine has its own limits.
    return undefined;
  }
}

function fromSpans(text: string, spans: Spans, groupCount: number): RegexMatch {
  const groups: (string | undefined)[] = [];
  for (let i = 0; i <= groupCount; i++) {
    const start = spans[2 * i]!;
    const end = spans[2 * i + 1]!;
    groups.push(start < 0 || end < 0 ? undefined : text.slice(start, end));
  }
  return { index: spans[0]!, end: spans[1]!, groups };
}

const compiled = new Map<string, Regex | Diagnostic>();
const MOST_COMPILED = 500;

/**
 * A pattern made ready to match, or why it is refused (`regex-syntax`, `regex-unsupported`, `regex-too-large`; the
 * range is in UTF-16 offsets into the pattern). Compiled patterns are kept, so asking again for each row is cheap.
 */
export function compileRegex(pattern: string, ignoreCase = false): Regex | Diagnostic {
  const key = (ignoreCase ? 'i' : 'c') + pattern;
  let entry = compiled.get(key);
  if (entry === undefined) {
    const tree = parseRegex(pattern, ignoreCase);
    entry = 'code' in tree ? tree : new Regex(pattern, tree);
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(key, entry);
  }
  return entry;
}

/** The note for a search that was ended by the bound on steps. */
export function exhaustedDiagnostic(pattern: string): Diagnostic {
  return {
    code: 'regex-steps',
    severity: 'warning',
    message: `The pattern ${JSON.stringify(pattern)} was still backtracking after ${DEFAULT_STEPS} steps and was stopped; it counts as not matching. Make its repeats less ambiguous.`,
  };
}
