import { existsSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../../content/compile.ts';
import { scanLayer } from '../../export/scan-report.ts';
import { type ScanRule, scanRuleOf } from '../../tester/scan/report.ts';
import { type Io, Progress } from '../io.ts';
import { runScan } from '../scan/pool.ts';
import { PRINTERS } from '../scan/print.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { environmentSpec } from '../test/task.ts';

const OPTIONS = {
  content: { type: 'string', multiple: true },
  rules: { type: 'string', multiple: true },
  format: { type: 'string' },
  navigator: { type: 'string' },
  jobs: { type: 'string' },
} as const;

/**
 * Says which rules fire on files of events. `--rules` narrows the content's rules by path or address (`*` and `?`), or
 * names files and folders of rules to take instead. 0 done, 1 a file could not be read, 2 usage.
 */
export async function main(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals: files } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const print = PRINTERS[values.format ?? 'text'];
    if (print === undefined)
      throw new SettingsError(`--format is one of ${Object.keys(PRINTERS).join(', ')}.`);
    if (files.length === 0) throw new SettingsError('Name files of events.');
    for (const file of files) {
      if (!existsSync(file)) throw new SettingsError(`The events file ${file} does not exist.`);
      if (statSync(file).isDirectory()) throw new SettingsError(`${file} is a folder; name files of events.`);
    }
    const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
    if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0))
      throw new SettingsError('--jobs takes a number from 1 on.');
    const given = values.rules ?? [];
    const paths = given.filter((one) => existsSync(one)).map((one) => resolve(one));
    const settings = readSettings((values.content ?? []).flatMap((folder) => ['--content', folder]));
    const roots = [...settings.content, ...paths];
    const progress = new Progress(io);
    progress.begin('Rules');
    const catalog = await compile(roots);
    const rules = chosen(
      catalog.detections,
      given.filter((one) => !existsSync(one)),
      settings.content.length,
      paths.length > 0,
    );
    progress.end(`${rules.length} rules`);
    if (rules.length === 0) throw new SettingsError('No rule is chosen: --rules fits none of the content.');
    progress.begin('Scan');
    const environment = environmentSpec(catalog, roots);
    const report = await runScan({ rules, files, environment }, jobs, ({ done, total }) =>
      progress.at(done, total),
    );
    progress.end(`${report.counts.events} events, ${report.hits.length} rules fired`);
    io.out(print(report, rules, files));
    for (const { file, message } of report.problems) io.err(`${files[file]}: ${message}\n`);
    if (values.navigator !== undefined)
      writeFileSync(
        values.navigator,
        `${JSON.stringify(scanLayer(report, rules, files, catalog.attackVersion), null, 2)}\n`,
      );
    return report.problems.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

/** `named`: only what stands in folders named by `--rules` (those behind the content's own), and what its globs fit. */
function chosen(
  detections: readonly Parameters<typeof scanRuleOf>[0][],
  globs: readonly string[],
  contentRoots: number,
  named: boolean,
): ScanRule[] {
  const tests = globs.map(globTest);
  return detections
    .filter(({ slug, source }) => {
      if (tests.some((holds) => holds(slug) || holds(source.path))) return true;
      return named ? source.root >= contentRoots : globs.length === 0;
    })
    .map(scanRuleOf);
}

/** `*` and `?` stay within a folder, `**` does not; a pattern without a slash is for the file's name. */
function globTest(glob: string): (text: string) => boolean {
  const source = glob.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part.startsWith('**')) return '.*';
    return part === '*' ? '[^/]*' : part === '?' ? '[^/]' : `\\${part}`;
  });
  const regex = new RegExp(`(?:^|/)${source}$`, 'i');
  return (text) => regex.test(text);
}
