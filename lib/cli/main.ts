import { createIo, type Io } from './io.ts';

/** A command's own module is loaded only when it is asked for, so that a small command starts at once. */
interface Command {
  summary: string;
  usage: string;
  load: () => Promise<{ main: (args: string[], io: Io) => Promise<number> }>;
}

const COMMANDS: Record<string, Command> = {
  convert: {
    summary: 'convert Sigma rules into the languages of other systems',
    usage:
      'sightline convert RULE|FOLDER... --to BACKEND|BACKEND:FORMAT|all [--pipeline P] [--content FOLDER]... [--mode legacy] [--format text|ndjson] [--list]',
    load: () => import('./commands/convert.ts'),
  },
  match: {
    summary: 'say which Sigma rules match which events of files',
    usage: 'sightline match RULE|FOLDER... --events FILE... [--any-logsource] [--format text|ndjson]',
    load: () => import('./commands/match.ts'),
  },
  scan: {
    summary: 'say which rules of the content fire on files of events, over all cores',
    usage:
      'sightline scan FILE... [--content DIR]... [--rules GLOB|FILE|DIR]... [--format text|json|ndjson|csv] [--navigator FILE] [--jobs N]\n\n' +
      'ndjson is one line for each rule that fired: {"id", "name", "path", "language", "severity", "techniques", "results", "events": [{"file", "record"}...]}; records count from 0.\n' +
      'Exit code: 0 done, 1 a file could not be read whole, 2 wrong usage.',
    load: () => import('./commands/scan.ts'),
  },
  start: {
    summary: 'compile the content, build the site and serve it',
    usage: 'sightline start [--content DIR]... [--port N] [--out DIR] [--base-path /x] [--keep-going]',
    load: () => import('./commands/start.ts'),
  },
  build: {
    summary: 'compile the content and write the finished site to a folder',
    usage: 'sightline build [--content DIR]... [--out DIR] [--base-path /x] [--keep-going]',
    load: () => import('./commands/build.ts'),
  },
  dev: {
    summary: 'serve the site while you write: an edited file is on screen at once',
    usage: 'sightline dev [--content DIR]... [--port N]',
    load: () => import('./commands/dev.ts'),
  },
  addresses: {
    summary: 'pin the addresses of published pages, so that a rename never moves one',
    usage: 'sightline addresses [--content DIR]... [--write]',
    load: () => import('./commands/addresses.ts'),
  },
  run: {
    summary: 'run a search or a detection over files of events',
    usage:
      'sightline run DETECTION|--spl SEARCH --events FILE... [--sourcetype S] [--source S] [--host H] [--index I] [--show-events] [--trace] [--format table|json|csv|ndjson] [--now TIME] [--tz ZONE] [--dialect spl1|spl2] [--content DIR]..., or sightline run --batch FILE',
    load: () => import('./commands/run.ts'),
  },
  search: {
    summary:
      'find detections, stories, techniques, CVEs and all other content by words or by the query language',
    usage:
      'sightline search QUERY... [--content DIR]... [--limit N] [--format text|json], or sightline search --batch FILE [--content DIR]... (one query a line, one JSON answer a line)\n\n  JSON: {query, total, results: [{kind, id, name, slug, address, path, score, matched}], diagnostics}. id is the UUID, or the ID of a technique or CVE; path is the YAML inside its content folder; either is null where there is none. matched names the fields that hold the words. Put negations after `--`: sightline search -- powershell -status:deprecated',
    load: () => import('./commands/search.ts'),
  },
  parse: {
    summary: 'say what a search is made of, and print it in a steady form',
    usage: 'sightline parse --spl SEARCH|--batch FILE [--dialect spl1|spl2]',
    load: () => import('./commands/parse.ts'),
  },
  test: {
    summary: 'run the tests of detections over their samples',
    usage:
      'sightline test [--content DIR]... [--attack-data DIR] [--fetch] [--format text|json|junit|github] [--watch] [--jobs N] [PATTERN...]',
    load: () => import('./commands/test.ts'),
  },
  events: {
    summary: 'say what files of events hold: formats, source types, times, fields',
    usage:
      'sightline events [--format text|json] [--sourcetype S] [--source S] [--host H] [--index I] FILE...',
    load: () => import('./commands/events.ts'),
  },
  fields: {
    summary: 'list fields that detections read and that no table, data source or data model provides',
    usage:
      'sightline fields [--content DIR]... [--format text|json] [PATTERN...]\n\n' +
      'Exit code: 0 every field is provided, 1 some are not, 2 wrong usage.',
    load: () => import('./commands/fields.ts'),
  },
  links: {
    summary: 'check that every link of a finished site leads somewhere',
    usage: 'sightline links [--out DIR] [--base-path /x]',
    load: () => import('./commands/links.ts'),
  },
};

/** Runs one command; the answer is the exit code: 0 done, 1 the content or the run has errors, 2 wrong usage. */
export async function main(args: string[]): Promise<number> {
  const io = createIo();
  const [name, ...rest] = args;
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    io.out(help());
    return name ? 0 : 2;
  }
  const command = COMMANDS[name];
  if (!command) {
    io.err(`Unknown command “${name}”.\n\n${help()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(`${command.summary}\n\n  ${command.usage}\n`);
    return 0;
  }
  const { main: run } = await command.load();
  return run(rest, io);
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(
    ([name, command]) => `  ${name.padEnd(width)}  ${command.summary}`,
  );
  return `Usage: sightline COMMAND [OPTIONS]\n\n${lines.join('\n')}\n\nsightline COMMAND --help shows a command's options.\n`;
}
