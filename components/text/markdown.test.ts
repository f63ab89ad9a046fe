import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownHtml } from './markdown.tsx';

test('plain prose, code, lists and links', () => {
  expect(markdownHtml('Runs `cmd.exe` & more.')).toBe('<p>Runs <code>cmd.exe</code> &amp; more.</p>\n');
  expect(markdownHtml('No markup at all: a < b is not here.')).toContain('a &lt; b');
  expect(markdownHtml('- one\n- two')).toContain('<li>one</li>');
  expect(markdownHtml('[docs](https://example.com)')).toContain('rel="noopener noreferrer"');
});

test('a heading in a field does not enter the page’s outline', () => {
  expect(markdownHtml('# Big')).toBe('<h5>Big</h5>\n');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,x)',
  '[x](vbscript:x)',
  '![pixel](https://tracker.invalid/p.png)',
  '<a href="https://example.com" onclick="x">',
  '[a](https://example.com/"onmouseover="alert(1))',
])('%s stays inert', (text) => {
  const html = markdownHtml(text);
  expect(html).not.toMatch(/<(?:script|img|iframe|style|object)/i);
  expect(html).not.toMatch(/<[^>]+\son\w+=/i);
  expect(html).not.toMatch(/href="(?!https?:)/i);
});

test('whatever is typed, only known tags come out', () => {
  const known =
    /^<\/?(?:p|em|strong|code|pre|a|ul|ol|li|blockquote|h5|hr|br|table|thead|tbody|tr|th|td|s)\b[^<>]*>$/;
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'<>&"\'`*_[]()#-\n \\/aonx=:!javscript'), maxLength: 120 }),
      (text) => {
        const html = markdownHtml(text);
        for (const tag of html.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(known);
        expect(html).not.toMatch(/<[^>]+\son\w+=/i);
      },
    ),
    { numRuns: 500 },
  );
});
