import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dataModels as modelsThatComeAlong } from '../../events/cim/data-models.ts';
import { readAll } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import { cimProvider, prepare, run, tableFromRecords } from '../../spl/index.ts';
import { readContent } from './detection.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/security_content', import.meta.url));

/** Detections that cannot run to their end, each with the code that says why. */
const STOPPED: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'model-missing',
    [
      'Abnormally High AWS Instances Launched by User - MLTK',
      'Abnormally High AWS Instances Terminated by User - MLTK',
      'DNS Query Length Outliers - MLTK',
      'Detect DGA domains using pretrained model in DSDL',
      'Detect DNS Data Exfiltration using pretrained model in DSDL',
      'Detect suspicious DNS TXT records using pretrained model in DSDL',
      'Detect suspicious processnames using pretrained model in DSDL',
      'SMB Traffic Spike - MLTK',
      'Unusually Long Command Line - MLTK',
    ],
  ],
  // `summary` lists a trained model's state; `cyberchef` is an add-on's command.
  [
    'command-unsupported',
    [
      'Abnormally High Number Of Cloud Infrastructure API Calls',
      'Abnormally High Number Of Cloud Instances Destroyed',
      'Abnormally High Number Of Cloud Instances Launched',
      'Abnormally High Number Of Cloud Security Group API Calls',
      'SSL Certificates with Punycode',
    ],
  ],
  // Models that the Common Information Model add-on does not have (any more).
  [
    'data-model-unknown',
    ['Detect USB device insertion', 'Identify New User Accounts', 'Suspicious Email - UBA Anomaly'],
  ],
  // Macros of Enterprise Security and of the Common Information Model add-on.
  ['unknown-macro', ['Detection of DNS Tunnels', 'Excessive DNS Failures']],
]);

describe.skipIf(!existsSync(corpus))('published detections (skipped without ../shared/corpus)', () => {
  it('run end to end over the sample events of their data sources, but for those that are named', async () => {
    const { catalog, macros, lookups, models } = await readContent([corpus]);
    const encoder = new TextEncoder();
    const records: EventRecord[] = [];
    for (const { exampleLog, name, sourceName, sourcetype } of catalog.dataSources) {
      if (exampleLog === undefined) continue;
      const read = await readAll(encoder.encode(exampleLog), { name, source: sourceName, sourcetype });
      records.push(...read.records);
    }
    const events = tableFromRecords(records);
    const dataModels = cimProvider(modelsThatComeAlong());
    const stopped = new Map<string, string[]>();
    let ran = 0;
    let withRows = 0;
    for (const { name, search } of catalog.detections) {
      const result = run(
        prepare(search, { macros }),
        { events },
        { dataModels, lookups, models, now: 1_730_000_000 },
      );
      if (result.error === undefined) {
        ran += 1;
        if (result.rows.length > 0) withRows += 1;
      } else stopped.set(result.error.code, [...(stopped.get(result.error.code) ?? []), name]);
    }
    const sorted = [...stopped].map(([code, names]) => [code, names.sort()] as const);
    expect(new Map(sorted)).toEqual(STOPPED);
    expect(catalog.detections.length).toBe(1711);
    expect(ran).toBeGreaterThanOrEqual(1690);
    expect(withRows).toBeGreaterThan(100);
  }, 180_000);
});
