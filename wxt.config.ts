import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';

/** Set by `npm run build:e2e`; the tests' build differs in nothing but these hosts, granted without asking. */
const forTests = process.env.CROSSTRACK_BUILD === 'e2e';
const LOOPBACK = ['http://*.localhost/*', 'http://127.0.0.1/*'];

const SHARED = resolve(import.meta.dirname, 'entrypoints/shared/index.ts');
const IMPORT = /^import \* as (\w+) from '([^']+)';$/gm;
const EXPORT = /^export (?:async )?(?:function|const|class) (\w+)/gm;

/**
 * Lets the panel and the pages take the modules of `entrypoints/shared` from
 * the one copy of them, which is loaded first, instead of bundling their own.
 */
function fromShared(): Plugin {
  const names = new Map<string, string>();
  for (const [, name = '', of = ''] of readFileSync(SHARED, 'utf8').matchAll(IMPORT)) {
    names.set(of.startsWith('.') ? resolve(dirname(SHARED), of) : of, name);
  }
  let takes = false;
  return {
    name: 'crosstrack:from-shared',
    enforce: 'pre',
    apply: 'build',
    configResolved({ build }) {
      const input = JSON.stringify([build.lib, build.rolldownOptions.input]);
      takes = /entrypoints\/(?:panel|popup|options|dashboard|welcome)\b/.test(input);
    },
    resolveId(id, importer) {
      if (!takes || importer === undefined) return null;
      const of = id.startsWith('.') ? resolve(dirname(importer), id) : id;
      return names.has(of) ? `\0shared:${of}` : null;
    },
    async load(id) {
      if (!id.startsWith('\0shared:')) return null;
      const of = id.slice('\0shared:'.length);
      const exported = of.startsWith('/')
        ? [...readFileSync(of, 'utf8').matchAll(EXPORT)].map(([, name]) => name)
        : Object.keys(await import(of)).filter((name) => name !== 'default');
      return `export const { ${exported.join(', ')} } = crosstrackShared.${names.get(of)};`;
    },
  };
}

const LOCALES = resolve(import.meta.dirname, 'public/_locales');
const LANGUAGES = ['en', 'ru'] as const;
type Messages = Record<string, { message: string }>;

const messagesOf = (file: string): Messages => JSON.parse(readFileSync(file, 'utf8'));

/** Messages that the browser itself reads, or the script on every tracker's page. */
const staysMessage = (key: string): boolean => /^(extension|command|launcher)/.test(key);

/** `virtual:crosstrack-texts`: the texts of every language under one list of keys. */
function textsOfLocales(): Plugin {
  const id = 'virtual:crosstrack-texts';
  return {
    name: 'crosstrack:texts',
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) return null;
      const all = LANGUAGES.map(
        (language) => [language, messagesOf(`${LOCALES}/${language}/messages.json`)] as const,
      );
      const keys = Object.keys(all[0]?.[1] ?? {}).filter((key) => !staysMessage(key));
      const texts = all.map(([language, of]) => [language, keys.map((key) => of[key]?.message)]);
      // Lists as one text each are shorter than as lists, and are parsed faster.
      const list = (of: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(of))})`;
      return `export const keys = ${list(keys)};
export const texts = ${list(Object.fromEntries(texts))};`;
    },
  };
}

export default defineConfig({
  hooks: {
    'build:done'({ config }) {
      for (const language of LANGUAGES) {
        const file = resolve(config.outDir, `_locales/${language}/messages.json`);
        const kept = Object.entries(messagesOf(file)).filter(([key]) => staysMessage(key));
        writeFileSync(file, JSON.stringify(Object.fromEntries(kept)));
      }
    },
  },
  imports: false,
  manifestVersion: 3,
  outDirTemplate: `{{browser}}-mv{{manifestVersion}}${forTests ? '-e2e' : ''}`,
  vite: () => ({
    plugins: [fromShared(), textsOfLocales(), preact()],
    build: { target: 'esnext', modulePreload: { polyfill: false } },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    short_name: 'Crosstrack',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: ['storage', 'scripting', 'alarms', 'unlimitedStorage', 'clipboardWrite'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(forTests ? { host_permissions: LOOPBACK } : {}),
    content_security_policy: {
      extension_pages:
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
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
          browser_specific_settings: {
            gecko: {
              id: 'crosstrack@crosstrack.app',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '144', storage: { managed_schema: 'managed-schema.json' } }),
  }),
});
