import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldIndex } from './field-index.ts';
import { IdList } from './id-list.ts';
import { type Place, TextIndex } from './text-index.ts';

const HOLDS: Readonly<Record<Place, (text: string, wanted: string) => boolean>> = {
  equals: (text, wanted) => text === wanted,
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
  contains: (text, wanted) => text.includes(wanted),
};

const places = fc.constantFrom<Place>('equals', 'startswith', 'endswith', 'contains');
const letters = fc.constantFrom('a', 'b', 'c', '\\', 'é', '\u0161', '\ud83d\ude00');
const literal = (shortest: number, longest: number) =>
  fc.record({
    place: places,
    text: fc.array(letters, { minLength: shortest, maxLength: longest }).map((all) => all.join('')),
  });

function found(literals: readonly { place: Place; text: string }[], text: string): number[] {
  const index = new TextIndex();
  for (const [id, { place, text: wanted }] of literals.entries()) index.add(place, wanted, id);
  const hits = new IdList();
  index.find(text, hits);
  return [...new Set(hits.ids.slice(0, hits.count))].sort((a, b) => a - b);
}

describe('many literals in one text', () => {
  it.each([
    ['of any length', 1, 6, 60],
    ['long ones, by leaps', 8, 14, 60],
    ['long ones and a short one', 3, 14, 60],
  ])('are those that each by itself is in: %s', (_, shortest, longest, most) => {
    let some = 0;
    fc.assert(
      fc.property(
        fc.array(literal(shortest, longest), { minLength: 1, maxLength: 30 }),
        fc.array(letters, { maxLength: most }),
        fc.nat(29),
        fc.nat(),
        (literals, around, which, at) => {
          // A literal is put into the text, or few would be found.
          const put = literals[which % literals.length]!.text;
          const cut = at % (around.length + 1);
          const text = `${around.slice(0, cut).join('')}${put}${around.slice(cut).join('')}`;
          const wanted = literals.flatMap(({ place, text: one }, id) =>
            HOLDS[place](text, one) ? [id] : [],
          );
          if (wanted.length > 0) some += 1;
          expect(found(literals, text)).toEqual(wanted);
        },
      ),
      { numRuns: 3_000, seed: 11 },
    );
    expect(some).toBeGreaterThan(1_000);
  });

  it('are found in a text that is shorter before it is folded', () => {
    const index = new FieldIndex();
    const wanted = '\u0130stanbul'.toLowerCase();
    index.add(7, { literal: { place: 'contains', text: wanted } });
    expect(wanted).toHaveLength(9);
    const { ids, count } = index.of('\u0130STANBUL');
    expect([...ids.slice(0, count)]).toEqual([7]);
    expect(index.of('ISTANBUL').count).toBe(0);
  });
});
