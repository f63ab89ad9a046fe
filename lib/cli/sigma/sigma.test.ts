import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main as convert } from '../commands/convert.ts';
import { main as match } from '../commands/match.ts';
import { called } from '../test-io.ts';

let folder = '';

const call = async (command: typeof convert, ...args: string[]) => {
  const done = await called(command, ...args);
  const lines = () =>
    done.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...done, lines };
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-'));
  const rule = (id: string, value: string) =>
    `title: T\nid: ${id}\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {Image|endswith: ${value}}\n  condition: s\n`;
  writeFileSync(join(folder, 'a.yml'), rule('11111111-1111-1111-1111-111111111111', "'\\a.exe'"));
  writeFileSync(
    join(folder, 'b.yml'),
    'title: Bad\nlogsource: {product: windows}\ndetection: {s: {a|nothing: 1}, condition: s}\n',
  );
  const event = (image: string) =>
    JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: image });
  writeFileSync(join(folder, 'events.ndjson'), `${event('C:\\b.exe')}\n${event('C:\\A.EXE')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('sightline convert', () => {
  it('says where in the file it could not go on', async () => {
    const path = join(folder, 'place.yml');
    writeFileSync(
      path,
      'title: N\nlogsource: {product: x}\ndetection:\n  s: {a: b}\n  condition: s | near s\n',
    );
    const { code, err: said } = await call(convert, path, '--to', 'splunk');
    expect(code).toBe(1);
    expect(said).toMatch(`${path}:5:16: splunk: convert-near: `);
    const { lines } = await call(convert, path, '--to', 'splunk', '--format', 'ndjson');
    expect(lines()).toMatchObject([{ error: { code: 'convert-near', position: { line: 5, column: 16 } } }]);
    rmSync(path);
    const legacy = await call(convert, folder, '--to', 'all', '--mode', 'legacy', '--pipeline', 'none');
    expect(legacy).toMatchObject({ code: 2, err: expect.stringContaining('--pipeline') });
  });

  it('prints a line for each rule and backend', async () => {
    const { code, lines } = await call(
      convert,
      folder,
      '--to',
      'splunk,kusto',
      '--pipeline',
      'none',
      '--format',
      'ndjson',
    );
    expect(code).toBe(1);
    expect(lines()).toMatchObject([
      {
        path: join(folder, 'a.yml'),
        id: '11111111-1111-1111-1111-111111111111',
        backend: 'splunk',
        format: 'default',
        pipeline: 'none',
        output: 'Image="*\\\\a.exe"',
      },
      { backend: 'kusto', output: 'Image endswith "\\\\a.exe"' },
      {
        path: join(folder, 'b.yml'),
        id: null,
        backend: 'splunk',
        error: { code: 'sigma-modifier-unknown', range: {} },
      },
      { backend: 'kusto', error: { code: 'sigma-modifier-unknown' } },
    ]);
  });

  it('has the old backends', async () => {
    const { code, lines } = await call(
      convert,
      join(folder, 'a.yml'),
      '--to',
      'all',
      '--mode',
      'legacy',
      '--format',
      'ndjson',
    );
    expect(code).toBe(0);
    expect(lines().map(({ backend }) => backend)).toEqual([
      'powershell',
      'es-qs',
      'xpack-watcher',
      'graylog',
      'splunk',
      'logpoint',
      'grep',
    ]);
  });

  it('prints queries alone when there is one target', async () => {
    expect((await call(convert, join(folder, 'a.yml'), '--to', 'duckdb')).out).toBe(
      "SELECT * FROM events WHERE Image ILIKE '%\\\\a.exe' ESCAPE '\\'\n",
    );
  });

  it.each([
    [['--to', 'splunk']],
    [['x.yml', '--to', 'splunk']],
    [['.', '--to', 'nothing']],
    [['.', '--to', 'splunk', '--pipeline', 'x']],
  ])('refuses %j', async (args) => {
    const { code, err: said } = await call(convert, ...args);
    expect(code).toBe(2);
    expect(said).not.toBe('');
  });
});

describe('sightline convert, odd inputs', () => {
  const file = (name: string, text: string) => {
    const path = join(folder, 'odd', name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const one = (id: string, more = '') =>
    `title: T\nid: ${id}\n${more}logsource: {product: x}\ndetection: {s: {a: b}, condition: s}\n`;
  const ids = ['22222222-2222-2222-2222-222222222222', '33333333-3333-3333-3333-333333333333'];
  const ndjson = (path: string, ...more: string[]) =>
    call(convert, path, '--to', 'splunk', '--pipeline', 'none', '--format', 'ndjson', ...more);

  it('say what is not YAML, and that a file is empty', async () => {
    for (const [text, code] of [
      ['a: [', 'yaml-syntax'],
      ['', 'sigma-empty'],
      ['\u0000\u0001', 'yaml-syntax'],
      ['just words', 'sigma-not-a-rule'],
    ]) {
      const { code: exit, lines } = await ndjson(file('bad.yml', text!));
      expect(exit).toBe(1);
      expect(lines()).toMatchObject([{ id: null, backend: 'splunk', error: { code } }]);
    }
  });

  it('print a line for each document, and for one that cannot be read', async () => {
    const text = `${one(ids[0]!)}---\ntitle: Lost\nid: x\ndetection: {condition: s}\n---\n${one(ids[1]!)}`;
    const { code, lines } = await ndjson(file('several.yml', text));
    expect(code).toBe(1);
    expect(lines().flatMap(({ id, output }) => (output === undefined ? [] : [[id, output]]))).toEqual(
      ids.map((id) => [id, 'a="b"']),
    );
    expect(lines().filter(({ error }) => error !== undefined)).toHaveLength(1);
  });

  it('join filters to the rules that they name', async () => {
    const filter = `title: F\nlogsource: {product: x}\nfilter: {rules: [${ids[0]}], selection: {c: d}, condition: not selection}\n`;
    const { code, lines } = await ndjson(file('filtered.yml', `${one(ids[0]!)}---\n${filter}`));
    expect(lines()).toMatchObject([{ id: ids[0], output: 'a="b" NOT c="d"' }]);
    expect(code).toBe(0);
  });

  it('join filters of other files, whose own rules are not converted', async () => {
    const rule = file('two.yml', `${one(ids[0]!)}---\n${one(ids[1]!)}`);
    const filter = `title: F\nlogsource: {product: x}\nfilter: {rules: any, selection: {c: d}, condition: not selection}\n`;
    const filters = file('filters/f.yml', `${filter}---\n${one(ids[0]!)}`);
    const to = [rule, '--to', 'splunk', '--pipeline', 'none'];
    const said = await call(convert, ...to, '--filter', filters, '--filter', join(folder, 'odd', 'filters'));
    expect([said.code, said.out]).toEqual([0, 'a="b" NOT c="d"\n\na="b" NOT c="d"\n']);
    const [bare, missing] = [
      await call(convert, ...to, '--filter', rule),
      await call(convert, ...to, '--filter', 'x'),
    ];
    expect(bare.out).toBe('a="b"\n\na="b"\n');
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('x does not exist')]);
    const none = await call(convert, filters, '--to', 'splunk', '--filter', file('none.yml', one(ids[1]!)));
    expect([none.code, none.out, none.err]).toEqual([2, '', expect.stringContaining('holds no filter')]);
  });

  it('refuse an empty folder, a missing file before any output, and an unknown format', async () => {
    const good = file('good.yml', one(ids[0]!));
    mkdirSync(join(folder, 'odd', 'empty'), { recursive: true });
    for (const args of [
      [join(folder, 'odd', 'empty'), '--to', 'splunk'],
      [good, join(folder, 'missing.yml'), '--to', 'splunk'],
      [good, '--to', 'splunk:nothing'],
      [good, '--to', 'splunk', '--format', 'xml'],
      [good, '--to', 'splunk', '--mode', 'new'],
    ]) {
      const { code, out: printed, err: said } = await call(convert, ...args);
      expect([code, printed]).toEqual([2, '']);
      expect(said).not.toBe('');
    }
    expect((await call(match, join(folder, 'odd', 'empty'), '--events', good)).code).toBe(2);
    expect((await call(match, good, '--events', folder)).code).toBe(2);
  });

  it('take pipelines of the content', async () => {
    const rule = file('rule.yml', one(ids[0]!));
    const pipeline = file('pipelines/own.yml', 'name: own\nparts:\n- fields: {a: renamed}\n');
    const content = ['--content', join(folder, 'odd')];
    const own = await call(convert, rule, '--to', 'splunk', '--pipeline', 'own', ...content);
    expect([own.code, own.out, own.err]).toEqual([0, 'renamed="b"\n', '']);
    expect((await call(convert, '--list', ...content)).out).toContain('own');
    writeFileSync(pipeline, 'name: own\nparts:\n- feilds: {a: renamed}\n');
    const broken = await call(convert, rule, '--to', 'splunk', '--pipeline', 'own', ...content);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain(`${pipeline}:3:3: pipeline-key-unknown: `);
    rmSync(pipeline);
  });
});

describe('sightline match', () => {
  it('prints the records of every rule that matched', async () => {
    const file = join(folder, 'events.ndjson');
    const { lines, err } = await call(match, folder, '--events', file, file, '--format', 'ndjson');
    expect(lines()).toEqual(
      [file, file].map((one) => ({
        id: '11111111-1111-1111-1111-111111111111',
        path: join(folder, 'a.yml'),
        file: one,
        records: [1],
      })),
    );
    expect(err).toContain('sigma-modifier-unknown');
  });

  it('counts over all files, and tells the records of each', async () => {
    const base = (id: string, more: string) =>
      `title: T\nid: ${id}\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {Image|endswith: .exe}\n  condition: ${more}\n`;
    const counting = join(folder, 'counting');
    mkdirSync(counting);
    writeFileSync(join(counting, 'old.yml'), base('44444444-4444-4444-4444-444444444444', 's | count() > 3'));
    writeFileSync(join(counting, 'base.yml'), base('55555555-5555-5555-5555-555555555555', 's'));
    writeFileSync(
      join(counting, 'correlation.yml'),
      'title: C\nid: 66666666-6666-6666-6666-666666666666\ncorrelation:\n  type: event_count\n  rules: [55555555-5555-5555-5555-555555555555]\n  timespan: 1m\n  condition: {gte: 3}\n',
    );
    const timed = join(folder, 'timed.ndjson');
    const event = (second: number) =>
      JSON.stringify({
        _time: `2026-01-01T00:0${second}:00Z`,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: 1,
        Image: 'C:\\b.exe',
        UtcTime: `2026-01-01 00:0${second}:00.000`,
      });
    writeFileSync(timed, `${event(0)}\n${event(1)}\n`);
    const { code, lines } = await call(match, counting, '--events', timed, timed, '--format', 'ndjson');
    expect(code).toBe(0);
    const found = lines().map(({ id, file, records }) => [String(id).slice(0, 1), file, records]);
    expect(found).toEqual(
      [timed, timed].flatMap((name) => [
        ['5', name, [0, 1]],
        ['6', name, [0, 1]],
        ['4', name, [0, 1]],
      ]),
    );
  });

  it('refuses what is missing', async () => {
    expect((await call(match, folder)).code).toBe(2);
    expect((await call(match, folder, '--events', 'missing')).code).toBe(2);
  });
});
