import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

/** Set by `npm run build:e2e`; the tests' build differs in nothing but these hosts, granted without asking. `tracker.test` leads to this machine only in the tests' browsers. */
const forTests = process.env.CROSSTRACK_BUILD === 'e2e';
const LOOPBACK = ['http://*.localhost/*', 'http://127.0.0.1/*', 'http://tracker.test/*'];

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDirTemplate: `{{browser}}-mv{{manifestVersion}}${forTests ? '-e2e' : ''}`,
  vite: () => ({
    plugins: [preact()],
    build: { target: 'esnext', modulePreload: { polyfill: false } },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    short_name: 'Crosstrack',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: ['activeTab', 'storage', 'scripting', 'alarms', 'unlimitedStorage'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(forTests ? { host_permissions: LOOPBACK } : {}),
    // The panel stands in a frame on trackers' pages; no page can reach the others, which are not listed.
    web_accessible_resources: [
      { resources: ['panel.html'], matches: ['https://*/*', 'http://*/*'], use_dynamic_url: true },
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
