import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './browsers/find.ts';

/** Component tests: real Chromium, no extension around them. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  publicDir: false,
  plugins: [preact()],
  optimizeDeps: {
    include: [
      '@preact/signals',
      'preact',
      'preact/hooks',
      'preact/jsx-runtime',
      'preact/jsx-dev-runtime',
      'axe-core',
      'uplot',
      'zod/mini',
    ],
  },
  test: {
    include: ['test/component/**/*.test.tsx'],
    // Slow is not wrong: other suites may have the machine.
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1280, height: 860 },
      provider: playwright({
        launchOptions: { executablePath: await findChromium(), args: ['--no-sandbox'] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
