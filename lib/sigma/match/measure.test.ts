import { expect, it } from 'vitest';
import { type CountingPlan, type Hit, measureFor } from './measure.ts';

it('takes the least and the greatest of more values than a call has room for arguments', () => {
  const hits = Array.from({ length: 200_000 }, (_, n): Hit => {
    const texts = [String(n)];
    return { rule: '', time: n, events: [{ values: () => ({ texts }) }] as unknown as Hit['events'] };
  });
  const measured = (type: CountingPlan['type']) => {
    const measure = measureFor({
      type,
      rules: [],
      groupBy: [],
      timespan: Number.POSITIVE_INFINITY,
      comparisons: [],
      fields: ['n'],
      percentile: undefined,
      aliases: new Map(),
    });
    for (const hit of hits) measure.add(hit);
    return measure.value();
  };
  expect([measured('value_min'), measured('value_max')]).toEqual([0, 199_999]);
});
