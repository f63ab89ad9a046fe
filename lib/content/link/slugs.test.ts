import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { contentFolder, detectionText, uuid } from '../test-folder.ts';
import { slugOf } from './slugs.ts';

describe('slugOf', () => {
  it.each([
    ['Detect Regasm Spawning a Process', 'detect-regasm-spawning-a-process'],
    ['AWS: IAM & S3 (Bucket) / x', 'aws-iam-and-s3-bucket-x'],
    ['  Ünïcode Näme  ', 'unicode-name'],
    ['cmd.exe /c', 'cmd-exe-c'],
    ['検知ルール', '検知ルール'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>', 'script'],
    ['...', ''],
  ])('%s → %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('fits into a file name, whatever the script', () => {
    for (const name of ['検知'.repeat(100), 'long name '.repeat(50)]) {
      expect(Buffer.byteLength(slugOf(name))).toBeLessThanOrEqual(200);
      expect(slugOf(name)).not.toMatch(/-$/);
    }
  });

  it('is a safe segment of an address for any name, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const slug = slugOf(name);
        expect(slug).toMatch(/^([\p{L}\p{N}]+(-[\p{L}\p{N}]+)*)?$/u);
        expect(slugOf(slug)).toBe(slug);
      }),
    );
  });
});

describe('addresses', () => {
  it('gives a name without letters the ID, and never two objects one address', async () => {
    const catalog = await compile([
      contentFolder({
        'detections/a.yml': detectionText("'...'", uuid(1)),
        'detections/b.yml': detectionText('Same name', uuid(2)),
        'detections/c.yml': detectionText('Same-Name', '12345678-0000-4000-8000-000000000000'),
        'detections/d.yml': detectionText('SAME NAME', '12345678-0000-4000-8000-000000000001'),
      }),
    ]);
    const byPath = Object.fromEntries(catalog.detections.map(({ source, slug }) => [source.path, slug]));
    expect(byPath).toEqual({
      'detections/a.yml': uuid(1),
      'detections/b.yml': 'same-name',
      'detections/c.yml': 'same-name-g2',
      'detections/d.yml': 'same-name-12345678',
    });
  });

  it('keeps pins, and says which cannot be kept', async () => {
    const catalog = await compile([
      contentFolder({
        'detections/a.yml': detectionText('A', uuid(1)),
        'detections/b.yml': detectionText('B', uuid(2)),
        'addresses.yml': `${uuid(1)}: b\n${uuid(2)}: {slug: b, former: [old]}\n${uuid(3)}: c\n${uuid(4)}: ../x\n`,
      }),
    ]);
    expect(catalog.detections.map(({ name, slug }) => [name, slug])).toEqual([
      ['A', 'b'],
      ['B', 'b-g2'],
    ]);
    expect(catalog.diagnostics.map(({ code, position }) => [code, position?.line])).toEqual([
      ['address-taken', 2],
      ['address-unknown', 3],
      ['address-unusable', 4],
    ]);
  });
});
