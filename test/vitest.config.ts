import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests of code that keeps nothing in its modules: they share them, and save the loading. */
const PURE = [
  'test/unit/{blacklist,compare,connections,costs,http,journal,report,sources,transfer}/**/*.test.ts',
  'test/unit/{simulators,trackers}/**/*.test.ts',
];

/** Unit and meta tests: plain Node, no browser. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    environment: 'node',
    restoreMocks: true,
    // Slow is not wrong: other suites may have the machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['test/unit/**/*.test.ts', 'test/meta/**/*.test.ts'],
          exclude: PURE,
        },
      },
    ],
  },
});
