import { parseArgs } from 'node:util';
import {
  BACKENDS,
  convert,
  convertLegacy,
  LEGACY_BACKENDS,
  type LegacyBackend,
  PIPELINES,
  type SigmaRule,
} from '../../sigma/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Io } from '../io.ts';
import { SettingsError } from '../settings.ts';
import { type RuleFile, ruleFiles } from '../sigma/rules.ts';

const OPTIONS = {
  to: { type: 'string' },
  pipeline: { type: 'string' },
  mode: { type: 'string' },
  format: { type: 'string' },
  list: { type: 'boolean' },
} as const;

/** One line of the NDJSON output; exactly one of `output` and `error` is there. */
interface Line {
  path: string;
  id: string | null;
  backend: string;
  format: string;
  pipeline: string;
  output?: string;
  error?: Pick<Diagnostic, 'code' | 'message' | 'range' | 'position'>;
}

/** Converts rules of files and folders. 0 all of them, 1 some could not be converted, 2 usage. */
export async function main(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.list) {
      io.out(list());
      return 0;
    }
    if (positionals.length === 0) throw new SettingsError('Name a rule or a folder of rules.');
    const format = values.format ?? 'text';
    if (format !== 'text' && format !== 'ndjson') throw new SettingsError('--format is one of text, ndjson.');
    const targets = targetsOf(values);
    let failed = false;
    for (const file of ruleFiles(positionals)) {
      for (const line of convertFile(file, targets)) {
        failed ||= line.error !== undefined;
        if (format === 'ndjson') io.out(`${JSON.stringify(line)}\n`);
        else printText(line, targets.length > 1, io);
      }
    }
    return failed ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

interface Target {
  backend: string;
  format: string;
  pipeline: string;
  legacy: boolean;
}

function targetsOf(values: { to?: string; pipeline?: string; mode?: string }): Target[] {
  if (values.mode !== undefined && values.mode !== 'legacy')
    throw new SettingsError('--mode is legacy, or absent.');
  const legacy = values.mode === 'legacy';
  const names = legacy ? LEGACY_BACKENDS : Object.keys(BACKENDS);
  const to = values.to;
  if (to === undefined) throw new SettingsError(`Name a backend with --to: ${names.join(', ')} or all.`);
  const pipeline = (backend: string) => values.pipeline ?? BACKENDS[backend]?.pipelines[0] ?? 'none';
  if (values.pipeline !== undefined && !PIPELINES.some(({ name }) => name === values.pipeline)) {
    throw new SettingsError(`--pipeline is one of ${PIPELINES.map(({ name }) => name).join(', ')}.`);
  }
  const chosen = to === 'all' ? names : to.split(',');
  return chosen.flatMap((name): Target[] => {
    const [backend = '', wanted] = name.split(':');
    if (!(names as readonly string[]).includes(backend)) {
      throw new SettingsError(`There is no backend “${backend}”; --to is one of ${names.join(', ')} or all.`);
    }
    if (legacy) return [{ backend, format: 'default', pipeline: 'none', legacy }];
    const formats = Object.keys(BACKENDS[backend]!.formats);
    const own = wanted !== undefined ? [wanted] : to === 'all' ? formats : formats.slice(0, 1);
    return own.map((format) => ({ backend, format, pipeline: pipeline(backend), legacy }));
  });
}

/** A line for each rule and target; one for a file that holds no rule that could be read. */
function* convertFile(
  { path, documents, diagnostics }: RuleFile,
  targets: readonly Target[],
): Generator<Line> {
  const unread = diagnostics.find(({ severity }) => severity === 'error');
  for (const { backend, format, pipeline, legacy } of targets) {
    const labels = { backend, format, pipeline };
    if (documents.length === 0 || (legacy && unread !== undefined)) {
      yield {
        path,
        id: null,
        ...labels,
        error: shown(unread ?? { code: 'sigma-empty', message: 'The file holds no rule.' }),
      };
    } else if (legacy) {
      const rules = documents.filter((one): one is SigmaRule => one.kind === 'rule');
      const found = convertLegacy(rules, backend as LegacyBackend);
      const id = rules[0]?.id ?? null;
      yield 'error' in found
        ? { path, id, ...labels, error: shown(found.error) }
        : { path, id, ...labels, output: found.output };
    } else {
      for (const document of documents) {
        const { output, error } = convert(document, { backend, format, pipeline });
        const id = document.id ?? null;
        yield error === undefined
          ? { path, id, ...labels, output }
          : { path, id, ...labels, error: shown(error) };
      }
    }
  }
}

const shown = ({
  code,
  message,
  range,
  position,
}: Pick<Diagnostic, 'code' | 'message' | 'range' | 'position'>) => ({
  code,
  message,
  ...(range === undefined ? {} : { range }),
  ...(position === undefined ? {} : { position }),
});

function printText({ path, backend, format, output, error }: Line, several: boolean, io: Io): void {
  if (error !== undefined) io.err(`${path}: ${backend}: ${error.code}: ${error.message}\n`);
  else io.out(`${several ? `# ${path} ${backend}:${format}\n` : ''}${output}\n`);
}

function list(): string {
  const lines = Object.entries(BACKENDS).map(
    ([name, { title, formats, pipelines }]) =>
      `  ${name.padEnd(16)}${title}; formats ${Object.keys(formats).join(', ')}; pipelines ${pipelines.join(', ')}`,
  );
  return `Backends:\n${lines.join('\n')}\n\nWith --mode legacy: ${LEGACY_BACKENDS.join(', ')}\n`;
}
