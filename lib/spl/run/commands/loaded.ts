/** Commands by name, as far as they are loaded: the basic ones, and those of the second part once it is here. */
import { BASIC_COMMANDS } from './basic.ts';
import type { Command } from './command.ts';

/** Each command takes the stage shape that the parser gives under its name. */
export type CommandTable = { readonly [name: string]: unknown };

let commands: CommandTable = BASIC_COMMANDS;

export function addCommands(more: CommandTable): void {
  commands = { ...commands, ...more };
}

export function commandNamed(name: string): Command | undefined {
  return Object.hasOwn(commands, name) ? (commands[name] as Command) : undefined;
}
