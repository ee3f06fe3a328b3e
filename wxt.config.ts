import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';

/** Set by `npm run build:e2e`; the tests' build differs in nothing but these hosts, granted without asking. */
const forTests = process.env.CROSSTRACK_BUILD === 'e2e';
const LOOPBACK = ['http://*.localhost/*', 'http://127.0.0.1/*'];

const SHARED = resolve(import.meta.dirname, 'entrypoints/shared/index.ts');
const IMPORT = /^import (?:\* as (\w+)|\{([^}]+)\}) from '([^']+)';$/gm;
const EXPORT = /^export (?:async )?(?:function|const|class) (\w+)/gm;

/**
 * Lets the panel and the pages take the modules of `entrypoints/shared` from
 * the one copy of them, which is loaded first, instead of bundling their own.
 */
function fromShared(): Plugin {
  /** Where each module's exports are, and which they are. */
  const places = new Map<string, { place: string; exported: string[] }>();
  for (const [, name, used, of = ''] of readFileSync(SHARED, 'utf8').matchAll(IMPORT)) {
    if (of.startsWith('wxt/')) continue;
    if (used) {
      places.set(of, { place: 'packages', exported: used.split(',').map((one) => one.trim()) });
    } else if (name) {
      const file = resolve(dirname(SHARED), of);
      const exports = readFileSync(file, 'utf8').matchAll(EXPORT);
      places.set(file, { place: name, exported: [...exports].map(([, one = '']) => one) });
    }
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
      return places.has(of) ? `\0shared:${of}` : null;
    },
    load(id) {
      const shared = places.get(id.replace('\0shared:', ''));
      if (!id.startsWith('\0shared:') || !shared) return null;
      return `export const { ${shared.exported.join(', ')} } = crosstrackShared.${shared.place};`;
    },
  };
}

const LOCALES = resolve(import.meta.dirname, 'public/_locales');
const LANGUAGES = ['en', 'ru'] as const;
type Messages = Record<string, { message: string }>;

const messagesOf = (file: string): Messages => JSON.parse(readFileSync(file, 'utf8'));

/** Messages that the browser itself reads, the background, or the script on every tracker's page. */
const staysMessage = (key: string): boolean => /^(extension|command|launcher|demo_name)/.test(key);

/**
 * Lines as one byte per character and deflated: what is not Latin takes half
 * the room that it has in UTF-8.
 */
function pack(lines: readonly string[]): string {
  const text = lines.join('\n');
  const letters = [...new Set(text)].sort();
  if (letters.length > 256) throw new Error(`${letters.length} letters do not fit in a byte.`);
  const bytes = Buffer.from([...text].map((letter) => letters.indexOf(letter)));
  const deflated = deflateRawSync(bytes, { level: 9 }).toString('base64');
  return JSON.stringify({ letters: letters.join(''), deflated });
}

/** `virtual:crosstrack-texts`: the keys once, and the texts of each language in their order. */
function textsOfLocales(): Plugin {
  const id = 'virtual:crosstrack-texts';
  return {
    name: 'crosstrack:texts',
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) return null;
      const messages = LANGUAGES.map((language) =>
        messagesOf(`${LOCALES}/${language}/messages.json`),
      );
      const keys = Object.keys(messages[0] ?? {}).filter((key) => !staysMessage(key));
      const texts = LANGUAGES.map((language, at) => {
        const lines = keys.map((key) => messages[at]?.[key]?.message ?? '');
        return `${language}: ${pack(lines)}`;
      });
      return `export const packed = { keys: ${pack(keys)}, ${texts.join(', ')} };`;
    },
  };
}

/** A second minifier finds one part in a hundred more: what is installed has its limit of size. */
function minifiedAgain(): Plugin {
  return {
    name: 'crosstrack:minified-again',
    apply: 'build',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { code } = await minify(chunk.code, {
          module: true,
          ecma: 2020,
          compress: { passes: 2, unsafe_arrows: true },
        });
        chunk.code = code ?? chunk.code;
      }
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
      // What people indent, browsers do not need.
      for (const file of readdirSync(config.outDir)) {
        if (!/\.(?:html|json)$/.test(file)) continue;
        const path = resolve(config.outDir, file);
        writeFileSync(path, readFileSync(path, 'utf8').replace(/\n */g, ''));
      }
    },
  },
  imports: false,
  manifestVersion: 3,
  outDirTemplate: `{{browser}}-mv{{manifestVersion}}${forTests ? '-e2e' : ''}`,
  vite: () => ({
    plugins: [fromShared(), textsOfLocales(), preact(), minifiedAgain()],
    build: { target: 'esnext', modulePreload: { polyfill: false } },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    short_name: 'Crosstrack',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'storage',
      'scripting',
      'alarms',
      'unlimitedStorage',
      'clipboardWrite',
    ],
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
