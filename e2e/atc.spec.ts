import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const RULE = '/detections/shadow-copy-reached-through-symlink/';

/** What a rule's page links to in a section, and what leads back from there. */
const AROUND: [section: string, name: string, address: string][] = [
  ['data-sources', 'Sysmon Event 1 Process Creation', '/data-sources/sysmon-event-1-process-creation/'],
  ['data-sources', 'Sysmon Process Creation', '/logging-policies/sysmon-process-creation/'],
  ['operations', 'Link To A Shadow Copy', '/triggers/link-to-a-shadow-copy/'],
  ['operations', 'Ransomware On Windows Hosts', '/playbooks/ransomware-on-windows-hosts/'],
  ['operations', 'Ransomware Before Encryption', '/use-cases/ransomware-before-encryption/'],
];

/** Pages with most in them, one of each kind. */
const PAGES = [
  ...AROUND.map(([, , address]) => address),
  '/enrichments/process-details-on-network-and-file-events/',
  '/mitigations/block-credential-stealing-from-lsass/',
  '/response-actions/isolate-a-windows-host/',
  '/customers/example-retail/',
];

async function fitsAndIsAccessible(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

for (const [section, name, address] of AROUND) {
  test(`a Sigma rule leads to ${address} and back`, async ({ page }) => {
    await page.goto(RULE);
    await page.locator(`#${section}`).getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await page.getByRole('main').getByRole('link', { name: 'Shadow Copy Reached Through Symlink' }).click();
    await expect(page).toHaveURL(new RegExp(`${RULE}$`));
  });
}

for (const address of PAGES) {
  test(`${address} is read in the dark on a phone`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    const page = await context.newPage();
    await page.goto(baseURL + address);
    await fitsAndIsAccessible(page);
    await context.close();
  });
}

test('a rule names its Data Needed as Atomic Threat Coverage does', async ({ page }) => {
  await page.goto(RULE);
  const row = page.locator('#log-source tr', { hasText: 'Atomic Threat Coverage' });
  await expect(row.locator('td')).toHaveText(
    'DN_0002_4688_windows_process_creation_with_commandline, DN_0003_1_windows_sysmon_process_creation',
  );
});

test('a playbook goes through its stages in order, and each action knows its playbooks', async ({ page }) => {
  await page.goto('/playbooks/ransomware-on-windows-hosts/');
  await expect(page.locator('#stages h3')).toHaveText([
    'Preparation',
    'Identification',
    'Containment',
    'Eradication',
    'Recovery',
    'Lessons learned',
  ]);
  await page.getByRole('link', { name: 'Reset Exposed Credentials' }).click();
  await expect(page.locator('#playbooks .refs a')).toHaveText([
    'Ransomware On Windows Hosts',
    'Stolen Cloud Session',
  ]);
});

test('a trigger gives its commands to copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/triggers/link-to-a-shadow-copy/');
  await page.locator('#steps').getByRole('button', { name: 'Copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('mklink /d');
  await expect(page.locator('#atomic-tests')).toContainText('Create Symlink to Volume Shadow Copy');
});

test('a customer sees which of its detections lack their data', async ({ page }) => {
  await page.goto('/customers/example-retail/');
  const blind = page.locator('#blind').getByRole('link');
  await expect(blind.filter({ hasText: 'Entra ID Privileged Role Assigned' })).toHaveCount(1);
  await expect(blind.filter({ hasText: 'Windows LSASS Dump Through Comsvcs' })).toHaveCount(0);
});

test('a field leads to the logs that have it, and the tables are there as files', async ({
  page,
  request,
}) => {
  await page.goto('/fields/?q=TargetObject');
  const rows = page.locator('tbody tr:visible');
  await expect(rows).toHaveCount(1);
  await expect(rows.getByRole('link')).toHaveText(['Sysmon Event 13 Registry Value Set']);
  await page.getByRole('searchbox').fill('ParentImage after');
  await expect(rows.first()).toContainText('Process Details On Network And File Events');
  for (const [name, heading] of [
    ['pivoting.csv', 'field,category,platform,type,channel,provider,data_needed,enrichment,'],
    ['analytics.csv', 'customer,tactic,technique,detection_rule,category,platform,type,'],
  ] as const) {
    const address = await page.getByRole('link', { name }).getAttribute('href');
    const response = await request.get(address!);
    expect(response.status()).toBe(200);
    expect(await response.text()).toMatch(new RegExp(`^${heading}`));
  }
});

test('without JavaScript the fields are all there', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}/fields/`);
  await expect(page.locator('tbody tr', { hasText: 'TargetObject' })).toHaveCount(1);
  await expect(page.getByRole('searchbox')).toBeHidden();
  await context.close();
});
