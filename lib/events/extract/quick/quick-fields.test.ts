import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonEvent, xmlEvent } from '../../../../bench/events.inputs.ts';
import { defaultFields } from '../../default-fields.ts';
import { readAll } from '../../read/read.ts';
import { type EventRecord, fieldOf, METADATA_FIELDS, type ReadOptions } from '../../record.ts';
import { QuickFields } from './quick-fields.ts';
import type { Cell } from './quick-program.ts';

const encoder = new TextEncoder();

const plainCell = (record: EventRecord, name: string): Cell =>
  name === '_time' ? record.time : (fieldOf(record, name) ?? null);

/** Reads the bytes twice, once quickly and once plainly, and compares every field; gives how many were read quickly. */
async function compare(
  bytes: Uint8Array,
  options: ReadOptions = {},
  choose: (names: string[]) => string[] = (names) => names,
): Promise<{ quick: number; all: number }> {
  const { records: plainly } = await readAll(bytes, options);
  const { records: quickly } = await readAll(bytes, options);
  const names = choose([
    ...new Set([
      ...METADATA_FIELDS,
      ...defaultFields(),
      ...plainly.flatMap(({ fields }) => [...fields.keys()]),
    ]),
  ]);
  const fields = new QuickFields();
  // Several readings over the same kinds of text, as a search that is edited makes them.
  let left = 0;
  for (const some of [names, names.slice(0, 3), ...names.slice(-12).map((name) => [name])]) {
    let plain = 0;
    const reading = fields.reading(some, () => {
      plain += 1;
    });
    for (const [at, record] of quickly.entries()) {
      const wanted = some.map((name) => plainCell(plainly[at]!, name));
      expect([...reading(record)], `${record.number}: ${plainly[at]!.raw.slice(0, 300)}`).toEqual(wanted);
    }
    if (some !== names) left = Math.max(left, plain);
    for (const record of quickly) if ('release' in record) (record.release as () => void)();
  }
  return { quick: quickly.length - left, all: quickly.length };
}

const lines = (texts: readonly string[], end = '\n') =>
  encoder.encode(texts.map((text) => text + end).join(''));

describe('fields read quickly', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom(
      '',
      ' ',
      'C:\\x\\y',
      '\u0000',
      '\\',
      '"',
      'é',
      '日本',
      '😀',
      'a/b',
      '\u00a0',
      '%ASA-6-1: x',
      '1A2B3C4D-0000-1111-2222-333344445555',
      '12',
      'Sysmon',
    ),
  );
  const value: fc.Arbitrary<unknown> = fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.constantFrom(2 ** 60, -0, 1e300, true, false, null),
  );
  const name = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(
      'a',
      'b',
      'c',
      '_time',
      'host',
      'source',
      'sourcetype',
      'index',
      'date_hour',
      'event_type',
      'flow_id',
      'Channel',
      'EventID',
      'Computer',
      '__proto__',
      'constructor',
      'kind',
      'timestamp',
    ),
  );
  const { event } = fc.letrec<{ node: unknown; event: object }>((tie) => ({
    node: fc.oneof(
      { weight: 5, arbitrary: value },
      { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 3 }) },
      { weight: 1, arbitrary: tie('event') },
    ),
    event: fc.dictionary(name, tie('node'), { maxKeys: 5 }),
  }));
  const spelt = (object: object, how: number): string => {
    const plain = JSON.stringify(object);
    if (how === 1) return plain.replace(/[a-z]/g, (char) => (char === 'a' ? '\\u0061' : char));
    if (how === 2) return plain.replaceAll(':', ' : ').replaceAll(',', ' ,\t');
    return plain;
  };

  it('equal those of the plain extraction, for any JSON, escapes, line ends and torn lines', async () => {
    const line = fc.oneof(
      { weight: 8, arbitrary: fc.tuple(event, fc.nat(4)).map(([object, how]) => spelt(object, how)) },
      {
        weight: 2,
        arbitrary: fc.tuple(event, fc.nat(200)).map(([object, cut]) => JSON.stringify(object).slice(0, cut)),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '{"a":"1","a":"2"}',
          '{"a":01}',
          '{"a":"\\q"}',
          '{"a":1e5}',
          '{"a":"\t"}',
          '{"a":{"b":1}}{"a":2}',
          '{"a":tru}',
          '{"a":nulll}',
        ),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), fc.boolean(), async (texts, crlf) => {
        // Each twice with other values in between, so that kinds of text are met again.
        await compare(lines(['{"a":"first"}', ...texts, ...texts], crlf ? '\r\n' : '\n'));
      }),
      { numRuns: 250, seed: 11 },
    );
  });

  it('equal those of the plain extraction where bytes are changed at random', async () => {
    const made = [jsonEvent(1), jsonEvent(2), xmlEvent(1), xmlEvent(2)].map((one) => encoder.encode(one));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 4 }),
        async (which, changes) => {
          const one = made[which]!;
          const changed = one.slice();
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          const all = new Uint8Array(one.length * 2 + changed.length * 2);
          for (const [at, part] of [one, changed, one, changed].entries())
            all.set(part, [0, one.length, one.length + changed.length, one.length * 2 + changed.length][at]);
          await compare(all);
        },
      ),
      { numRuns: 250, seed: 12 },
    );
  });

  it('are those of a stated sourcetype, host and index too', async () => {
    const objects = Array.from({ length: 20 }, (_, n) => ({
      kind: n % 3 ? 'Event' : 'x',
      auditID: n,
      user: { username: `u${n}` },
    }));
    await compare(lines(objects.map((object) => JSON.stringify(object))), {
      sourcetype: 'kube:audit',
      host: 'h',
      index: 'k8s',
    });
    await compare(lines(objects.map((object) => JSON.stringify(object))), {
      sourcetype: 'XmlWinEventLog',
      source: 's',
    });
  });

  it('are found without extracting the others, in logs of one kind', async () => {
    const json = lines(Array.from({ length: 300 }, (_, n) => jsonEvent(n).trim()));
    expect(await compare(json)).toEqual({ quick: 300, all: 300 });
    const xml = encoder.encode(Array.from({ length: 300 }, (_, n) => xmlEvent(n)).join(''));
    // Parts of the text that are fields as a whole are cut out of it the plain way.
    const values = (names: string[]) => names.filter((one) => !one.endsWith('_Xml'));
    expect(await compare(xml, {}, values)).toEqual({ quick: 300, all: 300 });
  });

  it('stop being learnt where each event is of a kind of its own', async () => {
    const texts = Array.from({ length: 400 }, (_, n) => JSON.stringify({ [`only_${n}`]: n, b: 'x' }));
    expect((await compare(lines(texts))).quick).toBeLessThan(400);
  });

  const logs = '../shared/events';
  it.skipIf(!existsSync(logs))('equal those of the plain extraction in recorded logs', async () => {
    const found = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?:attack_data|sigma_regression|windows).*\.(?:evtx|log|json|ndjson|xml|gz)$/.test(file),
    );
    expect(found.length).toBeGreaterThan(20);
    for (const file of found.filter((_, at) => at % 6 === 0)) {
      const bytes = readFileSync(join(logs, file));
      const plain = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      if (plain.length > 4 << 20) continue;
      await compare(plain, { name: file }, (names) => names.slice(0, 60));
    }
  });
});
