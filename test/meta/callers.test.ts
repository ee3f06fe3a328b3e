import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, sourceFiles } from './source-files.ts';

/** Members of `TrackerAdapter` that nobody calls yet, each with what will. */
const WAITING: Readonly<Record<string, string>> = {
  landers: 'comparison by lander',
  clicks: 'reconciliation by click ID',
  setCosts: 'bulk cost updates',
  uploadConversions: 'reconciliation by click ID',
};

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The methods of the interface, in its order. */
function methods(): string[] {
  const [, body = ''] =
    /export interface TrackerAdapter \{(.*?)\n\}/s.exec(read('lib/trackers/adapter.ts')) ?? [];
  return [...body.matchAll(/^ {2}(\w+)\??\(/gm)].map(([, name = '']) => name);
}

/** Files in which an adapter's method is called; adapters may call each other only by their folders. */
function callersOf(method: string): string[] {
  const called = new RegExp(`\\b(?:adapter|tracker)\\??\\.${method}\\b`);
  // A method that was taken out of the adapter: `const { setCost } = adapter`.
  const taken = new RegExp(`\\{[^{}]*\\b${method}\\b[^{}]*\\} = (?:adapter|tracker)\\b`);
  return ['lib', 'components', 'entrypoints']
    .flatMap((folder) => sourceFiles(folder, ['.ts', '.tsx']))
    .filter(({ path }) => !path.startsWith('lib/trackers/'))
    .filter(({ text }) => called.test(text) || taken.test(text))
    .map(({ path }) => path);
}

test('every method of an adapter is called by some feature, or is named as waiting for one', () => {
  expect(methods().length).toBeGreaterThan(18);
  const uncalled = methods().filter((method) => callersOf(method).length === 0);
  expect(uncalled).toEqual(methods().filter((method) => method in WAITING));
  // What has its caller now, or is gone, waits no longer.
  expect(Object.keys(WAITING).filter((method) => !uncalled.includes(method))).toEqual([]);
});

test('the README says which feature uses which method, and what waits', () => {
  const [, section = ''] =
    /## Who uses what\n(.*?)\n## /s.exec(read('lib/trackers/README.md')) ?? [];
  const rows = [...section.matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)].map(
    ([, method = '', use = '']) => [method, use] as const,
  );
  expect(rows.map(([method]) => method)).toEqual(methods());
  for (const [method, use] of rows) {
    const waits = WAITING[method];
    if (waits === undefined) expect(use, method).not.toContain('adapter only');
    else expect(use, method).toBe(`adapter only, until: ${waits}`);
  }
});
