import { defineConfig } from '@playwright/test';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';

const PORT = Number(process.env.SIGHTLINE_E2E_PORT ?? 4173);
const HOSTILE_PORT = PORT + 1;

/** The sites that the steps before built, served as a static host would serve them. */
export default defineConfig({
  testDir: '.',
  outputDir: '../.sightline/e2e-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../.sightline/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    launchOptions: { executablePath: findChromium(), args: LAUNCH_ARGS },
    contextOptions: { reducedMotion: 'reduce' },
  },
  webServer: [
    { command: `node e2e/serve.mjs ${PORT}`, port: PORT },
    { command: `node e2e/serve.mjs ${HOSTILE_PORT} .sightline/hostile-site /team/x`, port: HOSTILE_PORT },
  ].map((server) => ({ ...server, cwd: '..', reuseExistingServer: false, timeout: 60_000 })),
});
