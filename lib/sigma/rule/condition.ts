/**
 * The condition language. `not` binds before `and`, `and` before `or`; `1 of x*`, `all of them`; behind `|` the
 * aggregations of the old kind.
 */
import type { Range } from '../../text/diagnostic.ts';
import { parseAggregation } from './aggregation.ts';
import type { Condition, ConditionLine } from './model.ts';
import type { RuleSource } from './source.ts';

export interface Token {
  text: string;
  range: Range;
}

const TOKEN = /\s*([()|]|[^\s()|]+)/y;
const WORD = /^[\w.$%*?-]+$/;
const OPERATORS = new Set(['and', 'or', 'not', 'of', 'all', 'any', 'them', 'near', 'by']);
/** Deeper than any rule; a text of a thousand parentheses must not end the stack. */
const MOST_NESTED = 200;

class ConditionError extends Error {
  constructor(
    message: string,
    readonly range: Range,
    readonly code: 'sigma-condition-syntax' | 'sigma-condition-unsupported' = 'sigma-condition-syntax',
  ) {
    super(message);
  }
}

/** Reads one condition whose text begins at `offset` of the source; undefined after reporting what is wrong. */
export function parseCondition(text: string, offset: number, source: RuleSource): ConditionLine | undefined {
  const tokens = tokensOf(text, offset);
  const range = { start: offset, end: offset + text.length };
  try {
    const pipe = tokens.findIndex((token) => token.text === '|');
    const before = pipe === -1 ? tokens : tokens.slice(0, pipe);
    const parser = new ConditionParser(before, range, source);
    const expression = parser.parse();
    if (pipe === -1) return { text, expression, aggregation: undefined, range };
    const aggregation = parseAggregation(tokens.slice(pipe + 1), {
      start: tokens[pipe]!.range.start,
      end: range.end,
    });
    if (typeof aggregation === 'string') {
      throw new ConditionError(aggregation, { start: tokens[pipe]!.range.start, end: range.end });
    }
    source.report(
      'sigma-condition-legacy',
      'Aggregations behind `|` left the language; a correlation rule says the same.',
      aggregation.range,
    );
    return { text, expression, aggregation, range };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    source.report(error.code, error.message, error.range);
    return undefined;
  }
}

function tokensOf(text: string, offset: number): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const end = offset + TOKEN.lastIndex;
    tokens.push({ text: match[1]!, range: { start: end - match[1]!.length, end } });
  }
  return tokens;
}

class ConditionParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly range: Range,
    private readonly source: RuleSource,
  ) {}

  parse(): Condition {
    if (this.tokens.length === 0)
      throw new ConditionError('The condition is empty; name a search.', this.range);
    const expression = this.or();
    const rest = this.tokens[this.at];
    if (rest !== undefined) {
      if (rest.text === ')') throw new ConditionError('This `)` closes nothing; remove it.', rest.range);
      const message = `\`${rest.text}\` cannot stand here; join searches with \`and\` or \`or\`.`;
      throw new ConditionError(message, rest.range, 'sigma-condition-unsupported');
    }
    return expression;
  }

  private or(): Condition {
    return this.chain('or', () => this.chain('and', () => this.unary()));
  }

  private chain(kind: 'and' | 'or', next: () => Condition): Condition {
    const items = [next()];
    while (this.takes(kind)) items.push(next());
    if (items.length === 1) return items[0]!;
    return { kind, items, range: { start: items[0]!.range.start, end: items.at(-1)!.range.end } };
  }

  private unary(): Condition {
    const token = this.tokens[this.at];
    if (token === undefined) {
      const end = this.tokens.at(-1)?.range ?? this.range;
      throw new ConditionError('The condition ends here; the name of a search is missing.', end);
    }
    this.depth += 1;
    if (this.depth > MOST_NESTED) throw new ConditionError('The condition is nested too deep.', token.range);
    const found = this.operand(token);
    this.depth -= 1;
    return found;
  }

  private operand(token: Token): Condition {
    if (this.takes('not')) {
      const item = this.unary();
      return { kind: 'not', item, range: { start: token.range.start, end: item.range.end } };
    }
    this.at += 1;
    if (token.text === '(') {
      const inner = this.or();
      const close = this.tokens[this.at];
      if (close?.text !== ')') {
        throw new ConditionError('This `(` is not closed; add `)`.', token.range);
      }
      this.at += 1;
      return { ...inner, parenthesised: true };
    }
    if (this.tokens[this.at]?.text.toLowerCase() === 'of' && /^(?:all|any|\d+)$/i.test(token.text)) {
      return this.quantified(token);
    }
    if (!WORD.test(token.text) || OPERATORS.has(token.text.toLowerCase())) {
      throw new ConditionError(
        `\`${token.text}\` cannot stand here; the name of a search is expected.`,
        token.range,
      );
    }
    return { kind: 'search', name: token.text, range: token.range };
  }

  private quantified(token: Token): Condition {
    this.takes('of');
    const pattern = this.tokens[this.at];
    if (pattern === undefined || !WORD.test(pattern.text)) {
      throw new ConditionError(
        '`of` needs `them` or a name such as `selection_*`.',
        pattern?.range ?? token.range,
      );
    }
    this.at += 1;
    const word = token.text.toLowerCase();
    const quantifier = word === 'all' ? 'all' : word === 'any' ? 1 : Number(word);
    const range = { start: token.range.start, end: pattern.range.end };
    return { kind: 'of', quantifier, pattern: pattern.text, range };
  }

  private takes(word: string): boolean {
    const token = this.tokens[this.at];
    if (token === undefined || token.text.toLowerCase() !== word) return false;
    if (token.text !== word) {
      this.source.report('sigma-condition-case', `Write \`${word}\` in lower case.`, token.range);
    }
    this.at += 1;
    return true;
  }
}
