import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import {
  BUILDS,
  buildFrom,
  builds,
  differences,
  filesIn,
  isMap,
  OUTPUT,
  packCommit,
  packFolder,
  ROOT,
  uncommitted,
} from './packages.ts';

/**
 * `npm run zip`: what the stores get, in `.output/`. A package for each
 * browser; the source, which is the last commit and builds into these very
 * packages (that is tried here); and the source maps of both, which neither
 * package holds.
 */
const changed = uncommitted();
if (changed !== '') {
  console.error(`Commit or remove these first; the source is the last commit:\n${changed}`);
  process.exit(1);
}
const wxt = join(ROOT, 'node_modules/.bin/wxt');
for (const build of builds) {
  execFileSync(wxt, ['zip', ...BUILDS[build]], { cwd: ROOT, stdio: 'inherit' });
}

const name = (what: string): string => join(OUTPUT, `crosstrack-${manifest.version}-${what}.zip`);
const scratch = mkdtempSync(join(tmpdir(), 'crosstrack-zip-'));
try {
  packCommit(name('sources'));
  const rebuilt = join(scratch, 'source');
  buildFrom(name('sources'), rebuilt);
  for (const build of builds) {
    const again = filesIn(join(rebuilt, '.output', build));
    const differing = differences(filesIn(join(OUTPUT, build)), again);
    if (differing.length > 0) throw new Error(`${build} differs: ${differing.join(', ')}`);
    for (const [path, content] of again) {
      if (!isMap(path)) continue;
      const file = join(scratch, 'maps', build, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
  packFolder(join(scratch, 'maps'), name('maps'), join(scratch, 'git'));
  for (const what of ['sources', 'maps']) console.log(`  .output/${basename(name(what))}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
