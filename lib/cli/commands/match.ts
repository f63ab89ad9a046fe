import { createReadStream, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readEvents } from '../../events/read/read.ts';
import { type CompiledRule, compileRule, RuleSet } from '../../sigma/index.ts';
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
  compiled: CompiledRule;
}

/**
 * Says which rules match which records of which files: a line `{id, path, file, records}` for every rule and file with a
 * match, record numbers from 0. 0 done, 1 a rule could not be used, 2 usage.
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
    const { rules, failed } = load(positionals, values['any-logsource'] !== true, io);
    const compiled = rules.map((rule) => rule.compiled);
    const asked = new RuleSet(compiled);
    for (const file of files) await matchFile(file, rules, asked, format, io);
    return failed ? 1 : 0;
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
  const filters = read.flatMap(({ documents }) => documents.filter((one) => one.kind === 'filter'));
  for (const { path, documents, diagnostics } of read) {
    for (const { severity, code, message } of diagnostics) {
      if (severity === 'error') complain(path, code, message);
    }
    for (const document of documents) {
      if (document.kind !== 'rule') continue;
      const compiled = compileRule(document, { logsource, filters });
      if ('matches' in compiled) rules.push({ path, compiled });
      else complain(path, compiled.code, compiled.message);
    }
  }
  return { rules, failed };
}

async function matchFile(
  file: string,
  loaded: readonly Loaded[],
  rules: RuleSet,
  format: string,
  io: Io,
): Promise<void> {
  const found = new Map<CompiledRule, number[]>();
  for await (const batch of readEvents(createReadStream(file), { name: file })) {
    for (const record of batch) {
      for (const rule of rules.matching(record)) {
        const numbers = found.get(rule);
        if (numbers === undefined) found.set(rule, [record.number]);
        else numbers.push(record.number);
      }
    }
  }
  for (const { path, compiled } of loaded) {
    const records = found.get(compiled);
    if (records === undefined) continue;
    const id = compiled.rule.id ?? null;
    if (format === 'ndjson') io.out(`${JSON.stringify({ id, path, file, records })}\n`);
    else io.out(`${file}: ${compiled.rule.title} (${path}): records ${records.join(', ')}\n`);
  }
}
