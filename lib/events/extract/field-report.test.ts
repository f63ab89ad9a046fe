import { expect, test } from 'vitest';
import { describeEvents } from '../describe.ts';
import { readEvents } from '../read/read.ts';
import { fieldGaps } from './field-report.ts';

test('fields that nothing provides are listed with who reads them', async () => {
  const reads = [
    { reader: 'A', field: 'src', sourcetypes: ['aws:cloudtrail'] },
    { reader: 'A', field: 'requestParameters.x', sourcetypes: ['aws:cloudtrail'] },
    { reader: 'A', field: 'mystery', sourcetypes: ['aws:cloudtrail'] },
    { reader: 'B', field: 'mystery', sourcetypes: ['AWS:CloudTrail', 'aws:cloudtrail'].slice(1) },
    { reader: 'C', field: 'process_name', sourcetypes: [], dataset: 'Endpoint.Processes' },
    { reader: 'C', field: 'process_nmae', sourcetypes: [], dataset: 'Endpoint.Processes' },
    { reader: 'D', field: 'sourcetype', sourcetypes: ['unheard:of'] },
  ];
  const observed = new Map([['aws:cloudtrail', new Set(['requestParameters.x'])]]);
  expect(await fieldGaps(reads, observed)).toEqual([
    { field: 'mystery', where: 'aws:cloudtrail', readers: ['A', 'B'] },
    { field: 'process_nmae', where: 'Endpoint.Processes', readers: ['C'] },
  ]);
});

test('an overview counts source types, event codes, times and fields', async () => {
  const lines =
    '{"timestamp":"2023-10-17T01:24:52Z","flow_id":1,"event_type":"flow"}\n{"timestamp":"2023-10-17T01:24:50Z","flow_id":1,"event_type":"http"}\n{"a":1}\n';
  const overview = await describeEvents(readEvents(new TextEncoder().encode(lines)));
  expect(Object.fromEntries(overview.sourcetypes)).toEqual({ suricata: 2, _json: 1 });
  expect(Object.fromEntries(overview.events)).toEqual({ 'suricata flow': 1, 'suricata http': 1 });
  expect(overview).toMatchObject({ earliest: 1697505890, latest: 1697505892, timeless: 1 });
  expect(overview.fields.get('flow_id')).toBe(2);
  expect(overview.summary.counts.records).toBe(3);
});
