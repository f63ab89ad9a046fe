import { nearestNames } from '../text/nearest.ts';
import { COMMANDS } from './command-table.ts';
import { commandHelp, help } from './help.ts';
import { createIo, type Io } from './io.ts';

/** Runs one command; the answer is the exit code: 0 done, 1 the content or the run has errors, 2 wrong usage. */
export async function main(args: string[], io: Io = createIo()): Promise<number> {
  const [first, ...rest] = args;
  const asked = first === 'help' || first === '--help' || first === '-h';
  const name = asked ? rest.find((arg) => !arg.startsWith('-')) : first;
  if (name === undefined) {
    io.out(help());
    return asked ? 0 : 2;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const [near] = nearestNames(name, Object.keys(COMMANDS), 1);
    io.err(
      near === undefined
        ? `There is no command “${name}”.\n\n${help()}`
        : `There is no command “${name}”; did you mean “${near}”? \`sightline help\` lists them all.\n`,
    );
    return 2;
  }
  const options = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length);
  if (asked || options.includes('--help') || options.includes('-h')) {
    io.out(commandHelp(command));
    return 0;
  }
  const { main: run } = await command.load();
  return run(rest, io);
}
