import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
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

/** The page, the scripts and styles it names, and what these import statically, each once. */
function loadedBy(folder: string, page: string): string[] {
  const html = readFileSync(join(folder, page), 'utf8');
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/([^"]+)"/g)].map(
    ([, file = '']) => file,
  );
  const found = new Set(named.filter((file) => /\.(?:js|css)$/.test(file)));
  for (const file of found) {
    if (!file.endsWith('.js')) continue;
    const script = readFileSync(join(folder, file), 'utf8');
    for (const [, to = ''] of script.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g))
      found.add(join(file, '..', to));
  }
  return [page, ...found];
}
