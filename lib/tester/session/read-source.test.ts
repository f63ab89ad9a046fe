import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { keptEvents, readSource } from './read-source.ts';
import { TesterSession } from './session.ts';

const SAMPLES = 'content/samples';
const samples = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
  .map((name) => join(SAMPLES, name))
  .filter((file) => /\.(log|ndjson|json|xml|csv)$/.test(file));

it('gives the same events, whether a session reads a sample or takes what was read of it', async () => {
  expect(samples.length).toBeGreaterThan(10);
  for (const file of samples) {
    const source = { name: basename(file), content: { address: '/log' }, source: 'stated' };
    const blob = new Blob([readFileSync(file)]);
    const kept = JSON.stringify(await keptEvents(source, blob));
    const asked: string[] = [];
    const open = () =>
      new TesterSession(async (address) => {
        asked.push(address);
        return address === '/kept' ? new Blob([kept]) : blob;
      });
    const answers = [];
    for (const given of [source, { ...source, events: '/kept' }]) {
      const session = open();
      const { id, ...summary } = await session.read(given);
      await session.run({ rule: { name: 'All', language: 'spl', search: '* | table *' }, sets: [id] });
      answers.push({ summary, ...session.plainEvents(10_000), rows: session.resultRows().rows });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]!.events.length).toBeGreaterThan(0);
    expect(asked).toEqual(['/log', '/kept']);
  }
});

it('keeps all of a record but the way to read it again, and nothing of a long source', async () => {
  const source = { name: 'a.ndjson', content: '' };
  const line = '{"__proto__":"x","10":"b","2":"c","list":["d","e"]}\n';
  const kept = await keptEvents(source, new Blob([line]));
  const { records } = await readSource(source, new Blob([line]));
  expect(new Map(kept!.records[0]!.fields)).toEqual(records[0]!.fields);
  expect(kept!.records[0]!.fields.map(([name]) => name)).toEqual([...records[0]!.fields.keys()]);
  expect(await keptEvents(source, new Blob([line.repeat(50_000)]))).toBeUndefined();
});
