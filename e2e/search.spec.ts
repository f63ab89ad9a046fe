import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const box = (page: Page) => page.getByRole('combobox', { name: 'Search everything' });
const options = (page: Page) => page.getByRole('option');
const status = (page: Page) => page.getByRole('dialog', { name: 'Search' }).getByRole('status');
const active = (page: Page) => page.locator('[role="option"][aria-selected="true"]');

async function open(page: Page, path = '/'): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();
}

async function find(page: Page, query: string): Promise<void> {
  await box(page).fill(query);
  await expect(status(page)).toHaveText(/^\d[\d,]* results?\b(?! so far)/);
}

test('by keyboard alone: opened, chosen with the arrows, gone to, and there again as recent', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.type('windows msiexec');
  await expect(options(page).first()).toContainText(/msiexec/i);
  await expect(status(page)).toHaveText(/result/);
  await expect(active(page)).toHaveCount(1);
  const first = await active(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect(active(page)).not.toHaveText(first!);
  await expect(box(page)).toBeFocused();
  const id = await active(page).getAttribute('id');
  await expect(box(page)).toHaveAttribute('aria-activedescendant', id!);
  const href = await active(page).getAttribute('href');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(href!);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Search' })).toHaveCount(0);
});

test('what is typed before the search is there is in its box; Escape takes the call back', async ({
  page,
}) => {
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  await page.route('**/assets/chunk-*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  await page.keyboard.press('/');
  await page.keyboard.press('x');
  await page.keyboard.press('Escape');
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('dialog', { name: 'Search' })).toHaveCount(0);
  await page.keyboard.press('/');
  await page.keyboard.type('msiexac');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('ec');
  await expect(box(page)).toHaveValue('msiexec');
  await expect(options(page).first()).toContainText(/msiexec/i);
});

test('Shift-Enter runs a detection on the reader’s own log', async ({ page }) => {
  await open(page);
  await find(page, 'Windows Msiexec Package From Remote URL');
  await page.keyboard.press('Shift+Enter');
  await expect(page).toHaveURL(/\/detections\/windows-msiexec-package-from-remote-url\/#try/);
});

test('focus goes back to where it was; a slash in a text box is a slash', async ({ page }) => {
  await page.goto('/');
  const link = page.getByRole('link', { name: /^Search/ });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('a/b');
  await expect(box(page)).toHaveValue('a/b');
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
});

const KEYS: [query: string, name: RegExp][] = [
  ['technique:T1218.007 kind:detection', /Msiexec/],
  ['tactic:defense-evasion msiexec', /Msiexec/],
  ['data_source:sysmon msiexec', /Msiexec/],
  ['event:4104', /PowerShell/i],
  ['field:process_name msiexec', /Msiexec/],
  ['macro:process_is_msiexec', /Msiexec/],
  ['lookup:dynamic_dns_domains', /dynamic DNS/i],
  ['type:TTP msiexec', /Msiexec/],
  ['kind:story', /./],
  ['status:deprecated', /PowerShell Encoded/i],
  ['severity>=high kind:detection', /./],
  ['risk>50', /./],
  ['author:sightline kind:detection', /./],
  ['story:"system binary" msiexec', /Msiexec/],
  ['group:APT kind:technique', /./],
  ['product:splunk kind:detection', /./],
  ['platform:windows', /./],
  ['asset_type:endpoint', /./],
  ['security_domain:endpoint', /./],
  ['updated>2024-06 kind:detection', /./],
  ['has:test', /./],
  ['is:passing', /./],
  ['fp:"backup"', /./],
];

test('every key of the query language finds what has it', async ({ page }) => {
  await open(page);
  const results = page.getByRole('group', { name: 'Results' }).getByRole('option');
  for (const [query, name] of KEYS) {
    // Without a query there is no result that could pass for one of the next.
    await box(page).fill('');
    await expect(results).toHaveCount(0);
    await find(page, query);
    await expect(results.first(), query).toHaveText(name);
  }
});

test('keys and values are completed with their counts; Tab takes the first', async ({ page }) => {
  await open(page);
  await page.keyboard.type('sever');
  await expect(page.getByRole('group', { name: 'Complete the query' })).toContainText('severity:');
  await page.keyboard.press('Tab');
  await expect(box(page)).toHaveValue('severity:');
  await expect(page.getByRole('group', { name: 'Complete the query' })).toContainText(/high\s*\d+ found/);
  await page.keyboard.type('hi');
  await expect(page.getByRole('group', { name: 'Complete the query' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(box(page)).toHaveValue('severity:high ');
  await expect(box(page)).toBeFocused();
});

test('an unknown key says so and offers the nearest', async ({ page }) => {
  await open(page);
  await page.keyboard.type('tecnique:T1218.007');
  await expect(page.getByRole('dialog')).toContainText('There is no key tecnique. Did you mean technique?');
  await expect(active(page)).toContainText('technique:T1218.007');
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue('technique:T1218.007');
  await expect(page.getByRole('dialog')).not.toContainText('There is no key');
});

test('on a slow network names answer first, and the rest fills in', async ({ page }) => {
  const release: (() => void)[] = [];
  await page.route(/\/search\/(?:descriptions|searches)\.bin$/, async (route) => {
    await new Promise<void>((resolve) => release.push(resolve));
    await route.continue();
  });
  await open(page);
  await page.keyboard.type('msiexec');
  await expect(status(page)).toHaveText(/^\d+ results so far, loading more…$/);
  const few = Number.parseInt((await status(page).textContent())!, 10);
  await expect(options(page).first()).toBeVisible();
  while (!/^\d+ results?\b(?! so far)/.test((await status(page).textContent())!)) {
    for (const resolve of release.splice(0)) resolve();
    await page.waitForTimeout(50);
  }
  expect(Number.parseInt((await status(page).textContent())!, 10)).toBeGreaterThan(few);
});

test('a pointer at the link or the focus on it is enough to load the index', async ({ page }) => {
  const link = page.getByRole('link', { name: /^Search/ });
  for (const reach of [() => link.hover(), () => link.focus()]) {
    await page.goto('/');
    const index = page.waitForResponse(/\/search\/names\.bin$/);
    await reach();
    expect((await index).ok()).toBe(true);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('without its index the search says so, and tries again when asked to', async ({ page }) => {
  await page.route(/\/search\/names\.bin$/, (route) => route.abort());
  await open(page);
  await page.keyboard.type('msiexec');
  await expect(page.getByRole('alert')).toContainText('could not be reached');
  await page.unroute(/\/search\/names\.bin$/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(status(page)).toHaveText(/result/);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('pages of the site are found by what they do, and rows with fewer of the words come after', async ({
  page,
}) => {
  await open(page);
  await find(page, 'test a rule');
  await expect(active(page)).toHaveAttribute('href', '/tester/');
  await expect(active(page)).toContainText('page');
  await box(page).fill('msiexec remote nosuchword');
  await expect(status(page)).toHaveText(/^\d+ results?, then others with some of the words$/);
  await expect(page.getByRole('dialog')).toContainText('Nothing has nosuchword.');
  await expect(options(page).first()).not.toContainText('some of the words');
  await expect(options(page).nth(2)).toContainText('some of the words');
  await find(page, 'scan my log');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/scan/');
});

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
] as const) {
  test(`${width} px, ${colorScheme}: fits, passes axe, and asks nothing of others`, async ({ page }) => {
    test.slow();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1')) elsewhere.push(request.url());
    });
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 780 });
    await page.goto('/');
    await page.getByRole('link', { name: /^Search/ }).click();
    for (const query of ['', 'msiexec', 'msiexec remote nosuchword', 'tecnique:T1059', 'severity:']) {
      await box(page).fill(query);
      await expect(options(page).first()).toBeVisible();
      // What axe reads while rows change is of two moments.
      await expect(status(page)).not.toHaveText(/searching|loading/i);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(
        violations.map(({ id, nodes }) => `${query}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      ).toEqual([]);
    }
    expect(elsewhere).toEqual([]);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the link leads to the list of all detections', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('link', { name: /^Search/ }).click();
    await expect(page).toHaveURL(/\/detections\/$/);
  });
});

test('the box of the start page opens the search, and a severity leads to a list of as many', async ({
  page,
}) => {
  await page.goto('/');
  const high = page.locator('#severity a', { hasText: 'High' });
  const count = (await high.locator('b').textContent())!;
  await page.getByRole('link', { name: /^Find a technique/ }).click();
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
  await page.keyboard.press('Escape');
  await high.click();
  await expect(page.locator('.list-app .filter output')).toContainText(new RegExp(`^${count} of \\d+`));
});
