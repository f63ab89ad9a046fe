/** The lists of the bundled content and of a whole public repository. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { compile } from '../content/compile.ts';
import { allBits, countBits } from './bits.ts';
import { catalogLists } from './catalog-lists.ts';
import { countValues, rowsWithAny, rowsWithData } from './filter.ts';
import { isValues, openList, type ValuesField } from './open.ts';
import { RESERVED } from './state.ts';
import { addressOf, recordOf, rowsByTechnique } from './take.ts';

const CONTENT = fileURLToPath(new URL('../../content', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../../shared/corpus/security_content', import.meta.url));

const catalog = await compile([CONTENT]);

describe('the bundled content', () => {
  const lists = catalogLists(catalog);
  const data = openList(lists.find(({ file }) => file.list === 'detections')!.file);
  const facet = (key: string) => data.fields.get(key) as ValuesField;

  it('has a list of each kind that has rows, with its objects in the order of the rows', () => {
    expect(lists.map(({ file }) => file.list)).toEqual([
      'detections',
      'stories',
      'data-sources',
      'techniques',
      'cves',
      'macros',
      'lookups',
    ]);
    for (const { file, objects } of lists) {
      const list = openList(file);
      if (objects.length > 0) expect(objects.map(({ slug }) => slug)).toEqual(list.slugs);
      for (const { file } of list.facets) expect(RESERVED).not.toContain(file.key);
    }
  });

  it('counts detections as the catalog does', () => {
    for (const [key, count] of [
      ['severity', (value: string) => catalog.detections.filter(({ severity }) => severity === value).length],
      [
        'tactic',
        (value: string) => catalog.detections.filter(({ tactics }) => tactics.includes(value)).length,
      ],
      [
        'technique',
        (value: string) =>
          catalog.detections.filter(({ techniques }) => techniques.some(({ id }) => id === value)).length,
      ],
      [
        'story',
        (value: string) =>
          catalog.detections.filter(({ stories }) => stories.some(({ name }) => name === value)).length,
      ],
    ] as const) {
      const field = facet(key);
      const counts = countValues(field, allBits(data.rows));
      field.file.values.forEach((value, index) => {
        expect(counts[index], `${key} ${value}`).toBe(count(value));
      });
    }
  });

  it('gives a technique with its sub-techniques', () => {
    const field = facet('technique');
    const rows = countBits(rowsWithAny(field, [field.indexOf.get('T1059')!]));
    const plain = catalog.detections.filter(({ techniques }) =>
      techniques.some(({ id }) => /^T1059\b/.test(id)),
    );
    expect(rows).toBe(plain.length);
    expect(plain.length).toBeGreaterThan(1);
  });

  it('knows what can be run on the data at hand, a Sigma rule by its log source', () => {
    const have = (...keys: string[]) => rowsWithData(data.needs!, new Set(keys));
    const written = catalog.detections.filter(({ dataSources }) =>
      dataSources.some((together) => together.every(({ slug }) => slug === 'web-proxy-log')),
    );
    const sigma = catalog.detections.filter(
      ({ sigma }) => sigma?.logsource.category === 'proxy' && sigma.logsource.product === undefined,
    );
    expect(written.length).toBeGreaterThan(0);
    expect(sigma.length).toBeGreaterThan(0);
    expect(countBits(have('web-proxy-log'))).toBeGreaterThanOrEqual(written.length);
    expect(countBits(have('proxy'))).toBe(sigma.length);
    expect(countBits(have(...data.needs!.file.sources.map(({ key }) => key)))).toBeGreaterThan(
      catalog.detections.length * 0.9,
    );
  });

  it('gives rows away as records with their addresses, and by technique', () => {
    const row = data.slugs.indexOf('windows-msiexec-package-from-remote-url');
    const record = recordOf(data, row, 'https://x.example/site');
    const detection = catalog.detections[row]!;
    expect(addressOf(data, row)).toBe('/detections/windows-msiexec-package-from-remote-url/');
    expect(record).toMatchObject({
      name: detection.name,
      url: 'https://x.example/site/detections/windows-msiexec-package-from-remote-url/',
      severity: [detection.severity],
      updated: detection.modified ?? detection.created,
    });
    const listed = detection.techniques.filter(({ implied }) => !implied).map(({ id }) => id);
    expect([...rowsByTechnique(data, [row])]).toEqual(listed.map((id) => [id, [detection.name]]));
  });
});

test.skipIf(!existsSync(CORPUS))('1,711 detections are at most 64 KB gzip', async () => {
  const [{ file }] = catalogLists(await compile([CORPUS])) as [ReturnType<typeof catalogLists>[number]];
  expect(file.names.length).toBe(1711);
  expect(gzipSync(JSON.stringify(file)).length).toBeLessThanOrEqual(64 * 1024);
  expect(
    openList(file)
      .facets.filter(isValues)
      .map(({ file }) => file.key),
  ).toEqual(
    expect.arrayContaining(
      'tactic technique platform data_source type status severity asset domain story cve_year'.split(' '),
    ),
  );
});
