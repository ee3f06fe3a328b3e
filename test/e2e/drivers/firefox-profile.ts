import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_HOSTS, type DriverOptions } from './driver.ts';

/** Nothing that talks to the network, asks, or opens pages on its own. */
const QUIET = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.contentblocking.report.hide_vpn_banner': true,
  'browser.discovery.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.ping-centre.telemetry': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.tabs.warnOnClose': false,
  'browser.topsites.contile.enabled': false,
  'browser.translations.automaticallyPopup': false,
  'browser.translations.enable': false,
  'browser.uitour.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.usage.uploadEnabled': false,
  'dom.push.connection.enabled': false,
  // No try of https first for the http pages of tests.
  'dom.security.https_first': false,
  'dom.security.https_first_pbm': false,
  'extensions.blocklist.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'geo.provider.network.url': '',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'network.prefetch-next': false,
  'privacy.globalprivacycontrol.enabled': false,
  'security.remote_settings.crlite_filters.enabled': false,
  'security.remote_settings.intermediates.enabled': false,
  'services.settings.server': 'data:,',
  'signon.rememberSignons': false,
  'termsofuse.bypassNotification': true,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': 'data:,',
  'toolkit.telemetry.unified': false,
};

const FOR_TESTS = {
  // Port 0: any free one, which Firefox then writes into the profile.
  'marionette.port': 0,
  // Grants what `permissions.request` asks for, without the prompt.
  'extensions.webextOptionalPermissionPrompts': false,
  // So that the event page ends only when a test ends it.
  'extensions.background.idle.timeout': 600_000,
  // Lets `dump` write to stdout: that is how the browser tells of console lines and requests.
  'browser.dom.window.dump.enabled': true,
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.download.always_ask_before_handling_new_types': false,
  // 0 dark, 1 light.
  'layout.css.prefers-color-scheme.content-override': 1,
  'ui.prefersReducedMotion': 0,
  'focusmanager.testmode': true,
};

export interface FirefoxProfile {
  path: string;
  downloadsDir: string;
  /** The add-on's id of the manifest. */
  addonId: string;
  extensionOrigin: string;
  remove(): Promise<void>;
}

/**
 * An empty profile. It decides beforehand which moz-extension address the extension will have,
 * which Firefox otherwise draws at random.
 */
export async function makeFirefoxProfile(options: DriverOptions): Promise<FirefoxProfile> {
  const addonId = await readAddonId(options.extensionDir);
  const path = await mkdtemp(join(tmpdir(), 'crosstrack-firefox-'));
  const downloadsDir = options.downloadsDir ?? join(path, 'crosstrack-downloads');
  await mkdir(downloadsDir, { recursive: true });
  const uuid = randomUUID();
  const locale = options.locale ?? 'en-US';
  const prefs = {
    ...QUIET,
    ...FOR_TESTS,
    'browser.download.dir': downloadsDir,
    'extensions.webextensions.uuids': JSON.stringify({ [addonId]: uuid }),
    'network.dns.localDomains': (options.hosts ?? DEFAULT_HOSTS).join(','),
    'browser.privatebrowsing.autostart': options.neverRememberHistory ?? false,
    'intl.accept_languages': [...new Set([locale, 'en'])].join(', '),
  };
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(path, 'user.js'), lines.join(''));
  return {
    path,
    downloadsDir,
    addonId,
    extensionOrigin: `moz-extension://${uuid}`,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function readAddonId(extensionDir: string): Promise<string> {
  const manifest: { browser_specific_settings?: { gecko?: { id?: string } } } = JSON.parse(
    await readFile(join(extensionDir, 'manifest.json'), 'utf8'),
  );
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (!id) {
    throw new Error(`${extensionDir} has no gecko id in its manifest: is it built for Firefox?`);
  }
  return id;
}
