/**
 * Checks that both drivers do what `driver.ts` promises, with the extension in `fixture/`:
 *
 *     npx node --test test/e2e/drivers/drivers.check.ts
 */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { BrowserDriver, BrowserName, Tab } from './driver.ts';
import { openDriver } from './open-driver.ts';
import { until } from './until.ts';

const EXTENSION = join(import.meta.dirname, 'fixture');
const BACKGROUND_API = '(globalThis.browser ?? chrome)';
const within = 'fixture-panel';

const bodies: string[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.method === 'POST') bodies.push(Buffer.concat(chunks).toString());
  response.setHeader('content-type', 'text/html');
  // Strict on purpose: none of the driver's ways into a page may need a policy that allows it.
  response.setHeader('content-security-policy', "default-src 'self'; style-src 'none'");
  const rest = '<br>'.repeat(150);
  response.end(`<!doctype html><html lang="en"><title>Page</title>
    <main><h1>Hi</h1>${rest}<p id="below">Below</p></main>`);
});

before(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
after(() => {
  server.closeAllConnections();
  server.close();
});

for (const name of ['chromium', 'firefox'] as const) {
  suite(name, () => check(name));
  suite(`${name} with a window`, () => checkHeaded(name));
}

function check(name: BrowserName): void {
  let driver: BrowserDriver;
  let tab: Tab;
  const inPanel = (selector: string) => tab.element(selector, { within });

  before(async () => {
    driver = await openDriver(name, { extensionDir: EXTENSION, locale: 'ru' });
    await driver.waitForTab((url) => url.endsWith('#first-run'));
    tab = await driver.newTab(origin());
  });
  after(() => driver?.close());

  test('opens pages of the extension in the language asked for', async () => {
    const page = await driver.extensionPage('popup.html');
    assert.equal(await page.url(), `${driver.extensionOrigin}/popup.html`);
    assert.equal(await page.title(), 'Popup');
    await page.element('h1').waitForText('Привет');
    assert.equal(await page.evaluate('navigator.language'), 'ru');
    await page.close();
    assert.equal((await driver.tabs()).at(-1), tab);
  });

  test('clicks, fills, types and chooses in a closed shadow root with trusted events', async () => {
    await inPanel('#go').click();
    await inPanel('#out').waitForText('clicked 1 true');
    await inPanel('#off').click();
    await inPanel('#out').waitForText('off clicked');
    await inPanel('#name').fill('Привет');
    await inPanel('#out').waitForText('input Привет true');
    await inPanel('#name').type('xY!');
    assert.equal(await inPanel('#name').value(), 'ПриветxY!');
    await inPanel('#name').press('Tab');
    await inPanel('#out').waitForText('changed ПриветxY!');
    await inPanel('#pick').select('b');
    await inPanel('#out').waitForText('picked b');
    await tab.press('Alt+J');
    await inPanel('#out').waitForText('key true');
  });

  test('reads what a closed shadow root shows', async () => {
    assert.deepEqual(await inPanel('button').texts(), ['Go now', 'Off', 'Copy']);
    assert.equal(await inPanel('.missing').count(), 0);
    assert.equal(await inPanel('#pick').attribute('aria-label'), 'Pick');
    assert.equal(await inPanel('.gone').isVisible(), false);
    await inPanel('.gone').waitFor({ state: 'hidden' });
    assert.ok((await inPanel('#go').boundingBox()).width > 20);
    assert.equal(await tab.element('button', { within, hasText: /^Co/ }).attribute('id'), 'copy');
  });

  test('reads the clipboard', async () => {
    await inPanel('#copy').click();
    await inPanel('#out').waitForText('copied');
    assert.equal(await driver.clipboardText(), 'copied text é');
  });

  test('runs axe on a page and inside a closed shadow root, and leaves the root closed', async () => {
    const ids = (await tab.axe({ within })).map(({ id, nodes }) => `${id} ${nodes}`);
    assert.deepEqual(ids, [`color-contrast ${within} >> .low`, `label ${within} >> #nolabel`]);
    assert.deepEqual(
      await (await driver.waitForTab((url) => url.endsWith('#first-run'))).axe(),
      [],
    );
    assert.equal(await tab.evaluate(`document.querySelector('${within}').shadowRoot`), null);
  });

  test('evaluates in the page itself', async () => {
    await tab.evaluate('window.probe = 42');
    assert.equal(await tab.evaluate('Promise.resolve(window.probe)'), 42);
    await assert.rejects(tab.evaluate('missing()'), /missing is not defined/);
  });

  test('sizes the viewport, scrolls to what it clicks, and takes pictures', async () => {
    await tab.setViewport({ width: 400, height: 600 });
    assert.deepEqual(await tab.evaluate('[innerWidth, innerHeight]'), [400, 600]);
    await tab.element('#below').click();
    assert.ok((await tab.evaluate<number>('scrollY')) > 1000);
    assert.deepEqual(await pictureSize(tab, {}), [400, 600]);
    const [, height = 0] = await pictureSize(tab, { fullPage: true });
    assert.ok(height > 2000);
    const [width = 0] = await pictureSize(tab, { element: inPanel('#go') });
    assert.ok(width > 20 && width < 100);
  });

  test('invokes a command', async () => {
    await tab.focus();
    await driver.command('open-panel');
    await commandArrives(driver);
  });

  test('collects downloads of pages and of the background', async () => {
    const page = await driver.extensionPage('popup.html');
    await page.element('#dl').click();
    assert.deepEqual(await driver.waitForDownload(), { name: 'page.csv', text: 'x,y\n1,2\n' });
    await page.element('#dlbg').click();
    assert.deepEqual(await driver.waitForDownload(), { name: 'background.csv', text: 'a,b' });
  });

  test('records requests without changing them', async () => {
    const page = await driver.extensionPage(`popup.html#${origin()}/probe`);
    await page.element('#bg').click();
    await page.element('#o').waitForText('Hi');
    const post = driver.requests.find(({ method }) => method === 'POST');
    assert.equal(post?.url, `${origin()}/probe`);
    assert.equal(post.from, 'background');
    assert.equal(post.headers['x-probe'], 'background');
    assert.equal(post.body, 'a=1');
    assert.equal(bodies.at(-1), 'a=1');
    const fromContent = driver.requests.find(({ url }) => url.endsWith('/from-content'));
    assert.equal(fromContent?.from, 'page');
  });

  test('fills date fields and follows the theme, in open tabs and new ones', async () => {
    const page = await driver.extensionPage('options.html');
    await page.element('input[type=date]').fill('2026-03-04');
    await page.element('#s').click();
    await page.element('#o').waitForText('saved 2026-03-04');
    const dark = 'matchMedia("(prefers-color-scheme: dark)").matches';
    assert.equal(await page.evaluate(dark), false);
    await driver.setTheme('dark');
    await until('the dark theme', () => page.evaluate<boolean>(dark));
    const later = await driver.extensionPage('options.html');
    await until('the dark theme', () => later.evaluate<boolean>(dark));
  });

  test('collects console lines and uncaught errors from everywhere', async () => {
    const page = await driver.extensionPage('popup.html');
    await page.element('#thr').click();
    for (const place of ['popup', 'content', 'background']) {
      await until(`the error of ${place}`, () =>
        driver.console.some(
          ({ level, text }) => level === 'exception' && text.includes(`${place} failed`),
        ),
      );
    }
    const line = driver.console.find(({ text }) => text === 'content here');
    assert.deepEqual(line, {
      level: 'info',
      text: 'content here',
      url: `${driver.extensionOrigin}/content.js`,
    });
  });

  test('stops the background, which then starts anew by a message or by the test', async () => {
    const starts = () => driver.console.filter(({ text }) => text === 'background started').length;
    const page = await driver.extensionPage(`popup.html#${origin()}/again`);
    await until('the first start to be seen', () => starts() > 0);
    const before = starts();
    await driver.killBackground();
    await page.element('#bg').click();
    await until('a start by a message', () => starts() === before + 1);
    await driver.killBackground();
    assert.equal(await driver.runInBackground('1 + 1'), 2);
    await until('a start by the test', () => starts() === before + 2);
  });
}

function checkHeaded(name: BrowserName): void {
  test('real keys reach the command and the permission prompt', async () => {
    const driver = await openDriver(name, { extensionDir: EXTENSION, headed: true });
    try {
      await driver.waitForTab((url) => url.endsWith('#first-run'));
      const tab = await driver.newTab(origin());
      await driver.command('open-panel');
      await commandArrives(driver);
      await tab.element('#go', { within }).click();
      await tab.element('#out', { within }).waitForText('clicked 1 true');
      const options = await driver.extensionPage('options.html');
      await options.element('#ask').click();
      await driver.acceptPermissionPrompt(async () => (await options.element('#o').text()) !== '');
      await options.element('#o').waitForText('granted true');
    } finally {
      await driver.close();
    }
  });
}

function origin(): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function commandArrives(driver: BrowserDriver): Promise<void> {
  await until('the command', async () => {
    const { commands } = await driver.runInBackground<{ commands?: string[] }>(
      `${BACKGROUND_API}.storage.local.get('commands')`,
    );
    return commands?.join() === 'open-panel';
  });
}

/** Width and height, which a PNG tells in bytes 16 to 23. */
async function pictureSize(
  tab: Tab,
  options: NonNullable<Parameters<Tab['screenshot']>[1]>,
): Promise<number[]> {
  const path = join(tmpdir(), `crosstrack-check-${process.pid}.png`);
  await tab.screenshot(path, options);
  const bytes = await readFile(path);
  await rm(path);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
