import { defineConfig } from '@playwright/test';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';

const PORT = Number(process.env.SIGHTLINE_E2E_PORT ?? 4173);

/** The bundled site, built by the step before and served as a static host would serve it. */
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
  webServer: {
    command: `node e2e/serve.mjs ${PORT}`,
    cwd: '..',
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
