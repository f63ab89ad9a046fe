import { expect, it } from 'vitest';
import { engineWeights } from '../../../bench/engine-size.ts';

it('weighs no more than a worker should load: 60 KB gzip at first, the rest on demand', async () => {
  const weights = await engineWeights();
  const gzip = Object.fromEntries(weights.map((weight) => [weight.part, weight.gzip]));
  expect(gzip.first).toBeLessThanOrEqual(60_000);
  expect(gzip.second).toBeLessThanOrEqual(31_000);
  expect(gzip.models).toBeLessThanOrEqual(8_000);
  expect(gzip.whole).toBeLessThanOrEqual(101_000);
});
