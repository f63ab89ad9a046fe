import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataModels as modelsThatComeAlong } from '../../events/cim/data-models.ts';
import { readAll } from '../../events/read/read.ts';
import { cimProvider, lineage, prepare, run, type Table, tableFromRecords, whyNot } from '../../spl/index.ts';
import { readContent } from './detection.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/security_content', import.meta.url));
const folder = fileURLToPath(new URL('../../../../shared/events/windows/', import.meta.url));

interface Expected {
  detection_id: string;
  detection_name: string;
  dataset: string;
  expected_match_count: number;
  match_eids: number[];
  match_eids_truncated: boolean;
  rows_when_all_by_fields_present: number;
  matches_missing_a_by_field: number;
}

/** Steps that put rows together; what went in is what the detection matched. */
const GROUPING = new Set(['stats', 'tstats', 'transaction', 'dedup']);

describe.skipIf(!existsSync(folder))('Windows event sets (skipped without ../shared/events)', () => {
  it('give each detection the events that an independent predicate says it must match', async () => {
    const { catalog, macros, lookups, models } = await readContent([corpus]);
    const tables = new Map<string, Table>();
    const dataModels = cimProvider(modelsThatComeAlong());
    const wrong: string[] = [];
    let checked = 0;
    for (const line of readFileSync(`${folder}expected.ndjson`, 'utf8').trim().split('\n')) {
      const expected = JSON.parse(line) as Expected;
      const detection = catalog.detections.find(({ id }) => id === expected.detection_id);
      if (detection === undefined) continue;
      let events = tables.get(expected.dataset);
      if (events === undefined) {
        const bytes = gunzipSync(readFileSync(folder + expected.dataset));
        events = tableFromRecords(
          (await readAll(bytes, { name: expected.dataset.replace('.gz', '') })).records,
        );
        tables.set(expected.dataset, events);
      }
      const result = run(
        prepare(detection.search, { macros }),
        { events },
        { trace: true, dataModels, lookups, models },
      );
      const at = result.steps.findIndex(
        ({ trace }) =>
          GROUPING.has(trace.command) && (trace.step === 'command' || trace.step === 'aggregate'),
      );
      // A detection that filters its groups once more can only be held to the rows that come out.
      const again = at !== -1 && result.steps.slice(at + 1).some(({ trace }) => trace.rowsOut < trace.rowsIn);
      const matched = again ? result.table.size : (result.steps[at]?.trace.rowsIn ?? result.table.size);
      const wantedCount = again ? expected.rows_when_all_by_fields_present : expected.expected_match_count;
      checked += 1;
      if (matched !== wantedCount || result.error !== undefined) {
        wrong.push(
          `${expected.detection_name} on ${expected.dataset}: ${matched} instead of ${wantedCount} ${result.error?.message ?? ''}`,
        );
        continue;
      }
      // Events of the result lead back to the ones that had to match, and those are not "dropped".
      if (result.table.size > 0 && !expected.match_eids_truncated) {
        const wanted = new Set(expected.match_eids.map(String));
        for (const event of lineage(result, 0)) {
          if (!wanted.has(String(events.value(event, '_eid'))))
            wrong.push(`${expected.detection_name}: lineage to event ${event}`);
          else if (whyNot(result, event).kind !== 'in-result')
            wrong.push(`${expected.detection_name}: whyNot of event ${event}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBe(69);
  }, 240_000);
});
