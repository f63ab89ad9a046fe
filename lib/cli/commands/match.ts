import { createReadStream, existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readEvents } from '../../events/read/read.ts';
import {
  type CompiledRule,
  type Counter,
  compileAlerts,
  documentsByName,
  RuleSet,
  SigmaEvent,
} from '../../sigma/index.ts';
import type { Io } from '../io.ts';
import { SettingsError } from '../settings.ts';
import { ruleFiles, spread } from '../sigma/rules.ts';

const OPTIONS = {
  events: { type: 'string', multiple: true },
  format: { type: 'string' },
  'any-logsource': { type: 'boolean' },
} as const;

interface Loaded {
  path: string;
  /** Of the rule. */
  id: string | null;
  title: string;
  /** The rule alone, or the rules whose events it counts. */
  compiled: readonly CompiledRule[];
  counter?: Counter;
}

/**
 * Says which rules match which records of which files: a line `{id, path, file, records}` for every rule and file with a
 * match, record numbers from 0. Rules that count events do so over all files together, and give the records that met them.
 * 0 done, 1 a rule or a file could not be used, 2 usage.
 */
export async function main(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: spread(args, '--events'),
      options: OPTIONS,
      allowPositionals: true,
    });
    const format = values.format ?? 'text';
    if (format !== 'text' && format !== 'ndjson') throw new SettingsError('--format is one of text, ndjson.');
    const files = values.events ?? [];
    if (positionals.length === 0) throw new SettingsError('Name a rule or a folder of rules.');
    if (files.length === 0) throw new SettingsError('Name files of events with --events.');
    const missing = files.find((file) => !existsSync(file));
    if (missing !== undefined) throw new SettingsError(`The events file ${missing} does not exist.`);
    const folder = files.find((file) => statSync(file).isDirectory());
    if (folder !== undefined) throw new SettingsError(`${folder} is a folder; name files of events.`);
    const { rules, failed } = load(positionals, values['any-logsource'] !== true, io);
    const unreadable = await matchFiles(files, rules, format, io);
    return failed || unreadable ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

function load(paths: readonly string[], logsource: boolean, io: Io): { rules: Loaded[]; failed: boolean } {
  const rules: Loaded[] = [];
  let failed = false;
  const complain = (path: string, code: string, message: string): void => {
    failed = true;
    io.err(`${path}: ${code}: ${message}\n`);
  };
  const read = [...ruleFiles(paths)];
  if (read.length === 0) throw new SettingsError(`There is no rule (.yml, .yaml) in ${paths.join(', ')}.`);
  const find = documentsByName(read.flatMap(({ documents }) => documents));
  const filters = read.flatMap(({ documents }) => documents.filter((one) => one.kind === 'filter'));
  for (const { path, documents, diagnostics } of read) {
    for (const { severity, code, message } of diagnostics) {
      if (severity === 'error') complain(path, code, message);
    }
    for (const document of documents) {
      if (document.kind === 'filter') continue;
      // By itself: a rule is told of even where a correlation alerts in its place.
      const alerts = compileAlerts([document], find, { logsource, filters });
      if ('code' in alerts) {
        complain(path, alerts.code, alerts.message);
        continue;
      }
      const about = { path, id: document.id ?? null, title: document.title };
      for (const one of alerts.single) rules.push({ ...about, compiled: [one] });
      for (const counter of alerts.counters) rules.push({ ...about, compiled: counter.bases, counter });
    }
  }
  return { rules, failed };
}

interface Place {
  file: number;
  number: number;
}

/** True where a file could not be read to its end. */
async function matchFiles(
  files: readonly string[],
  loaded: readonly Loaded[],
  format: string,
  io: Io,
): Promise<boolean> {
  const owners = loaded.flatMap((rule, owner) => rule.compiled.map((compiled) => ({ owner, compiled })));
  const asked = new RuleSet(owners.map(({ compiled }) => compiled));
  /** By rule: records that met it by themselves. */
  const found = loaded.map((): Place[] => []);
  /** By rule that counts: what it counts. */
  const counted = loaded.map(() => new Map<SigmaEvent, Place>());
  let unreadable = false;
  for (const [file, name] of files.entries()) {
    try {
      for await (const batch of readEvents(createReadStream(name), { name })) {
        for (const record of batch) {
          const owned = new Set(asked.positions(record).map((position) => owners[position]!.owner));
          if (owned.size === 0) continue;
          const event = new SigmaEvent(record);
          for (const owner of owned) {
            const place = { file, number: record.number };
            if (loaded[owner]!.counter === undefined) found[owner]!.push(place);
            else counted[owner]!.set(event, place);
          }
        }
      }
    } catch (error) {
      unreadable = true;
      io.err(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  for (const [owner, { counter }] of loaded.entries()) {
    if (counter === undefined) continue;
    const places = counted[owner]!;
    const { occurrences } = counter.find([...places.keys()]);
    const met = new Set(occurrences.flatMap(({ events }) => events));
    for (const [event, place] of places) if (met.has(event)) found[owner]!.push(place);
  }
  for (const [file, name] of files.entries()) {
    for (const [owner, { path, id, title }] of loaded.entries()) {
      const records = found[owner]!.flatMap((place) => (place.file === file ? [place.number] : []));
      if (records.length === 0) continue;
      if (format === 'ndjson') io.out(`${JSON.stringify({ id, path, file: name, records })}\n`);
      else io.out(`${name}: ${title} (${path}): records ${records.join(', ')}\n`);
    }
  }
  return unreadable;
}
