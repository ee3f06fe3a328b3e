import type { World } from '../connect.ts';
import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, LAUNCHER, openPanel, PANEL, test } from '../world.ts';

const day = daysOf('01');

const show = (tab: Tab, id: string) => tab.evaluate(`document.querySelector('#${id}').showModal()`);
const close = (tab: Tab, id: string) => tab.evaluate(`document.querySelector('#${id}').close()`);
const home = (tab: Tab) =>
  tab.evaluate<string>(
    `(({ id, localName }) => id || localName)(document.querySelector('${PANEL}').parentElement)`,
  );

async function openPage({ simulators, driver }: World, of: number): Promise<Tab> {
  simulators.keitaro.setAwkward('dialogs');
  const tab = await driver.newTab(simulators.keitaro.campaignPage(0, day(of)));
  await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  return tab;
}

/** Is the panel alive? An amount is typed into it, key by key, and its cost previewed. */
async function useIt(tab: Tab, amount: string): Promise<void> {
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill('');
  await inPanel(tab, '[name=amount]').click();
  for (const digit of amount) await tab.press(digit);
  await inPanel(tab, 'button[name=send-cost]').waitForText(`$${amount}.00`);
}

test.describe('a native modal dialog', () => {
  test('that was open before the panel', async ({ world }) => {
    const tab = await openPage(world, 1);
    await show(tab, 'outer');
    await tab.focus();
    await world.driver.command('open-panel');
    await useIt(tab, '31');
    expect(await home(tab)).toBe('outer');
    await tab.press('Escape');
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    // Esc was the panel's: the dialog is still there.
    expect(await tab.evaluate(`document.querySelector('#outer').open`)).toBe(true);
  });

  test('that opens over the panel, with another in it, and closes under it', async ({ world }) => {
    world.simulators.keitaro.setAwkward('dialogs');
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(0, day(2)));
    await useIt(tab, '41');
    await show(tab, 'outer');
    await expect.poll(() => home(tab)).toBe('outer');
    await useIt(tab, '42');
    await show(tab, 'inner');
    await expect.poll(() => home(tab)).toBe('inner');
    await useIt(tab, '43');
    await close(tab, 'inner');
    await expect.poll(() => home(tab)).toBe('outer');
    await useIt(tab, '44');
    await close(tab, 'outer');
    await expect.poll(() => home(tab)).toBe('html');
    await useIt(tab, '45');
    expect(await tab.element(PANEL).count()).toBe(1);
  });

  test('that is removed with the panel in it: the panel is back with what was typed', async ({
    world,
  }) => {
    world.simulators.keitaro.setAwkward('dialogs');
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(0, day(3)));
    await show(tab, 'outer');
    await expect.poll(() => home(tab)).toBe('outer');
    await useIt(tab, '52');
    await tab.evaluate(`document.querySelector('#outer').remove()`);
    await expect.poll(() => tab.element(PANEL).count()).toBe(1);
    await expect.poll(() => home(tab)).toBe('html');
    await inPanel(tab, 'button[name=send-cost]').waitForText('$52.00');
    expect(await inPanel(tab, '[name=amount]').value()).toBe('52');
    await useIt(tab, '53');
  });
});
