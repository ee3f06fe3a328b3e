import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Unit and meta tests: plain Node, no browser. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/unit/**/*.test.ts', 'test/meta/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
    // Slow is not wrong: other suites may have the machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
