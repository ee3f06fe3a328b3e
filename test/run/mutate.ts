import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/**
 * Mutation testing: changes the code of a folder in small ways, one at a time,
 * and counts the changes that the tests of the same name notice (`lib/costs`:
 * `test/unit/costs`). The last line is one JSON object, folder → score in percent.
 *
 * `node test/run/mutate.ts lib/costs` mutates the named folders only.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const DECISIONS = ['blacklist', 'compare', 'costs', 'journal', 'report', 'sources'];

const named = process.argv.slice(2).map((folder) => folder.replace(/^lib\/|\/$/g, ''));
const folders = named.length > 0 ? named : DECISIONS;
const missing = folders
  .flatMap((folder) => [`lib/${folder}`, `test/unit/${folder}`])
  .filter((folder) => !existsSync(join(ROOT, folder)));
if (missing.length > 0) throw new Error(`There is no ${missing.join(', no ')}.`);

process.chdir(ROOT);
process.env.CROSSTRACK_MUTATED = folders.join(',');
const mutants = await new Stryker({
  mutate: folders.map((folder) => `lib/${folder}/**/*.ts`),
  ignorePatterns: ['.output', 'start-output', 'test-results'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/vitest.mutate.config.ts' },
  // A name that no file has: TypeScript 7 lacks the API with which a tsconfig would be rewritten.
  tsconfigFile: 'no-tsconfig.json',
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, reportTests: false },
  concurrency: 2,
  // Slow is not wrong: other suites may have the machine.
  dryRunTimeoutMinutes: 30,
  cleanTempDir: 'always',
}).runMutationTest();

/** Share of a folder's mutants that its tests noticed, in percent with one decimal. */
function scoreOf(folder: string): number {
  const within = join(ROOT, 'lib', folder) + sep;
  const statuses = mutants
    .filter(({ fileName }) => resolve(fileName).startsWith(within))
    .map(({ status }) => status);
  const count = (...wanted: typeof statuses) =>
    statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const score = (100 * noticed) / (noticed + count('Survived', 'NoCoverage'));
  return Math.round(10 * score) / 10;
}

console.log(
  JSON.stringify(Object.fromEntries(folders.map((name) => [`lib/${name}`, scoreOf(name)]))),
);
