/** Published detections over recorded events, against what is known of both. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../content/compile.ts';
import type { Catalog } from '../../content/model.ts';
import { readAll } from '../../events/read/read.ts';
import { type EventRecord, fieldOf } from '../../events/record.ts';
import { RUNNERS, type RuleEnvironment } from '../../tester/index.ts';
import { collectEvidence } from './collect.ts';
import { environmentFrom, environmentSpec } from './task.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const CORPUS = join(SHARED, 'corpus', 'security_content');
const WINDOWS = join(SHARED, 'events', 'windows');
const ATTACK_DATA = join(SHARED, 'events', 'attack_data');
const SIGMA = join(SHARED, 'corpus', 'sigma');
const REGRESSION = join(SHARED, 'events', 'sigma_regression');
const present = [SIGMA, REGRESSION, CORPUS, WINDOWS, ATTACK_DATA].every((folder) => existsSync(folder));

interface Pair {
  detection_name: string;
  detection_id: string;
  dataset: string;
  match_eids: number[];
  by_fields: string[];
  rows_when_all_by_fields_present: number;
}

/**
 * Row counts that differ from the expected ones, each with the reason. The events are the same in every pair.
 * These files carry `Hashes` and no `IMPHASH`, so whoever counted had no row with all of the grouping's fields; the
 * Sysmon add-on cuts IMPHASH out of Hashes, so there are rows.
 */
const OTHER_ROWS: ReadonlyMap<string, number> = new Map([
  ['Windows Executable in Loaded Modules / evtxas__privilege_escalation.ndjson.gz', 1],
  ['Windows Executable in Loaded Modules / otrf__psh_register_cimprovider_execute_dll.ndjson.gz', 6],
]);

/** Detections that cannot fire on the events given for them, each with the reason why no engine could let them. */
const CANNOT_FIRE: ReadonlyMap<string, string> = new Map([
  [
    'Windows AD Abnormal Object Access Activity',
    'asks for a count above the mean plus three standard deviations, over users; the log has two users, and of two values none is further than 0.71 deviations from their mean',
  ],
  [
    'Log4Shell CVE-2021-44228 Exploitation',
    'asks for two sources per risk object; in the log each risk object appears with one search_name only',
  ],
]);

function lines<T>(folder: string): T[] {
  const path = join(folder, 'expected.ndjson');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

describe.skipIf(!present)('recorded events (skipped without ../shared)', () => {
  let catalog: Catalog;
  let environment: RuleEnvironment;

  beforeAll(async () => {
    catalog = await compile([CORPUS]);
    environment = environmentFrom(environmentSpec(catalog, [CORPUS]));
  }, 120_000);

  const pairs = lines<Pair>(WINDOWS);
  const datasets = [...new Set(pairs.map(({ dataset }) => dataset))];

  it.each(datasets)('%s: exactly the events that meet each rule, and its rows', async (dataset) => {
    const { records } = await readAll(readFileSync(join(WINDOWS, dataset)), { name: dataset });
    const eid = (at: number) => Number(fieldOf(records[at]!, '_eid'));
    const complete = (record: EventRecord, fields: string[]) =>
      fields.every((field) => fieldOf(record, field) !== undefined);
    for (const pair of pairs.filter((each) => each.dataset === dataset)) {
      const detection = catalog.detections.find(({ id }) => id === pair.detection_id)!;
      const run = RUNNERS[detection.language].run(detection, records, environment);
      expect(run.error, pair.detection_name).toBeUndefined();
      expect(run.matched().map(eid), pair.detection_name).toEqual(pair.match_eids);
      // A default that the data model fills in is no field of the event.
      const rows = run.rows.filter((_, row) =>
        run.eventsOf(row).every((event) => complete(records[event]!, pair.by_fields)),
      );
      const key = `${pair.detection_name} / ${dataset}`;
      expect(rows.length, key).toBe(OTHER_ROWS.get(key) ?? pair.rows_when_all_by_fields_present);
    }
  });

  it('has all pairs', () => {
    expect(pairs.length).toBe(69);
  });

  it('attack_data: detections fire on the raw logs that they are published with', async () => {
    const names = lines<{ detection_name: string }>(ATTACK_DATA).map((line) => line.detection_name);
    expect(names.length).toBe(7);
    const detections = catalog.detections.filter(({ name }) => names.includes(name));
    const evidence = await collectEvidence(catalog, {
      roots: [CORPUS],
      detections,
      mirror: ATTACK_DATA,
      jobs: 1,
    });
    const statuses = detections.map(({ name }, at) => [name, evidence.detections[at]!.status]);
    expect(Object.fromEntries(statuses)).toEqual(
      Object.fromEntries(names.map((name) => [name, CANNOT_FIRE.has(name) ? 'failing' : 'passing'])),
    );
  });

  it('regression data: every Sigma rule that has a log fires on it', async () => {
    const rules = await compile([SIGMA]);
    const detections = rules.detections.filter(({ tests }) => tests.length > 0);
    const options = { roots: [SIGMA], detections, mirror: REGRESSION, jobs: 1 };
    const { summary } = await collectEvidence(rules, options);
    expect(summary).toMatchObject({ passing: 115, failing: 0, error: 0, impossible: 0 });
  });
});
