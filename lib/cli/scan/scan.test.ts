import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../content/compile.ts';
import { scanRuleOf } from '../../tester/scan/report.ts';
import { main } from '../commands/scan.ts';
import { PROJECT } from '../settings.ts';
import { environmentSpec } from '../test/task.ts';
import { called } from '../test-io.ts';
import { runScan } from './pool.ts';

let folder = '';

const call = (...args: string[]) => called(main, ...args);

const sigma = (id: string, name: string) =>
  `title: Starts ${name}\nid: ${id}\nlevel: high\nstatus: test\ntags: [attack.execution, attack.t1059.001]\nfalsepositives: ["=unlikely"]\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {Image|endswith: '\\${name}.exe'}\n  condition: s\n`;
const event = (at: number, image: string) =>
  JSON.stringify({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 1,
    Computer: 'host-1',
    Image: `C:\\${image}.exe`,
    CommandLine: `${image} ${at}`,
    SystemTime: new Date(1.7e12 + at * 1000).toISOString(),
  });
const file = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-'));
  writeFileSync(file('a.yml'), sigma('11111111-1111-1111-1111-111111111111', 'a'));
  writeFileSync(file('b.yml'), sigma('22222222-2222-2222-2222-222222222222', 'b'));
  const lines = Array.from({ length: 3000 }, (_, at) => event(at, at % 1000 === 7 ? 'a' : 'c'));
  writeFileSync(file('events.ndjson'), `${lines.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('sightline scan', () => {
  it('prints a line for each rule that fired', async () => {
    const layer = file('layer.json');
    const args = [file('events.ndjson'), '--rules', folder, '--format', 'ndjson', '--navigator', layer];
    const { code, out } = await call(...args);
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        id: '11111111-1111-1111-1111-111111111111',
        name: 'Starts a',
        path: 'a.yml',
        language: 'sigma',
        severity: 'high',
        techniques: ['T1059.001'],
        results: 3,
        events: [7, 1007, 2007].map((record) => ({ file: file('events.ndjson'), record })),
      },
    ]);
    expect(JSON.parse(readFileSync(layer, 'utf8'))).toMatchObject({
      domain: 'enterprise-attack',
      techniques: [{ techniqueID: 'T1059.001', score: 1, comment: 'Starts a' }],
    });
  });

  it('prints text, JSON and CSV', async () => {
    const scan = async (...format: string[]) =>
      (await call(file('events.ndjson'), '--rules', file('a.yml'), ...format)).out;
    const text = await scan();
    expect(text).toContain('high  Starts a  3 results  T1059.001');
    expect(text).toContain('records 7, 1007, 2007');
    expect(text).toContain('1 of 1 rules fired on 3000 events.');
    expect(JSON.parse(await scan('--format', 'json'))).toMatchObject({
      rules: 1,
      events: 3000,
      hits: [{ events: [{ record: 7, host: 'host-1', time: 1.7e9 + 7 }, {}, {}], eventCount: 3 }],
      notRun: [],
      problems: [],
    });
    expect((await scan('--format', 'csv')).split('\n')[1]).toBe(
      'high,Starts a,11111111-1111-1111-1111-111111111111,sigma,a.yml,T1059.001,3,3,2023-11-14T22:13:27.000Z,2023-11-14T22:46:47.000Z,host-1,',
    );
  });

  it('narrows the content by its files and addresses', async () => {
    const args = ['--content', folder, '--rules', 'b*', '--format', 'ndjson'];
    const { code, out, err } = await call(file('events.ndjson'), ...args);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('1 rules');
  });

  it.each([
    [[]],
    [['missing.ndjson']],
    [['EVENTS', '--format', 'xml']],
    [['EVENTS', '--jobs', '0']],
    [['EVENTS', '--rules', 'no-such-rule-*']],
    [['EVENTS', '--nothing']],
  ])('refuses %j', async (args) => {
    const { code, err } = await call(...args.map((arg) => (arg === 'EVENTS' ? file('events.ndjson') : arg)));
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });

  it('says which file could not be read whole, and tells of the others', async () => {
    writeFileSync(file('cut.ndjson.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]));
    const { code, out, err } = await call(file('cut.ndjson.gz'), file('events.ndjson'), '--rules', folder);
    expect(code).toBe(1);
    expect(err).toContain('cut.ndjson.gz: ');
    expect(out).toContain('1 of 2 rules fired');
  });

  it('gives the same over several threads as over one', async () => {
    const roots = [join(PROJECT, 'content'), folder];
    const catalog = await compile(roots);
    const spec = {
      rules: catalog.detections.map(scanRuleOf),
      files: [file('events.ndjson'), file('events.ndjson')],
      environment: environmentSpec(catalog, roots),
    };
    const one = await runScan(spec, 1);
    expect(await runScan(spec, 2, undefined, 0)).toEqual(one);
    expect(one.hits.length).toBeGreaterThan(0);
  }, 60_000);
});
