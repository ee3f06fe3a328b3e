import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import preact from '@preact/preset-vite';
import { createServer } from 'vite';
import { findChromium } from '../browsers/find.ts';

/**
 * Pictures of panel and popup over made-up data, to be looked at by a person:
 * `node test/component/look.ts [folder]`, by default /tmp/looks.
 */
const folder = resolve(process.argv[2] ?? '/tmp/looks');
mkdirSync(folder, { recursive: true });

/** Name of the picture, what to show, width of the window, keys to press or text to type first. */
const LOOKS: ReadonlyArray<{
  name: string;
  query: string;
  width?: number;
  type?: string;
  press?: string;
}> = [
  ...['light', 'dark'].flatMap((theme) => [
    { name: `elsewhere-${theme}`, query: `theme=${theme}` },
    { name: `cost-${theme}`, query: `task=cost&theme=${theme}`, type: '120.50' },
    { name: `blacklist-${theme}`, query: `task=blacklist&theme=${theme}` },
    { name: `popup-${theme}`, query: `surface=popup&theme=${theme}`, width: 380 },
  ]),
  { name: 'history', query: '', press: 'h' },
  { name: 'list-page', query: 'list' },
  { name: 'keys', query: '', press: '?' },
  { name: 'palette', query: '', press: 'Control+k' },
  { name: 'elsewhere-ru', query: 'language=ru' },
  { name: 'cost-ru', query: 'task=cost&language=ru', type: '120.50 EUR' },
  { name: 'blacklist-ru', query: 'task=blacklist&language=ru' },
  { name: 'popup-ru', query: 'surface=popup&language=ru', width: 380 },
  { name: 'elsewhere-320', query: '', width: 320 },
  { name: 'cost-320', query: 'task=cost', width: 320, type: '120.50' },
  { name: 'blacklist-320', query: 'task=blacklist', width: 320 },
  { name: 'popup-320', query: 'surface=popup', width: 320 },
  { name: 'blacklist-10000', query: 'task=blacklist&placements=10000' },
];

const server = await createServer({
  root: resolve(import.meta.dirname, '../..'),
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { port: 0, host: '127.0.0.1', watch: null, ws: false, hmr: false },
  plugins: [
    preact({ prefreshEnabled: false }),
    {
      name: 'look-page',
      configureServer: ({ middlewares }) => {
        middlewares.use((request, response, next) => {
          if (new URL(request.url ?? '/', 'http://x').pathname !== '/look') return next();
          response.setHeader('Content-Type', 'text/html');
          response.end(PAGE);
        });
      },
    },
  ],
});
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Look</title>
<body><script type="module" src="/test/component/look-page.ts"></script>`;

await server.listen();
const address = server.httpServer?.address();
const port = typeof address === 'object' && address ? address.port : 0;
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox'],
});
try {
  for (const { name, query, width = 1000, type, press } of LOOKS) {
    const page = await browser.newPage({
      viewport: { width, height: width < 500 ? 560 : 800 },
      deviceScaleFactor: 2,
    });
    page.on('pageerror', (error) => console.error(name, error.message));
    await page.goto(`http://127.0.0.1:${port}/look?${query}`);
    await page.waitForFunction(() => document.body.children.length > 1);
    await page.waitForLoadState('networkidle');
    if (type) {
      // The root is closed: Tab leads to the field, as for a person.
      for (let step = 0; step < 8; step += 1) await page.keyboard.press('Tab');
      await page.keyboard.type(type);
    }
    if (press) await page.keyboard.press(press);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
    const clip = width === 1000 ? { x: 560, y: 0, width: 440, height: 800 } : undefined;
    await page.screenshot({ path: join(folder, `${name}.png`), ...(clip ? { clip } : {}) });
    await page.close();
  }
  console.log(`${LOOKS.length} pictures in ${folder}`);
} finally {
  await browser.close();
  await server.close();
}
