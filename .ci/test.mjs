// Everything that must hold, in one run: `npm test`. Ends with one line that adds up all runners.
// `npm test -- unit e2e` runs only the steps so named.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(project);
const bin = (name) => join(project, 'node_modules', '.bin', name);
const SITE = '.sightline/test-site';
const HOSTILE = '.sightline/hostile-site';
const CORPUS = '.sightline/corpus-site';
const sightline = (...args) => ['node', ['lib/cli/sightline.mjs', ...args]];

/** Whole public repositories, where they lie beside the checkout. Sigma's rules come last: they are by far the most. */
const CORPORA = [
  'security_content',
  'security_content_g2',
  'security_content_g2_late',
  'security_content_g3',
  'ssa',
  'sigma',
].map((name) => join(project, '..', 'shared', 'corpus', name));
const corpora = CORPORA.filter((folder) => existsSync(folder));

/** Every step: its name, what it runs, and how its result is counted (one pass or failure unless it says). */
const STEPS = [
  { name: 'install', run: sightline('help'), quiet: true },
  { name: 'format', run: [bin('biome'), ['check', '.']] },
  { name: 'types', run: [bin('tsc'), ['--noEmit']] },
  {
    name: 'unit',
    run: [
      bin('vitest'),
      [
        'run',
        '--config',
        '.config/vitest.config.ts',
        '--reporter=default',
        '--reporter=json',
        '--outputFile=.sightline/unit.json',
      ],
    ],
    count: () => {
      const { numPassedTests, numFailedTests, numTotalTestSuites, testResults } =
        json('.sightline/unit.json');
      const broken = testResults.filter(
        (file) => file.status === 'failed' && file.assertionResults.length === 0,
      ).length;
      return { passed: numPassedTests, failed: numFailedTests + broken, none: numTotalTestSuites === 0 };
    },
    report: '.sightline/unit.json',
  },
  { name: 'build', run: sightline('build', '--out', SITE) },
  { name: 'links', run: sightline('links', '--out', SITE) },
  {
    // One of its files is broken: the rest is built, and the exit code says so.
    name: 'hostile',
    run: sightline(
      'build',
      '--content',
      'e2e/fixtures/hostile',
      '--out',
      HOSTILE,
      '--base-path',
      '/team/x',
      '--keep-going',
    ),
    expect: 1,
  },
  { name: 'hostile links', run: sightline('links', '--out', HOSTILE, '--base-path', '/team/x') },
  {
    name: 'corpus',
    skip: corpora.length === 0 ? 'no public repositories lie at ../shared/corpus' : undefined,
    run: sightline('build', ...corpora.flatMap((folder) => ['--content', folder]), '--out', CORPUS),
  },
  {
    name: 'corpus links',
    skip: corpora.length === 0 ? 'see corpus' : undefined,
    run: sightline('links', '--out', CORPUS),
  },
  {
    name: 'e2e',
    run: [bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts']],
    count: () => {
      const { expected, unexpected, flaky } = json('.sightline/e2e.json').stats;
      return { passed: expected, failed: unexpected + flaky, none: expected + unexpected + flaky === 0 };
    },
    report: '.sightline/e2e.json',
  },
];

const only = process.argv.slice(2);
const totals = { passed: 0, failed: 0 };
for (const step of STEPS) {
  if (only.length > 0 && !only.includes(step.name)) continue;
  process.stdout.write(`\n── ${step.name}\n`);
  if (step.skip) {
    process.stdout.write(`── ${step.name}: skipped, ${step.skip}\n`);
    continue;
  }
  if (step.report) rmSync(step.report, { force: true });
  const started = Date.now();
  const [command, args] = step.run;
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', step.quiet ? 'ignore' : 'inherit', 'inherit'],
  });
  const result = counted(step, status === (step.expect ?? 0));
  totals.passed += result.passed;
  totals.failed += result.failed;
  process.stdout.write(
    `── ${step.name}: ${result.passed} passed, ${result.failed} failed (${Math.round((Date.now() - started) / 1000)} s)\n`,
  );
  if (step.name === 'install' && result.failed > 0) break;
}
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** A runner that failed without naming a failed test, or that ran none, counts as one failure. */
function counted(step, succeeded) {
  if (!step.count) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!existsSync(step.report)) return { passed: 0, failed: 1 };
  const { passed, failed, none } = step.count();
  return { passed, failed: failed === 0 && (!succeeded || none) ? 1 : failed };
}

function json(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
