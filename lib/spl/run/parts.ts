/**
 * The engine comes in two parts, so that a page does not fetch what most searches never use: the basic one, and
 * `more.ts`. Until the second is here, a run of a search that needs it ends with `engine-part-missing`.
 */
import { walk } from '../syntax/walk.ts';
import { BASIC_COMMANDS } from './commands/basic.ts';
import type { Command } from './commands/command.ts';
import { BASIC_FUNCTIONS } from './functions/basic.ts';
import type { EvalFunction, FunctionTable } from './functions/define.ts';

/** Commands by name. Each takes the stage shape that the parser gives under its name. */
type CommandTable = { readonly [name: string]: unknown };

let commands: CommandTable = BASIC_COMMANDS;
let functions: FunctionTable = BASIC_FUNCTIONS;
let complete = false;

export function addPart(moreCommands: CommandTable, moreFunctions: FunctionTable): void {
  commands = { ...commands, ...moreCommands };
  functions = { ...functions, ...moreFunctions };
  complete = true;
}

export function commandNamed(name: string): Command | undefined {
  return Object.hasOwn(commands, name) ? (commands[name] as Command) : undefined;
}

export function functionNamed(name: string): EvalFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** Whether a tree names a command or function that is not here, and the second part may have it. */
export function needsMore(tree: unknown): boolean {
  if (complete) return false;
  let found = false;
  walk(tree, (node) => {
    const { kind, name } = node as { kind: string; name?: unknown };
    if (typeof name !== 'string') return;
    if (kind === 'command') found ||= !PLANNED.has(name) && commandNamed(name) === undefined;
    if (kind === 'call') found ||= functionNamed(name) === undefined;
  });
  return found;
}

/** Commands that the planner knows itself. */
const PLANNED = new Set(['search', 'where', 'tstats', 'mstats']);
