import type { World } from '../connect.ts';
import type { Box, Tab } from '../drivers/driver.ts';
import { pressInPlainView, showSendButton } from '../hostile.ts';
import { expect, inPanel, LAUNCHER, openPanel, PANEL, PANEL_DOCUMENT, test } from '../world.ts';

const DAY = { from: '2026-10-01', to: '2026-10-01' };
const box = (tab: Tab): Promise<Box> => tab.element(PANEL).boundingBox();
const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** An action of the palette, by its name. */
async function choose(tab: Tab, name: string): Promise<void> {
  await inPanel(tab, '.panel').press('Ctrl+K');
  await inPanel(tab, '[name=palette]').fill(name);
  await inPanel(tab, '[name=palette]').press('Enter');
  await inPanel(tab, '[name=palette]').waitFor({ state: 'hidden' });
}

const openOn = (world: World): Promise<Tab> =>
  openPanel(world, world.simulators.keitaro.campaignPage(0, DAY));

async function reopened(tab: Tab): Promise<void> {
  await tab.reload();
  await inPanel(tab, 'header .name').waitForText('Summer push DE');
}

test('floating, it goes where its header is dragged, and is there again', async ({ world }) => {
  const tab = await openOn(world);
  await choose(tab, 'Float');
  await expect.poll(async () => (await box(tab)).height).toBeLessThan(800);
  const before = await box(tab);
  const from = middle(await inPanel(tab, '.brand').boundingBox());
  await tab.drag(from, { x: from.x - 333, y: from.y + 41 });
  const at = { ...before, x: before.x - 333, y: before.y + 41 };
  await expect.poll(() => box(tab)).toEqual(at);
  await reopened(tab);
  await expect.poll(() => box(tab)).toEqual(at);
  // Larger by its corner.
  const grip = middle(await inPanel(tab, '.grip').boundingBox());
  await tab.drag(grip, { x: grip.x + 60, y: grip.y - 90 });
  const larger = { ...at, width: at.width + 60, height: at.height - 90 };
  await expect.poll(() => box(tab)).toEqual(larger);
  // Not out of reach.
  const brand = middle(await inPanel(tab, '.brand').boundingBox());
  await tab.drag(brand, { x: 1270, y: 790 });
  const { x, y } = await box(tab);
  expect(x).toBeLessThanOrEqual(1280 - 160);
  expect(y).toBeLessThanOrEqual(800 - 96);
  await reopened(tab);
  await expect.poll(async () => (await box(tab)).width).toBe(larger.width);
});

test('docked at any side, its edge makes it larger, and it stays so', async ({ world }) => {
  const tab = await openOn(world);
  await tab.setViewport({ width: 1280, height: 800 });
  for (const [dock, by, grown] of [
    ['right', { x: -70, y: 0 }, { width: 490, height: 800, x: 790, y: 0 }],
    // As wide as it was made on the other side.
    ['left', { x: 80, y: 0 }, { width: 570, height: 800, x: 0, y: 0 }],
    ['bottom', { x: 0, y: -52 }, { width: 1280, height: 420, x: 0, y: 380 }],
  ] as const) {
    if (dock !== 'right') await choose(tab, `Dock to ${dock}`);
    const cell = inPanel(tab, `.panel.${dock} .grip`);
    await cell.waitFor({ state: 'visible' });
    const grip = middle(await cell.boundingBox());
    await tab.drag(grip, { x: grip.x + by.x, y: grip.y + by.y });
    await expect.poll(() => box(tab), dock).toEqual(grown);
    await reopened(tab);
    await expect.poll(() => box(tab), dock).toEqual(grown);
  }
});

test('the theme is the page’s, until the palette says another', async ({ world }) => {
  const { keitaro } = world.simulators;
  const theme = (tab: Tab) =>
    tab.evaluate<string>('document.documentElement.dataset.theme ?? ""', {
      within: PANEL_DOCUMENT,
    });
  const ground = (tab: Tab) =>
    tab.evaluate<number>(
      `(() => { const canvas = new OffscreenCanvas(1, 1).getContext('2d'); canvas.fillStyle = getComputedStyle(document.querySelector('.panel')).backgroundColor; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data[0]; })()`,
      { within: PANEL_DOCUMENT },
    );
  keitaro.setAwkward('light');
  const tab = await openOn(world);
  await expect.poll(() => theme(tab)).toBe('light');
  expect(await ground(tab)).toBeGreaterThan(200);
  // The page changes its own.
  await tab.evaluate(`document.body.style.background = '#14161c'`);
  await expect.poll(() => theme(tab)).toBe('dark');
  expect(await ground(tab)).toBeLessThan(60);
  keitaro.setAwkward('dark');
  await reopened(tab);
  await expect.poll(() => theme(tab)).toBe('dark');
  await choose(tab, 'Theme: light');
  await expect.poll(() => theme(tab)).toBe('light');
  await reopened(tab);
  await expect.poll(() => theme(tab)).toBe('light');
  expect(await ground(tab)).toBeGreaterThan(200);
  keitaro.setAwkward('light');
  await choose(tab, 'Theme: dark');
  await reopened(tab);
  await expect.poll(() => theme(tab)).toBe('dark');
  await choose(tab, 'Theme: match the page');
  await expect.poll(() => theme(tab)).toBe('light');
});

test('collapsed, it is its header and no more', async ({ world }) => {
  const tab = await openOn(world);
  await inPanel(tab, 'button[name=collapse]').click();
  await expect.poll(async () => (await box(tab)).height).toBe(44);
  expect(await inPanel(tab, '.panel > *').count()).toBe(1);
  const header = await inPanel(tab, 'header').boundingBox();
  const all = await box(tab);
  expect(header.y + header.height).toBeLessThanOrEqual(all.y + all.height);
  // A key that means a tab shows it.
  await inPanel(tab, 'button[name=collapse]').click();
  await inPanel(tab, '.body').waitFor({ state: 'visible' });
});

/** What moves from now on, or since the first paint. Firefox tells no page of it: there only the places before and after are compared. */
const WATCH = `(() => {
  window.shifts = [];
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push([entry.value, ...entry.sources.map(({ node, previousRect, currentRect }) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 90) + ' ' + [previousRect, currentRect].map(({ x, y, width, height }) => [x, y, width, height].join()).join(' > '))].join(' '));
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

test('nothing jumps, on the page or in the panel, until the figures are there', async ({
  world,
}) => {
  const { driver, simulators } = world;
  const tab = await driver.newTab(simulators.keitaro.campaignPage(0, DAY));
  await tab.element('#rows tr').waitFor({ state: 'visible' });
  await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  await tab.evaluate('document.fonts.ready.then(() => true)');
  await tab.evaluate(WATCH.replace('buffered: true', 'buffered: false'));
  const place = `JSON.stringify([...document.querySelectorAll('nav, h1, table')].map((one) => one.getBoundingClientRect()))`;
  const before = await tab.evaluate(place);
  await tab.element('button', { within: LAUNCHER }).click();
  for (const { id } of simulators.all) {
    const row = `[data-connection="${id} main"]`;
    await inPanel(tab, `${row} [data-metric=conversions]`, /\d/).waitFor({ state: 'visible' });
  }
  await inPanel(tab, 'ul.facts li', 'affise main').waitFor({
    state: 'visible',
  });
  expect(await tab.evaluate(place)).toBe(before);
  expect(await tab.evaluate('window.shifts')).toEqual([]);
  // The frame's own, from its first paint on.
  await tab.evaluate(WATCH, { within: PANEL_DOCUMENT });
  await tab.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))', {
    within: PANEL_DOCUMENT,
  });
  expect(await tab.evaluate('window.shifts', { within: PANEL_DOCUMENT })).toEqual([]);
});

test('320 px wide, all of it is within reach', async ({ world }) => {
  const tab = await openOn(world);
  await tab.setViewport({ width: 320, height: 640 });
  await expect.poll(async () => (await box(tab)).width).toBe(320);
  for (const name of ['compare', 'cost', 'blacklist', 'history']) {
    await inPanel(tab, `[data-tab=${name}]`).click();
    await inPanel(tab, `[data-tab=${name}][aria-selected=true]`).waitFor({ state: 'visible' });
    // Tables scroll within themselves; the panel does not.
    const wide = await tab.evaluate<number>('document.scrollingElement.scrollWidth - innerWidth', {
      within: PANEL_DOCUMENT,
    });
    expect(wide, name).toBeLessThanOrEqual(0);
  }
  for (const name of ['refresh', 'collapse', 'close']) {
    const { x, width } = await inPanel(tab, `header button[name=${name}]`).boundingBox();
    expect(x + width, name).toBeLessThanOrEqual(320);
  }
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill('21');
  const send = inPanel(tab, 'button[name=send-cost]');
  await send.waitForText('$21.00');
  const { x, width } = await send.boundingBox();
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(320);
  // Just scrolled to, it takes no press until it has been steady for a moment.
  await showSendButton(tab);
  await pressInPlainView(tab);
  await inPanel(tab, '.record[data-state=verified]').waitFor({ state: 'visible' });
});
