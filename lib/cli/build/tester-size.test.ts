import { expect, it } from 'vitest';
import { testerWeights } from '../../../bench/tester-size.ts';

it('fetches no more for a tester than a search and its events need', async () => {
  const { tried, edited, own } = await testerWeights();
  expect(tried.gzip).toBeLessThanOrEqual(95_000);
  expect(edited.gzip).toBeLessThanOrEqual(214_500);
  expect(own.gzip).toBeLessThanOrEqual(242_500);
  const ofOthers = /(?:^|\/)(?:lib\/sigma|js-yaml|lib\/text\/yaml|zod|fflate|lib\/events\/read\/evtx\/file)/;
  expect(own.sources.map(([path]) => path).filter((path) => ofOthers.test(path))).toEqual([]);
  // Samples come as the build read them.
  expect(edited.sources.filter(([path]) => /lib\/events\/(?:read|extract)\//.test(path))).toEqual([]);
});
