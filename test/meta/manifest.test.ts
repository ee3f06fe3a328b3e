import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gzipOfPage } from '../run/packages.ts';
import { PERMISSIONS } from './permissions.ts';
import { ROOT } from './source-files.ts';

const BUILDS = ['chrome-mv3', 'firefox-mv3'] as const;

/** Width and height in the header of a PNG. */
const sizeOfPng = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

function folderOf(build: string): string {
  const folder = join(ROOT, '.output', build);
  if (!existsSync(folder))
    throw new Error(`There is no ${build} build: run "npm run build" first.`);
  return folder;
}

const manifestOf = (build: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folderOf(build), 'manifest.json'), 'utf8'));

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

describe.each(BUILDS)('%s', (build) => {
  test('the manifest is as reviewed', () => {
    expect(manifestOf(build)).toMatchSnapshot();
  });

  test('it asks for no host before the user connects one, and shows pages the panel’s page alone', () => {
    const manifest = manifestOf(build);
    expect(manifest.host_permissions).toBeUndefined();
    expect(manifest.content_scripts).toBeUndefined();
    expect(manifest.web_accessible_resources).toEqual([
      {
        resources: ['panel.html'],
        matches: ['https://*/*', 'http://*/*'],
        // Firefox has none: its addresses differ in every profile.
        ...(build === 'firefox-mv3' ? {} : { use_dynamic_url: true }),
      },
    ]);
    expect(manifest.externally_connectable).toBeUndefined();
  });

  test('its permissions are those that were reviewed, and no other can be asked for but hosts', () => {
    const manifest = manifestOf(build);
    expect(manifest.permissions).toEqual(PERMISSIONS);
    expect(manifest.optional_permissions).toBeUndefined();
    expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
  });

  test('every icon is there in its size, and every page has a title and an icon of its own', () => {
    const folder = folderOf(build);
    const icons = Object.entries(manifestOf(build).icons ?? {});
    expect(icons.map(([size]) => size)).toEqual(['16', '32', '48', '96', '128']);
    for (const [size, file] of icons) {
      const side = Number(size);
      expect(sizeOfPng(readFileSync(join(folder, file)))).toEqual([side, side]);
    }
    const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));
    const titles = pages.map((page) => {
      const text = readFileSync(join(folder, page), 'utf8');
      expect(text, page).toContain('<link rel="icon" href="/icon/32.png">');
      return /<title>(.+)<\/title>/.exec(text)?.[1];
    });
    expect(new Set(titles).size).toBe(5);
  });

  test('the e2e build differs in nothing but the loopback hosts', () => {
    const e2e = manifestOf(`${build}-e2e`);
    expect(e2e.host_permissions).toEqual([
      'http://*.localhost/*',
      'http://127.0.0.1/*',
      'http://tracker.test/*',
    ]);
    const { host_permissions: _, ...rest } = e2e;
    expect(rest).toEqual(manifestOf(build));
    const scripts = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.js'))
        .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    expect(scripts(folderOf(`${build}-e2e`))).toEqual(scripts(folderOf(build)));
  });

  test('it stays within its size', () => {
    const folder = folderOf(build);
    expect(sizeOf(folder)).toBeLessThanOrEqual(1.5 * 1024 * 1024);
    const detector = gzipSync(readFileSync(join(folder, 'tracker.js')));
    expect(detector.length).toBeLessThanOrEqual(15 * 1024);
    expect(gzipOfPage(folder, 'popup.html')).toBeLessThanOrEqual(60 * 1024);
    expect(gzipOfPage(folder, 'panel.html')).toBeLessThanOrEqual(110 * 1024);
    expect(gzipOfPage(folder, 'panel.html')).toBeGreaterThan(10 * 1024);
  });
});
