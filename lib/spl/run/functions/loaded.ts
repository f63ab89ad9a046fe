/** Functions by name, as far as they are loaded: the basic ones, and those of the second part once it is here. */
import { BASIC_FUNCTIONS } from './basic.ts';
import type { EvalFunction, FunctionTable } from './define.ts';

let functions: FunctionTable = BASIC_FUNCTIONS;

export function addFunctions(more: FunctionTable): void {
  functions = { ...functions, ...more };
}

export function functionNames(): string[] {
  return Object.keys(functions);
}

export function functionNamed(name: string): EvalFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
