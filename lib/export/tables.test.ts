import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../content/compile.ts';
import type { Catalog } from '../content/model.ts';
import { analyticsCsv } from './analytics.ts';
import { fieldRows, pivotingCsv } from './pivoting.ts';

const fixtures = fileURLToPath(new URL('../content/fixtures', import.meta.url));

let catalog: Catalog;
beforeAll(async () => {
  catalog = await compile([fixtures]);
});

describe('which logs have a field', () => {
  it('is a row for each field of each log, and for what enrichments add', () => {
    expect(pivotingCsv(catalog).split('\n')).toEqual([
      'field,category,platform,type,channel,provider,data_needed,enrichment,enrichment requirements',
      '_time,,Windows,Applications and Services Logs,Microsoft-Windows-Sysmon/Operational,,Example Process Creation,,',
      'CommandLine,,Windows,Applications and Services Logs,Microsoft-Windows-Sysmon/Operational,,Example Process Creation,,',
      'ParentUser,,Windows,Applications and Services Logs,Microsoft-Windows-Sysmon/Operational,,Example Process Creation,Parent Of Process,Process Cache',
      'Path,OS Logs,Linux,scripts,scripts.log,scriptd,Example Script Engine,,',
      '',
    ]);
  });

  it('lists a field once, with every log that has it', () => {
    const rows = fieldRows(catalog).map(({ field, sources, enriched }) => [
      field,
      sources.map(({ name }) => name),
      enriched.map(({ source }) => source.name),
    ]);
    expect(rows).toEqual([
      ['_time', ['Example Process Creation'], []],
      ['CommandLine', ['Example Process Creation'], []],
      ['ParentUser', [], ['Example Process Creation']],
      ['Path', ['Example Script Engine'], []],
    ]);
  });
});

describe('what detections cover, read, need and lead to', () => {
  it('is a row for each combination', () => {
    const [header, ...rows]: string[][] = parse(analyticsCsv(catalog));
    expect(header).toHaveLength(15);
    expect(rows.filter((row) => row[3] === 'Shadow Copy Deleted By Rule')).toEqual([
      [
        'Example Customer',
        'TA0040: Impact',
        'T1490: Inhibit System Recovery',
        'Shadow Copy Deleted By Rule',
        '',
        'Windows',
        'Applications and Services Logs',
        'Microsoft-Windows-Sysmon/Operational',
        '',
        'Example Process Creation',
        'Log Process Creations',
        'Parent Of Process',
        'Process Cache',
        '',
        '',
      ],
    ]);
    const g1 = rows.filter((row) => row[3] === 'G1 Shadow Copy Deleted');
    expect(new Set(g1.map((row) => `${row[13]}: ${row[14]}`))).toEqual(
      new Set(['Isolate Host: ', 'Ransomware Playbook: Isolate Host By Hand']),
    );
    expect(rows.every((row) => row.length === 15)).toBe(true);
  });
});
