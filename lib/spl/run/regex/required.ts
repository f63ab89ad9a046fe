import type { CharSet } from './charset.ts';
import type { RegexNode, RegexTree } from './tree.ts';

/** More alternatives than this say too little to be worth looking for. */
const MOST_ALTERNATIVES = 24;
/** A letter has seldom more spellings. */
const MOST_SPELLINGS = 4;

/**
 * Texts, in lower case, of which one is in the lower case of every text that the pattern matches. Undefined where there
 * is nothing that must be there. Only ASCII texts are given: their lower case does not depend on what stands around.
 */
export function requiredTexts(tree: RegexTree): readonly string[] | undefined {
  return required(tree.root);
}

function required(node: RegexNode): readonly string[] | undefined {
  switch (node.type) {
    case 'set': {
      const letter = letterOf(node.set);
      return letter === undefined ? undefined : [letter];
    }
    case 'sequence':
      return ofSequence(node.items);
    case 'choice': {
      const all = node.branches.map(required);
      const known = all.filter((texts) => texts !== undefined).flat();
      return all.includes(undefined) || known.length > MOST_ALTERNATIVES ? undefined : [...new Set(known)];
    }
    case 'repeat':
      return node.min === 0 ? undefined : required(node.body);
    case 'capture':
    case 'atomic':
      return required(node.body);
    default:
      return undefined;
  }
}

/** Letters side by side make one text. */
function ofSequence(items: readonly RegexNode[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let run = '';
  const offer = (texts: readonly string[] | undefined): void => {
    if (texts !== undefined && (best === undefined || better(texts, best))) best = texts;
  };
  for (const item of items) {
    const letter = item.type === 'set' ? letterOf(item.set) : undefined;
    if (letter !== undefined) {
      run += letter;
      continue;
    }
    if (run !== '') offer([run]);
    run = '';
    offer(required(item));
  }
  if (run !== '') offer([run]);
  return best;
}

function better(a: readonly string[], b: readonly string[]): boolean {
  return shortest(a) / a.length > shortest(b) / b.length;
}

const shortest = (texts: readonly string[]): number => Math.min(...texts.map((text) => text.length));

/** The one letter that all members of a set have as their lower case. */
function letterOf(set: CharSet): string | undefined {
  let letter: string | undefined;
  let spellings = 0;
  for (let at = 0; at < set.length; at += 2) {
    for (let point = set[at]!; point <= set[at + 1]!; point += 1) {
      spellings += 1;
      const lower = String.fromCodePoint(point).toLowerCase();
      if (spellings > MOST_SPELLINGS || lower.length !== 1 || lower > '\u007f') return undefined;
      if (letter !== undefined && letter !== lower) return undefined;
      letter = lower;
    }
  }
  return letter;
}
