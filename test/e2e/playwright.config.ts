import { defineConfig } from '@playwright/test';
import type { WorldOptions } from './world.ts';

/** The same specs in both browsers. Playwright is the runner; the drivers open the browsers. */
export default defineConfig<object, WorldOptions>({
  testDir: './specs',
  outputDir: '../../test-results',
  timeout: 90_000,
  // As patient as the drivers: two browsers share the machine with whatever else runs.
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  projects: [
    { name: 'chromium', use: { browserName_: 'chromium' } },
    // Firefox shows its prompts to nobody who has no hands.
    {
      name: 'firefox',
      use: { browserName_: 'firefox' },
      testIgnore: '**/permission-prompt.spec.ts',
    },
  ],
});
