/**
 * Which rules fire on 100,000 process starts: all Sigma rules for Windows process creation and all detections over
 * Endpoint.Processes, beside two other engines measured on the same events. Events per CPU second, because machines are
 * shared; once as the events are (6,001 distinct) and once with every command line, path and id unique. Counts are held
 * against each rule run by itself. Searches over unique texts group every text by itself, which takes minutes: they see
 * fewer of those events, and the output says how many.
 * `npm run bench:scan [-- --events 100000] [-- --unique 20000] [-- --shared ../shared] [-- --check 6001]`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readContent } from '../lib/cli/run/detection.ts';
import { readAll, readEvents } from '../lib/events/read/read.ts';
import type { EventRecord } from '../lib/events/record.ts';
import { RUNNERS, type RuleEnvironment } from '../lib/tester/index.ts';
import { HitsFound } from '../lib/tester/scan/hits-found.ts';
import { scan } from '../lib/tester/scan/in-one-thread.ts';
import { LocalPart } from '../lib/tester/scan/part.ts';
import {
  type ScanFile,
  type ScanReport,
  type ScanRule,
  type ScanUpdate,
  scanRuleOf,
} from '../lib/tester/scan/report.ts';
import { compileRules } from '../lib/tester/scan/rules.ts';
import { jobsOf } from '../lib/tester/scan/share-jobs.ts';
import { cpuSeconds, repeated } from './scan.events.ts';
import { say } from './spl.say.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    unique: { type: 'string', default: '20000' },
    shared: { type: 'string', default: '../shared' },
    check: { type: 'string', default: '600' },
  },
});
const { shared } = values;
const count = Number(values.events);
const EVENTS = join(shared, 'events/bench/pc6001_sigma_bench.ndjson.gz');
const SIGMA = join(shared, 'corpus/sigma/rules/windows/process_creation');
const CONTENT = join(shared, 'corpus/security_content');

const sigmaRules = (): ScanRule[] =>
  readdirSync(SIGMA, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .map((path) => ({
      name: path,
      slug: path,
      path,
      language: 'sigma',
      search: readFileSync(join(SIGMA, path), 'utf8'),
      techniques: [],
      falsePositives: '',
    }));

const fileOf = (bytes: Uint8Array): ScanFile => ({
  name: 'events.ndjson',
  size: bytes.length,
  read: (onBytes, signal) =>
    readEvents(bytes, { name: 'events.ndjson', signal, onProgress: (progress) => onBytes(progress.bytes) }),
});

const perSecond = (events: number, seconds: number): string =>
  Math.round(events / seconds)
    .toLocaleString('en')
    .padStart(8);

/** Loading, both passes, each in CPU seconds. */
async function measure(
  name: string,
  rules: readonly ScanRule[],
  environment: RuleEnvironment,
  bytes: Uint8Array,
  events = count,
) {
  const started = cpuSeconds();
  const compiled = compileRules(rules, environment);
  const loaded = cpuSeconds();
  const part = new LocalPart(compiled, [fileOf(bytes)], environment);
  const found = new HitsFound();
  const call = { onUpdate: ({ hits }: ScanUpdate) => found.take(hits) };
  const looked = await part.events({ index: 0, of: 1 }, call);
  const first = cpuSeconds();
  await part.searches({ jobs: jobsOf([looked]), newest: looked.newest }, call);
  const done = cpuSeconds();
  const hits = found.settled();
  const results = hits.reduce((sum, hit) => sum + hit.results, 0);
  say(
    `${name.padEnd(46)} ${perSecond(events, done - loaded)} events/CPU s  (compile ${(loaded - started).toFixed(2)} s, events ${(first - loaded).toFixed(2)} s, searches ${(done - first).toFixed(2)} s; ${hits.length} rules fired, ${results} results)`,
  );
}

async function reading(name: string, bytes: Uint8Array): Promise<void> {
  const started = cpuSeconds();
  let fields = 0;
  for await (const batch of readEvents(bytes, {})) for (const record of batch) fields += record.fields.size;
  const seconds = cpuSeconds() - started;
  say(
    `${name.padEnd(46)} ${perSecond(count, seconds)} events/CPU s  (${Math.round(fields / count)} fields each)`,
  );
}

/** Every rule by itself over the same events; says where a count differs. */
function difference(
  rules: readonly ScanRule[],
  records: readonly EventRecord[],
  report: ScanReport,
  environment: RuleEnvironment,
): number {
  const counts = new Map(report.hits.map((hit) => [hit.rule, hit.results]));
  let differing = 0;
  for (const [at, rule] of rules.entries()) {
    const alone = RUNNERS[rule.language].run(rule, records, environment);
    if ((counts.get(at) ?? 0) === alone.rows.length) continue;
    differing += 1;
    say(`  ${rule.name}: ${counts.get(at) ?? 0} in the scan, ${alone.rows.length} alone`);
  }
  return differing;
}

if (!existsSync(EVENTS) || !existsSync(SIGMA) || !existsSync(CONTENT)) {
  say(`The events and rules of this benchmark are not in ${shared}.`);
} else {
  const before = cpuSeconds();
  const sigma = sigmaRules();
  const content = await readContent([CONTENT]);
  const processes = content.catalog.detections
    .filter(({ dataModels }) => dataModels.includes('Endpoint.Processes'))
    .map(scanRuleOf);
  say(
    `${count.toLocaleString('en')} events, ${sigma.length} Sigma rules, ${processes.length} detections over Endpoint.Processes (content read in ${(cpuSeconds() - before).toFixed(1)} CPU s)`,
  );
  for (const unique of [false, true]) {
    const bytes = repeated(EVENTS, count, unique);
    say(unique ? '\nEvery command line, path and id unique' : '\nAs they are (6,001 distinct)');
    await reading('Reading and fields alone', bytes);
    await measure('Sigma', sigma, content, bytes);
    const searched = unique ? Math.min(count, Number(values.unique)) : count;
    const some = searched < count ? repeated(EVENTS, searched, unique) : bytes;
    if (searched < count) say(`With searches over ${searched.toLocaleString('en')} of them`);
    await measure('Endpoint.Processes detections', processes, content, some, searched);
    await measure('Both', [...sigma, ...processes], content, some, searched);
  }
  say('\nOthers on the same 100,000 events, 1,183 Sigma rules, reading included');
  say(`${'Zircolite 3.7.0 (147 CPU s)'.padEnd(46)}      680 events/CPU s`);
  say(`${'LUMEN 2a565aa (over the 6,001)'.padEnd(46)}     ~600 events/CPU s`);
  const some = repeated(EVENTS, Number(values.check), false);
  const { records } = await readAll(some);
  const rules = [...sigma, ...processes];
  const report = await scan(rules, [fileOf(some)], content);
  const differing = difference(rules, records, report, content);
  say(`\n${rules.length} rules by themselves over ${records.length} events: ${differing} counts differ.`);
  if (differing > 0) process.exitCode = 1;
}
