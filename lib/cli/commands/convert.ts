import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  BACKENDS,
  type ConvertOptions,
  convert,
  convertLegacy,
  type FilterRule,
  LEGACY_BACKENDS,
  type LegacyBackend,
  PIPELINES,
  type Pipeline,
  type SigmaRule,
} from '../../sigma/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { LineIndex } from '../../text/position.ts';
import type { Io } from '../io.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { diagnosticLine, findPipelines } from '../sigma/pipelines.ts';
import { type RuleFile, ruleFiles } from '../sigma/rules.ts';

const OPTIONS = {
  to: { type: 'string' },
  pipeline: { type: 'string' },
  mode: { type: 'string' },
  format: { type: 'string' },
  list: { type: 'boolean' },
  content: { type: 'string', multiple: true },
  filter: { type: 'string', multiple: true },
} as const;

/** One line of the NDJSON output; exactly one of `output` and `error` is there. */
interface Line {
  path: string;
  id: string | null;
  backend: string;
  format: string;
  pipeline: string;
  output?: string;
  error?: Problem;
}

/**
 * Converts rules of files and folders; filters among them, and those of `--filter`, are joined to the rules that they
 * name. `--pipeline` may name one of the content's `pipelines/`. 0 all of them, 1 some could not be converted, 2 usage or a broken pipeline.
 */
export async function main(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const named = (values.content ?? []).flatMap((folder) => ['--content', folder]);
    const { pipelines, diagnostics } = findPipelines(readSettings(named).content);
    if (values.list) {
      io.out(list(pipelines));
      return 0;
    }
    if (positionals.length === 0) throw new SettingsError('Name a rule or a folder of rules.');
    const format = values.format ?? 'text';
    if (format !== 'text' && format !== 'ndjson') throw new SettingsError('--format is one of text, ndjson.');
    for (const problem of diagnostics) io.err(diagnosticLine(problem));
    const targets = targetsOf(values, pipelines);
    const files = [...ruleFiles(positionals)];
    if (files.length === 0)
      throw new SettingsError(`There is no rule (.yml, .yaml) in ${positionals.join(', ')}.`);
    const filters = [...files, ...filterFiles(values.filter ?? [], files, io)].flatMap(filtersIn);
    const options = { pipelines, filters };
    let failed = false;
    for (const file of files) {
      let printed = false;
      for (const line of convertFile(file, targets, options)) {
        failed ||= line.error !== undefined;
        if (format === 'ndjson') io.out(`${JSON.stringify(line)}\n`);
        else {
          // Queries of one file's documents are apart, as they may have several lines.
          if (printed && targets.length === 1 && line.output !== undefined) io.out('\n');
          printText(line, targets.length > 1, io);
          printed ||= line.output !== undefined;
        }
      }
    }
    return failed ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

const filtersIn = ({ documents }: RuleFile): FilterRule[] => documents.filter((one) => one.kind === 'filter');

/** Files whose filters are joined and whose rules are not converted; each file once, and none that is a rule's already. */
function filterFiles(paths: readonly string[], rules: readonly RuleFile[], io: Io): RuleFile[] {
  const known = new Set(rules.map(({ path }) => resolve(path)));
  const files: RuleFile[] = [];
  for (const file of ruleFiles(paths)) {
    if (known.has(resolve(file.path))) continue;
    known.add(resolve(file.path));
    files.push(file);
    if (filtersIn(file).length > 0) continue;
    for (const problem of file.diagnostics) io.err(diagnosticLine(problem));
    throw new SettingsError(`${file.path} holds no filter; name a file with \`filter:\` in it.`);
  }
  return files;
}

interface Target {
  backend: string;
  format: string;
  pipeline: string;
  legacy: boolean;
}

type Given = Pick<ConvertOptions, 'pipelines' | 'filters'>;

function targetsOf(
  values: { to?: string; pipeline?: string; mode?: string },
  given: readonly Pipeline[],
): Target[] {
  if (values.mode !== undefined && values.mode !== 'legacy')
    throw new SettingsError('--mode is legacy, or absent.');
  const legacy = values.mode === 'legacy';
  if (legacy && values.pipeline !== undefined) {
    throw new SettingsError(
      '--pipeline has no meaning with --mode legacy: the old converter had its own names.',
    );
  }
  const names = legacy ? LEGACY_BACKENDS : Object.keys(BACKENDS);
  const to = values.to;
  if (to === undefined) throw new SettingsError(`Name a backend with --to: ${names.join(', ')} or all.`);
  const pipeline = (backend: string) => values.pipeline ?? BACKENDS[backend]?.pipelines[0] ?? 'none';
  const known = [...PIPELINES, ...given].map(({ name }) => name);
  if (values.pipeline !== undefined && !known.includes(values.pipeline)) {
    throw new SettingsError(
      `There is no pipeline “${values.pipeline}”; --pipeline is one of ${known.join(', ')}.`,
    );
  }
  const chosen = to === 'all' ? names : to.split(',');
  return chosen.flatMap((name): Target[] => {
    const [backend = '', wanted] = name.split(':');
    if (!(names as readonly string[]).includes(backend)) {
      throw new SettingsError(`There is no backend “${backend}”; --to is one of ${names.join(', ')} or all.`);
    }
    if (legacy) return [{ backend, format: 'default', pipeline: 'none', legacy }];
    const formats = Object.keys(BACKENDS[backend]!.formats);
    if (wanted !== undefined && !formats.includes(wanted)) {
      throw new SettingsError(`${backend} has no format “${wanted}”; it has ${formats.join(', ')}.`);
    }
    const own = wanted !== undefined ? [wanted] : to === 'all' ? formats : formats.slice(0, 1);
    return own.map((format) => ({ backend, format, pipeline: pipeline(backend), legacy }));
  });
}

/** A line for each rule and target; one for a file, or a document of it, that holds no rule that could be read. */
function* convertFile(
  { path, text, documents, diagnostics }: RuleFile,
  targets: readonly Target[],
  options: Given,
): Generator<Line> {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [unread] = errors;
  const lines = new LineIndex(text);
  const shown = (problem: Problem) => shownError(problem, lines);
  // A filter is no rule: it is in the rules that it names.
  const converted = documents.filter(({ kind }) => kind !== 'filter');
  const lost = errors.find(
    ({ range }) =>
      range !== undefined &&
      !documents.some((one) => one.range.start <= range.start && range.end <= one.range.end),
  );
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
      for (const document of converted) {
        const { output, error } = convert(document, { backend, format, pipeline, ...options });
        const id = document.id ?? null;
        yield error === undefined
          ? { path, id, ...labels, output }
          : { path, id, ...labels, error: shown(error) };
      }
      if (lost !== undefined) yield { path, id: null, ...labels, error: shown(lost) };
    }
  }
}

type Problem = Pick<Diagnostic, 'code' | 'message' | 'range' | 'position'>;

function shownError({ code, message, range, position }: Problem, lines: LineIndex): Problem {
  if (range === undefined) return { code, message };
  return { code, message, range, position: position ?? lines.positionAt(range.start) };
}

function printText({ path, backend, format, output, error }: Line, several: boolean, io: Io): void {
  if (error !== undefined) {
    const { code, message, position } = error;
    const place = position === undefined ? path : `${path}:${position.line}:${position.column}`;
    io.err(`${place}: ${backend}: ${code}: ${message}\n`);
  } else io.out(`${several ? `# ${path} ${backend}:${format}\n` : ''}${output}\n`);
}

function list(given: readonly Pipeline[]): string {
  const lines = Object.entries(BACKENDS).map(
    ([name, { title, formats, pipelines }]) =>
      `  ${name.padEnd(16)}${title}; formats ${Object.keys(formats).join(', ')}; pipelines ${pipelines.join(', ')}`,
  );
  const own = given.map(
    ({ name, title, backends }) =>
      `  ${name.padEnd(16)}${title}; backends ${backends === undefined ? 'all' : backends.join(', ')}`,
  );
  const pipelines = own.length === 0 ? '' : `Pipelines of the content:\n${own.join('\n')}\n\n`;
  return `Backends:\n${lines.join('\n')}\n\n${pipelines}With --mode legacy: ${LEGACY_BACKENDS.join(', ')}\n`;
}
