import { existsSync, statSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compile, createCache } from '../../content/compile.ts';
import type { Catalog, Detection, Evidence } from '../../content/model.ts';
import { type Io, Progress } from '../io.ts';
import { readSettings, SettingsError, shown, WORK } from '../settings.ts';
import { EvidenceCache } from '../test/cache.ts';
import { type CollectOptions, collectEvidence } from '../test/collect.ts';
import { sayDataModelProblems } from '../test/data-models.ts';
import { downloader } from '../test/download.ts';
import { isFailure, type Report } from '../test/report.ts';
import { REPORTS } from '../test/reports.ts';
import { select } from '../test/selection.ts';

const OPTIONS = {
  content: { type: 'string', multiple: true },
  'attack-data': { type: 'string' },
  fetch: { type: 'boolean' },
  format: { type: 'string' },
  watch: { type: 'boolean' },
  jobs: { type: 'string' },
} as const;

interface Request {
  roots: string[];
  patterns: string[];
  collect: Pick<CollectOptions, 'mirror' | 'download' | 'jobs'>;
  print: (report: Report) => string;
  watch: boolean;
}

/** Runs the declared tests of detections. 0 none fails, 1 one fails or cannot be run to its end, 2 wrong usage. */
export async function main(args: string[], io: Io): Promise<number> {
  let request: Request;
  try {
    request = requestOf(args);
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
  const compiled = createCache();
  const cache = new EvidenceCache();
  const once = async (): Promise<number> => {
    const progress = new Progress(io);
    progress.begin('Compile content');
    const catalog = await compile(request.roots, {
      cache: compiled,
      onProgress: ({ done, total }) => progress.at(done, total),
    });
    progress.clear();
    sayDataModelProblems(request.roots, io);
    const detections = select(
      catalog.detections.filter(({ status }) => status !== 'removed'),
      request.patterns,
    );
    if (detections.length === 0) {
      const where = request.roots.map(shown).join(', ');
      io.err(
        request.patterns.length > 0
          ? `No detection in ${where} is called ${request.patterns.join(' or ')}.\n`
          : `There is no detection in ${where}.\n`,
      );
      return 2;
    }
    progress.begin('Run tests');
    const evidence = await collectEvidence(catalog, {
      ...request.collect,
      roots: request.roots,
      detections,
      cache,
      onProgress: (done, total) => progress.at(done, total),
    });
    progress.clear();
    io.out(request.print(reportOf(catalog, detections, evidence, request.roots)));
    return evidence.detections.some((each) => isFailure(each) || each.tests.some(isFailure)) ? 1 : 0;
  };
  const code = await once();
  return request.watch ? follow(request.roots, once, io) : code;
}

function requestOf(args: string[]): Request {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const format = values.format ?? 'text';
  const print = Object.hasOwn(REPORTS, format) ? REPORTS[format] : undefined;
  if (print === undefined) throw new SettingsError(`--format is one of ${Object.keys(REPORTS).join(', ')}.`);
  const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
  if (jobs !== undefined && (!Number.isInteger(jobs) || jobs < 1)) {
    throw new SettingsError(`--jobs is a number from 1; “${values.jobs}” is none.`);
  }
  const mirror = values['attack-data'] === undefined ? undefined : resolve(values['attack-data']);
  if (mirror !== undefined && !(existsSync(mirror) && statSync(mirror).isDirectory())) {
    throw new SettingsError(`--attack-data takes a folder; ${mirror} is none.`);
  }
  const settings = readSettings((values.content ?? []).flatMap((folder) => ['--content', folder]));
  return {
    roots: settings.content,
    patterns: positionals,
    collect: {
      mirror,
      jobs,
      download: values.fetch === true ? downloader(join(WORK, 'attack_data')) : undefined,
    },
    print,
    watch: values.watch ?? false,
  };
}

export function reportOf(
  catalog: Catalog,
  detections: readonly Detection[],
  { engine, summary, detections: measured }: Evidence,
  roots: readonly string[],
): Report {
  const bySlug = new Map(measured.map((evidence) => [evidence.slug, evidence]));
  const listed = detections.flatMap((detection) => {
    const evidence = bySlug.get(detection.slug);
    const { path, root, lines } = detection.source;
    return evidence === undefined
      ? []
      : [
          {
            detection,
            path: shown(join(roots[root] ?? catalog.roots[root]?.label ?? '', path)),
            line: lines.tests ?? 1,
            evidence,
          },
        ];
  });
  return { engine, summary, detections: listed };
}

/** Editors write a file in several steps; this long after the last one it is taken as done. */
const SETTLED_MS = 60;

/** Runs again after every change, until it is interrupted. */
async function follow(roots: readonly string[], once: () => Promise<number>, io: Io): Promise<number> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve(0);
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(once);
    }, SETTLED_MS);
  };
  const watchers = roots.map((folder) => watch(folder, { recursive: true }, again));
  io.err('Waiting for changes (Ctrl-C stops it).\n');
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  return running;
}
