/** The classic evasions: changes that leave what an attacker does as it is, and change what a rule sees of it. */
import type { PlainFields } from '../../events/plain-record.ts';

export interface Mutation {
  id: string;
  /** Said in a menu. */
  label: string;
  /** The changed event; undefined where the event has nothing to change. */
  apply(fields: PlainFields): PlainFields | undefined;
}

/** Fields that hold a command line, by source. */
const COMMAND_LINES = [
  'process',
  'CommandLine',
  'Process_Command_Line',
  'process_command_line',
  'cmdline',
  'proctitle',
];
/** Fields that hold a program, as a path or a name. */
const PROGRAMS = [
  'process_name',
  'Image',
  'process_path',
  'process_exec',
  'NewProcessName',
  'New_Process_Name',
  'exe',
  'comm',
];
/** Fields whose letter case an attacker chooses. */
const CASED = [
  ...COMMAND_LINES,
  ...PROGRAMS,
  'TargetFilename',
  'file_path',
  'file_name',
  'TargetObject',
  'registry_path',
  'url',
  'query',
  'QueryName',
];

export const MUTATIONS: readonly Mutation[] = [
  {
    id: 'rename',
    label: 'Rename the binary',
    apply: (fields) => {
      const name = programName(fields);
      if (name === undefined) return undefined;
      const other = name.includes('.') ? `svchelper${name.slice(name.lastIndexOf('.'))}` : 'svchelper';
      return changed(fields, [...PROGRAMS, ...COMMAND_LINES], (text) => replaced(text, name, other));
    },
  },
  {
    id: 'case',
    label: 'Change letter case',
    apply: (fields) => changed(fields, CASED, alternating),
  },
  {
    id: 'dash',
    label: 'Swap / and - before switches',
    apply: (fields) =>
      changed(fields, COMMAND_LINES, (text) =>
        text.replace(
          /(^|\s)([/-])(?=[A-Za-z])/g,
          (_, before: string, sign: string) => `${before}${sign === '/' ? '-' : '/'}`,
        ),
      ),
  },
  {
    id: 'carets',
    label: 'Insert carets',
    apply: (fields) => changed(fields, COMMAND_LINES, (text) => inWords(text, '^')),
  },
  {
    id: 'quotes',
    label: 'Insert quotes',
    apply: (fields) => changed(fields, COMMAND_LINES, (text) => inWords(text, '""')),
  },
  {
    id: 'spaces',
    label: 'Double the spaces',
    apply: (fields) => changed(fields, COMMAND_LINES, (text) => text.replace(/ +/g, '  ')),
  },
];

/** Applies a change to the fields that are there, and to their text in `_raw`, in which searches look too. */
function changed(
  fields: PlainFields,
  names: readonly string[],
  change: (text: string) => string,
): PlainFields | undefined {
  const next: Record<string, PlainFields[string]> = { ...fields };
  let raw = typeof fields._raw === 'string' ? fields._raw : undefined;
  let any = false;
  for (const name of new Set(names)) {
    const value = fields[name];
    if (typeof value !== 'string') continue;
    const text = change(value);
    if (text === value) continue;
    any = true;
    next[name] = text;
    for (const written of WRITINGS) raw = raw?.replaceAll(written(value), () => written(text));
  }
  if (!any) return undefined;
  if (raw !== undefined) next._raw = raw;
  return next;
}

/** How a value may stand in the text of an event: as it is, in XML, in JSON. */
const WRITINGS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  (value) => JSON.stringify(value).slice(1, -1),
];

function programName(fields: PlainFields): string | undefined {
  for (const name of PROGRAMS) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value.split(/[\\/]/).at(-1);
  }
  return undefined;
}

function replaced(text: string, name: string, other: string): string {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(escaped, 'gi'), () => other);
}

function alternating(text: string): string {
  let upper = false;
  return text.replace(/[a-z]/gi, (letter) => {
    upper = !upper;
    return upper ? letter.toUpperCase() : letter.toLowerCase();
  });
}

/** Into the middle of every word of letters, the program's own name and paths left alone. */
function inWords(text: string, sign: string): string {
  const [program = '', ...rest] = text.split(/(?<=^\S+)(?=\s)/);
  return (
    program +
    rest
      .join('')
      .replace(/(?<![\\/.:\w])([A-Za-z]{2})(?=[A-Za-z]{2,}(?![\\/.:\w]))/g, (start) => start + sign)
  );
}
