import { daysOf } from '../days.ts';
import { inScriptsOf } from '../places.ts';
import { expect, LAUNCHER, PANEL, test } from '../world.ts';

const day = daysOf('11');

test('on a page in a sandbox the launcher says so in time, and opens the dashboard', async ({
  world,
}) => {
  const { driver, simulators } = world;
  simulators.binom.setAwkward('sandbox');
  const tab = await driver.newTab(simulators.binom.campaignPage(0, day(1)));
  expect(await tab.evaluate('origin')).toBe('null');
  const inside = (selector: string) => tab.element(selector, { within: LAUNCHER });
  await inside('button[name=open]').click();
  const pressed = Date.now();
  await inside('.fallback').waitForText('This page blocks the panel');
  expect(Date.now() - pressed).toBeLessThan(5_000);
  await tab.element(PANEL).waitFor({ state: 'hidden' });
  await inside('button[name=dashboard]').click();
  await driver.waitForTab((url) => url.includes('dashboard.html'));
});

test('where no frame comes, the launcher says so in time, and is gone at a press', async ({
  world,
}) => {
  const { driver, simulators } = world;
  const tab = await driver.newTab(simulators.binom.campaignPage(0, day(2)));
  const inside = (selector: string) => tab.element(selector, { within: LAUNCHER });
  await inside('button[name=open]').waitFor({ state: 'visible' });
  // What a browser that lets no frame load looks like to our script.
  await inScriptsOf(
    world,
    tab,
    `() => void Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get: () => null })`,
  );
  await inside('button[name=open]').click();
  const pressed = Date.now();
  await inside('.fallback').waitForText('This page blocks the panel');
  expect(Date.now() - pressed).toBeLessThan(5_000);
  await inside('button[name=dismiss]').click();
  await inside('.fallback').waitFor({ state: 'hidden' });
  await inside('button[name=open]').click();
  await inside('button[name=dashboard]').click();
  await driver.waitForTab((url) => url.includes('dashboard.html'));
});
