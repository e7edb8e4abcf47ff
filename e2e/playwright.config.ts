import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { findChromium } from './find-chromium.ts'

const executablePath = findChromium()

// Workers and servers begin with modules that are compiled already: half a second of a core for each server.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/hindsight', import.meta.url))

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  globalSetup: './fill-data.ts',
  fullyParallel: true,
  workers: 2,
  // A flaky test is a bug to find, not to run again.
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [['list'], ['html', { open: 'never', outputFolder: '../playwright-report' }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    // A tenth of two cores in every test, for what is read after a failure. That tells its calls, what was logged and what the
    // page had on it; for more, run it again with `--trace retain-on-failure`.
    trace: 'off',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      // Root in a container has no sandbox to offer; the rest keeps the browser from calling home.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
