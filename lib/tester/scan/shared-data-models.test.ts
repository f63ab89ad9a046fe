import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataModels } from '../../events/cim/data-models.ts';
import { prepare, run, Table } from '../../spl/index.ts';
import { cimProvider } from '../../spl/run/datamodel/cim.ts';
import { sharedDataModels } from './shared-data-models.ts';

const word = fc.constantFrom('a.exe', 'b.exe', 'C:\\x\\a.exe', 'root', '');
const event = fc.record(
  {
    _time: fc.integer({ min: 0, max: 9 }),
    host: fc.constantFrom('h1', 'h2'),
    tag: fc.constantFrom<string | string[]>('process', ['process', 'report'], 'network', [
      'report',
      'change',
    ]),
    process: word,
    process_path: word,
    user: fc.oneof(word, fc.array(word, { minLength: 2, maxLength: 2 })),
    parent_process: word,
  },
  { requiredKeys: ['_time', 'tag'] },
);

it('gives over a part of a table what the models give over those events alone', () => {
  const models = cimProvider(dataModels());
  const search = prepare(
    '| tstats count values(Processes.user) as user from datamodel=Endpoint.Processes where Processes.process!=root by Processes.process_name Processes.dest Processes.process host',
  );
  let rows = 0;
  fc.assert(
    fc.property(
      fc
        .array(event, { minLength: 1, maxLength: 40 })
        .chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.array(fc.subarray([...events.keys()]), { minLength: 1, maxLength: 4 }),
          ),
        ),
      ([events, picks]) => {
        const whole = Table.fromRows(events);
        const parts = new Map<Table, Uint32Array>();
        const shared = sharedDataModels(models, whole, (table) => parts.get(table));
        for (const pick of [...picks, [...events.keys()]]) {
          const part = whole.select(Uint32Array.from(pick));
          parts.set(part, Uint32Array.from(pick));
          const alone = Table.fromRows(pick.map((row) => events[row]!));
          const expected = run(search, { events: alone }, { now: 100, dataModels: models });
          const given = run(search, { events: part }, { now: 100, dataModels: shared });
          expect(given.error).toBeUndefined();
          expect(given.rows).toEqual(expected.rows);
          expect(given.fields).toEqual(expected.fields);
          rows += given.rows.length;
        }
      },
    ),
    { numRuns: 150, seed: 3 },
  );
  expect(rows).toBeGreaterThan(300);
});
