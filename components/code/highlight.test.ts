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

test('links the macros and lookups it is told of, and no others', () => {
  const links = {
    macro: (name: string) => (name === 'known' ? { href: '/macros/known/', title: 'search "x"' } : undefined),
    lookup: (name: string) => (name === 'assets' ? { href: '/lookups/assets/' } : undefined),
  };
  const [line = ''] = highlightLines('`known(a)` `other`', 'spl', links);
  expect(line).toContain('<a class=m href="/macros/known/" title="search &quot;x&quot;">`known(a)`</a>');
  expect(line).toContain('<i class=m>`other`</i>');
  for (const search of [
    '| lookup assets ip',
    '| lookup local=true update=f assets ip',
    '[| inputlookup assets]',
    '[inputlookup append=t assets',
  ]) {
    expect(highlightLines(search, 'spl', links)[0], search).toContain(
      '<a class=l href="/lookups/assets/">assets</a>',
    );
  }
  expect(highlightLines('| lookup other ip', 'spl', links)[0]).toContain('<i class=l>other</i>');
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
