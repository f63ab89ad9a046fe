import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { documentOf, withPlainQuotes } from './document.ts';

const text = fc.string({ unit: fc.constantFrom('"', "'", '<', '>', '&', 'a', ' ', '&quot;', '/', '=') });

/** Text of escaped markup, as a browser reads it. */
function read(escaped: string): string {
  return escaped.replace(/&(quot|#x27|lt|gt|amp);/g, (_, name: string) => {
    return { quot: '"', '#x27': "'", lt: '<', gt: '>', amp: '&' }[name]!;
  });
}

it('leaves tags as they are, and text that a browser reads the same', () => {
  fc.assert(
    fc.property(text, text, text, (title, before, inside) => {
      const html = renderToStaticMarkup(
        <p title={title}>
          {before}
          <b className={title}>{inside}</b>
        </p>,
      );
      const plain = withPlainQuotes(html);
      const parts = (markup: string) =>
        /^(<p title="[^"]*">)(.*)(<b class="[^"]*">)(.*)<\/b><\/p>$/s.exec(markup)!;
      const [, open, first, bold, second] = parts(plain);
      expect([open, bold]).toEqual([parts(html)[1], parts(html)[3]]);
      expect([read(first!), read(second!)]).toEqual([before, inside]);
      expect(`${first}${second}`).not.toMatch(/[<>]|&quot;|&#x27;/);
    }),
  );
});

it('changes nothing in scripts, styles and attributes with an angle bracket', () => {
  const kept =
    '<script>a = "&quot;";</script><style>a{content:"&quot;"}</style><i title="a > b &quot;c&quot;"></i>';
  expect(withPlainQuotes(`${kept}&quot;`)).toBe(`${kept}"`);
});

it('is a document', async () => {
  expect(await documentOf(<p>It’s &quot;x&quot; &lt; y</p>)).toBe('<!doctype html><p>It’s "x" &lt; y</p>');
});
