import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

/** The site that was built from whole public repositories, beside the files it was built from. */
const SITE = fileURLToPath(new URL('../.sightline/corpus-site', import.meta.url));
const SHARED = fileURLToPath(new URL('../../shared/corpus', import.meta.url));

test.skip(!existsSync(SHARED), 'no public repositories lie at ../shared/corpus');

const files = (folder: string, pattern: RegExp) =>
  existsSync(join(SHARED, folder))
    ? readdirSync(join(SHARED, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
        pattern.test(file),
      ).length
    : 0;
const pages = (section: string) =>
  readdirSync(join(SITE, section), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(SITE, section, entry.name, 'index.html'))
    .filter((file) => existsSync(file) && !isRedirect(readFileSync(file)));
const isRedirect = (html: Buffer) => html.length < 1_500 && html.includes('http-equiv="refresh"');

/** What was counted in the repositories when they were published. */
test('the repositories hold what they are known to hold', () => {
  expect(files('security_content/detections', /\.yml$/)).toBe(1711);
  expect(files('security_content_g2/detections', /\.yml$/)).toBe(1814);
});

test('every detection file of every shape has a page of its own', () => {
  const written =
    files('security_content/detections', /\.yml$/) +
    files('security_content_g2/detections', /\.yml$/) +
    files('security_content_g2_late', /\.yml$/) +
    files('security_content_g3/detections', /\.yml$/) +
    // Of the two removed objects one is a detection, the other a story.
    1 +
    files('ssa', /(?<!\.test)\.yml$/) +
    files('sigma', /\.yml$/);
  expect(pages('detections').length).toBe(written);
});

test('every story, macro, data source and lookup has a page', () => {
  const sum = (kind: string) =>
    ['security_content', 'security_content_g2', 'security_content_g3']
      .map((repository) => files(`${repository}/${kind}`, /\.ya?ml$/))
      .reduce((a, b) => a + b);
  expect(pages('stories').length).toBe(sum('stories') + 1);
  expect(pages('macros').length).toBe(sum('macros'));
  expect(pages('data-sources').length).toBe(sum('data_sources'));
  expect(pages('lookups').length).toBe(sum('lookups'));
});

/** Scripts that a page loads by itself: those it names, and what these import at once. `import()` comes when asked for. */
function scriptsOf(html: string): Set<string> {
  const found = new Set<string>();
  const follow = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const text = readFileSync(join(SITE, 'assets', name), 'utf8');
    for (const [, next] of text.matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g)) follow(next!);
  };
  for (const [, name] of html.matchAll(/<script src="\/assets\/([^"]+\.js)"/g)) follow(name!);
  return found;
}

test('a detection page is at most 7 KB gzip at the median, and loads at most 15 KB of scripts', () => {
  const files = pages('detections');
  const sizes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length).sort((a, b) => a - b);
  expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(7 * 1024);
  // What opens on demand, such as the tester, is measured where it is made.
  const scripts = scriptsOf(readFileSync(files[0]!, 'utf8'));
  expect(scripts.size).toBeGreaterThanOrEqual(2);
  const bytes = [...scripts].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(SITE, 'assets', name))).length,
    0,
  );
  expect(bytes).toBeLessThanOrEqual(15 * 1024);
});

/** What stands beside the pages to be fetched: an index, rows of lists, a case a detection, logs, models, rules, what all of them may use. */
const FETCHED_FILES =
  /^(?:detections\/[^/]+\/tester\.json|data-sources\/[^/]+\/example\.log|lookups\/([^/]+)\/\1\.model|samples\/[0-9a-f]{12}\/[^/]+|tester\/environment\.json|scan\/rules\.json|search\/(?:names|ids|descriptions|searches)\.bin|lists\/[a-z-]+(?:\.(?:ids|yaml-\d+))?\.json)$/;

test('one file per page: nothing but HTML, assets, downloads and what the applications fetch was written', () => {
  const odd = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.\w+$/.test(file) &&
      !/\.(?:html|csv)$|^assets\/|^(?:robots\.txt|icon\.svg|\.nojekyll|\.sightline-build)$/.test(file),
  );
  const unexpected = odd.filter((file) => !/\.\d+$/.test(file) && !FETCHED_FILES.test(file));
  expect(unexpected).toEqual([]);
  expect(odd.filter((file) => file.endsWith('/tester.json')).length).toBe(pages('detections').length);
});
