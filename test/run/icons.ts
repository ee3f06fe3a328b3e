import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../browsers/find.ts';

/** Draws `docs/icon.svg` in every size that the manifest names: `npm run icons`. */
const ROOT = resolve(import.meta.dirname, '../..');
const SIZES = [16, 32, 48, 96, 128];

const svg = readFileSync(resolve(ROOT, 'docs/icon.svg')).toString('base64');
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox'],
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } img { display: block }</style><img width="${size}" src="data:image/svg+xml;base64,${svg}">`,
  );
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(resolve(ROOT, `public/icon/${size}.png`), png);
  await page.close();
}
await browser.close();
