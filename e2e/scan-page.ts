import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

export async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/scan/${query}`);
  await expect(page.locator('.scan')).toBeVisible();
}

/** How a scan ended, or how far it has come. */
export const said = (page: Page): Locator => page.locator('.scan .verdict [role="status"]');

/** What a button saves. */
export async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync((await download.path())!, 'utf8');
}

const SHADOW = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\';

/** Every thousandth process start reaches into a shadow copy, which a rule finds. */
const shadowCopies = (at: number): string =>
  at % 1000 === 7 ? `cmd.exe /c mklink /d c:\\s ${SHADOW}` : `notepad.exe ${at}.txt`;

/** Very many process starts, a second apart; as a file, because a browser is given no more than 50 MB. */
export function longLog(
  path: string,
  events: number,
  commandOf: (at: number) => string = shadowCopies,
): void {
  const lines: string[] = [];
  for (let at = 0; at < events; at += 1) {
    const command = commandOf(at);
    lines.push(
      JSON.stringify({
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Computer: `ws${at % 7}.example.com`,
        SystemTime: new Date(1.79e12 + at * 1000).toISOString(),
        Image: `C:\\Windows\\System32\\${command.split(' ')[0]}`,
        CommandLine: command,
        ParentImage: 'C:\\Windows\\explorer.exe',
        User: 'EX\\anna',
      }),
    );
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
}
