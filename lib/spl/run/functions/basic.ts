/** Functions of eval that are always at hand. The rest is in `more.ts`; both together in `registry.ts`. */
import { CONDITIONAL } from './conditional.ts';
import { CONVERSION } from './convert.ts';
import type { FunctionTable } from './define.ts';
import { MULTIVALUE } from './multivalue.ts';
import { NUMBER } from './number.ts';
import { TEXT } from './text.ts';
import { TIME } from './time.ts';

export const BASIC_FUNCTIONS: FunctionTable = {
  ...CONDITIONAL,
  ...CONVERSION,
  ...TEXT,
  ...NUMBER,
  ...MULTIVALUE,
  ...TIME,
};
