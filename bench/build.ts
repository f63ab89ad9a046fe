/**
 * What a build costs, beside other generators fed the same content: `npm run bench:build [-- --corpus DIR] [--sigma DIR]`.
 * CPU seconds are the currency (user and system, of the whole process tree): machines are shared and wall time is not
 * comparable. Hugo, Eleventy and Astro are measured where they are installed (see bench/README.md).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Comparator, comparators } from './generators.ts';

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, sigma: { type: 'string' }, only: { type: 'string' } },
});
const corpus = resolve(values.corpus ?? '../shared/corpus/security_content');
const sigma = resolve(values.sigma ?? '../shared/corpus/sigma');
const scratch = resolve('.sightline/bench');

interface Measured {
  what: string;
  pages: number;
  cpu: number;
  wall: number;
  peakMb: number;
  files: number;
  mb: number;
  medianGz: number;
}

/** Runs a command under GNU time; peak memory is that of its largest process. */
function measure(
  what: string,
  command: string[],
  out: string,
  pagesIn: string,
  env: Record<string, string> = {},
  cwd = '.',
): Measured | undefined {
  rmSync(out, { recursive: true, force: true });
  const report = join(scratch, 'time.txt');
  const result = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', '-o', report, ...command], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) {
    process.stderr.write(`${what}: failed with ${result.status}\n${result.stderr?.toString().slice(-800)}\n`);
    return undefined;
  }
  const [user = 0, system = 0, wall = 0, peak = 0] = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .at(-1)!
    .split(' ')
    .map(Number);
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .map((file) => join(out, file))
    .filter((file) => statSync(file).isFile());
  const gz = files
    .filter((file) => file.startsWith(join(out, pagesIn)) && file.endsWith('.html'))
    .map((file) => readFileSync(file))
    .filter((html) => html.length > 1_000)
    .map((html) => gzipSync(html, { level: 9 }).length)
    .sort((a, b) => a - b);
  return {
    what,
    pages: files.filter((file) => file.endsWith('.html')).length,
    cpu: user + system,
    wall,
    peakMb: peak / 1024,
    files: files.length,
    mb: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6,
    medianGz: gz[gz.length >> 1] ?? 0,
  };
}

function print({ what, pages, cpu, wall, peakMb, files, mb, medianGz }: Measured): void {
  const cells = [
    what.padEnd(44),
    pages,
    cpu.toFixed(1),
    wall.toFixed(1),
    peakMb.toFixed(0),
    files,
    mb.toFixed(1),
    medianGz,
  ];
  process.stdout.write(
    `${cells.map((cell, index) => (index === 0 ? cell : String(cell).padStart(9))).join(' ')}\n`,
  );
}

if (!existsSync('/usr/bin/time')) {
  process.stderr.write('bench:build needs GNU time (Debian: apt-get install time).\n');
  process.exit(2);
}
if (!existsSync(corpus)) {
  process.stderr.write(`There is no content at ${corpus}; name some with --corpus.\n`);
  process.exit(2);
}
mkdirSync(scratch, { recursive: true });
process.stdout.write(
  `${'what'.padEnd(44)} ${['pages', 'CPU s', 'wall s', 'peak MB', 'files', 'MB', 'gz median'].map((title) => title.padStart(9)).join(' ')}\n`,
);

const out = join(scratch, 'site');
const build = (name: string, content: string[]) =>
  measure(
    name,
    [
      process.execPath,
      'lib/cli/sightline.mjs',
      'build',
      '--keep-going',
      ...content.flatMap((folder) => ['--content', folder]),
      '--out',
      out,
    ],
    out,
    'detections/',
  );
const detections = readdirSync(join(corpus, 'detections'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.yml'),
).length;
rmSync('.next', { recursive: true, force: true });
const cold = build(`Sightline, ${detections} detections, nothing cached`, [corpus]);
if (cold) print(cold);
rmSync(out, { recursive: true, force: true });
const warm = build(`Sightline, ${detections} detections, compiled code cached`, [corpus]);
if (warm) print(warm);
if (existsSync(sigma)) {
  const both = build('Sightline, with Sigma rules as listed pages', [corpus, sigma]);
  if (both) {
    print(both);
    if (warm)
      process.stdout.write(
        `  each further page: ${((1000 * (both.cpu - warm.cpu)) / (both.pages - warm.pages)).toFixed(2)} ms CPU\n`,
      );
  }
}
for (const comparator of comparators(corpus, scratch)) compare(comparator);

/** A generator that is not installed is said to be so, never left out in silence. */
function compare({ name, installed, prepare, command, cwd, env, pagesIn, output }: Comparator): void {
  if (!installed) {
    process.stdout.write(`${name.padEnd(44)} not installed\n`);
    return;
  }
  prepare();
  const measured = measure(name, command, output, pagesIn, env, cwd);
  if (measured) print(measured);
}
