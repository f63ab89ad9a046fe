import { expect, it } from 'vitest';
import { testerWeights } from '../../../bench/tester-size.ts';

it('fetches no more for a tester than a search and its events need', async () => {
  const { tried, edited } = await testerWeights();
  expect(tried.gzip).toBeLessThanOrEqual(120_000);
  expect(edited.gzip).toBeLessThanOrEqual(242_000);
  const ofOthers = /(?:^|\/)(?:lib\/sigma|js-yaml|lib\/text\/yaml|zod|fflate|lib\/events\/read\/evtx\/file)/;
  expect(edited.sources.map(([path]) => path).filter((path) => ofOthers.test(path))).toEqual([]);
});
