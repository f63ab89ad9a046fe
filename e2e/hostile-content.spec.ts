import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const SITE = fileURLToPath(new URL('../.sightline/hostile-site', import.meta.url));
const ORIGIN = `http://127.0.0.1:${Number(process.env.SIGHTLINE_E2E_PORT ?? 4173) + 1}`;
const BASE = '/team/x';

declare global {
  interface Window {
    pwned?: number;
  }
}

/** Pages made from e2e/fixtures/hostile, whose every text field is an attack, published under a base path. */
function hostilePages(): string[] {
  return ['detections', 'stories', 'macros', 'lookups', 'data-sources', 'cves'].flatMap((section) => [
    `/${section}/`,
    ...readdirSync(`${SITE}/${section}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^[0-9a-f]{8}-/.test(entry.name))
      .map((entry) => `/${section}/${entry.name}/`),
  ]);
}

test('text that is markup or a script stays text, on every page it reaches', async ({ page }) => {
  const pages = hostilePages();
  expect(pages.length).toBeGreaterThan(10);
  const elsewhere: string[] = [];
  const dialogs: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(ORIGIN)) elsewhere.push(request.url());
  });
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  for (const path of pages) {
    await page.goto(ORIGIN + BASE + path);
    if ((await page.locator('[data-list-app]').count()) > 0)
      await expect(page.locator('.list-app')).toBeVisible();
    // Everything that markup could have become, had it come through.
    const found = await page.evaluate(() => ({
      pwned: window.pwned,
      elements: document.querySelectorAll(
        'main :is(script, iframe, img, style, object, embed, form, base, meta)',
      ).length,
      handlers: [...document.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((name) => name.startsWith('on')),
      ),
      links: [...document.querySelectorAll('a')]
        .map((link) => link.protocol)
        .filter((protocol) => !/^https?:$/.test(protocol)),
      title: document.title.length > 0,
    }));
    expect(found, path).toEqual({ pwned: undefined, elements: 0, handlers: [], links: [], title: true });
  }
  expect(elsewhere).toEqual([]);
  expect(dialogs).toEqual([]);
});

test('the attack is still readable, so that its author sees what is wrong', async ({ page }) => {
  await page.goto(`${ORIGIN}${BASE}/detections/`);
  await page.getByRole('link', { name: /^Hostile/ }).click();
  await expect(page.locator('#false-positives')).toContainText('</section><script>window.pwned=1</script>');
  await expect(page.locator('#references')).toContainText('javascript:window.pwned=1');
  await expect(page.locator('#testing')).toContainText('bad-format');
});

test('every address carries the base path', async ({ page }) => {
  await page.goto(`${ORIGIN}${BASE}/`);
  const links = await page
    .locator('a[href^="/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !link.startsWith(`${BASE}/`))).toEqual([]);
  expect((await page.request.get(`${ORIGIN}/detections/`)).status()).toBe(404);
});

test('a list that is worked on carries the base path in what it links to and fetches', async ({ page }) => {
  await page.goto(`${ORIGIN}${BASE}/detections/`);
  await expect(page.locator('.list-app tbody tr')).toHaveCount(2);
  const links = await page
    .locator('.list-app a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
  expect(links.filter((link) => !link.startsWith(`${BASE}/`))).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'YAML zip' }).click();
  expect((await download).suggestedFilename()).toBe('detections.zip');
});

test('a file whose name has blanks and dots has a page at its object’s name', async ({ page }) => {
  await page.goto(`${ORIGIN}${BASE}/detections/odd-file-name/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Odd File Name');
  await expect(page.locator('#false-positives')).toContainText('Not documented.');
});
