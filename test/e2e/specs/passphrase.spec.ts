import { connectAll, nameOf } from '../connect.ts';
import type { BrowserDriver, Tab } from '../drivers/driver.ts';
import { expect, inPanel, LAUNCHER, openPanel, PANEL, test } from '../world.ts';

const PASSPHRASE = 'canary of a passphrase';
const PROFIT = '[data-connection="keitaro main"] [data-metric=profit]';

/** All that the extension keeps, as it lies there; CryptoKeys show as {}. */
const STORAGE_DUMP = `(async () => {
  const api = globalThis.browser ?? chrome;
  const dump = [await api.storage.local.get(null), await api.storage.session.get(null)];
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      dump.push([store, await wait(objects.getAllKeys()), await wait(objects.getAll())]);
    }
    database.close();
  }
  return JSON.stringify(dump);
})()`;

const SESSION = `(globalThis.browser ?? chrome).storage.session.get(null).then(Object.keys)`;

async function keysSection(driver: BrowserDriver, state: string): Promise<Tab> {
  const options = await driver.extensionPage('options.html');
  await options.element(`[data-keys=${state}]`).waitFor({ state: 'visible' });
  return options;
}

test('keys under a passphrase: set, locked, asked for, unlocked, changed, forgotten', async ({
  bare,
}) => {
  await connectAll(bare);
  const { driver, simulators } = bare;
  const earlier = driver.console.length;
  const secrets = [...simulators.all.map(({ apiKey }) => apiKey), PASSPHRASE];
  const expectClean = async () => {
    const dump = await driver.runInBackground<string>(STORAGE_DUMP);
    expect(dump, 'the sealed keys are in it').toMatch(/"key[@:]/);
    for (const secret of secrets) {
      for (const form of [secret, encodeURIComponent(secret), btoa(secret), secret.slice(4, -4)]) {
        expect(dump.includes(form), form).toBe(false);
      }
    }
  };

  // Set: too short and not the same twice are refused in the form.
  const options = await keysSection(driver, 'open');
  await options.element('[data-form=set] [name=next]').fill('short');
  await options.element('[data-form=set] [name=repeat]').fill('short');
  expect(await options.element('button[name=set][disabled]').count()).toBe(1);
  await options.element('[data-form=set] [name=next]').fill(PASSPHRASE);
  await options.element('[data-form=set] [name=repeat]').fill(`${PASSPHRASE}!`);
  expect(await options.element('button[name=set][disabled]').count()).toBe(1);
  await options.element('[data-form=set] [name=repeat]').fill(PASSPHRASE);
  await options.element('button[name=set]').click();
  await options.element('[data-keys=unlocked]').waitFor({ state: 'visible' });
  await expectClean();

  // Unlocked keys outlive the worker.
  await driver.killBackground();
  const popup = await driver.extensionPage('popup.html');
  await popup.element(PROFIT).waitForText(/\d/);
  expect(await popup.element('[data-form=unlock]').count()).toBe(0);

  // Lock: the popup asks for the passphrase, and what is cached stays.
  await popup.element('button[name=lock]').click();
  await popup.element('[data-form=unlock]').waitFor({ state: 'visible' });
  await popup.element(PROFIT).waitForText(/\d/);
  // What is left says when trackers were asked, for their limits.
  expect(await driver.runInBackground<string[]>(SESSION)).toEqual(['paces']);
  await expectClean();
  await driver.killBackground();
  await popup.reload();
  await popup.element('[data-form=unlock]').waitFor({ state: 'visible' });
  await popup.element(PROFIT).waitForText(/\d/);
  // Days that were never asked for cannot be shown: each row says why.
  await popup.element('[name=preset]').select('last7');
  await popup.element('[data-connection="keitaro main"] .problem').waitForText(/Locked/);
  await options.reload();
  await options.element('.connections li', { hasText: 'Locked' }).waitFor({
    state: 'visible',
  });
  expect(await options.element('.connections').text()).not.toMatch(/••••/);
  expect(await popup.axe()).toEqual([]);
  expect(await options.axe()).toEqual([]);

  // The dashboard offers the way.
  const dashboard = await driver.extensionPage('dashboard.html');
  await dashboard.element('button[name=to-unlock]').waitFor({ state: 'visible' });

  // Wrong, then right.
  const asked = () => simulators.keitaro.requests.length;
  const before = asked();
  await popup.element('[name=passphrase]').fill('not the passphrase');
  await popup.element('button[name=unlock]').click();
  await popup.element('[data-form=unlock] [role=alert]').waitForText(/Wrong passphrase/);
  expect(asked(), 'nothing is asked while keys are locked').toBe(before);
  await popup.element('[name=passphrase]').fill(PASSPHRASE);
  await popup.element('button[name=unlock]').click();
  await popup.element('[data-form=unlock]').waitFor({ state: 'hidden' });
  await popup.element(PROFIT).waitForText(/\d/);
  await expect.poll(asked).toBeGreaterThan(before);
  await expectClean();

  // Change, then remove: keys open without asking again.
  await options.reload();
  await options.element('button[name=open-change]').click();
  await options.element('[data-form=change] [name=passphrase]').fill(PASSPHRASE);
  await options.element('[data-form=change] [name=next]').fill('another passphrase');
  await options.element('[data-form=change] [name=repeat]').fill('another passphrase');
  await options.element('button[name=change]').click();
  await options.element('[data-form=change]').waitFor({ state: 'hidden' });
  await options.element('button[name=open-remove]').click();
  await options
    .element('[data-form=remove-passphrase] [name=passphrase]')
    .fill('another passphrase');
  await options.element('button[name=remove-passphrase]').click();
  await options.element('[data-keys=open]').waitFor({ state: 'visible' });
  await expectClean();
  await driver.killBackground();
  await options.reload();
  await options.element('.connections li', { hasText: /••••/ }).waitFor({ state: 'visible' });

  // Forget: after a confirmation every connection is there without a key.
  await options.element('[data-form=set] [name=next]').fill(PASSPHRASE);
  await options.element('[data-form=set] [name=repeat]').fill(PASSPHRASE);
  await options.element('button[name=set]').click();
  await options.element('button[name=open-forget]').click();
  await options.element('button[name=forget]').click();
  await options.element('[data-keys=open]').waitFor({ state: 'visible' });
  await options.element('.connections li', { hasText: 'No working key' }).waitFor({
    state: 'visible',
  });
  expect(await options.element('.connections li', { hasText: 'No working key' }).count()).toBe(4);
  expect(driver.console.slice(earlier).filter(({ level }) => level === 'exception')).toEqual([]);
});

test('keys that are locked or unlocked, and a connection that goes, are seen at once on all that is open', async ({
  bare,
}) => {
  const { driver, simulators } = bare;
  const earlier = driver.console.length;
  const name = nameOf('keitaro');
  await connectAll(bare, ['keitaro']);
  const page = await openPanel(bare, simulators.keitaro.campaignPage(0));
  const figure = inPanel(page, `[data-connection="${name}"] [data-metric=clicks]`);
  await figure.waitForText(/\d/);
  const dashboard = await driver.extensionPage('dashboard.html');
  await dashboard.element('.chip', { hasText: name }).waitForText(/USD|EUR/);
  const options = await keysSection(driver, 'open');
  await options.element('[data-form=set] [name=next]').fill(PASSPHRASE);
  await options.element('[data-form=set] [name=repeat]').fill(PASSPHRASE);
  await options.element('button[name=set]').click();
  await options.element('[data-keys=unlocked]').waitFor({ state: 'visible' });

  const notices = [dashboard.element('[name=to-unlock]'), inPanel(page, '[name=to-unlock]')];
  /** Looks at each of them, as one who comes back to it, and touches nothing. */
  const expectNotices = async (state: 'visible' | 'hidden') => {
    for (const [nth, tab] of [dashboard, page].entries()) {
      await tab.focus();
      await notices[nth]?.waitFor({ state });
    }
    await options.focus();
  };
  await expectNotices('hidden');
  // A worker that was woken for it tells it as well.
  await driver.killBackground();
  await options.element('button[name=lock]').click();
  await expectNotices('visible');
  await figure.waitForText(/\d/);
  await options.element('[name=passphrase]').fill(PASSPHRASE);
  await options.element('button[name=unlock]').click();
  await expectNotices('hidden');

  await options.element('.connections [name=remove]').click();
  await options.element('.confirm .danger').click();
  await dashboard.focus();
  await dashboard.element('.chip').waitFor({ state: 'hidden' });
  await page.focus();
  // The page is no connection's any more.
  await expect.poll(() => page.element(`${LAUNCHER}, ${PANEL}`).count()).toBe(0);
  expect(driver.console.slice(earlier).filter(({ level }) => level === 'exception')).toEqual([]);
});
