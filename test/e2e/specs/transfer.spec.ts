import { connectAll, nameOf } from '../connect.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, test } from '../world.ts';

const PASSPHRASE = 'correct horse battery';

const row = (tab: Tab) => tab.element('.connections li', { hasText: nameOf('keitaro') });

async function removeIt(tab: Tab): Promise<void> {
  await tab.element('button[name=remove]').click();
  await tab.element('button[name=remove-confirmed]').click();
  await row(tab).waitFor({ state: 'hidden' });
}

async function preview(tab: Tab, text: string): Promise<void> {
  await tab.element('button[name=open-import]').click();
  await tab.element('[name=import-text]').fill(text);
  await tab.element('button[name=import-preview]').click();
}

test.describe('settings in a file', () => {
  test('come back after a connection was removed, and hold no key', async ({ bare }) => {
    const { driver, simulators } = bare;
    await connectAll(bare, ['keitaro']);
    const tab = await driver.extensionPage('options.html');
    await tab.element('button[name=export]').click();
    const { name, text } = await driver.waitForDownload();
    expect(name).toMatch(/^crosstrack-settings-\d{4}-\d\d-\d\d\.json$/);
    expect(JSON.parse(text)).toMatchObject({
      crosstrack: 'settings',
      connections: [{ tracker: 'keitaro', name: nameOf('keitaro') }],
    });
    const { apiKey } = simulators.keitaro;
    for (const form of [apiKey, encodeURIComponent(apiKey), btoa(apiKey), apiKey.slice(4, -4)]) {
      expect(text.includes(form)).toBe(false);
    }

    await removeIt(tab);
    await preview(tab, text);
    await tab.element('[data-preview] [data-does=add]').waitForText(nameOf('keitaro'));
    expect(await row(tab).count(), 'nothing before the confirmation').toBe(0);
    await tab.element('button[name=import-confirmed]').click();
    expect(await row(tab).text()).toContain('No working key');
  });

  test('bring keys along under a passphrase only', async ({ bare }) => {
    const { driver, simulators } = bare;
    await connectAll(bare, ['keitaro']);
    const tab = await driver.extensionPage('options.html');
    await tab.element('button[name=open-keys]').click();
    const keys = '[data-form=export-keys]';
    await tab.element(`${keys} [name=next]`).fill('too short');
    await tab.element(`${keys} .loss`).waitForText('at least 10');
    await tab.element(`${keys} [name=next]`).fill(PASSPHRASE);
    await tab.element(`${keys} [name=repeat]`).fill('something else');
    await tab.element(`${keys} .loss`).waitForText("don't match");
    expect(await tab.element('button[name=export-keys]').isEnabled()).toBe(false);
    await tab.element(`${keys} [name=repeat]`).fill(PASSPHRASE);
    await tab.element('button[name=export-keys]').click();
    const { name, text } = await driver.waitForDownload();
    expect(name).toMatch(/^crosstrack-sealed-/);
    const { apiKey } = simulators.keitaro;
    for (const form of [apiKey, btoa(apiKey), nameOf('keitaro')]) {
      expect(text.includes(form)).toBe(false);
    }

    await removeIt(tab);
    await preview(tab, text);
    await tab.element('[name=import-passphrase]').fill('not this one');
    await tab.element('button[name=import-preview]').click();
    await tab.element('.notice.error').waitForText(/Wrong passphrase/);
    await tab.element('[name=import-passphrase]').fill(PASSPHRASE);
    await tab.element('button[name=import-preview]').click();
    await tab.element('[data-preview] [data-does=add]').waitForText('API key');
    for (const theme of ['light', 'dark'] as const) {
      await driver.setTheme(theme);
      expect(await tab.axe()).toEqual([]);
    }
    await tab.element('button[name=import-confirmed]').click();
    expect(await row(tab).text()).toContain(`••••${apiKey.slice(-4)}`);
  });
});
