import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const PAGE = '/detections/office-application-starts-script-interpreter/';
/** A rule with a network and a modifier that some query languages have no words for. */
const REFUSED = '/detections/office-application-connects-to-public-address/';

const shown = (page: Page) => page.locator('#conversions .conversions figure:visible');

test('every conversion has a tab, without JavaScript', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL + PAGE);
  const today = page.getByRole('group', { name: 'Query language' });
  await expect(today.getByRole('radio')).toHaveCount(15);
  await expect(shown(page)).toHaveCount(1);
  await expect(shown(page).locator('pre')).toContainText('EventCode=1');
  await today.locator('label', { hasText: 'Elastic ES|QL' }).click();
  await expect(shown(page)).toHaveCount(1);
  await expect(shown(page).locator('pre')).toContainText('from * metadata');
  await expect(shown(page)).toContainText('--to esql --pipeline ecs_windows');
  await page.getByText('As the old converter printed it').click();
  const old = page.getByRole('group', { name: 'Backend of the old converter' });
  await expect(old.getByRole('radio')).toHaveCount(7);
  await old.locator('label', { hasText: 'grep' }).click();
  await expect(old.locator('figure:visible pre')).toContainText("grep -P '^");
  await expect(page.getByRole('button')).toHaveCount(0);
  await context.close();
});

test('tabs go by the arrow keys, and the shown conversion is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(PAGE);
  await page.getByRole('radio', { name: 'Splunk', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Splunk tstats' })).toBeChecked();
  await expect(shown(page).locator('pre')).toContainText('| tstats');
  await shown(page).getByRole('button', { name: 'Copy' }).click();
  await expect(shown(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await shown(page).locator('pre').textContent(),
  );
});

test('says what was checked by running, and on how many events', async ({ page }) => {
  await page.goto(PAGE);
  const checked = page.locator('#conversions .checked');
  await expect(checked).toContainText(/Checked: Splunk ✓ SQL ✓ on \d+ events/);
  const counted = /on (\d+) events of its tests, of which the rule matches (\d+)/.exec(
    (await checked.textContent()) ?? '',
  );
  expect(Number(counted?.[1])).toBeGreaterThan(Number(counted?.[2]));
  expect(Number(counted?.[2])).toBeGreaterThan(0);
});

test('a query language that cannot express the rule says why', async ({ page }) => {
  await page.goto(REFUSED);
  const refused = page.locator('#conversions label', { hasText: 'n/a' });
  await refused.first().click();
  await expect(shown(page)).toContainText(/It cannot be said in .+: .+\. convert-[a-z-]+/);
  await expect(shown(page).getByRole('button')).toHaveCount(0);
});

test('names what has to be logged, related rules, the licence and Atomic tests', async ({ page }) => {
  await page.goto(PAGE);
  const logSource = page.locator('#log-source');
  await expect(logSource).toContainText('Audit policy: Detailed Tracking › Process Creation');
  await expect(logSource).toContainText('Microsoft-Windows-Sysmon/Operational');
  await expect(
    logSource.getByRole('link', { name: 'Office Application Connects To Public Address' }),
  ).toBeVisible();
  await expect(page.getByLabel('Facts')).toContainText('Apache License 2.0');
  await expect(page.locator('#required-fields')).toContainText('ParentImage');
  const atomics = page.locator('#atomics');
  await expect(atomics.locator('td a[href*="atomic-red-team/blob/master/atomics/T"]').first()).toBeVisible();
  await atomics.getByRole('link', { name: /^T1204\.002 \(\d+\)$/ }).click();
  await expect(page).toHaveURL(/\/techniques\/t1204\.002\/#atomics$/);
  await expect(page.locator('#atomics')).toBeInViewport();
});

test('the tester runs the rule', async ({ page }) => {
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.locator('.tester')).toContainText(/\d+ of \d+/, { timeout: 30_000 });
});

for (const [address, colorScheme] of [
  [PAGE, 'light'],
  [PAGE, 'dark'],
  [REFUSED, 'light'],
] as const) {
  test(`${address} has no accessibility violation and no sideways scroll at 390 px, ${colorScheme}`, async ({
    browser,
    baseURL,
  }) => {
    // A page of many tabs is much for axe to look through on a busy machine.
    test.slow();
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme });
    const page = await context.newPage();
    await page.goto(baseURL + address);
    await page.getByText('As the old converter printed it').click();
    const results = await new AxeBuilder({ page }).analyze();
    expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await context.close();
  });
}

test('prints every conversion under its name', async ({ page }) => {
  await page.goto(PAGE);
  await page.emulateMedia({ media: 'print' });
  await expect(shown(page)).toHaveCount(22);
  await expect(page.locator('#conversions figcaption b').first()).toHaveText('Splunk');
  await expect(page.locator('#conversions figcaption b').first()).toBeVisible();
  await expect(page.locator('#conversions').getByText('Copy')).toHaveCount(22);
  await expect(page.locator('#conversions button:visible')).toHaveCount(0);
});
