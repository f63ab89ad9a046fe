/** What a log or a rule may do to a session: it ends with a reason, and the next run is answered. */
import { expect, test } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import { TesterSession } from './session.ts';

const spl = (search: string) => ({ name: 'x', language: 'spl' as const, search });

async function over(content: string | Blob, limit?: { events: number; bytes: number }) {
  const session = new TesterSession(async () => new Blob());
  const set = await session.read({ name: 'log', content }, limit);
  return { session, set };
}

async function answersStill(session: TesterSession, sets: string[]) {
  const { rows, error } = await session.run({ rule: spl('| makeresults count=3'), sets });
  expect([rows, error]).toEqual([3, undefined]);
}

test('a join of two thousand rows with two thousand ends at a limit, or has its four million rows', async () => {
  const { session, set } = await over('{"a":1}');
  const rows = '| makeresults count=2000 | eval k=1';
  const result = await session.run({
    rule: spl(`${rows} | join type=inner max=0 k [${rows} | streamstats count as n]`),
    sets: [set.id],
    time: 5_000,
  });
  if (result.error === undefined) expect(result.rows).toBe(4_000_000);
  else expect(result.error).toMatchObject({ code: expect.stringMatching(/^budget-|limit/) });
  await answersStill(session, [set.id]);
});

test('a pattern that backtracks for ever ends the run with its name, in each language', async () => {
  const text = `${'a'.repeat(60)}!`;
  const { session, set } = await over(JSON.stringify({ a: text }));
  for (const search of [
    'a=* | regex a="^(a+)+$"',
    'a=* | rex field=a "^(?<b>(a|a)*)$"',
    'a=* | where match(a, "^(([a-z])+.)+[A-Z]([a-z])+$")',
    'a=* | eval b=replace(a, "(a*)*b", "")',
  ]) {
    const { error, rows } = await session.run({ rule: spl(search), sets: [set.id], time: 5_000 });
    expect({ search, answered: error?.code ?? rows >= 0 }).toEqual({ search, answered: expect.anything() });
    await answersStill(session, [set.id]);
  }
  const rule = `title: t\nlogsource: {product: x}\ndetection:\n  s:\n    a|re: '^(a+)+$'\n  condition: s\n`;
  const sigma = await session.run({ rule: { name: 's', language: 'sigma', search: rule }, sets: [set.id] });
  expect(sigma.rows).toBe(0);
  await answersStill(session, [set.id]);
});

test('an event with ten thousand fields, and fields named as what objects inherit', async () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`field_${n}`, `v${n}`]));
  const odd = '{"__proto__":"p","constructor":"c","toString":"t","hasOwnProperty":"h","field_1":"v1"}';
  const { session, set } = await over(`${JSON.stringify(wide)}\n${odd}`);
  const one = await session.run({ rule: spl('field_9999=v9999'), sets: [set.id] });
  expect(one).toMatchObject({ matched: [0], rows: 1 });
  expect(one.fields.length).toBeGreaterThanOrEqual(10_000);
  expect(Object.keys(session.event(0)!.fields).length).toBeGreaterThanOrEqual(10_000);

  const two = await session.run({ rule: spl('__proto__=p constructor=c toString=t'), sets: [set.id] });
  expect(two.matched).toEqual([1]);
  const [row] = session.resultRows().rows;
  expect(Object.entries(row!)).toEqual(expect.arrayContaining([['__proto__', 'p']]));
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);

  const by = await session.run({
    rule: spl('| stats values(*) as * count by constructor | eval __proto__="q"'),
    sets: [set.id],
  });
  expect([by.rows, by.error]).toEqual([1, undefined]);
  expect(Object.entries(session.resultRows().rows[0]!)).toEqual(
    expect.arrayContaining([
      ['constructor', 'c'],
      ['__proto__', 'q'],
    ]),
  );
  expect(({} as Record<string, unknown>).q).toBeUndefined();
});

test('ten thousand events of ten thousand different fields', async () => {
  const lines = Array.from({ length: 10_000 }, (_, n) => `{"only_${n}":"${n}","k":"${n % 7}"}`).join('\n');
  const { session, set } = await over(lines);
  const found = await session.run({ rule: spl('only_5=5 | stats count by k'), sets: [set.id] });
  expect(found).toMatchObject({ matched: [5], rows: 1 });
});

test('a file of gigabytes is read up to the limit, and not to its end', async () => {
  const line = new TextEncoder().encode(`${JSON.stringify({ process: 'x'.repeat(1000) })}\n`.repeat(1000));
  let pulled = 0;
  const endless = new Blob(['']);
  Object.defineProperty(endless, 'size', { value: 2 ** 31 });
  Object.defineProperty(endless, 'stream', {
    value: () =>
      new ReadableStream({
        pull(controller) {
          pulled += line.length;
          controller.enqueue(line.slice());
        },
      }),
  });
  const limit = { events: 1_000_000, bytes: 20 << 20 };
  const { session, set } = await over(endless, limit);
  expect(set.cut).toBe('bytes');
  expect(pulled).toBeLessThan(limit.bytes + 8 * line.length);
  expect(set.events).toBeGreaterThan(15_000);
  const found = await session.run({ rule: spl('process=x* | stats count'), sets: [set.id] });
  expect(found.matchedCount).toBe(set.events);

  const few = await over(endless, { events: 1_500, bytes: 1 << 30 });
  expect(few.set).toMatchObject({ cut: 'events', events: 1_500 });
});

test('markup and formulas in values come out as they went in', async () => {
  const value = "<img src=x onerror=alert(1)>\"=cmd|' /C calc'!A0";
  const { session, set } = await over(JSON.stringify({ a: value }));
  await session.run({ rule: spl('a=* | table a'), sets: [set.id] });
  expect(session.resultRows().rows).toEqual([{ a: value }]);
  expect(plainRecord({ a: value }).fields.get('a')).toBe(value);
});
