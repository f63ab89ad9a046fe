import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compile } from '../../content/compile.ts';
import { readGuides } from '../../content/read/guides.ts';
import { documentsOf, type SearchDocument } from '../../search/documents.ts';
import { type Answer, SearchIndex } from '../../search/index.ts';
import type { Io } from '../io.ts';
import { PROJECT } from '../settings.ts';
import { settingsOrComplaint } from './build.ts';

const OPTIONS = {
  content: { type: 'string', multiple: true },
  config: { type: 'string' },
  batch: { type: 'string' },
  format: { type: 'string', default: 'text' },
  limit: { type: 'string', default: '10' },
} as const;

/** Answers one query, or each line of a batch file. 0 answered (even by nothing found), 1 the query has errors, 2 usage. */
export async function main(args: string[], io: Io): Promise<number> {
  let given: ReturnType<typeof parse>;
  try {
    given = parse(args);
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const { values, positionals } = given;
  const fault = faultOf(values, positionals);
  if (fault) {
    io.err(`${fault}\n`);
    return 2;
  }
  const settings = settingsOrComplaint(
    [
      ...(values.content ?? []).flatMap((folder) => ['--content', folder]),
      ...(values.config ? ['--config', values.config] : []),
    ],
    io,
  );
  if (!settings) return 2;
  const documents = documentsOf(await compile(settings.content), readGuides(PROJECT));
  const index = SearchIndex.of(documents);
  const paths = new Map(documents.map(({ address, path }) => [address, path]));
  const queries =
    values.batch === undefined
      ? [positionals.join(' ')]
      : readFileSync(values.batch, 'utf8')
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '');
  const json = values.batch !== undefined || values.format === 'json';
  let failed = false;
  for (const query of queries) {
    const answer = index.search(query, Number(values.limit));
    io.out(json ? `${JSON.stringify(report(answer, paths))}\n` : printed(answer));
    failed ||= answer.diagnostics.some(({ severity }) => severity === 'error');
    if (json) continue;
    for (const { severity, code, message } of answer.diagnostics) io.err(`${severity} ${code}: ${message}\n`);
  }
  return failed ? 1 : 0;
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

function faultOf(values: ReturnType<typeof parse>['values'], positionals: string[]): string | undefined {
  if (values.batch === undefined && positionals.length === 0)
    return 'Give a query, or a file of queries with --batch.';
  if (values.batch !== undefined && positionals.length > 0) return 'Give a query or --batch, not both.';
  if (values.batch !== undefined && !existsSync(values.batch))
    return `The file ${values.batch} does not exist.`;
  if (!['text', 'json'].includes(values.format)) return `--format is text or json, not \`${values.format}\`.`;
  if (!/^[1-9]\d*$/.test(values.limit)) return `--limit is a number from 1, not \`${values.limit}\`.`;
  return undefined;
}

function report(
  { query, total, results, diagnostics }: Answer,
  paths: ReadonlyMap<string, SearchDocument['path']>,
) {
  return {
    query,
    total,
    results: results.map(({ document: { kind, id, name, slug, address }, score, matched, partial }) => ({
      kind,
      id: id ?? null,
      name,
      slug,
      address,
      path: paths.get(address) ?? null,
      score: Math.round(score * 1000) / 1000,
      matched,
      ...(partial && { partial }),
    })),
    diagnostics,
  };
}

function printed({ total, results }: Answer): string {
  const lines = results.map(({ document: { kind, name, status, address }, matched, partial }) => {
    const facts = [kind.replaceAll('_', ' '), status, ...matched, partial && 'some of the words'];
    return `${name}\n  ${facts.filter(Boolean).join(' · ')}\n  ${address}\n`;
  });
  const whole = results.filter(({ partial }) => !partial).length;
  return `${lines.join('')}${total === 0 ? 'Nothing found.' : `${whole} of ${total}`}\n`;
}
