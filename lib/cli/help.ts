import { COMMANDS, type Command } from './command-table.ts';

const WIDTH = 100;

/** All commands, a line each. */
export function help(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]): [string, string] => [name, summary]);
  return `Usage: sightline COMMAND [OPTIONS]\n\n${columns(rows)}\nsightline COMMAND --help shows a command's options.\n`;
}

/** One command: ways to call it, its options, what else to know. */
export function commandHelp({ summary, usage, options, notes = [] }: Command): string {
  const lead = summary.charAt(0).toUpperCase() + summary.slice(1);
  const parts = [
    `${lead}.\n`,
    usage.map((line) => `  sightline ${line}\n`).join(''),
    columns(options),
    ...notes.map((note) => `${wrapped(note, WIDTH).join('\n')}\n`),
  ];
  return parts.filter(Boolean).join('\n');
}

/** Two columns, the second broken into lines. */
function columns(rows: readonly [string, string][]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows
    .flatMap(([name, text]) =>
      wrapped(text, WIDTH - left - 2).map(
        (line, index) => `  ${(index === 0 ? name : '').padEnd(left)}${line}\n`,
      ),
    )
    .join('');
}

/** Lines of at most `width` characters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
