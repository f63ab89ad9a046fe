/**
 * Sigma: rules read and converted per CPU second, and events matched against all rules of a corpus, beside published
 * engines measured on this class of machine. `npm run bench:sigma [-- --events 100000] [-- --shared ../shared]`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAll, readEvents } from '../lib/events/read/read.ts';
import type { EventRecord } from '../lib/events/record.ts';
import {
  type CompiledRule,
  compileRule,
  convert,
  RuleSet,
  readSigma,
  type SigmaRule,
} from '../lib/sigma/index.ts';
import { cpuSeconds, repeated } from './scan.events.ts';
import { say } from './spl.say.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    shared: { type: 'string', default: '../shared' },
  },
});
const { shared } = values;
const MAIN = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'];
const CORPUS = join(shared, 'corpus/sigma');
const EVENTS = join(shared, 'events/bench/pc6001_sigma_bench.ndjson.gz');
const REGRESSION = join(shared, 'events/sigma_regression');

const files = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const line = (name: string, per: number, unit: string, more = ''): void =>
  say(`${name.padEnd(52)} ${Math.round(per).toLocaleString('en').padStart(9)} ${unit}${more}`);

/** The best of several times: a first run is mostly the compiler at work. */
function best(times: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < times; at += 1) {
    const started = cpuSeconds();
    work();
    least = Math.min(least, cpuSeconds() - started);
  }
  return least;
}

async function matching(compiled: readonly CompiledRule[]): Promise<void> {
  const regression: EventRecord[] = [];
  for (const path of files(REGRESSION, '.evtx'))
    regression.push(...(await readAll(readFileSync(path))).records);
  for (const record of regression) record.fields.size;
  const set = new RuleSet(compiled);
  const build = best(1, () => regression.forEach((record) => void set.positions(record)));
  const rounds = 50;
  const again = best(3, () => {
    for (let at = 0; at < rounds; at += 1) for (const record of regression) set.positions(record);
  });
  say(
    `\n${compiled.length} rules over ${regression.length} regression events (others: 20, 118 and 44 events/s)`,
  );
  line('first time, networks built on the way', regression.length / build, 'events/CPU s');
  line('afterwards', (regression.length * rounds) / again, 'events/CPU s');
  const count = Number(values.events);
  for (const unique of [false, true]) {
    const bytes = repeated(EVENTS, count, unique);
    say(
      `\n${compiled.length} rules over ${count.toLocaleString('en')} process starts, ${unique ? 'all texts unique' : '6,001 distinct'}`,
    );
    const fresh = new RuleSet(compiled);
    let matched = 0;
    let inside = 0;
    const started = cpuSeconds();
    for await (const batch of readEvents(bytes, {})) {
      for (const record of batch) record.fields.size;
      const before = cpuSeconds();
      for (const record of batch) matched += fresh.positions(record).length;
      inside += cpuSeconds() - before;
    }
    const whole = cpuSeconds() - started;
    line('matching alone', count / inside, 'events/CPU s', ` (${matched} matches)`);
    line('with reading and fields', count / whole, 'events/CPU s');
  }
}

if (!existsSync(CORPUS) || !existsSync(EVENTS))
  say(`The rules and events of this benchmark are not in ${shared}.`);
else {
  const texts = MAIN.flatMap((folder) => files(join(CORPUS, folder), '.yml')).map((path) =>
    readFileSync(path, 'utf8'),
  );
  let rules: SigmaRule[] = [];
  const parse = best(3, () => {
    rules = texts.flatMap((text) => readSigma(text).documents).filter((one) => one.kind === 'rule');
  });
  say(`${rules.length} rules (pySigma 1.5: 683 read, 390–584 read and converted per second)`);
  line('read', rules.length / parse, 'rules/CPU s');
  for (const [backend, pipeline] of [
    ['splunk', 'splunk_windows'],
    ['lucene', 'ecs_windows'],
    ['sqlite', 'none'],
  ] as const) {
    const seconds = best(3, () => rules.forEach((rule) => void convert(rule, { backend, pipeline })));
    line(`converted to ${backend} (${pipeline})`, rules.length / seconds, 'rules/CPU s');
    line(`read and converted to ${backend}`, rules.length / (parse + seconds), 'rules/CPU s');
  }
  let compiled: CompiledRule[] = [];
  const seconds = best(3, () => {
    compiled = rules.map((rule) => compileRule(rule)).filter((rule) => 'matches' in rule);
  });
  line('compiled for matching', rules.length / seconds, 'rules/CPU s');
  await matching(compiled);
}
