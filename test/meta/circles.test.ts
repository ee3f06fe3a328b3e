import { expect, test } from 'vitest';
import { importsOf, type SourceFile, sourceFiles } from './source-files.ts';

/** Circles by files that import one another, each by its first path; a type's import counts. */
function circlesIn(files: readonly SourceFile[]): string[][] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file).map(({ of }) => of)]));
  const reached = new Map<string, ReadonlySet<string>>();
  for (const path of imports.keys()) {
    const seen = new Set<string>();
    const walk = (from: string) => {
      for (const to of imports.get(from) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        walk(to);
      }
    };
    walk(path);
    reached.set(path, seen);
  }
  const inCircle = [...imports.keys()].filter((path) => reached.get(path)?.has(path)).sort();
  const circles = new Map<string, string[]>();
  for (const path of inCircle) {
    const circle = inCircle.filter(
      (other) => reached.get(path)?.has(other) && reached.get(other)?.has(path),
    );
    circles.set(circle[0] ?? path, circle);
  }
  return [...circles.values()];
}

const file = (path: string, ...imports: string[]): SourceFile => ({
  path,
  text: imports.map((from) => `import type { One } from '${from}';`).join('\n'),
});

test('a circle is found, however long, and nothing else is one', () => {
  const circles = circlesIn([
    file('lib/a.ts', './b.ts', './alone.ts'),
    file('lib/b.ts', './c.ts'),
    file('lib/c.ts', './a.ts'),
    file('lib/alone.ts'),
    file('lib/on-it.ts', './a.ts'),
    file('lib/x.ts', './y.ts'),
    file('lib/y.ts', './x.ts'),
    file('lib/self.ts', './self.ts'),
  ]);
  expect(circles).toEqual([
    ['lib/a.ts', 'lib/b.ts', 'lib/c.ts'],
    ['lib/self.ts'],
    ['lib/x.ts', 'lib/y.ts'],
  ]);
});

test('no file imports itself by way of others', () => {
  const files = ['entrypoints', 'components', 'lib'].flatMap((folder) => sourceFiles(folder));
  expect(circlesIn(files)).toEqual([]);
});
