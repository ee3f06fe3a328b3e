import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadedBy } from '../run/packages.ts';
import { kb, type Report } from './lines.ts';

const PAGES = { popup: 60, panel: 110, options: null, dashboard: null } as const;

/** Sizes of the two builds, as they are installed and as their pages load them. */
export async function benchSizes(report: Report): Promise<void> {
  for (const build of builds) {
    const folder = join(OUTPUT, build);
    if (!existsSync(folder)) {
      console.error(`No sizes of ${build}: it is not built (npm run build).`);
      continue;
    }
    const files = [...filesIn(folder).values()];
    report({
      what: `${build}: unpacked`,
      ours: kb(files.reduce((sum, { length }) => sum + length, 0)),
      unit: 'KB',
      bar: 1536,
      beside: `${files.length} files`,
    });
    report({
      what: `${build}: detector, gzip`,
      ours: kb(gzipSync(readFileSync(join(folder, 'tracker.js'))).length),
      unit: 'KB',
      bar: 15,
    });
    for (const [page, bar] of Object.entries(PAGES)) {
      report({
        what: `${build}: ${page} with all it loads, gzip`,
        ours: kb(gzipOfPage(folder, `${page}.html`)),
        unit: 'KB',
        bar,
        beside: `${loadedBy(folder, `${page}.html`).length} files`,
      });
    }
  }
}
