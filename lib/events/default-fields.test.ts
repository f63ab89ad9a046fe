import { expect, test } from 'vitest';
import { readAll } from './read/read.ts';
import { fieldOf } from './record.ts';

test('parts of the time, punct and linecount come by name; an event of its own field keeps it', async () => {
  const { records } = await readAll(new TextEncoder().encode('2026-01-15T10:07:09Z a=1 (b)\n'));
  const shown = [
    'date_hour',
    'date_mday',
    'date_minute',
    'date_month',
    'date_second',
    'date_wday',
    'date_year',
  ]
    .map((name) => fieldOf(records[0]!, name))
    .join(' ');
  expect(shown).toBe('10 15 7 january 9 thursday 2026');
  expect(fieldOf(records[0]!, 'punct')).toBe('--::_=_()');
  expect(fieldOf(records[0]!, 'linecount')).toBe('1');
  expect(fieldOf(records[0]!, 'constructor')).toBeUndefined();
  const own = await readAll(new TextEncoder().encode('{"date_hour":"99"}\n'));
  expect(fieldOf(own.records[0]!, 'date_hour')).toBe('99');
  expect(fieldOf(own.records[0]!, 'date_wday')).toBeUndefined();
});
