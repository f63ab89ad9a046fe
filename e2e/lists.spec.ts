import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type Download, expect, type Page, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { LIST_FORMAT, type ListFile } from '../lib/lists/model.ts';
import { packFields } from '../lib/lists/pack.ts';

const count = (page: Page) => page.locator('output');
const rows = (page: Page) => page.locator('.app-rows tbody tr');
const total = async (page: Page) =>
  Number(/^[\d,]+/.exec((await count(page).textContent())!)![0].replace(',', ''));

async function open(page: Page, address = '/detections/') {
  await page.goto(address);
  await expect(page.locator('.list-app')).toBeVisible({ timeout: 15_000 });
}

function facet(page: Page, name: string) {
  const title = page.locator('summary').getByText(name, { exact: true });
  return page.locator('details.facet').filter({ has: title });
}

/** Axe reads every cell of a hundred rows, which takes most of the usual limit. */
async function violations(page: Page) {
  test.slow();
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function contentOf(download: Download) {
  return readFileSync(await download.path());
}

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

test('rows are selected one by one, as a range, and all; what is taken away is those', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '/detections/?type=TTP');
  const names = await rows(page).locator('.name a').allTextContents();
  const boxes = rows(page).getByRole('checkbox');
  await boxes.nth(1).click();
  await boxes.nth(4).click({ modifiers: ['Shift'] });
  await expect(page.locator('.what')).toHaveText('4 selected');
  await boxes.nth(2).click();
  await expect(page.locator('.what')).toHaveText('3 selected');
  const chosen = [1, 3, 4].map((index) => names[index]!);

  const save = async (label: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: label }).click();
    return contentOf(await download);
  };
  const csv = (await save('CSV')).toString().trim().split('\r\n');
  expect(csv[0]).toMatch(/^name,id,url,severity,risk,type,tactic,technique,/);
  expect(csv.filter((line) => /^[^"]*,https?:/.test(line)).map((line) => line.split(',')[0])).toEqual(chosen);

  const json = JSON.parse((await save('JSON')).toString());
  expect(json.map(({ name }: { name: string }) => name)).toEqual(chosen);
  for (const { url, type, id } of json) {
    expect(type).toEqual(['TTP']);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect((await page.request.get(url)).ok()).toBe(true);
  }

  const files = unzipSync(await save('YAML zip'));
  expect(Object.keys(files)).toHaveLength(3);
  for (const [path, bytes] of Object.entries(files)) {
    expect(strFromU8(bytes)).toBe(readFileSync(new URL(`../content/${path}`, import.meta.url), 'utf8'));
  }

  const layer = JSON.parse((await save('Navigator layer')).toString());
  expect(layer).toMatchObject({ domain: 'enterprise-attack', versions: { layer: '4.5' } });
  expect(layer.techniques.map(({ techniqueID }: { techniqueID: string }) => techniqueID).sort()).toEqual(
    [...new Set(json.flatMap(({ technique }: { technique: string[] }) => technique))].sort(),
  );

  const scan = (await page.getByRole('link', { name: 'Open in scan' }).getAttribute('href'))!;
  expect(new URLSearchParams(scan.split('?')[1]).get('rules')!.split(',')).toEqual(
    json.map(({ url }: { url: string }) => url.split('/').at(-2)),
  );
  expect((await page.request.get(scan)).ok()).toBe(true);

  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('.take-away').getByRole('status')).toContainText('Link to 3 detections copied.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await expect(rows(page)).toHaveCount(3);
  expect((await rows(page).locator('.name a').allTextContents()).sort()).toEqual([...chosen].sort());

  await page.getByRole('button', { name: 'Remove Chosen 3 rows' }).click();
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await expect(page.locator('.what')).toHaveText(`${await total(page)} selected`);
  await page.getByRole('button', { name: 'Select none' }).click();
  await expect(page.locator('.what')).toHaveText(/^All \d+ detections$/);
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

test('on paper there are the rows and what they were filtered by, without controls', async ({ page }) => {
  await open(page, '/detections/?severity=high');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.facets')).toBeHidden();
  await expect(page.locator('.take-away')).toBeHidden();
  await expect(page.locator('.asked')).toContainText('High');
  await expect(rows(page).first()).toBeVisible();

  await open(page, '/techniques/list/');
  await expect(rows(page)).toHaveCount(100);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(rows(page)).toHaveCount(await total(page));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(rows(page)).toHaveCount(100);
});

/** A list of the size of every public repository together, and half as much again. */
function madeList(size: number): ListFile {
  const made = Array.from({ length: size }, (_, index) => ({
    name: `Made detection ${String(index).padStart(5, '0')}`,
    severity: ['critical', 'high', 'medium', 'low'][index % 4]!,
    techniques: [`T${1000 + (index % 400)}`, `T${1000 + (index % 400)}.00${index % 3}`],
    updated: 20_240_101 + (index % 28),
  }));
  return {
    format: LIST_FORMAT,
    list: 'detections',
    noun: ['detection', 'detections'],
    attackVersion: '18.1',
    names: made.map(({ name }) => name),
    slugs: made.map(() => 0),
    fields: packFields(made, [
      {
        kind: 'values',
        key: 'severity',
        label: 'Severity',
        facet: 'open',
        column: 'shown',
        order: ['critical', 'high', 'medium', 'low'],
        of: ({ severity }) => [severity],
      },
      {
        kind: 'values',
        key: 'technique',
        label: 'Technique',
        facet: 'folded',
        column: 'shown',
        of: ({ techniques }) => techniques,
      },
      {
        kind: 'numbers',
        as: 'date',
        key: 'updated',
        label: 'Updated',
        column: 'shown',
        of: ({ updated }) => updated,
      },
    ]),
  };
}

test('10,000 rows are filtered, sorted, paged, selected and exported', async ({ page }) => {
  await page.route('**/lists/detections.json', (route) => route.fulfill({ json: madeList(10_000) }));
  // The search knows nothing of made rows; without it words of names and values are looked for.
  await page.route('**/search/*.bin', (route) => route.abort());
  await open(page);
  await expect(count(page)).toHaveText('10,000 of 10,000 detections');
  await expect(rows(page)).toHaveCount(100);
  await facet(page, 'Severity')
    .getByRole('checkbox', { name: /^critical/ })
    .check();
  await expect(count(page)).toHaveText('2,500 of 10,000 detections');
  await page.getByRole('searchbox').fill('0040');
  await expect(rows(page)).toHaveCount(4);
  await expect(page.locator('.results')).toContainText('The search could not look at everything');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(rows(page).first()).toContainText('Made detection 00400');
  await page.getByLabel('Sort by').selectOption('Updated');
  await expect(page.locator('.pages')).toContainText('Page 1 of 25');
  await expect(rows(page).first()).toContainText('2024-01-25');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await page.getByRole('button', { name: 'Select all 2,500' }).click();
  await expect(page.locator('.what')).toHaveText('2,500 selected');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON' }).click();
  expect(JSON.parse((await contentOf(await download)).toString())).toHaveLength(2500);
});
