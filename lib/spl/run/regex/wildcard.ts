/**
 * Wildcard patterns: `*` matches any number of characters, everything else itself, over the whole value. `search`
 * ignores case; lookups and `replace` may not. Compiled to the cheapest test that decides it.
 */
export interface Wildcard {
  readonly pattern: string;
  /** How the pattern is decided; `any` is a lone `*`. */
  readonly kind: 'exact' | 'any' | 'prefix' | 'suffix' | 'contains' | 'parts';
  /** The literal pieces between stars, in lower case unless the pattern is case-sensitive. Useful as required literals. */
  readonly parts: readonly string[];
  readonly caseSensitive: boolean;
  matches(value: string): boolean;
  /** The same for a value that the caller has already put in lower case (pointless for case-sensitive patterns). */
  matchesLower(lower: string): boolean;
}

export function compileWildcard(pattern: string, caseSensitive = false): Wildcard {
  const text = caseSensitive ? pattern : pattern.toLowerCase();
  const pieces = text.split('*');
  const parts = pieces.filter((piece) => piece !== '');
  const [kind, test] = chooseTest(pieces, parts);
  return {
    pattern,
    kind,
    parts,
    caseSensitive,
    matches: caseSensitive ? test : (value) => test(value.toLowerCase()),
    matchesLower: test,
  };
}

function chooseTest(
  pieces: readonly string[],
  parts: readonly string[],
): [Wildcard['kind'], (text: string) => boolean] {
  const head = pieces[0]!;
  const tail = pieces[pieces.length - 1]!;
  if (pieces.length === 1) return ['exact', (text) => text === head];
  if (parts.length === 0) return ['any', () => true];
  if (parts.length === 1) {
    const only = parts[0]!;
    if (head !== '') return ['prefix', (text) => text.startsWith(only)];
    if (tail !== '') return ['suffix', (text) => text.endsWith(only)];
    return ['contains', (text) => text.includes(only)];
  }
  const middle = parts.slice(head === '' ? 0 : 1, tail === '' ? undefined : -1);
  const shortest = head.length + tail.length;
  // Leftmost placement of each piece is enough: pieces are literal, so there is nothing to backtrack into.
  return [
    'parts',
    (text) => {
      if (text.length < shortest || !text.startsWith(head) || !text.endsWith(tail)) return false;
      let at = head.length;
      const end = text.length - tail.length;
      for (const piece of middle) {
        const found = text.indexOf(piece, at);
        if (found === -1 || found + piece.length > end) return false;
        at = found + piece.length;
      }
      return true;
    },
  ];
}

/**
 * Captures of a pattern's stars in a value, in order, or undefined when it does not match: each star takes as little as
 * it can, the last one the rest. For `rename a* AS b*` and `replace "a*" WITH "b*"`.
 */
export function captureWildcard(pattern: string, value: string, caseSensitive = true): string[] | undefined {
  const pieces = (caseSensitive ? pattern : pattern.toLowerCase()).split('*');
  const text = caseSensitive ? value : value.toLowerCase();
  const head = pieces[0]!;
  if (pieces.length === 1) return text === head ? [] : undefined;
  const tail = pieces[pieces.length - 1]!;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length)
    return undefined;
  const captures: string[] = [];
  let at = head.length;
  const end = text.length - tail.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return undefined;
    captures.push(value.slice(at, found));
    at = found + piece.length;
  }
  captures.push(value.slice(at, end));
  return captures;
}

/**
 * `like` patterns of eval: `%` any number of characters, `_` exactly one, anchored, case-sensitive. With `escapes`, `\%`
 * and `\_` are literal; detections write `%\Temp\%` for a folder, so that is not the default.
 */
export function compileLike(pattern: string, escapes = false): (value: string) => boolean {
  if (!pattern.includes('_') && !escapes) return compileWildcardParts(pattern.split('%'));
  const tokens: (string | 'any' | 'one')[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (escapes && char === '\\' && (pattern[i + 1] === '%' || pattern[i + 1] === '_'))
      tokens.push(`=${pattern[++i]}`);
    else if (char === '%') tokens.push('any');
    else if (char === '_') tokens.push('one');
    else tokens.push(`=${char}`);
  }
  return (value) => matchTokens(tokens, value);
}

function compileWildcardParts(pieces: readonly string[]): (value: string) => boolean {
  return chooseTest(
    pieces,
    pieces.filter((piece) => piece !== ''),
  )[1];
}

/** Greedy matching with one remembered star: quadratic at worst, never exponential. */
function matchTokens(tokens: readonly string[], value: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < value.length) {
    const current = tokens[token];
    if (current === 'any') {
      star = token++;
      starAt = at;
    } else if (current === 'one') {
      token++;
      at += value.codePointAt(at)! > 0xffff ? 2 : 1;
    } else if (current !== undefined && current[1] === value[at]) {
      token++;
      at++;
    } else if (star !== -1) {
      token = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (tokens[token] === 'any') token++;
  return token === tokens.length;
}
