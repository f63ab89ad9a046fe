import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import type { Catalog, Detection } from './model.ts';

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
const golden = (name: string) => fileURLToPath(new URL(`./golden/${name}.golden.json`, import.meta.url));

let catalog: Catalog;
beforeAll(async () => {
  catalog = await compile([fixtures]);
});

function detection(path: string): Detection {
  const found = catalog.detections.find(({ source }) => source.path.endsWith(path));
  expect(found, path).toBeDefined();
  return found!;
}

describe('one file of each shape, as normalised and linked', () => {
  it.each([
    ['g1', 'g1_shadow_copy_deleted.yml'],
    ['g2', 'g2_shadow_copy_deleted.yml'],
    ['g3', 'g3_shadow_copy_deleted.yml'],
    ['ssa1', 'ssa___shadow_copy_deleted_one.yml'],
    ['ssa2', 'ssa___shadow_copy_deleted_two.yml'],
    ['sigma', 'sigma/shadow_copy_deleted.yml'],
  ])('%s', async (shape, path) => {
    const found = detection(path);
    expect(found.shape).toBe(shape);
    await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot(golden(`detection-${shape}`));
  });

  it('every other kind', async () => {
    const { detections: _detections, techniques: _techniques, ...others } = catalog;
    const text = JSON.stringify({ ...others, roots: others.roots.map(({ files }) => files) }, null, 2);
    await expect(`${text}\n`).toMatchFileSnapshot(golden('catalog'));
  });
});

describe('links', () => {
  it('are made both ways', () => {
    const g1 = detection('g1_shadow_copy_deleted.yml');
    const reference = { name: g1.name, kind: 'detection', slug: 'shadow-copy-deleted' };
    expect(catalog.lookups[0]?.usedBy).toContainEqual(reference);
    expect(catalog.stories[0]?.detections).toContainEqual(reference);
    expect(catalog.dataSources[0]?.usedBy).toContainEqual(reference);
    expect(catalog.macros.find(({ name }) => name === 'fast_summaries_only')?.usedBy).toContainEqual(
      reference,
    );
    expect(catalog.baselines[0]?.detections).toContainEqual(reference);
    expect(catalog.cves[0]?.detections).toContainEqual(reference);
    expect(catalog.techniques.find(({ id }) => id === 'T1490')?.detections).toContainEqual(reference);
    expect(g1.baselines.map(({ name }) => name)).toEqual(['Baseline Of Backup Hosts']);
    expect(g1.playbooks.map(({ name }) => name)).toEqual(['Isolate Host', 'Ransomware Playbook']);
    expect(g1.replaces.map(({ name }) => name)).toEqual(['Old Shadow Copy Search']);
  });

  it('lead from a detection to what surrounds it in operation, and back', () => {
    const names = (references: { name: string }[]) => references.map(({ name }) => name);
    const rule = detection('sigma/shadow_copy_deleted.yml');
    expect(rule.dataSources.flat().map(({ name }) => name)).toEqual(['Example Process Creation']);
    expect(names(rule.enrichments)).toEqual(['Parent Of Process']);
    expect(names(rule.triggers)).toEqual(['Delete Shadow Copies']);
    expect(names(rule.mitigations)).toEqual(['Backups Offline']);
    expect(names(rule.useCases)).toEqual(['Ransomware Use Case']);
    const [useCase] = catalog.useCases;
    const [customer] = catalog.customers;
    expect(names(useCase!.loggingPolicies)).toEqual(['Log Process Creations']);
    expect(names(useCase!.customers)).toEqual(['Example Customer']);
    expect(names(customer!.blind)).toEqual(['G1 Shadow Copy Deleted', 'Shadow Copy Deleted By Rule']);
    expect(names(catalog.enrichments[0]!.detections)).toEqual(['Shadow Copy Deleted By Rule']);
    expect(names(catalog.responseActions[0]!.playbooks)).toEqual(['Ransomware Playbook']);
    expect(names(catalog.mitigations[0]!.detections)).toContain('G1 Shadow Copy Deleted');
  });

  it('derive what a story covers from its detections', () => {
    expect(catalog.stories[0]).toMatchObject({
      slug: 'ransomware',
      tactics: ['defense-evasion', 'impact'],
      techniques: ['T1070.004', 'T1490'],
    });
    expect(catalog.stories[0]?.dataSources.map(({ name }) => name)).toEqual([
      'Example Process Creation',
      'Example Registry',
      'Example Script Log',
    ]);
  });

  it('keep pinned addresses and lead former and UUID addresses to them', () => {
    const id = '11111111-0000-4000-8000-000000000001';
    const redirects = new Map(catalog.redirects);
    expect(redirects.get(`/detections/${id}/`)).toBe('/detections/shadow-copy-deleted/');
    expect(redirects.get(`/endpoint/${id}/`)).toBe('/detections/shadow-copy-deleted/');
    expect(redirects.get('/detections/shadow-copies-deleted/')).toBe('/detections/shadow-copy-deleted/');
  });
});
