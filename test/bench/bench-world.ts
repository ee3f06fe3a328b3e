import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAll, extensionDir, SIMULATORS, type World } from '../e2e/connect.ts';
import type { BrowserName } from '../e2e/drivers/driver.ts';
import { openDriver } from '../e2e/drivers/open-driver.ts';
import { unwind } from '../e2e/drivers/unwind.ts';
import { startSimulators } from '../simulators/start.ts';

/** What the extension runs on the pages of the connections: its detector, or one of the controls. */
export type PageScript = 'tracker.js' | 'empty.js' | 'frame.js';

/** A browser with the extension and all four connections, and what ours is measured against. */
export interface BenchWorld extends World {
  /** From the next load of a page on. */
  run(script: PageScript): Promise<void>;
  close(): Promise<void>;
}

/**
 * Marks, in the blank page, when a frame of it is on the screen, as the product does for its own.
 * Loaded unseen it is told when it is shown.
 */
const BLANK_SCRIPT = `
const mark = (name) => requestAnimationFrame(() =>
  scheduler.postTask(() => performance.mark(name), { priority: 'user-blocking' }));
mark('crosstrack-figures');
addEventListener('message', () => mark('crosstrack-shown'));
`;

/**
 * What the detector does at the least to show a page of the extension: the same host with the same
 * frame, blank. Loaded when the pointer comes to its button, or when the background says so.
 */
const FRAME_SCRIPT = `(() => {
  const api = globalThis.browser ?? chrome;
  let host, frame, loaded;
  const load = () => {
    if (host) return;
    host = document.createElement('crosstrack-panel');
    const root = host.attachShadow({ mode: 'closed' });
    host.style.cssText = 'all: initial; position: fixed; right: 0; top: 0; left: auto; width: 420px; height: 100vh; visibility: hidden';
    frame = document.createElement('iframe');
    frame.style.cssText = 'all: initial; display: block; width: 100%; height: 100%; visibility: inherit';
    document.documentElement.append(host);
    root.append(frame);
    host.popover = 'manual';
    host.showPopover();
    loaded = new Promise((done) => frame.addEventListener('load', () => {
      if (frame.contentDocument?.URL !== 'about:blank') done();
    }));
    frame.contentWindow.location.replace(api.runtime.getURL('/blank.html'));
  };
  const show = () => {
    load();
    host.style.visibility = 'visible';
    frame.focus({ preventScroll: true });
    loaded.then(() => frame.contentWindow.postMessage('shown', '*'));
  };
  addEventListener('DOMContentLoaded', () => {
    const host = document.createElement('crosstrack-launcher');
    const root = host.attachShadow({ mode: 'closed' });
    host.style.cssText = 'all: initial; position: fixed; right: 16px; bottom: 16px; z-index: 2147483646';
    const button = document.createElement('button');
    button.style.cssText = 'width: 36px; height: 36px';
    button.addEventListener('pointerover', load);
    button.addEventListener('click', show);
    root.append(button);
    document.documentElement.append(host);
  });
  api.runtime.onMessage.addListener(({ crosstrack }) => { if (crosstrack === 'panel') show(); });
})();
`;

/** Adds the controls to a copy of the extension: they need its address and its hosts. */
async function withControls(browser: BrowserName): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstrack-bench-'));
  await cp(extensionDir(browser), folder, { recursive: true });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('empty.js', '');
  await write('frame.js', FRAME_SCRIPT);
  await write('blank.js', BLANK_SCRIPT);
  await write(
    'blank.html',
    '<!doctype html><meta name="color-scheme" content="light dark"><script src="/blank.js"></script><p>0</p>',
  );
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  manifest.web_accessible_resources[0].resources.push('blank.html');
  await write('manifest.json', JSON.stringify(manifest));
  return folder;
}

export async function openBenchWorld(browser: BrowserName): Promise<BenchWorld> {
  const undo: Array<() => unknown> = [];
  try {
    const folder = await withControls(browser);
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const simulators = await startSimulators({ trackers: SIMULATORS, limits: false });
    undo.push(() => simulators.stop());
    const driver = await openDriver(browser, { extensionDir: folder });
    undo.push(() => driver.close());
    await connectAll({ driver, simulators });
    return {
      driver,
      simulators,
      run: (script) =>
        driver.runInBackground(
          `(globalThis.browser ?? chrome).scripting.updateContentScripts([{ id: 'tracker', js: ['${script}'] }]).then(() => null)`,
        ),
      close: () => unwind(undo),
    };
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}
