import { describe, expect, it } from 'vitest';
import { atomicTests } from '../../attack/atomic.ts';
import { compile } from '../compile.ts';
import type { Detection } from '../model.ts';
import { contentFolder, detectionText, uuid } from '../test-folder.ts';
import { detectionAtomics } from './detection-atomics.ts';

const NAMED = '0be2230c-9ab3-4ac2-8826-3199b9a0ebf8';

const sigma = (product: string, tag: string, extra = ''): string =>
  `title: A\nid: ${uuid(1)}\nlogsource: {product: ${product}}\ndetection:\n  sel:\n    a: b\n  condition: sel\ntags:\n  - attack.${tag}\n${extra}`;

async function only(path: string, text: string): Promise<Detection> {
  const { detections } = await compile([contentFolder({ [path]: text })]);
  return detections[0]!;
}

describe('detectionAtomics', () => {
  it('gives the first tests of each technique on the platform of the rule, and how many there are', async () => {
    const { techniques } = detectionAtomics(await only('sigma/a.yml', sigma('linux', 't1053.003')));
    expect(techniques.map(({ technique, all }) => [technique, all])).toEqual([
      ['T1053.003', atomicTests('T1053.003').length],
    ]);
    const { tests } = techniques[0]!;
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.length).toBeLessThanOrEqual(6);
    expect(tests.every(({ platforms }) => platforms.includes('linux'))).toBe(true);
    const windows = detectionAtomics(await only('sigma/a.yml', sigma('windows', 't1053.003')));
    expect(windows.techniques[0]).toMatchObject({ tests: [], all: techniques[0]!.all });
  });

  it('leaves no test out where the platform is not known, and no parent in that is only implied', async () => {
    const any = detectionAtomics(await only('sigma/a.yml', sigma('zeek', 't1053.003')));
    expect(any.techniques.map(({ technique }) => technique)).toEqual(['T1053.003']);
    expect(any.techniques[0]!.tests).toEqual(atomicTests('T1053.003').slice(0, 6));
  });

  it('puts first what the rule names, once', async () => {
    const simulation = `simulation:\n  - type: atomic red team\n    atomic_guid: ${NAMED.toUpperCase()}\n  - type: atomic-red-team\n    atomic_guid: ${uuid(9)}\n  - type: other\n    atomic_guid: ${uuid(8)}\n`;
    const { named, techniques } = detectionAtomics(
      await only('sigma/a.yml', sigma('windows', 't1003', simulation)),
    );
    expect(named).toEqual([
      expect.objectContaining({ guid: NAMED, technique: 'T1003.001' }),
      { guid: uuid(9) },
    ]);
    expect(techniques.flatMap(({ tests }) => tests).some(({ guid }) => guid === NAMED)).toBe(false);
  });

  it('works for detections of other languages too', async () => {
    const detection = await only('detections/endpoint/a.yml', detectionText('A', uuid(2)));
    expect(detectionAtomics(detection).techniques[0]).toMatchObject({
      technique: 'T1059',
      all: atomicTests('T1059').length,
    });
  });
});
