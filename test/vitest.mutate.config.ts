import { defineConfig } from 'vitest/config';
import unit from './vitest.config.ts';

const folders = process.env.CROSSTRACK_MUTATED?.split(',') ?? [];

const { projects: _, ...options } = unit.test ?? {};

/** Only the tests of the folders that `test/run/mutate.ts` mutates. */
export default defineConfig({
  ...unit,
  test: {
    ...options,
    // A test that waits for what a mutant never does has noticed it: that need not take a minute.
    testTimeout: 15_000,
    expect: { poll: { timeout: 2_000 } },
    include: folders.map((folder) => `test/unit/${folder}/**/*.test.ts`),
  },
});
