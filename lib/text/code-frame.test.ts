import { expect, test } from 'vitest';
import { codeFrame } from './code-frame.ts';

test('shows the line and marks the range', () => {
  expect(codeFrame('a: 1\nbad: x\n', { start: 10, end: 11 })).toBe('2 │ bad: x\n  │      ^');
});

test('shows the part around the range of a very long line', () => {
  const text = `${'x'.repeat(500)}HERE${'y'.repeat(500)}`;
  const [shown = '', marks = ''] = codeFrame(text, { start: 500, end: 504 }).split('\n');
  expect(shown.length).toBeLessThan(180);
  expect(shown.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
});

test('has nothing to show for an empty line or a place past the end', () => {
  expect(codeFrame('', { start: 0, end: 0 })).toBe('');
  expect(codeFrame('a\n\nb', { start: 2, end: 2 })).toBe('');
});
