/** Every function of eval, by lower-case name. Words, evidence and examples are in `functions.docs.ts`. */
import { BASIC_FUNCTIONS } from './basic.ts';
import type { FunctionTable } from './define.ts';
import { MORE_FUNCTIONS } from './more.ts';

export const FUNCTIONS: FunctionTable = { ...BASIC_FUNCTIONS, ...MORE_FUNCTIONS };
