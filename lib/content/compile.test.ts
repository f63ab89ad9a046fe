import { mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readArtifact, writeArtifact } from './artifact.ts';
import { codes } from './codes.ts';
import { type CompileProgress, compile, createCache } from './compile.ts';
import { contentFolder, detectionText, uuid, writeContent } from './test-folder.ts';

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));

describe('compile', () => {
  it('gives the same catalog for the same input', async () => {
    const first = JSON.stringify(await compile([fixtures]));
    expect(JSON.stringify(await compile([fixtures]))).toBe(first);
  });

  it('reads pipelines, and says which cannot be used', async () => {
    const { pipelines, diagnostics } = await compile([
      contentFolder({
        'pipelines/a.yml': 'name: ours\nparts:\n  - fields: {Image: exe}\n',
        'pipelines/b.yml': 'name: ours\nparts: []\n',
        'pipelines/c.yml': 'name: other\n',
      }),
    ]);
    expect(pipelines).toMatchObject([{ name: 'ours', parts: [{ fields: { Image: 'exe' } }] }]);
    expect(diagnostics.map(({ code, path, root }) => [code, path, root])).toEqual([
      ['pipeline-name-taken', 'pipelines/b.yml', 0],
      ['pipeline-key-missing', 'pipelines/c.yml', 0],
    ]);
  });

  it('gives with a cache what it gives without, also after changes', async () => {
    const folder = contentFolder({
      'detections/a.yml': detectionText('A', uuid(1), '`where` | stats count by host'),
      'detections/b.yml': detectionText('B', uuid(2), '`where` | lookup hosts host'),
      'macros/where.yml': 'name: where\ndefinition: index=one\ndescription: x\n',
      'lookups/hosts.yml': 'name: hosts\nfilename: hosts.csv\ndescription: x\n',
      'lookups/hosts.csv': 'host,name\na,b\n',
    });
    const cache = createCache();
    const same = async () => {
      const cached = await compile([folder], { cache });
      expect(cached).toEqual(await compile([folder]));
      return cached;
    };
    const first = await same();
    expect(first.detections[0]?.forms.expanded).toContain('index=one');

    // Each change is given a time of its own, because a file system may not tell two in one tick apart.
    let tick = 1;
    const change = (path: string, text: string) => {
      writeContent(folder, path, text);
      const time = new Date(Date.now() + 1000 * tick++);
      utimesSync(join(folder, path), time, time);
    };
    change('macros/where.yml', 'name: where\ndefinition: index=two\ndescription: x\n');
    expect((await same()).detections[0]?.forms.expanded).toContain('index=two');
    change('lookups/hosts.csv', 'host,name\na,b\nc,d\n');
    expect((await same()).lookups[0]?.table?.totalRows).toBe(2);
    change('detections/c.yml', detectionText('C', uuid(3)));
    expect((await same()).detections).toHaveLength(3);
    change('detections/a.yml', 'name: [broken\n');
    expect((await same()).detections).toHaveLength(2);
    unlinkSync(join(folder, 'macros/where.yml'));
    expect((await same()).detections[0]?.macros[0]?.origin).toBe('missing');
    expect(cache.files.size).toBe(4);
  });

  it('tells how far it is', async () => {
    const seen: CompileProgress[] = [];
    await compile([fixtures], { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toMatchObject({ step: 'read', done: 0 });
    expect(seen.at(-1)).toMatchObject({ step: 'link' });
    expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
  });

  it('sorts by name and keeps diagnostics in the order of files and places', async () => {
    const catalog = await compile([fixtures]);
    const names = catalog.detections.map(({ name }) => name.toLowerCase());
    expect(names).toEqual([...names].sort());
    const places = catalog.diagnostics.map(
      ({ path, range }) => `${path} ${String(range?.start).padStart(9, '0')}`,
    );
    expect(places).toEqual([...places].sort());
  });

  it('makes plain JSON: what is read back is what was written', async () => {
    const catalog = await compile([fixtures]);
    expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog);
  });

  it('gives every code a severity and a meaning', () => {
    for (const [code, { severity, meaning }] of Object.entries(codes)) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(['error', 'warning', 'info']).toContain(severity);
      expect(meaning).toMatch(/\.$/);
    }
  });
});

describe('the artifact', () => {
  it('is read back as written', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sightline-artifact-'));
    try {
      expect(readArtifact(dir)).toEqual({ problem: 'missing' });
      const catalog = await compile([fixtures]);
      const path = writeArtifact(dir, catalog);
      expect(readArtifact(dir)).toEqual({ catalog });
      writeFileSync(path, JSON.stringify({ ...catalog, format: 0 }));
      expect(readArtifact(dir)).toEqual({ problem: 'other-format' });
      writeFileSync(path, '{"format":');
      expect(readArtifact(dir)).toEqual({ problem: 'unreadable' });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
