/** A running text as tokens, each a word or what stands between two words. */
import { chunksOf, collapsed, lower, terms, withoutEdges } from '../tokenise.ts';

const WORD_START = /^[\p{L}\p{N}_]/u;
const ASCII_WORD_START = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(WORD_START.test(String.fromCharCode(code))),
);

/** Whether a token is a word; the blank between two words that follow each other is no token. */
export function isWord(token: string): boolean {
  const code = token.charCodeAt(0);
  return code < 128 ? ASCII_WORD_START[code] === 1 : WORD_START.test(token);
}

/** As few spellings of a word as have terms of their own: `PowerShell` is `power` and `shell`, `Process` only `process`. */
export class Spellings {
  private readonly known = new Map<string, string>();

  of(chunk: string): string {
    let spelling = this.known.get(chunk);
    if (spelling === undefined) {
      const small = lower(chunk);
      const [own, plainOnes] = [terms(chunk), terms(small)];
      spelling = own.size === plainOnes.size && [...own].every((term) => plainOnes.has(term)) ? small : chunk;
      this.known.set(chunk, spelling);
    }
    return spelling;
  }
}

/** Tokens that, put together with their words in lower case, are `plain(text)`. */
export function split(text: string, spellings: Spellings): string[] {
  return cut(withoutEdges(text), (chunk) => spellings.of(chunk), collapsed);
}

/** Begins a word of a name that is written as it stands; others begin with a capital. */
const AS_IT_STANDS = '\u0002';

/** Tokens of a name, from which `Names` make it again to the letter. Most are words that descriptions have as well. */
export function splitName(name: string): string[] {
  const token = (chunk: string) => {
    const small = lower(chunk);
    return capitalised(small) === chunk ? small : AS_IT_STANDS + chunk;
  };
  return cut(name, token, (between) => between);
}

/** Names as they are written, whose tokens are given by number. */
export class Names {
  private readonly parts: string[];
  private readonly areWords: Uint8Array;

  constructor(tokens: readonly string[]) {
    this.parts = tokens.map(namePart);
    this.areWords = new Uint8Array(tokens.length);
    for (let at = 0; at < tokens.length; at++) this.areWords[at] = isNameWord(tokens[at]!) ? 1 : 0;
  }

  /** The name of the tokens from one place in `numbers` up to another. */
  of(numbers: ArrayLike<number>, from: number, to: number): string {
    let name = '';
    let afterWord = 0;
    for (let at = from; at < to; at++) {
      const number = numbers[at]!;
      const word = this.areWords[number]!;
      name += word === 1 && afterWord === 1 ? ` ${this.parts[number]!}` : this.parts[number]!;
      afterWord = word;
    }
    return name;
  }
}

/** What stands in a name for one of its tokens. */
export function namePart(token: string): string {
  if (token.startsWith(AS_IT_STANDS)) return token.slice(AS_IT_STANDS.length);
  return isWord(token) ? capitalised(token) : token;
}

function isNameWord(token: string): boolean {
  return token.startsWith(AS_IT_STANDS) || isWord(token);
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function cut(
  text: string,
  ofWord: (chunk: string) => string,
  ofBetween: (between: string) => string,
): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const { 0: chunk, index } of chunksOf(text)) {
    const between = ofBetween(text.slice(end, index));
    if (between !== '' && !(between === ' ' && end > 0)) tokens.push(between);
    tokens.push(ofWord(chunk));
    end = index + chunk.length;
  }
  if (end < text.length) tokens.push(ofBetween(text.slice(end)));
  return tokens;
}
