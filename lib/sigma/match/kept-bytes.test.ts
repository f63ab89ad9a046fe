import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdList } from './id-list.ts';
import { KeptBytes } from './kept-bytes.ts';

it('what was found for a value is given for the same bytes, read in the same manner, and for no others', () => {
  const short = fc.uint8Array({ min: 0x61, max: 0x62, maxLength: 9 });
  const long = fc
    .tuple(fc.nat(30_000), fc.constantFrom(40, 4096, 5000))
    .map(([number, length]) => new TextEncoder().encode(String(number).padStart(length, 'x')));
  let known = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(short, long), fc.nat(3), fc.nat(3)), { minLength: 100, maxLength: 400 }),
      (values) => {
        const kept = new KeptBytes();
        const ids = new Map<string, number>();
        for (const [bytes, manner, before] of [...values, ...values, ...values]) {
          const key = `${manner} ${bytes.join()}`;
          const id = ids.get(key) ?? ids.size;
          ids.set(key, id);
          const view = new DataView(Uint8Array.from([...new Array(before).fill(7), ...bytes, 7, 7]).buffer);
          const [start, end] = [before, before + bytes.length];
          const found = kept.find(view, start, end, manner);
          if (found !== undefined) {
            known += 1;
            expect([...found.ids.subarray(0, found.count)]).toEqual([id]);
          } else if (kept.metBefore) {
            const list = new IdList();
            list.add(id);
            kept.keep(view, start, end, manner, list);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(known).toBeGreaterThan(2_000);
});
