import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../content/compile.ts';
import { contentFolder, detectionText, uuid, writeContent } from '../../content/test-folder.ts';
import { EvidenceCache } from '../test/cache.ts';
import { collectEvidence } from '../test/collect.ts';
import { runTasks } from '../test/pool.ts';
import { environmentSpec, type TestTask } from '../test/task.ts';
import { called } from '../test-io.ts';
import { main } from './test.ts';

const call = (...args: string[]) => called(main, ...args);

function tests(expected: number | undefined, data = 'samples/a.ndjson'): string {
  const count = expected === undefined ? '' : `\n    expected_results: ${expected}`;
  return `tests:\n  - name: True positive\n    attack_data:\n      - data: ${data}\n        source: plain\n        sourcetype: plain${count}\n`;
}

const EVENTS = '{"_time":1,"user":"ann","n":"1"}\n{"_time":2,"user":"bob","n":"2"}\n';

function folder(search: string, expected: number | undefined, data?: string): string {
  return contentFolder({
    'detections/endpoint/d.yml': detectionText('D One', uuid(1), search, tests(expected, data)),
    'samples/a.ndjson': EVENTS,
  });
}

describe('sightline test', () => {
  it('ends with 0 when all pass, with 1 when one fails or cannot be run to its end, with 2 on wrong usage', async () => {
    expect(await call('--content', folder('n=2', 1))).toMatchObject({ code: 0 });
    const failing = await call('--content', folder('n=2', 2));
    expect(failing.code).toBe(1);
    expect(failing.out).toContain('✗ D One › True positive: 1 result instead of 2');
    expect((await call('--content', folder('n=2', 0))).code).toBe(1);
    expect((await call('--content', folder('n=3', undefined))).code).toBe(1);
    expect((await call('--content', folder('n=2 | where (', 1))).code).toBe(1);
    expect((await call('--content', folder('n=2', 1), '--format', 'xml')).code).toBe(2);
    expect((await call('--content', folder('n=2', 1), '--jobs', '0')).code).toBe(2);
    expect((await call('--content', folder('n=2', 1), '--nonsense')).code).toBe(2);
    expect((await call('--content', folder('n=2', 1), '--attack-data', 'nowhere')).code).toBe(2);
  });

  it('does not fail for what was not at hand', async () => {
    const { code, out } = await call('--content', folder('n=2', 1, 'https://example.test/a.log'));
    expect(code).toBe(0);
    expect(out).toContain('1 × untested: The events are at a URL');
  });

  it('takes patterns: part of a name, a slug, an ID, a path', async () => {
    const content = folder('n=2', 1);
    for (const pattern of [
      'd one',
      'd-one',
      'D*ne',
      uuid(1),
      'endpoint/d.yml',
      join(content, 'detections/endpoint/d.yml'),
    ]) {
      expect((await call('--content', content, pattern)).code, pattern).toBe(0);
    }
    const none = await call('--content', content, 'nothing');
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('nothing');
  });

  it('reads events from a copy of attack_data', async () => {
    const mirror = contentFolder({ 'datasets/T1/a.ndjson': EVENTS });
    const url = 'https://media.githubusercontent.com/media/splunk/attack_data/master/datasets/T1/a.ndjson';
    const { code, out } = await call(
      '--content',
      folder('n=2', 1, url),
      '--attack-data',
      mirror,
      '--format',
      'json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      summary: { passing: 1 },
      detections: [{ line: expect.any(Number) }],
    });
  });
});

describe('collectEvidence', () => {
  it('runs again only what changed: rule, macro or events', async () => {
    const content = folder('n=2 `m`', 1);
    writeContent(content, 'macros/m.yml', 'name: m\ndefinition: user=*\n');
    const cache = new EvidenceCache();
    const run = async () => {
      let ran = 0;
      const catalog = await compile([content]);
      const evidence = await collectEvidence(catalog, {
        roots: [content],
        cache,
        onProgress: (done) => (ran = done),
      });
      return [ran, evidence.detections[0]?.status];
    };
    expect(await run()).toEqual([1, 'passing']);
    expect(await run()).toEqual([0, 'passing']);
    writeContent(content, 'macros/m.yml', 'name: m\ndefinition: user=nobody\n');
    expect(await run()).toEqual([1, 'failing']);
    writeContent(content, 'macros/m.yml', 'name: m\ndefinition: user=*\n');
    writeContent(content, 'samples/a.ndjson', EVENTS.repeat(2));
    expect(await run()).toEqual([1, 'failing']);
    utimesSync(join(content, 'samples/a.ndjson'), new Date(0), new Date(0));
    expect(await run()).toEqual([1, 'failing']);
  });

  it('gives the same evidence over threads as alone', async () => {
    const content = folder('n=2', 1);
    const catalog = await compile([content]);
    const { search, name, tests: declared } = catalog.detections[0]!;
    const tasks: TestTask[] = Array.from({ length: 200 }, (_, at) => ({
      detection: { name, language: 'spl', search: at % 3 === 0 ? 'n=9' : search },
      test: { ...declared[0]!, name: `Test ${at}` },
      samples: [{ data: declared[0]!.data[0]!, path: join(content, 'samples/a.ndjson') }],
    }));
    const spec = environmentSpec(catalog, [content]);
    const timeless = (list: Awaited<ReturnType<typeof runTasks>>) =>
      list.map(({ milliseconds: _milliseconds, ...rest }) => rest);
    const alone = timeless(await runTasks(tasks, spec, 1));
    expect(alone.filter(({ status }) => status === 'passing')).toHaveLength(133);
    expect(timeless(await runTasks(tasks, spec, 2))).toEqual(alone);
  });
});
