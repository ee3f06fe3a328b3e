import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles } from './source-files.ts';

const DOMAIN = ['report', 'compare', 'costs', 'blacklist', 'sources'];
const isDomain = (path: string) => DOMAIN.some((folder) => path.startsWith(`lib/${folder}/`));

const entrypoints = sourceFiles('entrypoints');
const components = sourceFiles('components');
const lib = sourceFiles('lib');

/** "file imports target" for every import that a rule forbids. */
function breaches(
  files: ReturnType<typeof sourceFiles>,
  forbidden: (target: string, typeOnly: boolean) => boolean,
): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ of, typeOnly }) => forbidden(of, typeOnly))
      .map(({ of }) => `${file.path} imports ${of}`),
  );
}

const isSchema = (of: string): boolean => /zod|^lib\/contract\//.test(of);

const fileAt = new Map([...entrypoints, ...components, ...lib].map((file) => [file.path, file]));

/** The files by which a file comes to run one that is looked for, and that one; empty = it doesn't. */
function wayTo(isIt: (path: string) => boolean, path: string, seen = new Set<string>()): string[] {
  if (isIt(path)) return [path];
  const file = fileAt.get(path);
  if (!file || seen.has(path)) return [];
  seen.add(path);
  for (const { of, typeOnly } of importsOf(file)) {
    const way = typeOnly ? [] : wayTo(isIt, of, seen);
    if (way.length > 0) return [path, ...way];
  }
  return [];
}

describe('layers', () => {
  test('the walk finds the files and their imports', () => {
    expect(entrypoints.length).toBeGreaterThan(3);
    expect(components.length).toBeGreaterThan(10);
    expect(lib.flatMap(importsOf).length).toBeGreaterThan(50);
  });

  test('lib imports neither components nor entrypoints', () => {
    expect(breaches(lib, (of) => /^(components|entrypoints|test)\//.test(of))).toEqual([]);
  });

  test('components do not import entrypoints', () => {
    expect(breaches(components, (of) => /^(entrypoints|test)\//.test(of))).toEqual([]);
  });

  test('components reach trackers, storage and keys only through messages', () => {
    const inside = /^lib\/(trackers|background|keys|store|cache|journal|http|connections)\//;
    // Plain functions of addresses and of records.
    const pure = ['lib/connections/hosts.ts', 'lib/journal/choices.ts'];
    expect(
      breaches(components, (of, typeOnly) => inside.test(of) && !pure.includes(of) && !typeOnly),
    ).toEqual([]);
  });

  test('no page carries a schema: zod stays in the background', () => {
    expect(breaches(components, (of, typeOnly) => isSchema(of) && !typeOnly)).toEqual([]);
    const pages = entrypoints.filter(({ path }) => path.endsWith('/main.ts'));
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.flatMap(({ path }) => wayTo(isSchema, path))).toEqual([]);
    // The same walk finds it where it is.
    expect(wayTo(isSchema, 'entrypoints/background/index.ts').at(-1)).toMatch(/zod/);
  });

  test('the contract takes its shapes from the subjects, never the other way', () => {
    const subjects = lib.filter(({ path }) => !/^lib\/(contract|rpc|background)\//.test(path));
    expect(breaches(subjects, (of) => of.startsWith('lib/contract/'))).toEqual([]);
    const contract = lib.filter(({ path }) => path.startsWith('lib/contract/'));
    expect(contract.length).toBeGreaterThan(8);
    expect(breaches(contract, (of) => /^lib\/(background|rpc)\//.test(of))).toEqual([]);
  });

  test('lib/browser.ts alone knows the browser’s API object; the detector has its own of four functions', () => {
    const all = [...entrypoints, ...components, ...lib];
    const polyfilled = breaches(
      all,
      (of, typeOnly) => /^(wxt\/browser|webextension-polyfill)/.test(of) && !typeOnly,
    );
    expect(polyfilled).toEqual(['lib/browser.ts imports webextension-polyfill']);
    const bare = all.filter(({ text }) =>
      /(?<![.\w])(?:chrome|globalThis\.browser)\b(?!['"-])/.test(
        text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    );
    expect(bare.map(({ path }) => path)).toEqual(['lib/page/runtime.ts']);
  });

  test('the browser is used at the edges: entrypoints and the frame of the extension’s pages', () => {
    const using = [...entrypoints, ...components, ...lib].filter((file) =>
      importsOf(file).some(({ of }) => of === 'lib/browser.ts' || of === 'lib/page/runtime.ts'),
    );
    expect(
      using.map(({ path }) => path).filter((path) => !path.startsWith('entrypoints/')),
    ).toEqual(['components/extension-page.ts']);
  });

  test('domain folders import only one another, zod, errors and types', () => {
    const allowed = (of: string, typeOnly: boolean) =>
      isDomain(of) ||
      of === 'lib/zod.ts' ||
      of === 'lib/errors.ts' ||
      (typeOnly && of.startsWith('lib/'));
    const domain = lib.filter(({ path }) => isDomain(path));
    expect(breaches(domain, (of, typeOnly) => !allowed(of, typeOnly))).toEqual([]);
  });

  test('domain folders read no clock, network, storage or chance', () => {
    const edge =
      /\bDate\.now\(|new Date\(\)|Temporal\.Now|performance\.|\bfetch\(|localStorage|indexedDB|Math\.random|crypto\./;
    const reading = lib
      .filter(({ path }) => isDomain(path))
      .filter(({ text }) => edge.test(text))
      .map(({ path }) => path);
    expect(reading).toEqual([]);
  });

  test('the journal’s store is written in one place, which knows all that is in it', () => {
    const naming = lib
      .filter(({ text }) => text.replace(/\bPick<[^>]*>/g, '').includes("'journal'"))
      .map(({ path }) => path);
    expect(naming.sort()).toEqual([
      // Takes away, in a transaction of that place, what the demo has written.
      'lib/background/demo.ts',
      'lib/contract/state.ts',
      'lib/journal/records.ts',
      'lib/store/database.ts',
    ]);
  });

  test('zod comes from lib/zod.ts alone', () => {
    const all = [...entrypoints, ...components, ...lib];
    expect(
      breaches(all, (of) => of === 'zod' || of.startsWith('zod/')).filter(
        (breach) => !breach.startsWith('lib/zod.ts'),
      ),
    ).toEqual([]);
  });

  test('a fetch leaves only from lib/http and the wiring that hands it over', () => {
    const fetching = [...entrypoints, ...components, ...lib]
      .filter(({ text }) => /(?<![.\w])fetch\(/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('lib/http/'));
    expect(fetching).toEqual(['entrypoints/background/index.ts']);
  });
});
