import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './command-table.ts';
import { commandHelp } from './help.ts';
import { main } from './main.ts';
import { called } from './test-io.ts';

/** Options that a command's own file declares for `parseArgs`. */
function declared(name: string): string[] {
  const path = fileURLToPath(new URL(`./commands/${name}.ts`, import.meta.url));
  expect(existsSync(path)).toBe(true);
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/^ {2}'?([a-z-]+)'?: \{ type: '(?:string|boolean)'/gm)].map(
    (found) => found[1]!,
  );
}

describe.each(Object.entries(COMMANDS))('sightline %s --help', (name, command) => {
  it('tells of every option that the command takes, and of no other', () => {
    const told = command.options.map(([option]) => /^--([a-z-]+)/.exec(option)![1]!);
    const own = declared(name);
    expect(new Set(told).size).toBe(told.length);
    if (own.length > 0) expect(told.toSorted()).toEqual(own.toSorted());
  });

  it('fits a terminal', () => {
    const longest = Math.max(
      ...commandHelp(command)
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(100);
  });
});

it('help of a command has three ways in, and runs nothing', async () => {
  const { out } = await called(main, 'scan', '--help');
  expect(out).toContain('--navigator FILE');
  expect(await called(main, 'help', 'scan')).toEqual({ code: 0, out, err: '' });
  expect(await called(main, 'scan', 'x.log', '-h')).toEqual({ code: 0, out, err: '' });
});

it.each([
  [['tset'], 'There is no command “tset”; did you mean “test”? `sightline help` lists them all.\n'],
  [['constructor'], 'There is no command “constructor”.\n\nUsage: sightline COMMAND'],
])('%j is wrong usage', async (args, said) => {
  const { code, out, err } = await called(main, ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.startsWith(said)).toBe(true);
});

it('a detection that is not there names the nearest', async () => {
  const { code, err } = await called(main, 'run', 'Windows Regasm Chidl Process');
  expect(code).toBe(2);
  expect(err).toContain('Did you mean “Windows Regasm Child Process”?');
});
