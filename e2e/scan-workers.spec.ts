import { expect, type Page, test } from '@playwright/test';
import { longLog, open, said, saved } from './scan-page.ts';

const SYMLINK = 'Shadow Copy Reached Through Symlink';
const TOOLS = ['whoami', 'ipconfig', 'systeminfo', 'netstat', 'tasklist', 'nltest'];

/** Tools of a discovery, at one host a few seconds apart: a rule that counts them has to see those of every worker. */
const commands = (at: number): string => {
  if (at % 1000 === 7)
    return 'cmd.exe /c mklink /d c:\\s \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\';
  const tool = at % 3500 < 42 && at % 7 === 0 ? TOOLS[(at % 3500) / 7] : undefined;
  return `${tool ?? 'notepad'}.exe ${at}`;
};

async function openOn(page: Page, cores: number): Promise<void> {
  await page.addInitScript((count) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => count });
    Object.defineProperty(navigator, 'deviceMemory', { get: () => 32 });
  }, cores);
  await open(page);
}

const choose = (page: Page, path: string) => page.getByLabel('Log files').setInputFiles(path);
const workers = (page: Page) => expect.poll(() => page.workers().length, { timeout: 15_000 });
const symlinkRow = (page: Page) => page.getByRole('button', { name: SYMLINK });

test('two workers find what one finds', async ({ page, context }, info) => {
  test.setTimeout(150_000);
  const path = info.outputPath('log.ndjson');
  longLog(path, 35_000, commands);
  const alone = await context.newPage();
  const reports: string[] = [];
  for (const [tab, cores] of [
    [alone, 1],
    [page, 2],
  ] as const) {
    await openOn(tab, cores);
    await choose(tab, path);
    if (cores === 2) {
      await expect(tab.locator('.scan .verdict')).toContainText('in 2 workers');
      await workers(tab).toBe(2);
    }
    await expect(said(tab)).toContainText('fired on 35,000 events.', { timeout: 60_000 });
    await workers(tab).toBe(1);
    reports.push(await saved(tab, 'Save JSON'));
  }
  expect(reports[1]).toBe(reports[0]);
  const names = (JSON.parse(reports[0]!) as { hits: { name: string }[] }).hits.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([SYMLINK, 'Windows Discovery Commands In Quick Succession']));
});

test('cancel ends all workers', async ({ page }, info) => {
  test.setTimeout(150_000);
  const path = info.outputPath('long.ndjson');
  longLog(path, 250_000);
  await openOn(page, 3);
  await choose(page, path);
  await expect(symlinkRow(page)).toBeVisible({ timeout: 40_000 });
  await workers(page).toBe(3);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(said(page)).toContainText(/^Cancelled\. 1 of \d+ rules fired on [\d,]+ events/);
  await workers(page).toBe(1);
  await page.getByRole('button', { name: 'Clear' }).click();
  await workers(page).toBe(0);
  const short = info.outputPath('short.ndjson');
  longLog(short, 1_000, commands);
  await choose(page, short);
  await expect(said(page)).toContainText('fired on 1,000 events.', { timeout: 60_000 });
});

for (const [which, at] of [
  ['a helper', 1],
  ['the first worker', 0],
] as const) {
  test(`where ${which} is lost the page says so, keeps what was found, and can scan again`, async ({
    page,
  }, info) => {
    test.setTimeout(150_000);
    const path = info.outputPath('long.ndjson');
    longLog(path, 250_000);
    await openOn(page, 2);
    await choose(page, path);
    await expect(symlinkRow(page)).toBeVisible({ timeout: 40_000 });
    await workers(page).toBe(2);
    await page.workers()[at]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('it was killed');
      });
    });
    await expect(said(page)).toContainText(/The scan ended early: .*it was killed/);
    await expect(symlinkRow(page)).toBeVisible();
    await workers(page).toBe(at);
    expect(JSON.parse(await saved(page, 'Save JSON'))).toMatchObject({ complete: false });
    const short = info.outputPath('short.ndjson');
    longLog(short, 35_000, commands);
    await choose(page, short);
    await expect(said(page)).toContainText('fired on 35,000 events.', { timeout: 60_000 });
  });
}
