import { MORE_COMMANDS } from './commands/more.ts';
import { MORE_FUNCTIONS } from './functions/more.ts';
import { addPart } from './parts.ts';

/** Adds the commands and functions that the basic part leaves out. */
export function addMore(): void {
  addPart(MORE_COMMANDS, MORE_FUNCTIONS);
}
