import { expect, it } from 'vitest';
import type { LookupFacts } from './environment.ts';
import { environmentOf } from './whole-environment.ts';

const lookup = (name: string, text: string, filename?: string): LookupFacts & { text: string } => ({
  name,
  text,
  lookupType: 'csv',
  fields: ['k'],
  matchType: [],
  ...(filename === undefined ? {} : { filename }),
});

it('takes the first object of a name, as the pages do that name it', () => {
  const { macros, lookups } = environmentOf(
    {
      macros: [
        { name: 'net', arguments: [], definition: 'first' },
        { name: 'net', arguments: [], definition: 'second' },
        { name: 'net(1)', arguments: ['x'], definition: 'with an argument' },
      ],
      lookups: [lookup('l', 'k\nfirst\n'), lookup('l', 'k\nsecond\n')],
    },
    ({ text }) => text,
  );
  expect(macros('net', 0)?.definition).toBe('first');
  expect(macros('net', 1)?.definition).toBe('with an argument');
  expect(lookups.find('l')?.rows).toEqual([{ k: 'first' }]);
});

it('finds a lookup by its file too, unless another has that name itself', () => {
  const { lookups } = environmentOf(
    {
      macros: [],
      lookups: [lookup('a', 'k\na\n', 'b.csv'), lookup('b', 'k\nb\n'), lookup('c', 'k\nc\n', 'd.csv')],
    },
    ({ text }) => text,
  );
  expect(lookups.find('b')?.rows).toEqual([{ k: 'b' }]);
  expect(lookups.find('d.csv')?.rows).toEqual([{ k: 'c' }]);
});
