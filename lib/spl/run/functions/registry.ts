/** Every function of eval, by lower-case name. Words, evidence and examples are in `functions.docs.ts`. */
import { CONDITIONAL } from './conditional.ts';
import { CONVERSION } from './convert.ts';
import type { FunctionTable } from './define.ts';
import { DIGEST } from './digest.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { MULTIVALUE } from './multivalue.ts';
import { NUMBER } from './number.ts';
import { SPL2 } from './spl2.ts';
import { TEXT } from './text.ts';
import { TIME } from './time.ts';

export const FUNCTIONS: FunctionTable = {
  ...CONDITIONAL,
  ...CONVERSION,
  ...TEXT,
  ...NUMBER,
  ...MULTIVALUE,
  ...TIME,
  ...JSON_FUNCTIONS,
  ...DIGEST,
  ...SPL2,
};
