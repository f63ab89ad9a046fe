import { BASIC_COMMANDS } from './basic.ts';
import type { Command } from './command.ts';
import { MORE_COMMANDS } from './more.ts';

/** What runs each command. A name that is in neither table stops a run. */
const IMPLEMENTATIONS: { readonly [name: string]: unknown } = { ...BASIC_COMMANDS, ...MORE_COMMANDS };

export function implementation(name: string): Command | undefined {
  return Object.hasOwn(IMPLEMENTATIONS, name) ? (IMPLEMENTATIONS[name] as Command) : undefined;
}

/** Names that run, for the support page. */
export function implementedCommands(): string[] {
  return ['mstats', 'search', 'tstats', 'where', ...Object.keys(IMPLEMENTATIONS)].sort();
}
