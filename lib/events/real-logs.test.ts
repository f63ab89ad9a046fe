import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dataModels } from './cim/data-models.ts';
import { readerOf } from './cim/dataset.ts';
import { readAll } from './read/read.ts';
import type { EventRecord } from './record.ts';

const shared = fileURLToPath(new URL('../../../shared', import.meta.url));
const absent = existsSync(shared) ? '' : ' (skipped: no ../shared beside the checkout)';

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
const load = (path: string): Uint8Array => new Uint8Array(readFileSync(path));

describe.skipIf(absent !== '')(`.evtx files and their JSON twins${absent}`, () => {
  const root = join(shared, 'events/sigma_regression');
  /** The twins state times to the microsecond. */
  const shown = (name: string, value: unknown) =>
    name === 'SystemTime' || name === 'TimeCreated' ? String(value).replace(/(\.\d{6})\d*/, '$1') : value;
  const facts = (record: EventRecord) =>
    [...record.fields]
      .filter(([name]) => !name.endsWith('_Xml'))
      .map(([name, value]) => [name, shown(name, value)])
      .sort();

  test('115 of 115 give the same records and values', async () => {
    const logs = filesUnder(root).filter((file) => file.endsWith('.evtx'));
    expect(logs).toHaveLength(115);
    let records = 0;
    for (const log of logs) {
      const own = await readAll(load(log));
      const twin = await readAll(load(log.replace(/\.evtx$/, '.json')));
      expect(own.summary).toMatchObject({ format: 'evtx', skipped: [], warnings: [] });
      expect(own.records.map(facts), relative(root, log)).toEqual(twin.records.map(facts));
      for (const [at, record] of own.records.entries())
        expect(record.time).toBeCloseTo(twin.records[at]?.time ?? 0, 5);
      records += own.records.length;
    }
    expect(records).toBe(140);
  });
});

describe.skipIf(absent !== '')(`logs as Splunk indexes them${absent}`, () => {
  const root = join(shared, 'events/attack_data');
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const STAMP = /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d [AP]M\r?$/gm;
  /** How many events a file holds, counted without the reader. */
  const EXPECTED: Record<string, (text: string) => number> = {
    'xml-winevent': (text) => count(text, /<Event[ >]/g) + count(text, STAMP),
    'winevent-kv': (text) => count(text, STAMP),
    // One of the files has two objects in one line.
    ndjson: (text) => count(text, /(?:^|\}[ \t]*)\{/gm),
    auditd: (text) => count(text, /^type=/gm),
    syslog: (text) => count(text, /^\S/gm),
    text: (text) => count(text, text.startsWith('Audit:[') ? /^Audit:\[/gm : /^.*\S/gm),
    csv: () => 12,
  };

  test('no record is lost, and what is none is said', async () => {
    let total = 0;
    const skipped: string[] = [];
    const formats = new Map<string, number>();
    for (const file of filesUnder(root)) {
      const bytes = load(file);
      const { records, summary } = await readAll(bytes, { name: relative(root, file) });
      const expected = EXPECTED[summary.format]?.(new TextDecoder().decode(bytes));
      expect([relative(root, file), summary.counts.records]).toEqual([relative(root, file), expected]);
      for (const record of records) expect(record.fields).toBeDefined();
      expect(summary.warnings.filter(({ severity }) => severity === 'error')).toEqual([]);
      for (const { reason } of summary.skipped) skipped.push(`${relative(root, file)}: ${reason}`);
      formats.set(summary.format, (formats.get(summary.format) ?? 0) + 1);
      total += records.length;
    }
    expect(total).toBe(2923);
    // Headings that somebody typed between the events of this file.
    expect(new Set(skipped)).toEqual(
      new Set(['attack_techniques/T1649/certify_abuse/certify_esc1_abuse.log: Text between events.']),
    );
    expect(Object.fromEntries(formats)).toMatchObject({ csv: 1, auditd: 2 });
  });
});

/** Why a sample log cannot give some fields that its file lists: the list was made from other events than the sample. */
const NOT_IN_SAMPLE: Record<string, string> = {
  'aws_cloudtrail_deletealarms.yml':
    'fields of network ACL, image and key calls; the sample is a DeleteAlarms call',
  'aws_cloudtrail_deletesnapshot.yml':
    'fields of network ACL, image and key calls; the sample is a DeleteSnapshot call',
  'crowdstrike_processrollup2.yml':
    'host details and flag meanings come from look-ups that the add-on fills from the vendor',
  'splunk.yml': 'dest is the indexer',
  'windows_active_directory_admon.yml':
    'the sample is a Security 4688 event, the fields are those of an Active Directory monitor',
  'windows_event_log_defender_1121.yml': 'the values are empty in the sample',
};

describe.skipIf(absent !== '')(`sample logs of the data sources${absent}`, () => {
  const root = join(shared, 'corpus/security_content/data_sources');
  /** What only an indexer adds. */
  const INDEXER =
    /^(?:date|date_.*|punct|linecount|timeendpos|timestartpos|splunk_server.*|tag|tag::.*|eventtype|_time|_raw|host|source|sourcetype|index|timestamp)$/;

  /** A sample that was cut upstream: XML without its end, a bare time, JSON that does not parse. */
  function cut(log: string): boolean {
    const text = log.trim();
    if (/^\d\d\/\d\d\/\d{4} [\d:]+ [AP]M$/.test(text)) return true;
    if (text.startsWith('<Event')) return !text.endsWith('</Event>');
    if (!text.startsWith('{')) return false;
    try {
      JSON.parse(text);
      return false;
    } catch {
      return true;
    }
  }

  test('each whole sample gives at least 95 % of the fields its file lists', async () => {
    const figures = { samples: 0, cut: 0, enough: 0 };
    const short: Record<string, string[]> = {};
    for (const file of readdirSync(root)
      .filter((name) => name.endsWith('.yml'))
      .sort()) {
      const source: { example_log?: string; fields?: string[]; sourcetype?: string; source?: string } = parse(
        readFileSync(join(root, file), 'utf8'),
      );
      const log = source.example_log ?? '';
      if (log.trim() === '' || source.fields === undefined) continue;
      figures.samples++;
      const { records, summary } = await readAll(new TextEncoder().encode(log), {
        sourcetype: source.sourcetype,
        source: source.source,
      });
      if (cut(log)) {
        figures.cut++;
        expect(summary.counts.records + summary.counts.skipped, file).toBeGreaterThan(0);
        continue;
      }
      expect(summary.skipped, file).toEqual([]);
      const have = new Set(records.flatMap(({ fields }) => [...fields.keys()]));
      const listed = [...new Set(source.fields)].filter((name) => !INDEXER.test(name));
      const missing = listed.filter((name) => !have.has(name));
      if (missing.length <= listed.length * 0.05) figures.enough++;
      else short[file] = missing;
    }
    expect(Object.keys(short).sort()).toEqual(Object.keys(NOT_IN_SAMPLE).sort());
    expect(figures).toMatchInlineSnapshot(`
      {
        "cut": 23,
        "enough": 166,
        "samples": 195,
      }
    `);
  });
});

describe.skipIf(absent !== '')(`Windows event sets with fields extracted already${absent}`, () => {
  const root = join(shared, 'events/windows');

  test('every event that a detection must match is in the dataset it reads', async () => {
    const models = dataModels();
    const expected = readFileSync(join(root, 'expected.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { dataset: string; event_class: string; match_eids: number[] });
    const cache = new Map<string, EventRecord[]>();
    let checked = 0;
    // The smaller sets: all of them together are 300 MB.
    for (const { dataset, event_class: kind, match_eids: eids } of expected.filter(({ dataset }) =>
      dataset.startsWith('evtx'),
    )) {
      const records =
        cache.get(dataset) ?? (await readAll(load(join(root, dataset)), { name: dataset })).records;
      cache.set(dataset, records);
      for (const eid of eids) {
        const record = records[eid];
        expect(record?.fields.get('_eid')).toBe(String(eid));
        if (record === undefined) continue;
        const [model = '', name] = kind.split('.');
        const held =
          name === undefined
            ? kindOf(record).includes(kind)
            : models.dataset(model, name)?.accepts(readerOf(record));
        expect(held, `${dataset} ${eid} ${kind}`).toBe(true);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(60);
  });

  const kindOf = (record: EventRecord): string[] => [
    ...(/sysmon/i.test(record.source) ? ['sysmon'] : []),
    ...(/powershell/i.test(record.source) ? ['powershell'] : []),
    ...record.eventtype,
  ];
});
