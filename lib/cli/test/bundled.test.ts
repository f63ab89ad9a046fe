import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../content/compile.ts';
import type { Catalog, Evidence } from '../../content/model.ts';
import { collectEvidence } from './collect.ts';

const CONTENT = fileURLToPath(new URL('../../../content', import.meta.url));

/** At module level, because a test is declared for each detection. */
const catalog: Catalog = await compile([CONTENT]);
let evidence: Evidence;

beforeAll(async () => {
  evidence = await collectEvidence(catalog, { roots: [CONTENT] });
}, 120_000);

/** A removed detection has a page that says so, and nothing to run. */
const runnable = catalog.detections.filter(({ status }) => status !== 'removed');

describe('bundled detections', () => {
  it.each(runnable.map(({ name, slug }) => [name, slug]))(
    '%s finds its true positive, and nothing in the look-alike',
    (_, slug) => {
      const { tests } = catalog.detections.find((detection) => detection.slug === slug)!;
      const measured = evidence.detections.find((each) => each.slug === slug)!;
      expect(tests.some(({ expectedResults }) => expectedResults === undefined || expectedResults > 0)).toBe(
        true,
      );
      expect(tests.some(({ expectedResults }) => expectedResults === 0)).toBe(true);
      expect(measured.tests.map(({ status, reason }) => reason ?? status)).toEqual(
        tests.map(() => 'passing'),
      );
      for (const test of measured.tests) {
        expect(
          test.datasets.every(({ events = 0, sha256 }) => events > 0 && /^[0-9a-f]{64}$/.test(sha256!)),
        ).toBe(true);
        if (test.results! > 0) expect(test.firstMatch?.raw).not.toBe('');
        expect(test.messages.filter((message) => /\$[\w.]+\$/.test(message))).toEqual([]);
      }
    },
  );
});
