import { existsSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/**
 * Mutation testing: changes the code in small ways, one at a time, and counts the changes that the
 * tests of the folder of the same name notice (`lib/costs`: `test/unit/costs`). The last line is one
 * JSON object, path → score in percent.
 *
 * `node test/run/mutate.ts lib/costs lib/journal/look.ts` mutates the named folders and files only.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const DECISIONS = ['blacklist', 'compare', 'costs', 'journal', 'report', 'sources'];

const named = process.argv
  .slice(2)
  .map((path) => path.replace(/^(lib\/)?/, 'lib/').replace(/\/$/, ''));
const paths = named.length > 0 ? named : DECISIONS.map((folder) => `lib/${folder}`);
const folders = [...new Set(paths.map((path) => path.split('/')[1] ?? ''))];
const missing = [...paths, ...folders.map((folder) => `test/unit/${folder}`)].filter(
  (path) => !existsSync(join(ROOT, path)),
);
if (missing.length > 0) throw new Error(`There is no ${missing.join(', no ')}.`);
const isFile = (path: string) => statSync(join(ROOT, path)).isFile();

process.chdir(ROOT);
process.env.CROSSTRACK_MUTATED = folders.join(',');
const mutants = await new Stryker({
  mutate: paths.map((path) => (isFile(path) ? path : `${path}/**/*.ts`)),
  ignorePatterns: ['.output', 'start-output', 'test-results'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.mutate.config.ts' },
  // A name that no file has: TypeScript 7 lacks the API with which a tsconfig would be rewritten.
  tsconfigFile: 'no-tsconfig.json',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false },
  // Most mutants are waited for, not computed.
  concurrency: 4,
  // Slow is not wrong: other suites may have the machine.
  dryRunTimeoutMinutes: 30,
  cleanTempDir: 'always',
}).runMutationTest();

/** Share of the mutants in a folder or file that the tests noticed, in percent with one decimal. */
function scoreOf(path: string): number {
  const within = join(ROOT, path);
  const statuses = mutants
    .filter(({ fileName }) => `${resolve(fileName)}${sep}`.startsWith(`${within}${sep}`))
    .map(({ status }) => status);
  const count = (...wanted: typeof statuses) =>
    statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const score = (100 * noticed) / (noticed + count('Survived', 'NoCoverage'));
  return Math.round(10 * score) / 10;
}

console.log(JSON.stringify(Object.fromEntries(paths.map((path) => [path, scoreOf(path)]))));
