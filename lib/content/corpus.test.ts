/** Whole public repositories, where they are beside the checkout: every file loads and nothing is lost on the way. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addressOf } from './address.ts';
import { compile } from './compile.ts';
import type { Catalog, ContentObject, Reference } from './model.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const here = existsSync(corpus);
const reason = here ? '' : ` (skipped: no ${corpus})`;

const compiled = new Map<string, Promise<Catalog>>();
function load(...names: string[]): Promise<Catalog> {
  const key = names.join();
  const known = compiled.get(key) ?? compile(names.map((name) => corpus + name));
  compiled.set(key, known);
  return known;
}

function sizes(catalog: Catalog) {
  return {
    detections: catalog.detections.length,
    stories: catalog.stories.length,
    macros: catalog.macros.length,
    lookups: catalog.lookups.length,
    dataSources: catalog.dataSources.length,
    baselines: catalog.baselines.length,
    investigations: catalog.investigations.length,
    playbooks: catalog.playbooks.length,
    deployments: catalog.deployments.length,
    dashboards: catalog.dashboards.length,
  };
}

function counts(catalog: Catalog): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { code } of catalog.diagnostics) found[code] = (found[code] ?? 0) + 1;
  return found;
}

function objects(catalog: Catalog): ContentObject[] {
  return Object.values(catalog).flatMap((list) =>
    Array.isArray(list) ? list.filter((item) => typeof item === 'object' && 'source' in item) : [],
  );
}

/** All references anywhere in the catalog that claim a page. */
function references(value: unknown, found: Reference[] = []): Reference[] {
  if (Array.isArray(value)) for (const item of value) references(item, found);
  else if (value && typeof value === 'object') {
    if ('slug' in value && 'kind' in value && !('source' in value)) found.push(value as unknown as Reference);
    for (const item of Object.values(value)) references(item, found);
  }
  return found;
}

function expectSound(catalog: Catalog): void {
  expect(catalog.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const all = objects(catalog);
  const addresses = all.map(addressOf);
  expect(new Set(addresses).size).toBe(all.length);
  expect(all.every(({ slug }) => /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u.test(slug))).toBe(true);
  const pages = new Set(all.map(({ kind, slug }) => `${kind} ${slug}`));
  expect(references(catalog).filter(({ kind, slug }) => !pages.has(`${kind} ${slug}`))).toEqual([]);
  const taken = new Set(addresses);
  expect(catalog.redirects.filter(([from, to]) => taken.has(from) || !taken.has(to))).toEqual([]);
}

// Thousands of files: on a busy machine that takes longer than a test usually may.
describe.skipIf(!here)(`public repositories${reason}`, { timeout: 300_000 }, () => {
  it('loads security_content of generation 1 whole', async () => {
    const catalog = await load('security_content');
    expect(sizes(catalog)).toEqual({
      detections: 1711,
      stories: 261,
      macros: 189,
      lookups: 79,
      dataSources: 205,
      baselines: 66,
      investigations: 47,
      playbooks: 76,
      deployments: 5,
      dashboards: 2,
    });
    expectSound(catalog);
    expect(catalog.detections.every(({ shape }) => shape === 'g1')).toBe(true);
    expect(catalog.lookups.filter(({ table }) => table)).toHaveLength(50);
    // Two detections, a macro and two stories continue a quoted text at the margin; 59 detections name data sources that are not there.
    const found = counts(catalog);
    expect(found['yaml-indentation']).toBe(5);
    expect(found['search-unreadable']).toBeUndefined();
    const okta = catalog.diagnostics.filter(({ path }) => path?.includes('okta_threatinsight'));
    expect(okta.map(({ code, position }) => [code, position])).toEqual([
      ['yaml-indentation', { line: 13, column: 1 }],
      ['yaml-indentation', { line: 14, column: 1 }],
    ]);
    const sources = catalog.diagnostics.filter(({ message }) =>
      message.startsWith('There is no data source'),
    );
    const missing = sources.filter(({ path }) => path?.startsWith('detections/'));
    expect(new Set(missing.map(({ path }) => path)).size).toBe(59);
    expect(new Set(missing.map(({ message }) => /`([^`]+)`/.exec(message)?.[1])).size).toBe(33);
  });

  it('derives for every detection of it what a page shows', async () => {
    const { detections } = await load('security_content');
    const active = detections.filter(({ status }) => status === 'production');
    expect(active).toHaveLength(1472);
    expect(detections.filter(({ forms }) => forms.formatted && forms.expanded).length).toBe(1711);
    expect(detections.filter(({ requiredFields }) => requiredFields.length === 0).length).toBeLessThan(20);
    expect(detections.filter(({ configuration }) => configuration?.cron).length).toBe(1711);
    expect(detections.filter(({ severity }) => severity).length).toBe(1711);
    const undocumented = detections.filter(({ falsePositivesUndocumented }) => falsePositivesUndocumented);
    expect(undocumented.length).toBeGreaterThan(280);
    expect(undocumented.length).toBeLessThan(400);
    const entities = detections.flatMap(({ risk }) => risk?.entities ?? []);
    const threats = detections.flatMap(({ risk }) => risk?.threatObjects ?? []);
    expect(entities.length + threats.length).toBe(2971);
    expect(threats).toHaveLength(767);
    expect(
      detections.filter(({ tests }) => tests.some(({ kind }) => kind === 'manual')).length,
    ).toBeGreaterThan(10);
  });

  it('loads security_content of generation 2 whole', async () => {
    const catalog = await load('security_content_g2');
    expect(sizes(catalog)).toMatchObject({
      detections: 1814,
      stories: 275,
      macros: 200,
      lookups: 83,
      dataSources: 210,
    });
    expectSound(catalog);
    expect(catalog.detections.every(({ shape }) => shape === 'g2')).toBe(true);
    expect(catalog.detections.flatMap(({ risk }) => risk?.entities ?? [])).toHaveLength(2061);
    expect(catalog.lookups.find(({ defaultMatch }) => defaultMatch)?.defaultMatch).toBe('false');
  });

  it('tells two late files of generation 2 by their keys', async () => {
    const catalog = await load('security_content_g2_late');
    expect(catalog.detections.map(({ shape }) => shape)).toEqual(['g2', 'g2']);
    expectSound(catalog);
  });

  it('loads every kind of generation 3', async () => {
    const catalog = await load('security_content_g3');
    expect(sizes(catalog)).toMatchObject({
      detections: 13,
      stories: 3,
      macros: 2,
      lookups: 2,
      dataSources: 1,
      baselines: 1,
      deployments: 2,
    });
    expectSound(catalog);
    const removed = catalog.detections.find(({ status }) => status === 'removed');
    expect(removed?.deprecation?.removedIn).toBe('5.2.0');
    expect(removed?.risk?.entities).toHaveLength(2);
    const regasm = catalog.detections.find(({ name }) => name === 'Detect Regasm Spawning a Process');
    expect(regasm?.risk?.entities.map(({ field, primary }) => [field, primary])).toEqual([
      ['user', true],
      ['dest', false],
    ]);
    expect(regasm?.configuration).toMatchObject({ cron: '0 * * * *', createsFinding: true });
  });

  it('gives each of 384 Behavioral Analytics files a page and each of 95 tests a detection', async () => {
    const catalog = await load('ssa');
    expect(sizes(catalog).detections).toBe(384);
    expectSound(catalog);
    const shapes = catalog.detections.map(({ shape, language }) => `${shape} ${language}`);
    const count = (value: string) => shapes.filter((each) => each === value).length;
    expect([count('ssa1 spl2'), count('ssa2 spl2'), count('ssa2 sigma')]).toEqual([97, 107 + 87, 93]);
    expect(counts(catalog)['test-without-detection']).toBeUndefined();
    expect(counts(catalog)['search-unreadable']).toBeUndefined();
    const attached = catalog.detections.filter(({ shape }) => shape === 'ssa1').flatMap(({ tests }) => tests);
    expect(attached).toHaveLength(95);
    expect(attached.every(({ passCondition }) => passCondition)).toBe(true);
    expect(attached.filter(({ expectedResults }) => expectedResults === 0)).toHaveLength(1);
  });

  it('lists every Sigma rule', async () => {
    const catalog = await load('sigma');
    expect(sizes(catalog).detections).toBe(4039);
    expectSound(catalog);
    expect(catalog.detections.every(({ sigma, shape }) => sigma && shape === 'sigma')).toBe(true);
    expect(catalog.detections.every(({ severity, authors }) => severity && authors.length > 0)).toBe(true);
  });

  it('takes several folders at once without two pages at one address', async () => {
    const catalog = await load('security_content_g3', 'security_content_g2_late', 'ssa');
    expectSound(catalog);
    expect(sizes(catalog).detections).toBe(13 + 2 + 384);
    const same = catalog.detections.filter(({ name }) => name === 'Windows MSIExec Remote Download');
    expect(same.map(({ slug, source }) => [slug, source.root])).toEqual([
      ['windows-msiexec-remote-download', 0],
      ['windows-msiexec-remote-download-g2', 1],
    ]);
  });
});
