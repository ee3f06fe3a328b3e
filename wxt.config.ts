import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

/** Set by `npm run build:e2e`; the tests' build differs in nothing but these hosts, granted without asking. `tracker.test` leads to this machine only in the tests' browsers. */
const forTests = process.env.CROSSTRACK_BUILD === 'e2e';
const LOOPBACK = ['http://*.localhost/*', 'http://127.0.0.1/*', 'http://tracker.test/*'];
/** Set by `npm run zip`, for the maps that lie beside the source; the code is the same with and without. */
const withMaps = process.env.CROSSTRACK_MAPS === '1';

/** A package of which something is in the code, as Vite writes it down. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly identifier?: string;
  readonly text?: string;
}

/** Our licence, and that of every package of which something is in the code. */
function licences(bundled: readonly Bundled[]): string {
  const parts = [
    `Crosstrack\n\n${readFileSync('LICENSE', 'utf8').trim()}`,
    'Crosstrack holds code of the packages below. The npm registry has the source of each under its name and version.',
  ];
  const byName = new Map(bundled.map((one) => [`${one.name} ${one.version}`, one]));
  for (const [title, { name, identifier, text }] of [...byName].sort()) {
    // Some packages come without the text of their licence.
    const kept = `docs/licences/${name}.txt`;
    const terms = text ?? (existsSync(kept) ? readFileSync(kept, 'utf8') : null);
    if (terms === null) throw new Error(`${title} has no licence text: put it into ${kept}.`);
    parts.push(`${title} (${identifier ?? 'see below'})\n\n${terms.trim()}`);
  }
  return `${parts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDirTemplate: `{{browser}}-mv{{manifestVersion}}${forTests ? '-e2e' : ''}`,
  vite: () => ({
    plugins: [preact()],
    build: {
      target: 'esnext',
      modulePreload: { polyfill: false },
      sourcemap: withMaps ? 'hidden' : false,
    },
  }),
  hooks: {
    'vite:build:extendConfig': (entrypoints, { build = {} }) => {
      // One list from each of the builds that WXT makes; they become one file when all are made.
      build.license = { fileName: `licences-${entrypoints[0]?.name}.json` };
      if (!entrypoints.every(({ inputPath }) => inputPath.endsWith('.html'))) return;
      // What three or more pages load at their start is one file: each file costs a page some milliseconds.
      const shared = { name: 'shared', minShareCount: 3, tags: ['$initial' as const] };
      const codeSplitting = { groups: [shared] };
      const { output, ...options } = build.rolldownOptions ?? {};
      build.rolldownOptions = { ...options, output: { ...output, codeSplitting } };
    },
    'build:done': ({ config }, { steps, publicAssets }) => {
      const bundled: Bundled[] = [];
      for (const step of steps) {
        const isList = ({ fileName }: { fileName: string }) => /^licences-.*\.json$/.test(fileName);
        for (const { fileName } of step.chunks.filter(isList)) {
          const list = join(config.outDir, fileName);
          bundled.push(...JSON.parse(readFileSync(list, 'utf8')));
          rmSync(list);
        }
        step.chunks = step.chunks.filter((chunk) => !isList(chunk));
      }
      writeFileSync(join(config.outDir, 'LICENSES.txt'), licences(bundled));
      publicAssets.push({ type: 'asset', fileName: 'LICENSES.txt' });
    },
  },
  // The source is packed by test/run/zip.ts: what git tracks, and nothing else.
  zip: { zipSources: false, exclude: ['**/*.map'] },
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    short_name: 'Crosstrack',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    // None of them adds a warning at installation; what each is for: docs/permissions.md.
    permissions: ['activeTab', 'storage', 'scripting', 'alarms', 'unlimitedStorage'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(forTests ? { host_permissions: LOOPBACK } : {}),
    // The panel stands in a frame on trackers' pages; no page can reach the others, which are not listed.
    // Firefox has no dynamic addresses; its own differ in every profile.
    web_accessible_resources: [
      {
        resources: ['panel.html'],
        matches: ['https://*/*', 'http://*/*'],
        ...(browser === 'firefox' ? {} : { use_dynamic_url: true }),
      },
    ],
    content_security_policy: {
      extension_pages:
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors https: http:",
    },
    // Chrome takes at most four suggested keys; the popup's is given where there is no such limit.
    commands: {
      _execute_action: browser === 'firefox' ? { suggested_key: { default: 'Alt+Shift+Y' } } : {},
      'open-panel': {
        suggested_key: { default: 'Alt+K' },
        description: '__MSG_commandOpenPanel__',
      },
      'update-cost': {
        suggested_key: { default: 'Alt+C' },
        description: '__MSG_commandUpdateCost__',
      },
      'export-blacklist': {
        suggested_key: { default: 'Alt+L' },
        description: '__MSG_commandExportBlacklist__',
      },
      'open-dashboard': {
        suggested_key: { default: 'Alt+J' },
        description: '__MSG_commandOpenDashboard__',
      },
    },
    ...(browser === 'firefox'
      ? {
          action: { default_area: 'navbar' },
          browser_specific_settings: {
            gecko: {
              id: 'crosstrack@crosstrack.app',
              // The first that names the document of a message's sender (`documentId`), by which the
              // panel is told from other frames. It is also the ESR that the tests run in.
              strict_min_version: '153.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {
          // The first with Temporal. Documents of senders are named since 106, addresses dynamic
          // since 130, frames moved without loading again (`moveBefore`) since 133.
          minimum_chrome_version: '144',
          storage: { managed_schema: 'managed-schema.json' },
        }),
  }),
});
