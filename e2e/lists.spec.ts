import { expect, test } from '@playwright/test';
import { count, facet, open, rows, total, violations } from './list-app.ts';

test('every facet gives as many rows as it says, and its own values keep their numbers and places', async ({
  page,
}) => {
  test.slow();
  await open(page);
  const all = await total(page);
  const names = await page.locator('details.facet > summary').allTextContents();
  expect(names).toEqual([
    'Severity',
    'Type',
    'Tactic',
    'Technique',
    'Platform',
    'Data source',
    'Status',
    'Test status',
    'Story',
    'Asset type',
    'Security domain',
    'Category',
    'Language',
    'Product',
    'CVE year',
  ]);
  for (const name of names) {
    const box = page.locator('details.facet').nth(names.indexOf(name));
    if (!(await box.evaluate((element: HTMLDetailsElement) => element.open)))
      await box.locator('summary').click();
    const value = box.locator('.values li').first();
    // Its values are drawn when a facet is opened: read at once, there may be none yet.
    await expect(value).toBeVisible();
    const before = await box.locator('.values li').allTextContents();
    const promised = Number(await value.locator('.n').textContent());
    await value.getByRole('checkbox').check();
    await expect(count(page)).toHaveText(`${promised} of ${all} detections`);
    await expect(page.getByRole('list', { name: 'Filters in use' })).toContainText(name);
    expect(await box.locator('.values li').allTextContents()).toEqual(before);
    await value.getByRole('checkbox').uncheck();
    await expect(count(page)).toHaveText(`${all} of ${all} detections`);
  }
});

test('values of one facet are joined by or, facets by and, in words and in rows', async ({ page }) => {
  await open(page);
  const severity = facet(page, 'Severity');
  const number = async (label: string) =>
    Number(await severity.locator('li', { hasText: label }).locator('.n').textContent());
  const both = (await number('Critical')) + (await number('High'));
  await severity.getByRole('checkbox', { name: /^Critical/ }).check();
  await severity.getByRole('checkbox', { name: /^High/ }).check();
  await expect(count(page)).toHaveText(new RegExp(`^${both} of`));
  await facet(page, 'Tactic')
    .getByRole('checkbox', { name: /^Execution/ })
    .check();
  await expect(page.getByRole('list', { name: 'Filters in use' })).toHaveText(
    /Severity Critical × or High ×and Tactic Execution ×/,
  );
  expect(await total(page)).toBeLessThan(both);
  await page.getByRole('button', { name: 'Remove Severity Critical' }).press('Enter');
  await expect(page).toHaveURL(/\?severity=high&tactic=execution$/);
  // The button is gone; the keyboard goes on in the list.
  await page.keyboard.press('Tab');
  await expect(page.locator('.results :focus')).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page).toHaveURL(/\/detections\/$/);
});

test('a value inside a long facet is found by its words', async ({ page }) => {
  await open(page);
  const technique = facet(page, 'Technique');
  await technique.locator('summary').click();
  await technique.getByRole('textbox').fill('command interpreter');
  await technique.getByRole('checkbox', { name: /^T1059 / }).check();
  const family = await total(page);
  // With its sub-techniques, whichever of them a rule lists.
  for (const row of await rows(page).all()) await expect(row).toContainText(/T\d{4}/);
  await expect(page).toHaveURL(/technique=T1059$/);
  await technique.getByRole('textbox').fill('no such value');
  await expect(technique).toContainText('No value has');
  expect(family).toBeGreaterThan(1);
});

test('every state is in the address: a link gives it again, back and forward move through it', async ({
  page,
}) => {
  await open(page);
  await facet(page, 'Severity').getByRole('checkbox', { name: /^High/ }).check();
  await page.getByRole('searchbox').pressSequentially('windows');
  await page.getByLabel('Sort by').selectOption('Updated');
  await page.getByRole('button', { name: 'Compact' }).click();
  await page.getByText(/of \d+ columns/).click();
  await page.getByRole('checkbox', { name: 'Risk', exact: true }).check();
  const address = page.url();
  expect(new URL(address).search).toBe(
    '?q=windows&severity=high&sort=-updated&columns=severity,risk,type,technique,data_source,updated&density=compact',
  );
  const names = await rows(page).locator('.name').allTextContents();
  const dates = await rows(page).locator('td:last-child').allTextContents();
  expect(dates).toEqual([...dates].sort().reverse());
  await page.reload();
  await expect(rows(page)).toHaveCount(names.length);
  expect(await rows(page).locator('.name').allTextContents()).toEqual(names);
  await expect(page.getByRole('columnheader', { name: 'Risk' })).toBeVisible();

  // Columns, density, sorting, the whole word, the facet: one step each.
  await page.goBack();
  await expect(page.getByRole('columnheader', { name: 'Risk' })).toHaveCount(0);
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/\?q=windows&severity=high$/);
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(page).toHaveURL(/\?severity=high$/);
  await page.goBack();
  await expect(page.locator('.asked')).toHaveCount(0);
  await page.goForward();
  await expect(facet(page, 'Severity').getByRole('checkbox', { name: /^High/ })).toBeChecked();
});

test('a number that may still grow is shown with a word of it, and read out when it is final', async ({
  page,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/search/*.bin', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/detections/?q=powershell');
  await expect(page.getByText('looking further…')).toBeVisible();
  await expect(count(page).locator('span')).toHaveAttribute('aria-hidden', 'true');
  const before = await page.locator('.asked').boundingBox();
  release();
  await expect(page.getByText('looking further…')).toHaveCount(0);
  await expect(count(page).locator('span')).toHaveAttribute('aria-hidden', 'false');
  expect(await page.locator('.asked').boundingBox()).toEqual(before);
});

test('the box understands what the search does: keys, IDs, fields, slips of the finger', async ({ page }) => {
  await open(page);
  const box = page.getByRole('searchbox');
  const named = async (query: string) => {
    await box.fill(query);
    // Drawn together with the sign that the search looks.
    await expect(page.getByRole('button', { name: `Remove Text ${query}`, exact: true })).toBeVisible();
    await expect(count(page)).toHaveAttribute('aria-busy', 'false');
    return rows(page).locator('.name a').allTextContents();
  };
  await named('severity>=high -type:TTP');
  for (const row of await rows(page).all()) await expect(row).toContainText(/High|Critical/);
  for (const row of await rows(page).all()) await expect(row).not.toContainText('TTP');
  await page.goto('/detections/windows-msiexec-package-from-remote-url/');
  const id = await page.locator('[data-copyable]').first().textContent();
  await open(page);
  expect(await named(id!)).toEqual(['Windows Msiexec Package From Remote URL']);
  expect((await named('msiexce'))[0]).toMatch(/msiexec/i);
  await named('tecnique:T1218');
  await expect(page.locator('.results')).toContainText('Did you mean `technique`?');
  // Rows that have only some of the words are no part of a filtered list.
  expect(await named('no such detection anywhere')).toEqual([]);
  await expect(page.locator('.nothing')).toContainText('No detection has all of this.');
  expect(await named('msiexec nosuchword')).toEqual([]);
  await page.getByRole('button', { name: 'Without “nosuchword”, which nothing has' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('msiexec');
  await expect(rows(page).first()).toContainText(/msiexec/i);
});

test('the anchor of a category is its filter', async ({ page }) => {
  await open(page, '/detections/#cloud');
  await expect(page).toHaveURL(/\?category=cloud$/);
  await page.getByRole('link', { name: 'Network' }).click();
  await expect(page).toHaveURL(/\?category=network$/);
});

test('headings sort, and say so', async ({ page }) => {
  await open(page);
  const heading = page.getByRole('columnheader', { name: 'Severity' });
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows(page).first()).toContainText('Critical');
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await expect(rows(page).first()).toContainText('Informational');
});

test('no row left: each way out says what it gives', async ({ page }) => {
  await open(page, '/detections/?severity=critical&tactic=collection&q=zzz');
  await expect(count(page)).toHaveText(/^0 of/);
  await page.getByRole('searchbox').fill('');
  const ways = page.locator('.ways button');
  await page.goto('/detections/?severity=high&cve_year=2021&platform=AWS');
  await expect(page.locator('.nothing')).toContainText('No detection has all of this.');
  const way = ways.filter({ hasText: 'CVE year' });
  const promised = /: (\d+)/.exec((await way.textContent())!)![1];
  await way.click();
  await expect(count(page)).toHaveText(new RegExp(`^${promised} of`));
});

test('every list can be cut to the data one has, chosen once', async ({ page }) => {
  await open(page);
  const all = await total(page);
  await page.getByRole('checkbox', { name: /^Only detections I have data for/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Data sources I have' });
  await dialog.getByRole('textbox').fill('dns');
  await dialog.getByRole('checkbox', { name: 'Stream DNS Query' }).check();
  const promised = /Enough for (\d+) of/.exec((await dialog.getByRole('status').textContent())!)![1];
  await dialog.getByRole('button', { name: 'Keep 1 source' }).click();
  await expect(count(page)).toHaveText(`${promised} of ${all} detections`);
  await expect(page).toHaveURL(/\?have=stream-dns-query$/);
  for (const row of await rows(page).all()) await expect(row).toContainText(/DNS/);

  await open(page, '/stories/');
  await page.getByRole('checkbox', { name: /^Only stories I have data for/ }).check();
  await expect(page).toHaveURL(/\/stories\/\?have=stream-dns-query$/);
  await expect(rows(page).first()).toContainText('DNS');

  // Somebody else's address brings its own sources, and leaves mine as they are.
  await open(page, '/detections/?have=web-proxy-log');
  await expect(page.locator('.have')).toContainText('This address brings its own 1 data source');
  await page.getByRole('button', { name: 'Keep them as mine' }).click();
  await expect(page.locator('.have')).not.toContainText('brings its own');
});

for (const [address, facets] of [
  ['/stories/', ['Category', 'Tactic', 'Technique', 'Platform']],
  ['/data-sources/', ['Platform', 'Sourcetype']],
  ['/techniques/list/', ['Coverage', 'Tactic', 'Platform', 'Kind', 'Threat group']],
  ['/macros/', ['Arguments']],
] as const) {
  test(`${address} is a list of the same kind`, async ({ page }) => {
    await open(page, address);
    for (const name of facets) await expect(facet(page, name).first()).toBeVisible();
    const all = await total(page);
    const box = page.locator('details.facet').first();
    if (!(await box.evaluate((element: HTMLDetailsElement) => element.open)))
      await box.locator('summary').click();
    const value = box.locator('.values li').first();
    const promised = await value.locator('.n').textContent();
    await value.getByRole('checkbox').check();
    await expect(count(page)).toContainText(`${promised} of ${all.toLocaleString('en')} `);
    expect(await violations(page)).toEqual([]);
  });
}

test('without JavaScript the list is complete', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}/detections/`);
  const shown = await page.locator('main tbody tr:visible').count();
  await expect(page.locator('h1 .count')).toHaveText(String(shown));
  await expect(page.locator('main tbody a').first()).toHaveAttribute('href', /^\/detections\//);
  await context.close();
});

test('on a phone a row whose last cell is empty ends with the one before', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 780 },
  });
  const page = await context.newPage();
  await page.goto(`${baseURL}/detections/`);
  const cells = page.locator('main tbody tr').first().locator('td');
  const marks = () =>
    cells.evaluateAll((all) => all.map((cell) => getComputedStyle(cell, '::after').content === 'none'));
  const last = (await cells.count()) - 1;
  expect((await marks()).slice(last - 1)).toEqual([false, true]);
  await cells.last().evaluate((cell) => cell.replaceChildren());
  expect((await marks()).slice(last - 1)).toEqual([true, true]);
  await context.close();
});

test('while the rows load, an address that asks for some does not show all', async ({ page }) => {
  let load = () => {};
  const asked = new Promise<void>((resolve) => {
    load = resolve;
  });
  await page.route('**/lists/detections.json', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto('/detections/?q=msiexec');
  await expect(page.getByText('Loading the list…')).toBeVisible();
  await expect(page.locator('main tbody tr:visible')).toHaveCount(0);
  load();
  await expect(rows(page).first()).toContainText(/msiexec/i);
});

test('where the rows cannot be loaded, the plain list stays and says so', async ({ page }) => {
  let broken = true;
  await page.route('**/lists/detections.json', (route) => (broken ? route.abort() : route.continue()));
  await page.goto('/detections/?q=msiexec');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  for (const row of await page.locator('main tbody tr:visible').all())
    await expect(row).toContainText(/msiexec/i);
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rows(page).first()).toContainText(/msiexec/i);
});

test('with the keyboard alone: find, filter, sort, select a range, open', async ({ page }) => {
  await open(page);
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('windows');
  await expect(page).toHaveURL(/q=windows$/);
  await facet(page, 'Type').getByRole('checkbox').first().focus();
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/type=TTP$/);
  await facet(page, 'Status').locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(facet(page, 'Status').getByRole('checkbox').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/status=production/);
  await page.getByRole('columnheader', { name: 'Updated' }).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=-updated/);
  await rows(page).getByRole('checkbox').first().focus();
  await page.keyboard.press('Space');
  // From the box to the name, its technique, and so on to the box two rows on.
  const third = rows(page).getByRole('checkbox').nth(2);
  for (let step = 0; step < 20; step++) {
    if (await third.evaluate((box) => box === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(third).toBeFocused();
  await page.keyboard.press('Shift+Space');
  await expect(page.locator('.what')).toHaveText('3 selected');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/detections\/[a-z0-9-]+\/$/);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`on a phone the filters are a dialog, and nothing is wider than the screen, ${scheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(
      await page.locator('.scroll').evaluate((box) => box.scrollWidth - box.clientWidth),
    ).toBeLessThanOrEqual(0);
    await page.getByText(/of \d+ columns/).click();
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    await page.getByText(/of \d+ columns/).click();
    await page.getByRole('button', { name: 'Filters' }).click();
    const dialog = page.getByRole('dialog', { name: 'Filters' });
    await dialog.getByRole('checkbox', { name: /^High/ }).check();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Show \d+ detections$/ }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}

test('axe finds nothing with filters in use, rows selected, the data dialog open', async ({ page }) => {
  await open(page, '/detections/?severity=high&density=compact');
  await rows(page).getByRole('checkbox').first().click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Choose your data sources' }).click();
  expect(await violations(page)).toEqual([]);
});
