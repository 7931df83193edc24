import { defineConfig } from '@playwright/test';
import { findBrowser, launchOptions } from './scripts/find-browser.mjs';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  use: {
    launchOptions: launchOptions(findBrowser()),
    trace: 'retain-on-failure',
  },
});
