import { startSimulators } from '../../simulators/start.ts';
import { extensionDir, fillConnection, nameOf, type World } from '../connect.ts';
import { openDriver } from '../drivers/open-driver.ts';
import { test as base, closeWorld, expect, inPanel, openPanel } from '../world.ts';

const DAY = { from: '2026-07-21', to: '2026-07-21' };

/** Firefox that never remembers history; a Chromium of that kind has no extensions, so there it is as always. */
const test = base.extend<{ forgetful: World }>({
  forgetful: async ({ browserName_ }, use) => {
    const simulators = await startSimulators({ limits: false });
    const driver = await openDriver(browserName_, {
      extensionDir: extensionDir(browserName_),
      neverRememberHistory: browserName_ === 'firefox',
    });
    const world = { simulators, driver };
    await use(world);
    await closeWorld(world);
  },
});

test('a browser that remembers nothing: greeted, told so, connected, compared, a cost sent', async ({
  forgetful: world,
}) => {
  const { driver, simulators } = world;
  const { keitaro } = simulators;
  const welcome = await driver.waitForTab((url) => url.endsWith('/welcome.html'));
  await welcome.element('a.button', { hasText: 'Add a tracker' }).waitFor({ state: 'visible' });

  const options = await fillConnection(world, 'keitaro');
  await options
    .element('.connections li', { hasText: nameOf('keitaro') })
    .waitFor({ state: 'visible' });
  const kept = options.element('[data-retention]');
  if (driver.name === 'firefox') {
    await kept.waitFor({ state: 'visible' });
    expect(await kept.attribute('data-retention')).toBe('private');
  } else expect(await kept.count()).toBe(0);

  const before = keitaro.truth({ campaignIndex: 0, ...DAY });
  const tab = await openPanel(world, keitaro.campaignPage(0, DAY));
  const clicks = `[data-connection="${nameOf('keitaro')}"] [data-metric=clicks]`;
  await inPanel(tab, clicks).waitForText(before.clicks.toLocaleString('en'));
  await driver.killBackground();
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill('55.50');
  await inPanel(tab, 'button[name=send-cost]').waitForText('$55.50');
  // Between preview and press too.
  await driver.killBackground();
  await inPanel(tab, 'button[name=send-cost]').click();
  await inPanel(tab, '.record[data-state=verified]').waitFor({ state: 'visible' });
  expect(keitaro.truth({ campaignIndex: 0, ...DAY }).cost).toBeCloseTo(55.5, 1);
  await driver.killBackground();
  await inPanel(tab, '[data-tab=history]').click();
  await inPanel(tab, '[data-record]').waitForText('Verified');
});
