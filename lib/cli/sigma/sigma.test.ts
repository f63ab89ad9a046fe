import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main as convert } from '../commands/convert.ts';
import { main as match } from '../commands/match.ts';

let folder = '';
let out = '';
let err = '';
const io = {
  out: (text: string) => {
    out += text;
  },
  err: (text: string) => {
    err += text;
  },
  interactive: false,
  columns: 80,
};

async function call(command: typeof convert, ...args: string[]) {
  out = '';
  err = '';
  const code = await command(args, io);
  return {
    code,
    out,
    err,
    lines: () =>
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

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

describe('sightline match', () => {
  it('prints the records of every rule that matched', async () => {
    const file = join(folder, 'events.ndjson');
    const { lines } = await call(match, folder, '--events', file, file, '--format', 'ndjson');
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

  it('refuses what is missing', async () => {
    expect((await call(match, folder)).code).toBe(2);
    expect((await call(match, folder, '--events', 'missing')).code).toBe(2);
  });
});
