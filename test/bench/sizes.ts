import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadedBy } from '../run/packages.ts';
import { kb, type Report } from './lines.ts';

const PAGES = { popup: 60, panel: 110, options: null, dashboard: null } as const;

/** Sizes of the two builds, as they are installed and as their pages load them. */
export async function benchSizes(report: Report): Promise<void> {
  for (const build of ['chrome-mv3', 'firefox-mv3']) {
    const folder = resolve(import.meta.dirname, '../../.output', build);
    if (!existsSync(folder)) {
      console.error(`No sizes of ${build}: it is not built (npm run build).`);
      continue;
    }
    const zipped = (file: string) => kb(gzipSync(readFileSync(join(folder, file))).length);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    report({
      what: `${build}: package`,
      ours: kb(files.reduce((sum, size) => sum + size, 0)),
      unit: 'KB',
      bar: 1536,
      beside: `${files.length} files`,
    });
    report({
      what: `${build}: detector, gzip`,
      ours: zipped('tracker.js'),
      unit: 'KB',
      bar: 15,
    });
    for (const [page, bar] of Object.entries(PAGES)) {
      const loaded = loadedBy(folder, `${page}.html`);
      report({
        what: `${build}: ${page} with all it loads, gzip`,
        ours: loaded.reduce((sum, file) => sum + zipped(file), 0),
        unit: 'KB',
        bar,
        beside: `${loaded.length} files`,
      });
    }
  }
}
