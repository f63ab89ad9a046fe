import { expect, it } from 'vitest';
import { parseRegex } from './parse.ts';
import { requiredTexts } from './required.ts';

it.each([
  ['\\w+`(?:\\w+|-|.)`[\\w+]', false, ['`']],
  ['abc\\d+longer', false, ['longer']],
  ['ABC', false, ['abc']],
  ['AbC', true, ['abc']],
  ['(?:one|two)x?', false, ['one', 'two']],
  ['(?:one|)', false, undefined],
  ['a*b?', false, undefined],
  ['(ab)+c', false, ['ab']],
  ['[ab]c', false, ['c']],
  // A long s stays one in lower case.
  ['[sſ]top', false, ['top']],
  ['σ', false, undefined],
  ['(?!no)(?<=x)', false, undefined],
])('%s (letter case ignored: %s) needs %j', (pattern, ignoreCase, texts) => {
  const tree = parseRegex(pattern, ignoreCase);
  if ('code' in tree) throw new Error(tree.message);
  expect(requiredTexts(tree)).toEqual(texts);
});
