import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SigmaRule } from '../../rule/model.ts';
import { readSigma } from '../../rule/read.ts';
import { convertLegacy, LEGACY_BACKENDS, type LegacyBackend } from './index.ts';

const PAGES = fileURLToPath(new URL('../../../../../shared/sigma/atc-pages.ndjson.gz', import.meta.url));

interface Page {
  file: string;
  sigma_yaml: string;
  conversions: Record<LegacyBackend, string>;
}

const rulesOf = (text: string) =>
  readSigma(text).documents.filter((one): one is SigmaRule => one.kind === 'rule');

describe.skipIf(!existsSync(PAGES))('published pages (skipped where they are absent)', () => {
  const lines = existsSync(PAGES) ? gunzipSync(readFileSync(PAGES)).toString('utf8').trim().split('\n') : [];
  const pages = lines.map((line) => JSON.parse(line) as Page);

  it.each(LEGACY_BACKENDS)('%s is what they print, and an error where they print one', (backend) => {
    let same = 0;
    for (const { file, sigma_yaml, conversions } of pages) {
      const found = convertLegacy(rulesOf(sigma_yaml), backend);
      const wanted = conversions[backend];
      if (wanted.includes('An unsupported feature is required'))
        expect(found, file).toHaveProperty('error.code');
      else expect(found, file).toEqual({ output: wanted });
      same += 1;
    }
    expect(same).toBe(184);
  });
});

describe('what the old backends cannot say', () => {
  const rule = (detection: string) =>
    rulesOf(`title: T\nlogsource: {product: windows}\ndetection:\n${detection.replace(/^/gm, '  ')}\n`);
  it.each([
    ["s: {a|re: 'x'}\ncondition: s", 'splunk', 'convert-regex'],
    ['s: {a: [null, x]}\ncondition: s', 'es-qs', 'convert-null-in-list'],
    ['s: {a: x}\ncondition: s | count() > 5', 'graylog', 'convert-aggregation'],
    ['s: {a: x}\nt: {a: y}\ncondition: s | near t', 'splunk', 'convert-near'],
    ['s: {a: x}\ncondition: s | count(UserName) > 5', 'logpoint', 'convert-multiple-fields'],
    ['s: {a|cidr: 10.0.0.0/8}\ncondition: s', 'grep', 'convert-modifier'],
  ] as const)('%j for %s is %s', (detection, backend, code) => {
    expect(convertLegacy(rule(detection), backend)).toMatchObject({ error: { code, range: {} } });
  });
});
