import { expect, test } from 'vitest';
import { importsOf, type SourceFile, sourceFiles } from './source-files.ts';

/** What pages on plain http lack, and with them the frames on them in Firefox. */
const SECURE_ONLY =
  /\brandomUUID\b|\bsubtle\b|navigator\.(?:clipboard|locks|storage|credentials|serviceWorker|wakeLock)|\bcaches\.|\bCookieStore\b/;

const all = new Map(
  ['entrypoints', 'components', 'lib']
    .flatMap((folder) => sourceFiles(folder))
    .map((file) => [file.path, file]),
);

/** A file and all that it loads. */
function loadedBy(path: string, known = new Map<string, SourceFile>()): Map<string, SourceFile> {
  const file = all.get(path);
  if (!file || known.has(path)) return known;
  known.set(path, file);
  for (const { of, typeOnly } of importsOf(file)) if (!typeOnly) loadedBy(of, known);
  return known;
}

test.each([
  ['the detector', 'entrypoints/tracker/index.ts', 15],
  ['the panel', 'entrypoints/panel/main.ts', 50],
])('%s uses nothing that a page on plain http lacks', (_, entry, least) => {
  const files = [...loadedBy(entry).values()];
  expect(files.length).toBeGreaterThan(least);
  const using = files.filter(({ text }) =>
    SECURE_ONLY.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
  );
  // Which asks first whether it may, and has another way.
  const clipboard = 'components/kit/clipboard.ts';
  expect(using.map(({ path }) => path).filter((path) => path !== clipboard)).toEqual([]);
  expect(all.get(clipboard)?.text).toContain('isSecureContext && navigator.clipboard');
});
