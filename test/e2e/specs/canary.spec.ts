import { closePages, expect, inPanel, openPanel, test } from '../world.ts';

/** Everything that a page, or a script in it, could read. */
const PAGE_DUMP = `(async () => JSON.stringify([
  document.documentElement.outerHTML,
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
  performance.getEntries().map((entry) => entry.name),
  Object.getOwnPropertyNames(window).filter((name) => /crosstrack/i.test(name)),
]))()`;

/** All storage of the extension as it lies there; CryptoKeys show as {}. */
const STORAGE_DUMP = `(async () => {
  const api = globalThis.browser ?? chrome;
  const dump = {
    local: await api.storage.local.get(null),
    sync: await api.storage.sync.get(null),
    session: await api.storage.session.get(null),
    databases: {},
  };
  const open = (name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (store) => new Promise((resolve) => {
    const request = store.getAll();
    request.onsuccess = () => resolve(request.result);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await open(name);
    for (const store of database.objectStoreNames) {
      dump.databases[name + '/' + store] = await all(database.transaction(store).objectStore(store));
    }
    database.close();
  }
  return JSON.stringify(dump);
})()`;

test('keys are found nowhere but with their own trackers', async ({ world, tidy }) => {
  expect(tidy).toBeUndefined();
  const { driver, simulators } = world;
  const keys = simulators.all.map(({ apiKey }) => apiKey);
  const forms = keys.flatMap((key) => [key, encodeURIComponent(key), btoa(key), key.slice(4, -4)]);
  const expectClean = (where: string, text: string) => {
    for (const form of forms) expect(text.includes(form), `${form} in ${where}`).toBe(false);
  };

  // A page that listens to all it can hear while everything is used, errors included.
  simulators.redtrack.fail({
    path: /tracks\/cost|offers/,
    how: { status: 400, body: `{"error":"bad key ${simulators.redtrack.apiKey}"}` },
  });
  const days = { from: '2026-04-01', to: '2026-04-14' };
  for (const id of ['keitaro', 'binom', 'redtrack', 'affise'] as const) {
    const tab = await driver.newTab(simulators[id].listPage());
    await tab.evaluate(
      `(window.heard = [], addEventListener('message', (event) => heard.push(event.data), true))`,
    );
    await tab.close();
    const page = await openPanel(world, simulators[id].campaignPage(0, days));
    await page.evaluate(
      `(window.heard = [], addEventListener('message', (event) => heard.push(event.data), true))`,
    );
    await inPanel(page, `[data-connection="${id} main"] [data-metric=conversions]`, /\d/).waitFor({
      state: 'visible',
    });
    if (id !== 'affise') {
      await inPanel(page, '[data-tab=blacklist]').click();
      await inPanel(page, 'button[name=save-csv]').click();
      expectClean('an export', (await driver.waitForDownload()).text);
      await inPanel(page, '[data-tab=cost]').click();
      await inPanel(page, '[name=amount]').fill('12.34');
      await inPanel(page, 'button[name=send-cost]').click();
      await inPanel(
        page,
        id === 'redtrack' ? '.record[data-state=failed]' : '.record[data-state=verified]',
      ).waitFor({ state: 'visible' });
    }
    expectClean(`the panel on ${id}`, await inPanel(page, 'section.panel').text());
    expectClean(`the page of ${id}`, await page.evaluate<string>(PAGE_DUMP));
    expect(await page.evaluate<unknown[]>('heard')).toEqual([]);
  }
  const options = await driver.extensionPage('options.html');
  await options.element('.connections li').waitFor({ state: 'visible' });
  expectClean(
    'the options page',
    await options.evaluate<string>('document.documentElement.outerHTML'),
  );
  const journal = await driver.extensionPage('dashboard.html#view=journal');
  await journal.element('tbody tr').waitFor({ state: 'visible' });
  expectClean('the journal', await journal.element('main').text());
  expectClean('the storage of the extension', await driver.runInBackground<string>(STORAGE_DUMP));
  expectClean('the console', driver.console.map(({ text, url }) => text + url).join('\n'));

  let withKey = 0;
  for (const { url, headers, body } of driver.requests) {
    for (const simulator of simulators.all) {
      const carried = [url, body ?? '', JSON.stringify(headers)].some((part) =>
        part.includes(simulator.apiKey),
      );
      if (!carried) continue;
      withKey += 1;
      expect(new URL(url).origin).toBe(simulator.url);
      expect(headers.cookie ?? '', 'a request with a key carries no cookie').toBe('');
      expect(headers.referer ?? '', 'nor a referrer').toBe('');
    }
  }
  expect(withKey).toBeGreaterThan(20);
  // And the trackers themselves saw the key where their documents want it.
  expect(simulators.keitaro.requests.every(({ query }) => !String(query).includes('canary'))).toBe(
    true,
  );
  expect(simulators.affise.requests.every(({ query }) => !String(query).includes('canary'))).toBe(
    true,
  );
  await closePages(world);
});

test('scripts in the page see neither keys nor connections', async ({ world, tidy }) => {
  expect(tidy).toBeUndefined();
  const { driver, simulators } = world;
  const tab = await driver.newTab(simulators.binom.listPage());
  const reach = await tab.evaluate<string>(
    `(typeof chrome === 'object' && chrome.storage ? 'storage' : '') + (typeof browser === 'object' ? 'browser' : '')`,
  );
  expect(reach).toBe('');
  const loaded = await tab.evaluate<boolean>(
    `fetch('${driver.extensionOrigin}/panel.js').then(() => true, () => false)`,
  );
  expect(loaded, 'no file of the extension can be read by a page').toBe(false);
});
