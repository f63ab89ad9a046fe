/** Functions of eval that a page loads when a search uses one. */
import { strptime } from '../time/parse.ts';
import { toText } from '../value/value.ts';
import { type FunctionTable, ofTexts, ofValues } from './define.ts';
import { DIGEST } from './digest.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { PATTERN } from './pattern.ts';
import { printf } from './printf.ts';
import { SPL2 } from './spl2.ts';
import { SUMS } from './sums.ts';
import { TRIGONOMETRY } from './trigonometry.ts';

export const MORE_FUNCTIONS: FunctionTable = {
  ...PATTERN,
  ...JSON_FUNCTIONS,
  ...DIGEST,
  ...SPL2,
  ...SUMS,
  ...TRIGONOMETRY,
  printf: ofValues([1, Infinity], 'text', ([format, ...args]) =>
    format === null ? null : printf(toText(format!), args),
  ),
  strptime: ofTexts([2, 2], 'number', ([text, format], run) =>
    strptime(text!, format!, run.zone, run.now, run),
  ),
};
