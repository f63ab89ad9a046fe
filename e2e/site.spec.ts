import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { violations } from './axe.ts';

const SITE = fileURLToPath(new URL('../.sightline/test-site', import.meta.url));

/** One page of every kind, and every list: taken from what was built, so that a new kind cannot be forgotten. */
function samplePages(): string[] {
  const sections = readdirSync(SITE, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'assets',
  );
  const pages = ['/', '/404.html'];
  for (const { name } of sections) {
    const children = readdirSync(`${SITE}/${name}`, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !/^[0-9a-f]{8}-/.test(entry.name),
    );
    // A folder without a page of its own holds redirects only.
    if (!existsSync(`${SITE}/${name}/index.html`)) continue;
    pages.push(`/${name}/`, ...children.slice(0, 1).map((child) => `/${name}/${child.name}/`));
  }
  return pages;
}

for (const path of samplePages()) {
  test(`${path} stays on its origin, fits a phone, and passes axe`, async ({ page }) => {
    // Thousands of elements in tables: axe alone takes most of the usual limit.
    test.slow(['/support/', '/fields/'].includes(path));
    const elsewhere: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1')) elsewhere.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `wider than ${width} px`).toBeLessThanOrEqual(0);
    }
    expect(elsewhere).toEqual([]);
    expect(problems).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
}

test('an unknown address answers 404 with a way on', async ({ page }) => {
  const response = await page.goto('/detections/no-such-thing/');
  expect(response?.status()).toBe(404);
  await page.getByRole('link', { name: 'All detections' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Detections');
});

test('the UUID and the old address lead to the page', async ({ page }) => {
  await page.goto('/detections/windows-msiexec-package-from-remote-url/');
  const id = await page.locator('[data-copyable]').first().textContent();
  for (const old of [`/detections/${id}/`, `/endpoint/${id}/`]) {
    await page.goto(old);
    await expect(page).toHaveURL(/\/detections\/windows-msiexec-package-from-remote-url\/$/);
  }
});

test('a list is filtered as one types, and the filter is in its address', async ({ page }) => {
  await page.goto('/detections/');
  const all = await page.locator('main tbody tr').count();
  await page.getByRole('searchbox').fill('msiexec');
  await expect(page.locator('main tbody tr:visible')).not.toHaveCount(all);
  for (const row of await page.locator('main tbody tr:visible').all())
    await expect(row).toContainText(/msiexec/i);
  await expect(page).toHaveURL(/\?q=msiexec$/);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('msiexec');
  await page.getByRole('searchbox').fill('no such detection anywhere');
  await expect(page.locator('output')).toHaveText(/^0 of/);
  await expect(page.getByRole('link', { name: 'Open in scan' })).toBeDisabled();
});

test('every page can be reached and read with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#content$/);
  await page.goto('/detections/windows-msiexec-package-from-remote-url/');
  await page.getByRole('radio', { name: 'Formatted' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#search pre.raw')).toBeVisible();
});
