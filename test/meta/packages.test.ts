import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFrom, builds, differences, filesIn, isMap, packFolder } from '../run/packages.ts';
import { unzip } from '../run/unzip.ts';
import { ROOT } from './source-files.ts';

const scratch = mkdtempSync(join(tmpdir(), 'crosstrack-packages-'));
const source = join(scratch, 'source.zip');
const rebuilt = join(scratch, 'source');

beforeAll(() => {
  packFolder(ROOT, source, join(scratch, 'git'));
  buildFrom(source, rebuilt);
}, 300_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the source holds what git tracks: no build, no packages, no repository', () => {
  const paths = [...unzip(readFileSync(source)).keys()];
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSE', 'package-lock.json', 'wxt.config.ts', 'README.md']),
  );
  const top = [...new Set(paths.map((path) => path.split('/')[0]))];
  expect(
    top.filter((name) => /^(\.git|\.output|\.wxt|node_modules|start-output)$/.test(`${name}`)),
  ).toEqual([]);
});

const HANDS_ON = /^export\{[^}]*\}from"\.\/[^"]+";$/;

describe.each(builds)('%s', (build) => {
  const built = () => filesIn(join(ROOT, '.output', build));
  const again = () => filesIn(join(rebuilt, '.output', build));

  test('the source builds into the same files, byte for byte', () => {
    expect(differences(built(), again())).toEqual([]);
    expect(built().size).toBeGreaterThan(20);
  });

  test('there is a map of each script, and none is in the package', () => {
    const scripts = [...again().keys()].filter((path) => path.endsWith('.js'));
    const maps = [...again().keys()].filter(isMap);
    // The bundler's own few lines have no source to map to, nor has a file that only hands on another's.
    const mapped = scripts.filter(
      (path) =>
        !path.includes('/rolldown-runtime-') && !HANDS_ON.test(String(again().get(path)).trim()),
    );
    expect(maps.sort()).toEqual(mapped.map((path) => `${path}.map`).sort());
    expect([...built().keys()].filter(isMap)).toEqual([]);
    for (const script of scripts) expect(String(built().get(script))).not.toContain('//# source');
  });

  test('every package of which the maps show code is named in LICENSES.txt, with its licence', () => {
    const sources = [...again()]
      .filter(([path]) => isMap(path))
      .flatMap(([, map]): string[] => JSON.parse(String(map)).sources);
    const packages = new Set(
      sources.flatMap((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
    );
    expect(packages.size).toBeGreaterThan(5);
    const text = String(built().get('LICENSES.txt'));
    const parts = text.split(`\n${'-'.repeat(72)}\n`).map((part) => part.trim());
    expect(parts[0]).toMatch(/^Crosstrack\n\nMIT License\n\nCopyright/);
    for (const name of packages) {
      const part = parts.find((one) => one.startsWith(`${name} `));
      expect(part, name).toMatch(/copyright|Mozilla Public License/i);
      expect(part?.length, name).toBeGreaterThan(500);
    }
  });
});
