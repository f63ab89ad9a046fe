import { expect, it } from 'vitest';
import type { Risk } from '../content/model.ts';
import { messagesOf, previewRisk } from './risk-preview.ts';

const risk: Risk = {
  message: '$user$ ran $process$ on $dest$ ($result.count$ times)',
  findingTitle: 'Tool on $dest$',
  entities: [
    { field: 'dest', type: 'system', score: 40, primary: true },
    { field: 'user', type: 'user', score: 60, primary: false, message: '$user$ did $missing$' },
  ],
  threatObjects: [{ field: 'process', type: 'process' }],
};

it('fills messages, with one risk event for each value of a field', () => {
  const [preview] = previewRisk(risk, [
    { dest: ['h1', 'h2'], user: 'ann', process: 'a.exe $HOME$', count: 3 },
  ]);
  expect(preview).toEqual({
    row: 0,
    title: 'Tool on h1, h2',
    riskEvents: [
      {
        field: 'dest',
        type: 'system',
        object: 'h1',
        score: 40,
        primary: true,
        message: 'ann ran a.exe $HOME$ on h1 (3 times)',
      },
      {
        field: 'dest',
        type: 'system',
        object: 'h2',
        score: 40,
        primary: true,
        message: 'ann ran a.exe $HOME$ on h2 (3 times)',
      },
      { field: 'user', type: 'user', object: 'ann', score: 60, primary: false, message: 'ann did $missing$' },
    ],
    threatObjects: [{ field: 'process', type: 'process', value: 'a.exe $HOME$' }],
    unfilled: ['missing'],
  });
});

it('names what a row lacks instead of writing a gap', () => {
  const [preview] = previewRisk(risk, [{ user: 'ann' }]);
  expect(preview?.title).toBe('Tool on $dest$');
  expect(preview?.unfilled).toEqual(['dest', 'missing', 'process']);
  expect(preview?.riskEvents.map(({ object }) => object)).toEqual(['ann']);
});

it('gives each message once, and nothing without risk', () => {
  const row = { dest: 'h', user: 'u', process: 'p', count: 1 };
  expect(messagesOf(previewRisk(risk, [row, row]))).toEqual([
    'Tool on h',
    'u ran p on h (1 times)',
    'u did $missing$',
  ]);
  expect(previewRisk(undefined, [row])).toEqual([]);
});
