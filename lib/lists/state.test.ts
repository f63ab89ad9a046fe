import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { EMPTY_STATE, formatState, type ListState, parseState, RESERVED, toggled } from './state.ts';

const FACETS = ['tactic', 'data_source', 'cve_year'];
const slug = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const value = fc.string({ minLength: 1, maxLength: 20 });
const slugs = fc.option(fc.uniqueArray(slug, { maxLength: 4 }), { nil: undefined });

const stateOf = fc
  .record({
    text: fc.string({ maxLength: 20 }).map((text) => (text.trim() ? text : '')),
    chosen: fc.dictionary(fc.constantFrom(...FACETS), fc.uniqueArray(value, { minLength: 1, maxLength: 3 })),
    sort: fc.option(fc.record({ key: fc.constantFrom('name', 'updated'), descending: fc.boolean() }), {
      nil: undefined,
    }),
    columns: slugs,
    dense: fc.boolean(),
    page: fc.integer({ min: 1, max: 500 }),
    have: slugs,
    only: slugs,
  })
  .map((state) => Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)));

test('an address gives back the state it was made from', () => {
  fc.assert(
    fc.property(stateOf, (made) => {
      const state = made as unknown as ListState;
      expect(parseState(formatState(state), FACETS)).toEqual({ ...state, chosen: { ...state.chosen } });
    }),
  );
});

it('has no query where nothing is set, and one that reads well where something is', () => {
  expect(formatState(EMPTY_STATE)).toBe('');
  const state: ListState = {
    ...EMPTY_STATE,
    text: 'msiexec',
    chosen: { tactic: ['execution', 'impact'] },
    sort: { key: 'updated', descending: true },
    have: ['sysmon-event-1', 'proxy'],
  };
  expect(formatState(state)).toBe(
    '?q=msiexec&tactic=execution&tactic=impact&sort=-updated&have=sysmon-event-1,proxy',
  );
});

it('leaves aside what it does not know', () => {
  expect(parseState('?page=-3&color=red&tactic=&tactic=a&tactic=a&q=', FACETS)).toEqual({
    ...EMPTY_STATE,
    chosen: { tactic: ['a'] },
  });
});

it('adds and takes a value of a facet', () => {
  const one = { ...EMPTY_STATE, chosen: toggled(EMPTY_STATE, 'tactic', 'a') };
  expect(one.chosen).toEqual({ tactic: ['a'] });
  expect(toggled(one, 'tactic', 'b')).toEqual({ tactic: ['a', 'b'] });
  expect(toggled(one, 'tactic', 'a')).toEqual({});
  expect(RESERVED).not.toContain('tactic');
});
