import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];

/** Path of a Chromium to test with: the one named, an installed one, Playwright's own, or the distribution's. */
export function findChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM_PATH names ${named}, which does not exist.`);
    return named;
  }
  const present = () => [...INSTALLED, chromium.executablePath()].find((path) => existsSync(path));
  const found = present();
  if (found) return found;
  run('npx', ['playwright', 'install', 'chromium']);
  if (!present() && process.platform === 'linux' && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'chromium']);
  }
  const installed = present();
  if (!installed)
    throw new Error(
      'No Chromium was found or could be installed. Install one, or set PLAYWRIGHT_CHROMIUM_PATH.',
    );
  return installed;
}

function run(command, args) {
  process.stderr.write(`No Chromium yet: ${command} ${args.join(' ')}\n`);
  spawnSync(command, args, { stdio: ['ignore', 2, 2] });
}

/** Options with which Chromium starts as root, without a display and without talking to anybody. */
export const LAUNCH_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
