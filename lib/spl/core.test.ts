import { expect, it } from 'vitest';
import { loadFor, prepare, run } from './core.ts';

const rows = [{ a: 'x1' }, { a: 'y' }];

it('runs what the basic part has, and says when a search needs the second one, until that is loaded', async () => {
  expect(run(prepare('search a=x* | stats count by a'), { rows }).rows).toEqual([{ a: 'x1', count: 1 }]);
  for (const search of [
    '| rex field=a "(?<b>\\d)"',
    '| eval b=replace(a, "\\D", "")',
    '| append [search a=y | head 1]',
  ]) {
    expect(run(prepare(search), { rows }).error?.code).toBe('engine-part-missing');
  }
  const prepared = prepare('| rex field=a "(?<b>\\d)" | where b=1');
  await loadFor(prepared);
  expect(run(prepared, { rows }).rows).toEqual([{ a: 'x1', b: '1' }]);
  expect(run(prepare('| eval b=nosuch(a)'), { rows }).error?.code).toBe('eval-unknown-function');
});
