import { defineConfig } from 'vitest/config';
import unit from './vitest.config.ts';

const folders = process.env.CROSSTRACK_MUTATED?.split(',') ?? [];

const { projects: _, ...options } = unit.test ?? {};

/** Only the tests of the folders that `test/run/mutate.ts` mutates. */
export default defineConfig({
  ...unit,
  test: { ...options, include: folders.map((folder) => `test/unit/${folder}/**/*.test.ts`) },
});
