import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const PAGE = '/detections/windows-msiexec-package-from-remote-url/';

test('answers the triager in order, without JavaScript', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL + PAGE);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Windows Msiexec Package From Remote URL');
  const order = await page
    .locator('main section')
    .evaluateAll((sections) => sections.map((section) => section.id));
  const expected = [
    'description',
    'false-positives',
    'attack',
    'search',
    'data-sources',
    'macros',
    'required-fields',
    'implementation',
    'configuration',
    'risk',
  ];
  expect(order.filter((id) => expected.includes(id))).toEqual(expected);
  await expect(page.locator('#search ol.formatted')).toBeVisible();
  await page.getByText('As written').click();
  await expect(page.locator('#search pre.raw')).toBeVisible();
  await expect(page.locator('#search ol.formatted')).toBeHidden();
  // A control that cannot work without JavaScript is not shown.
  await expect(page.getByRole('button')).toHaveCount(0);
  await context.close();
});

test('copies the form of the search that is shown, and the ID', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(PAGE);
  await page.locator('#search').getByRole('button', { name: 'Copy' }).click();
  await expect(page.locator('#search').getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')[0]).toMatch(/^\| tstats/);
  expect(copied).toContain('`windows_msiexec_package_from_remote_url_filter`');
  await page.getByText('Macros expanded').click();
  await page.locator('#search').getByRole('button', { name: /Cop/ }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('search *');
  await page.getByRole('button', { name: /^Copy [0-9a-f]{8}-/ }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f-]{36}$/);
});

test('opens the search in the reader’s own Splunk, whose address it asks for once', async ({
  page,
  context,
}) => {
  // The address is reserved and never answers: only the link that was opened matters.
  await context.route('https://splunk.example.com:8000/**', (route) => route.fulfill({ body: 'splunk' }));
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Open in Splunk' }).click();
  await page.getByLabel('Address of your Splunk').fill('https://splunk.example.com:8000/');
  const [first] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Open', exact: true }).click(),
  ]);
  const url = new URL(first.url());
  expect(url.pathname).toBe('/en-US/app/search/search');
  expect(url.searchParams.get('q')).toMatch(/^\s*\| tstats/);
  expect(url.searchParams.get('earliest')).toBe('-70m@m');
  const [second] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Open in Splunk' }).click(),
  ]);
  expect(second.url()).toBe(first.url());
});

test('a cancelled question opens nothing and keeps nothing', async ({ page, context }) => {
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Open in Splunk' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  expect(context.pages()).toHaveLength(1);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('macros and lookups of the search are links', async ({ page }) => {
  await page.goto(PAGE);
  await page.locator('#search ol.formatted a.m').first().click();
  await expect(page).toHaveURL(/\/macros\/[^/]+\/$/);
  await expect(page.getByRole('heading', { name: 'Definition' })).toBeVisible();
});

test('the table of contents follows the reader', async ({ page }) => {
  await page.goto(PAGE);
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Testing' }).click();
  await expect(page).toHaveURL(/#testing$/);
  await expect(page.locator('.contents a[aria-current]')).toHaveCount(1);
});

test('the theme is remembered and applied before the first paint', async ({ page }) => {
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Theme: system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await page.reload({ waitUntil: 'commit' });
  await page.waitForSelector('html[data-theme="dark"]', { state: 'attached' });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(18, 21, 26)');
});

test('prints as a document: no controls, every drilldown open', async ({ page }) => {
  await page.goto(PAGE);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('header.top')).toBeHidden();
  await expect(page.getByRole('button').first()).toBeHidden();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`has no accessibility violation, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(PAGE);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual(
      [],
    );
  });
}
