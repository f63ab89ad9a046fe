/** Every command: what it is for, how it is called, and each of its options. What stands here is its `--help`. */
import type { Io } from './io.ts';

export interface Command {
  summary: string;
  /** Ways to call it, without `sightline`. */
  usage: string[];
  /** Each option with what it takes, and what it does. */
  options: [option: string, meaning: string][];
  /** What else its user has to know: the form of its output, its exit codes. */
  notes?: string[];
  /** A command's own module is loaded only when it is asked for, so that a small command starts at once. */
  load: () => Promise<{ main: (args: string[], io: Io) => Promise<number> }>;
}

const CONTENT: Command['options'][number] = [
  '--content DIR',
  'content folder; repeatable. Without it, that of sightline.config.yml, else the bundled one',
];
const CONFIG: Command['options'][number] = [
  '--config FILE',
  'settings; without it, sightline.config.yml of this folder',
];
const WRITE: Command['options'] = [
  CONTENT,
  ['--out DIR', 'folder for the finished site; without it, out/'],
  ['--base-path /x', 'path that the site is served under'],
  ['--title TEXT', 'name of the site'],
  ['--keep-going', 'leave out files with errors, build the rest, and end with 1'],
  ['--warnings', 'print each warning with its place, not only how many there are'],
  CONFIG,
];
const PORT: Command['options'][number] = ['--port N', 'port to serve on; without it, 3000'];
const METADATA: Command['options'] = [
  ['--sourcetype S', 'source type of every event; without it, what the events say or look like'],
  ['--source S', 'source of every event'],
  ['--host H', 'host of every event'],
  ['--index I', 'index of every event'],
];
const EXIT = 'Exit code: 0 done, 1 the content or the run has errors, 2 wrong usage.';

export const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    summary: 'compile the content, build the site and serve it',
    usage: ['start [OPTIONS]'],
    options: [...WRITE, PORT],
    load: () => import('./commands/start.ts'),
  },
  dev: {
    summary: 'serve the site while you write: an edited file is on screen at once',
    usage: ['dev [OPTIONS]'],
    options: [CONTENT, PORT, CONFIG],
    load: () => import('./commands/dev.ts'),
  },
  build: {
    summary: 'compile the content and write the finished site to a folder',
    usage: ['build [OPTIONS]'],
    options: WRITE,
    notes: [EXIT],
    load: () => import('./commands/build.ts'),
  },
  links: {
    summary: 'check that every link of a finished site leads somewhere',
    usage: ['links [--out DIR] [--base-path /x]'],
    options: [
      ['--out DIR', 'folder of the finished site; without it, out/'],
      ['--base-path /x', 'path that it was built for'],
    ],
    load: () => import('./commands/links.ts'),
  },
  addresses: {
    summary: 'pin the addresses of published pages, so that a rename never moves one',
    usage: ['addresses [--write] [OPTIONS]'],
    options: [['--write', 'add what is new to addresses.yml; without it, only list it'], CONTENT],
    load: () => import('./commands/addresses.ts'),
  },
  test: {
    summary: 'run the tests of detections over their samples',
    usage: ['test [PATTERN...] [OPTIONS]'],
    options: [
      CONTENT,
      ['--format F', 'text, json, junit or github; without it, text'],
      ['--attack-data DIR', 'a copy of splunk/attack_data, for tests whose events are at its URLs'],
      ['--fetch', 'download such events and keep them in .sightline/'],
      ['--jobs N', 'tests that run at once; without it, one a core'],
      ['--watch', 'test again whenever a file of the content changes'],
    ],
    notes: [
      'PATTERN is a part of a name, an address or a path, or a whole ID; * stands for anything. Without one, all are tested.',
      EXIT,
    ],
    load: () => import('./commands/test.ts'),
  },
  run: {
    summary: 'run a search or a detection over files of events',
    usage: [
      'run DETECTION --events FILE... [OPTIONS]',
      'run --spl SEARCH --events FILE... [OPTIONS]',
      'run --batch FILE',
    ],
    options: [
      ['--spl SEARCH', 'a search instead of a detection'],
      ['--events FILE...', 'JSON, NDJSON, CSV, XML, .evtx, syslog, auditd …, also as .gz or .zip'],
      ['--show-events', 'print the events that matched instead of the result'],
      ['--trace', 'print the rows into and out of each stage too'],
      ['--format F', 'table, json, csv or ndjson; without it, table'],
      ...METADATA,
      ['--now TIME', 'what now() is: epoch seconds or a date'],
      ['--tz ZONE', 'time zone of the search, such as Europe/Oslo'],
      ['--dialect D', 'spl1 or spl2; without it, spl1'],
      ['--batch FILE', 'one JSON request a line, one JSON answer a line'],
      CONTENT,
    ],
    notes: ['DETECTION is a name, an address, an ID or a path.', EXIT],
    load: () => import('./commands/run.ts'),
  },
  scan: {
    summary: 'say which rules of the content fire on files of events, over all cores',
    usage: ['scan FILE... [OPTIONS]'],
    options: [
      CONTENT,
      ['--rules GLOB|PATH', 'only these rules, or files and folders of rules instead; repeatable'],
      ['--format F', 'text, json, ndjson or csv; without it, text'],
      ['--navigator FILE', 'write an ATT&CK Navigator layer too'],
      ['--jobs N', 'threads; without it, one a core'],
    ],
    notes: [
      'ndjson is one line for each rule that fired: {"id", "name", "path", "language", "severity", "techniques", "results", "events": [{"file", "record"}...]}; records count from 0.',
      'Exit code: 0 done, 1 a file could not be read whole, 2 wrong usage.',
    ],
    load: () => import('./commands/scan.ts'),
  },
  events: {
    summary: 'say what files of events hold: formats, source types, times, fields',
    usage: ['events FILE... [OPTIONS]'],
    options: [['--format F', 'text or json; without it, text'], ...METADATA],
    load: () => import('./commands/events.ts'),
  },
  search: {
    summary:
      'find detections, stories, techniques, CVEs and all other content by words or by the query language',
    usage: ['search QUERY... [OPTIONS]', 'search --batch FILE [OPTIONS]'],
    options: [
      CONTENT,
      ['--limit N', 'results; without it, 10'],
      ['--format F', 'text or json; without it, text'],
      ['--batch FILE', 'one query a line, one JSON answer a line'],
      CONFIG,
    ],
    notes: [
      'JSON: {query, total, results: [{kind, id, name, slug, address, path, score, matched}], diagnostics}. id is the UUID, or the ID of a technique or CVE; path is the YAML inside its content folder; either is null where there is none. matched names the fields that hold the words.',
      'Put negations after `--`: sightline search -- powershell -status:deprecated',
    ],
    load: () => import('./commands/search.ts'),
  },
  fields: {
    summary: 'list fields that detections read and that no table, data source or data model provides',
    usage: ['fields [PATTERN...] [OPTIONS]'],
    options: [
      CONTENT,
      ['--entry', 'list instead the data sources whose sample events get into no first stage, and why'],
      ['--format F', 'text or json; without it, text'],
    ],
    notes: ['Exit code: 0 every field is provided, 1 some are not, 2 wrong usage.'],
    load: () => import('./commands/fields.ts'),
  },
  parse: {
    summary: 'say what a search is made of, and print it in a steady form',
    usage: ['parse --spl SEARCH [--dialect D]', 'parse --batch FILE [--dialect D]'],
    options: [
      ['--spl SEARCH', 'the search'],
      ['--dialect D', 'spl1 or spl2; without it, spl1'],
      ['--batch FILE', 'one JSON request a line, one JSON answer a line'],
    ],
    load: () => import('./commands/parse.ts'),
  },
  convert: {
    summary: 'convert Sigma rules into the languages of other systems',
    usage: ['convert RULE|FOLDER... --to BACKEND [OPTIONS]', 'convert --list'],
    options: [
      ['--to BACKEND', 'backend, BACKEND:FORMAT, several with commas, or all'],
      [
        '--pipeline P',
        'whose field names: a built-in pipeline or one of the content; none for the rule’s own',
      ],
      ['--filter FILE', 'join the filters of this file or folder to the rules they name; may be repeated'],
      ['--mode legacy', 'print what the old converter printed, with its backends'],
      ['--format F', 'text or ndjson; without it, text'],
      ['--list', 'list backends, their formats and pipelines'],
      CONTENT,
    ],
    notes: ['Exit code: 0 done, 1 a rule could not be converted, 2 wrong usage.'],
    load: () => import('./commands/convert.ts'),
  },
  match: {
    summary: 'say which Sigma rules match which events of files',
    usage: ['match RULE|FOLDER... --events FILE... [OPTIONS]'],
    options: [
      ['--events FILE...', 'files of events, read as `run` reads them'],
      ['--any-logsource', 'try every rule on every event, whatever its log source'],
      ['--format F', 'text or ndjson; without it, text'],
    ],
    notes: ['Exit code: 0 done, 1 a rule or a file could not be used, 2 wrong usage.'],
    load: () => import('./commands/match.ts'),
  },
};
