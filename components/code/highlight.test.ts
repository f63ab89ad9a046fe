import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightLines } from './highlight.ts';

const text = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]!);

test('marks what a reader looks for', () => {
  const [line = ''] = highlightLines(
    '| tstats count from datamodel=Endpoint.Processes where Processes.process="*a*" by Processes.dest',
    'spl',
  );
  expect(line).toContain('<i class=c>tstats</i>');
  expect(line).toContain('<i class=k>where</i>');
  expect(line).toContain('<i class=s>&quot;*a*&quot;</i>');
  expect(line).toContain('<i class=d>Processes.dest</i>');
});

test('links the macros it is told of, with their definition, and no others', () => {
  const link = (name: string) =>
    name === 'known' ? { href: '/macros/known/', title: 'search "x"' } : undefined;
  const [line = ''] = highlightLines('`known(a)` `other`', 'spl', link);
  expect(line).toContain('<a class=m href="/macros/known/" title="search &quot;x&quot;">`known(a)`</a>');
  expect(line).toContain('<i class=m>`other`</i>');
});

test.each(['spl', 'spl2', 'yaml', 'json', 'xml', 'text'] as const)(
  '%s: every character stays, as text',
  (language) => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'<>&"\'`|[]()=*\\/$ \nabc123.'), maxLength: 200 }),
        (code) => {
          const lines = highlightLines(code, language);
          expect(text(lines.join('\n'))).toBe(code);
          for (const tag of lines.join('').match(/<[^>]*>/g) ?? [])
            expect(tag).toMatch(/^<(?:i class=[a-z]|\/i)>$/);
        },
      ),
      { numRuns: 150 },
    );
  },
);
