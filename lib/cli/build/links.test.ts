import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkLinks } from './links.ts';

function site(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-links-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test('reads attributes of tags, not text that looks like one', () => {
  const out = site({
    'index.html': '<p title="a > b" id="here">search src="198.51.100.1" id="there"</p><a href="#there">x</a>',
  });
  const { links, problems } = checkLinks(out, '');
  expect(links).toBe(1);
  expect(problems).toEqual([{ page: '/', link: '#there', problem: 'no such anchor' }]);
});

test('finds pages, anchors and base paths that are not there', () => {
  const out = site({
    'index.html':
      '<a href="/x/a/">ok</a><a href="/x/a/#here">ok</a><a href="/x/b/">gone</a><a href="/a/">outside</a><a href="https://example.com/">away</a>',
    'a/index.html': '<p id="here"><a href="#nowhere">x</a><a href="../">up</a><img src="/x/pic.svg"></p>',
    'A/index.html': '<p></p>',
    'pic.svg': '<svg/>',
  });
  const { problems, duplicates, pages } = checkLinks(out, '/x');
  expect(pages).toBe(3);
  expect(problems).toEqual(
    expect.arrayContaining([
      { page: '/', link: '/x/b/', problem: 'no such page' },
      { page: '/', link: '/a/', problem: 'outside the base path' },
      { page: '/a/', link: '#nowhere', problem: 'no such anchor' },
    ]),
  );
  expect(problems).toHaveLength(3);
  expect(duplicates).toHaveLength(1);
});
