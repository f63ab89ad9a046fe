import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const PORT = Number(process.env.SIGHTLINE_E2E_PORT ?? 4173) + 2;

let content: string;
let server: ChildProcess;

test.beforeAll(async () => {
  // A first drawing of every page, on a machine that may be busy.
  test.setTimeout(120_000);
  content = mkdtempSync(join(tmpdir(), 'sightline-content-'));
  cpSync(join(PROJECT, 'content'), content, { recursive: true });
  server = spawn(
    process.execPath,
    ['lib/cli/sightline.mjs', 'dev', '--content', content, '--port', String(PORT)],
    { cwd: PROJECT },
  );
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (chunk) => String(chunk).includes('http://localhost') && resolve());
    server.on('close', () => reject(new Error('the development server ended')));
  });
});

test.afterAll(() => {
  server.removeAllListeners('close');
  server.kill();
  rmSync(content, { recursive: true, force: true });
});

test('an edited file, a broken file and a mended file are followed without a reload by hand', async ({
  page,
}) => {
  const file = join(content, 'detections/endpoint/windows_msiexec_package_from_remote_url.yml');
  const original = readFileSync(file, 'utf8');
  await page.goto(`http://127.0.0.1:${PORT}/detections/windows-msiexec-package-from-remote-url/`);
  writeFileSync(
    file,
    original.replace(/^description: .*$/m, 'description: Rewritten while the page was open.'),
  );
  await expect(page.locator('#description')).toContainText('Rewritten while the page was open.');
  writeFileSync(file, 'name: "never closed');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  writeFileSync(file, original);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Windows Msiexec Package From Remote URL');
});
