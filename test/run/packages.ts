import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzip } from './unzip.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const OUTPUT = join(ROOT, '.output');
export const BUILDS = { 'chrome-mv3': [], 'firefox-mv3': ['-b', 'firefox', '--mv3'] } as const;
export type Build = keyof typeof BUILDS;
export const builds = Object.keys(BUILDS) as readonly Build[];

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

/** Names of files that differ from the last commit; the source could not be told from the packages. */
export const uncommitted = (): string => git('status', '--porcelain');

/** Packs the last commit, as git tracks it. */
export function packCommit(file: string): void {
  git('archive', '--format=zip', `--output=${file}`, 'HEAD');
}

/**
 * Packs a folder as git would track it now, committed or not.
 *
 * @param scratch a folder of its own, for the repository that this needs
 */
export function packFolder(folder: string, file: string, scratch: string): void {
  mkdirSync(scratch, { recursive: true });
  const there = ['--git-dir', scratch, '--work-tree', folder];
  git('init', '--quiet', '--bare', scratch);
  git(...there, '-c', 'core.bare=false', 'add', '--all', '.');
  const tree = git(...there, 'write-tree');
  git('--git-dir', scratch, 'archive', '--format=zip', `--output=${file}`, tree);
}

/** Unpacks the source into a folder and builds both there, with the packages that are installed here. */
export function buildFrom(source: string, folder: string): void {
  for (const [path, content] of unzip(readFileSync(source))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  for (const build of builds) {
    execFileSync(join(ROOT, 'node_modules/.bin/wxt'), ['build', ...BUILDS[build]], {
      cwd: folder,
      // Nothing of the caller's environment: test runners set what builds follow.
      env: { PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`, CROSSTRACK_MAPS: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

/** The files below a folder by their paths. */
export function filesIn(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    files.map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file)]),
  );
}

export const isMap = (path: string): boolean => path.endsWith('.map');

/** Paths at which two sets of files differ, maps aside. */
export function differences(a: Map<string, Buffer>, b: Map<string, Buffer>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    (path) => !isMap(path) && !a.get(path)?.equals(b.get(path) ?? Buffer.alloc(0)),
  );
}

/** A page, the scripts and styles it names, and what these import, at once or later, each once. */
export function loadedBy(folder: string, page: string): string[] {
  const html = readFileSync(join(folder, page), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(
    ([, file = '']) => file,
  );
  const found = new Set(named);
  for (const file of found) {
    if (!file.endsWith('.js')) continue;
    const script = readFileSync(join(folder, file), 'utf8');
    for (const [, to = ''] of script.matchAll(
      /(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`]+)["'`]/g,
    )) {
      found.add(join(file, '..', to));
    }
  }
  return [page, ...found];
}

/** Bytes of that when each file is compressed by itself, as servers do. */
export const gzipOfPage = (folder: string, page: string): number =>
  loadedBy(folder, page).reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length,
    0,
  );
