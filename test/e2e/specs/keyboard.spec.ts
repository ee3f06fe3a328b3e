import { LAUNCHER } from '../connect.ts';
import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, openPanel, PANEL, PANEL_DOCUMENT, test } from '../world.ts';

const day = daysOf('04');

const field = (tab: Tab) => tab.element('#field').value();
const active = (tab: Tab) =>
  tab.evaluate<string>(`document.activeElement.id || document.activeElement.localName`);
/** What has the focus in the panel. */
const inside = (tab: Tab) =>
  tab.evaluate<string>(
    `document.hasFocus() ? document.activeElement.getAttribute('name') ?? document.activeElement.className : 'nothing'`,
    { within: PANEL_DOCUMENT },
  );
const selected = (tab: Tab, name: string) =>
  inPanel(tab, `[data-tab=${name}][aria-selected=true]`).waitFor({ state: 'visible' });

async function typeKeys(tab: Tab, text: string): Promise<void> {
  for (const letter of text) await tab.press(letter);
}

test.describe('a page that keeps the focus', () => {
  for (const [nth, trap] of (
    ['trap-focusin', 'trap-focusout', 'trap-blur', 'trap-aria-modal'] as const
  ).entries()) {
    test(`${trap}: the panel has it all the same, silently`, async ({ world }) => {
      const { keitaro } = world.simulators;
      keitaro.setAwkward(trap);
      const tab = await openPanel(world, keitaro.campaignPage(0, day(1 + nth)));
      expect(await tab.element('#field').count()).toBe(1);
      await inPanel(tab, '[data-tab=cost]').click();
      await inPanel(tab, '[name=amount]').click();
      await typeKeys(tab, '125');
      await expect.poll(() => inPanel(tab, '[name=amount]').value()).toBe('125');
      expect(await field(tab)).toBe('');
      await inPanel(tab, 'button[name=send-cost]').waitForText('$125.00');
      expect(await inPanel(tab, 'button[name=to-dashboard]').count()).toBe(0);
      // Given back, the page has its trap again.
      await tab.press('Escape');
      await tab.element(PANEL).waitFor({ state: 'hidden' });
      await tab.element('#field').click();
      await tab.press('x');
      await expect.poll(() => field(tab)).toBe('x');
    });
  }

  test('trap-timer: the panel says so, and no key lands in the page', async ({ world }) => {
    const { keitaro } = world.simulators;
    keitaro.setAwkward('trap-timer');
    const tab = await openPanel(world, keitaro.campaignPage(0, day(8)));
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').click();
    await typeKeys(tab, '125');
    await inPanel(tab, '.notice').waitForText('captures the keyboard');
    await typeKeys(tab, '125');
    expect(await field(tab)).toBe('');
    await inPanel(tab, 'button[name=to-dashboard]').click();
    await world.driver.waitForTab((url) => url.includes('dashboard.html'));
    // Whoever presses in the page means the page.
    await tab.focus();
    await tab.element('#field').click();
    await tab.press('x');
    await expect.poll(() => field(tab)).toBe('x');
  });
});

test.describe('keys', () => {
  test('work on a Russian layout and with CapsLock', async ({ world }) => {
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(0, day(10)));
    await tab.pressCode({ key: 'с', code: 'KeyC' });
    await selected(tab, 'cost');
    await tab.pressCode({ key: 'И', code: 'KeyB', shift: true });
    await selected(tab, 'blacklist');
    // CapsLock: a capital without Shift.
    await tab.pressCode({ key: 'H', code: 'KeyH' });
    await selected(tab, 'history');
    await tab.pressCode({ key: 'У', code: 'KeyE' });
    await selected(tab, 'compare');
    await tab.pressCode({ key: 'л', code: 'KeyK', ctrl: true });
    await inPanel(tab, '[name=palette]').waitFor({ state: 'visible' });
    await tab.press('Escape');
    await inPanel(tab, '[name=palette]').waitFor({ state: 'hidden' });
    await tab.pressCode({ key: 'K', code: 'KeyK', ctrl: true });
    await inPanel(tab, '[name=palette]').waitFor({ state: 'visible' });
    // What is typed there is text.
    await tab.pressCode({ key: 'с', code: 'KeyC' });
    expect(await inPanel(tab, '[name=palette]').value()).toBe('с');
  });

  test('Tab stays in the panel, both ways round', async ({ world }) => {
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(0, day(11)));
    await inPanel(tab, '[data-tab=history]').click();
    const names = ['refresh', 'collapse', 'close', 'preset'];
    for (const keys of ['Tab', 'Shift+Tab']) {
      // All the way round, and some more; how long that is depends on what was sent before.
      const left = new Set(names);
      for (let more = 10; more > 0; more -= left.size === 0 ? 1 : 0) {
        await tab.press(keys);
        const here = await inside(tab);
        expect(here).not.toBe('nothing');
        left.delete(here);
      }
    }
    expect(await active(tab)).toBe(PANEL);
  });
});

test.describe('the focus', () => {
  test('goes into the amount by the command for costs, and back where it was by Esc', async ({
    world,
  }) => {
    const { driver, simulators } = world;
    const tab = await driver.newTab(simulators.binom.campaignPage(0, day(12)));
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    await tab.focus();
    await tab.element('#date_filter').focus();
    await driver.command('update-cost');
    await expect.poll(() => inside(tab)).toBe('amount');
    await typeKeys(tab, '64');
    await inPanel(tab, 'button[name=send-cost]').waitForText('$64.00');
    await tab.press('Escape');
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    expect(await active(tab)).toBe('date_filter');
    // The same by the cross, from a panel that was opened by the launcher.
    await tab.element('nav a', { nth: 1 }).focus();
    await tab.evaluate(`document.activeElement.id = 'offers'`);
    await driver.command('open-panel');
    await expect.poll(() => inside(tab)).toContain('panel');
    await inPanel(tab, 'button[name=close]').click();
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    expect(await active(tab)).toBe('offers');
  });

  test('goes to the copy button by the command for lists, once the list is there', async ({
    world,
  }) => {
    const { driver, simulators } = world;
    const days = { from: '2026-04-01', to: '2026-04-14' };
    const tab = await driver.newTab(simulators.binom.campaignPage(0, days));
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    await tab.focus();
    await driver.command('export-blacklist');
    await expect.poll(() => inside(tab)).toBe('copy-list');
    await tab.press('Enter');
    await inPanel(tab, '[data-result=copied]').waitForText(/IDs copied/);
    expect(await driver.clipboardText()).toMatch(/^\d+\n\d+/);
  });

  test('goes into the panel by the command and by the launcher, and its keys act', async ({
    world,
  }) => {
    const { driver, simulators } = world;
    const tab = await driver.newTab(simulators.binom.campaignPage(0, day(14)));
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    await tab.focus();
    await driver.command('open-panel');
    await expect.poll(() => inside(tab)).toContain('panel');
    await tab.press('b');
    await selected(tab, 'blacklist');
    await tab.press('Escape');
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    await tab.element('button', { within: LAUNCHER }).click();
    await expect.poll(() => inside(tab)).toContain('panel');
    await tab.press('c');
    await selected(tab, 'cost');
    // The launcher closes what it opened.
    await tab.press('Escape');
    await tab.element(PANEL).waitFor({ state: 'hidden' });
  });
});
