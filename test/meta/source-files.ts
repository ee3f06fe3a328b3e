import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** All files below a folder whose name ends in one of the endings. */
export function sourceFiles(folder: string, endings: readonly string[] = ['.ts', '.tsx']) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry): SourceFile => {
      const path = join(entry.parentPath, entry.name);
      return {
        path: relative(ROOT, path).split(sep).join('/'),
        text: readFileSync(path, 'utf8'),
      };
    });
}

export interface Import {
  /** Path from the root for own files ("lib/zod.ts"), the bare name for packages. */
  readonly of: string;
  /** `import type`: gone at run time. */
  readonly typeOnly: boolean;
}

/** Imports and re-exports of a file; bundler queries (`?inline`) are cut off. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...found].map(([, type, from, dynamic]) => {
    const of = (from ?? dynamic ?? '').replace(/\?.*$/, '');
    const own = of.startsWith('.');
    return {
      of: own
        ? relative(ROOT, resolve(ROOT, path, '..', of))
            .split(sep)
            .join('/')
        : of,
      typeOnly: type !== undefined,
    };
  });
}
