import { ANY, ONE, type Pattern } from '../rule/pattern.ts';

/**
 * A test for a pattern. Patterns that do not tell cases apart are given texts in lower case.
 */
export function textTest(pattern: Pattern, cased: boolean): (text: string) => boolean {
  const parts = cased
    ? pattern
    : pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
  if (parts.length === 0) return (text) => text === '';
  if (parts.includes(ONE)) return general(parts);
  const texts = parts.filter((part) => typeof part === 'string');
  const openLeft = parts[0] === ANY;
  const openRight = parts.at(-1) === ANY;
  if (texts.length === 0) return () => true;
  const [first] = texts as [string];
  if (texts.length === 1) {
    if (openLeft && openRight) return (text) => text.includes(first);
    if (openLeft) return (text) => text.endsWith(first);
    if (openRight) return (text) => text.startsWith(first);
    return (text) => text === first;
  }
  return sequence(texts, openLeft, openRight);
}

/** Texts in this order, anything between them. */
function sequence(
  texts: readonly string[],
  openLeft: boolean,
  openRight: boolean,
): (text: string) => boolean {
  const last = texts.at(-1)!;
  return (text) => {
    let at = 0;
    const end = openRight ? text.length : text.length - last.length;
    for (const [index, part] of texts.entries()) {
      if (index === texts.length - 1 && !openRight) return end >= at && text.endsWith(last);
      if (index === 0 && !openLeft) {
        if (!text.startsWith(part)) return false;
        at = part.length;
        continue;
      }
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** With wildcards of one character (a code point): goes back to the last `*` where it does not fit on. */
function general(parts: Pattern): (text: string) => boolean {
  const steps = parts.flatMap((part): (number | typeof ANY | typeof ONE)[] =>
    typeof part === 'string' ? Array.from(part, (character) => character.codePointAt(0)!) : [part],
  );
  return (text) => {
    let step = 0;
    let at = 0;
    let star = -1;
    let from = 0;
    while (at < text.length) {
      const wanted = steps[step];
      const code = text.codePointAt(at)!;
      if (wanted === ANY) {
        star = step;
        from = at;
        step += 1;
      } else if (wanted === ONE || wanted === code) {
        step += 1;
        at += sizeOf(code);
      } else if (star !== -1) {
        step = star + 1;
        from += sizeOf(text.codePointAt(from)!);
        at = from;
      } else return false;
    }
    while (steps[step] === ANY) step += 1;
    return step === steps.length;
  };
}

const sizeOf = (codePoint: number): number => (codePoint > 0xffff ? 2 : 1);
