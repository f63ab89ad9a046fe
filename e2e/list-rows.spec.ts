/** What one does with the rows of a list: select, take away, print; and how many it bears. */
import { readFileSync } from 'node:fs';
import { type Download, expect, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { LIST_FORMAT, type ListFile } from '../lib/lists/model.ts';
import { packFields } from '../lib/lists/pack.ts';
import { count, facet, open, rows, total } from './list-app.ts';

async function contentOf(download: Download) {
  return readFileSync(await download.path());
}

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
