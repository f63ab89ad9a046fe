/**
 * The engine comes in two parts, so that a page does not fetch what most searches never use: the basic one, and
 * `more.ts`. Until the second is here, a run of a search that needs it ends with `engine-part-missing`.
 */
import { walk } from '../syntax/walk.ts';
import { addCommands, type CommandTable, commandNamed } from './commands/loaded.ts';
import type { FunctionTable } from './functions/define.ts';
import { addFunctions, functionNamed } from './functions/loaded.ts';

let complete = false;

export function addPart(commands: CommandTable, functions: FunctionTable): void {
  addCommands(commands);
  addFunctions(functions);
  complete = true;
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
