import { defineConfig } from '@playwright/test';
import { findBrowser, launchOptions } from './scripts/find-browser.mjs';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // No test is about time; a busy machine may take its own.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // The packaged headless browser hangs about once in 350 page loads, in its own code: not even a debugger can pause the
  // page then. What fails three times has failed.
  retries: 2,
  use: {
    launchOptions: launchOptions(findBrowser()),
    trace: 'retain-on-failure',
  },
});
