import { findSecrets, formsOf, type Secret } from '../canaries.ts';
import { fillConnection, nameOf, SIMULATORS, type World } from '../connect.ts';
import type { Tab } from '../drivers/driver.ts';
import { inScriptsOf, listenIn, lookEverywhere, type Places } from '../places.ts';
import {
  closePages,
  expect,
  forgetPaces,
  inPanel,
  LAUNCHER,
  PANEL,
  PANEL_DOCUMENT,
  test,
} from '../world.ts';

const IDS = [...SIMULATORS, 'binom2'] as const;
const LOCK = { name: 'the passphrase', value: 'Kanarienvogel der 1. Passphrase' };
const WRONG = { name: 'a wrong passphrase', value: 'Canarino sbagliato: 2. tentativo' };
const FILE = { name: 'the passphrase of a file', value: 'Pájaro canario; 3ª contraseña' };
/** What Binom wants beside its key. */
const SECRET = { name: 'the secret of binom', value: 'Canario-secreto.4' };
const DAYS = { from: '2026-04-01', to: '2026-04-14' };

const secretsOf = ({ simulators }: World): Secret[] => [
  ...IDS.map((id) => ({ name: `the key of ${id}`, value: simulators[id].apiKey })),
  SECRET,
  LOCK,
  WRONG,
  FILE,
];

/** What is where it may not be: "place: form of secret". A key goes to its own tracker only. */
function leaksIn(world: World, places: Places): string[] {
  const secrets = secretsOf(world);
  return [...places].flatMap(([place, text]) => {
    const own = IDS.find((id) => place === `requests to ${world.simulators[id].url}`);
    const others = secrets.filter(({ name }) => !own || !name.endsWith(` of ${own}`));
    return findSecrets(text, others).map((found) => `${place}: ${found}`);
  });
}

/** Connects all five trackers through the form; Binom wants more than its key. */
async function connectFive(world: World): Promise<void> {
  world.simulators.binom.setSecret(`door=${SECRET.value}`);
  for (const id of IDS) {
    const secret = id === 'binom' ? { secret: `door=${SECRET.value}` } : {};
    const tab = await fillConnection(world, id, secret);
    await tab.element('.connections li', { hasText: nameOf(id) }).waitFor({ state: 'visible' });
    await tab.close();
  }
}

/** A campaign's page with somebody listening, and the panel on it. */
async function openHeard(world: World, url: string): Promise<Tab> {
  const tab = await world.driver.newTab(url);
  await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  await listenIn(world, tab);
  await tab.evaluate(
    `(window.heard = [], addEventListener('message', (event) => heard.push(event.data), true))`,
  );
  await tab.element('button', { within: LAUNCHER }).click();
  await inPanel(tab, '[data-tab=compare]').click();
  return tab;
}

async function askToCompare(tab: Tab): Promise<void> {
  await inPanel(tab, '[data-tab=compare]').click();
  for (const id of IDS) {
    await inPanel(tab, `[data-connection="${nameOf(id)}"]`).waitFor({ state: 'visible' });
  }
}

async function sendCost(tab: Tab, state: RegExp): Promise<void> {
  await inPanel(tab, '[data-tab=cost]').click();
  // Near the cost of the campaign's fourteen days: what is far from it has to be typed twice.
  await inPanel(tab, '[name=amount]').fill('2500');
  await inPanel(tab, 'button[name=send-cost]').click();
  // Where there is no record, what the panel says instead.
  const told = async () =>
    (await inPanel(tab, '.record').count()) > 0
      ? inPanel(tab, '.record').attribute('data-state')
      : (await inPanel(tab, '[role=alert]').texts()).join();
  await expect.poll(told, { timeout: 20_000 }).toMatch(state);
}

async function openOptions({ driver }: World, state: string): Promise<Tab> {
  const options = await driver.extensionPage('options.html');
  await options.element(`[data-keys=${state}]`).waitFor({ state: 'visible' });
  return options;
}

/** What a tracker could say back of a key it refuses, in whatever way it writes it. */
const complaint = (key: string): string =>
  `{"error":"bad key ${key} ${encodeURIComponent(key)}","url":"/?api_key=${key}"}`;

test('each form of a secret is found in a text, and none in one without it', () => {
  const secret = { name: 'it', value: LOCK.value };
  for (const [form, written] of formsOf(secret.value)) {
    const found = findSecrets(`what comes before,${written} and after`, [secret]);
    expect(found, form).toContain(`it ${form}`);
  }
  for (const [before, after] of [
    ['', ''],
    ['x', 'y'],
    ['xy', 'zzz'],
  ]) {
    const whole = Buffer.from(`${before}${secret.value}${after}`);
    for (const alphabet of ['base64', 'base64url'] as const) {
      expect(findSecrets(whole.toString(alphabet), [secret]).join()).toMatch(/base64/);
    }
  }
  const other = formsOf(WRONG.value).map(([, written]) => written);
  expect(findSecrets(other.join(' '), [secret])).toEqual([]);
});

test('keys and passphrases are found nowhere, locked and unlocked', async ({ fresh }) => {
  test.setTimeout(240_000);
  const { driver, simulators } = fresh;
  const files: Places = new Map();
  const keepFile = async () => {
    const { name, text } = await driver.waitForDownload();
    files.set(`file ${name}`, name + text);
    return text;
  };
  const expectClean = async (when: string) => {
    expect(leaksIn(fresh, new Map([...(await lookEverywhere(fresh)), ...files])), when).toEqual([]);
  };

  // A tracker that refuses the key as it is entered, and says it back.
  simulators.affise.fail({ how: { status: 400, body: complaint(simulators.affise.apiKey) } });
  const form = await fillConnection(fresh, 'affise');
  await form.element('[role=alert], .notice.error').waitForText(/bad key •••/);
  await form.element('[name=key]').fill('');
  await expectClean('after a key was refused');
  await form.close();
  simulators.affise.clearFaults();
  await connectFive(fresh);
  await expectClean('after the keys were entered');
  const entered = await lookEverywhere(fresh);
  expect(entered.get('storage.local')?.match(/"key:/g), 'sealed keys').toHaveLength(IDS.length);
  expect(entered.get('IndexedDB cryptoKeys')).toContain(
    '{"cryptoKey":"secret","extractable":false}',
  );

  // Everything is used on every tracker, problems included.
  simulators.redtrack.fail({
    path: /tracks\/cost|offers/,
    // Not 400: that could be of the campaign's id, and another try would wait for its minute.
    how: { status: 422, body: complaint(simulators.redtrack.apiKey) },
  });
  for (const id of IDS) {
    const page = await openHeard(fresh, simulators[id].campaignPage(0, DAYS));
    await inPanel(
      page,
      `[data-connection="${nameOf(id)}"] [data-metric=conversions]`,
      /\d/,
    ).waitFor({ state: 'visible' });
    await askToCompare(page);
    if (id === 'keitaro' || id === 'redtrack') {
      await inPanel(page, '[data-tab=blacklist]').click();
      await inPanel(page, 'button[name=save-csv]').click();
      await keepFile();
    }
    if (id !== 'affise') await sendCost(page, id === 'redtrack' ? /failed/ : /verified/);
    await expectClean(`with the panel on ${id}`);
    const heard = String(await inScriptsOf(fresh, page, '() => String(crosstrackHeard)'));
    expect(heard, 'what the panel was told was heard').toContain(nameOf(id));
    expect(await page.evaluate<unknown[]>('heard')).toEqual([]);
  }
  await closePages(fresh);
  await forgetPaces(fresh);

  // Every tracker refuses, and says the key back: to whoever asks next.
  for (const id of IDS) {
    const key = simulators[id].apiKey + (id === 'binom' ? SECRET.value : '');
    simulators[id].fail({ how: { status: 500, body: complaint(key) } });
  }
  const popup = await driver.extensionPage('popup.html');
  await popup.element('[name=preset]').select('last7');
  for (const id of IDS) {
    // A tracker that allows few requests is asked when its limit allows.
    await popup.element(`[data-connection="${nameOf(id)}"] .problem`).waitForText(/\w/, 60_000);
  }
  const dashboard = await driver.extensionPage('dashboard.html');
  await dashboard.element('main').waitFor({ state: 'visible' });
  const journal = await driver.extensionPage('dashboard.html#view=journal');
  await journal.element('tbody tr').waitFor({ state: 'visible' });
  await expectClean('with every tracker refusing');
  for (const id of IDS) simulators[id].clearFaults();

  // Files: without keys, and with keys under a passphrase of their own.
  const options = await openOptions(fresh, 'open');
  await options.element('button[name=export]').click();
  expect(await keepFile()).toContain(nameOf('keitaro'));
  await options.element('button[name=open-keys]').click();
  await options.element('[data-form=export-keys] [name=next]').fill(FILE.value);
  await options.element('[data-form=export-keys] [name=repeat]').fill(FILE.value);
  await options.element('button[name=export-keys]').click();
  const sealed = await keepFile();
  expect(sealed).toContain('"sealed"');
  await options.reload();

  // Under a passphrase, unlocked.
  await options.element('[data-form=set] [name=next]').fill(LOCK.value);
  await options.element('[data-form=set] [name=repeat]').fill(LOCK.value);
  await options.element('button[name=set]').click();
  await options.element('[data-keys=unlocked]').waitFor({ state: 'visible' });
  await expectClean('with a passphrase set');
  await driver.killBackground();
  const unlocked = await openHeard(fresh, simulators.keitaro.campaignPage(1, DAYS));
  await askToCompare(unlocked);
  await sendCost(unlocked, /verified/);
  await expectClean('unlocked');

  // The sealed file comes back in.
  await options.element('button[name=open-import]').click();
  await options.element('[name=import-text]').fill(sealed);
  await options.element('button[name=import-preview]').click();
  await options.element('[name=import-passphrase]').fill(FILE.value);
  await options.element('button[name=import-preview]').click();
  await options.element('[data-preview]').waitFor({ state: 'visible' });
  await options.reload();
  await expectClean('with a sealed file opened');

  // Locked, a wrong try, and open again.
  await options.element('button[name=lock]').click();
  await options.element('[data-keys=locked]').waitFor({ state: 'visible' });
  const locked = await openHeard(fresh, simulators.binom.campaignPage(1, DAYS));
  await inPanel(locked, '.problem, .notice', /locked/i).waitFor({ state: 'visible' });
  await expectClean('locked');
  await options.element('[data-form=unlock] [name=passphrase]').fill(WRONG.value);
  await options.element('button[name=unlock]').click();
  await options.element('[data-form=unlock] [role=alert]').waitFor({ state: 'visible' });
  await options.element('[data-form=unlock] [name=passphrase]').fill('');
  await expectClean('after a wrong passphrase');
  await options.element('[data-form=unlock] [name=passphrase]').fill(LOCK.value);
  await options.element('button[name=unlock]').click();
  await options.element('[data-keys=unlocked]').waitFor({ state: 'visible' });
  await popup.reload();
  await popup.element('.rows li').waitFor({ state: 'visible' });
  await expectClean('unlocked again');

  // The keys did go to their trackers, from the background, with nothing that tells who asks.
  const asked = new Set<string>();
  for (const { url, headers, body, from } of driver.requests) {
    const id = IDS.find((one) => new URL(url).origin === simulators[one].url);
    if (!id || !JSON.stringify([url, headers, body]).includes(simulators[id].apiKey)) continue;
    asked.add(id);
    expect(from).not.toBe('page');
    expect(headers.cookie ?? '', 'a request with a key carries no cookie').toBe('');
    expect(headers.referer ?? '', 'nor a referrer').toBe('');
  }
  expect([...asked].sort()).toEqual([...IDS].sort());
  // In the query only where the tracker's documents want it there.
  for (const id of ['keitaro', 'affise', 'binom2'] as const) {
    const queries = simulators[id].requests.map(({ query }) => String(query)).join('\n');
    expect(findSecrets(queries, secretsOf(fresh)), id).toEqual([]);
  }
});

test('what is planted in any of these places is found there', async ({ fresh }) => {
  test.setTimeout(180_000);
  const { driver, simulators } = fresh;
  const { keitaro, redtrack } = simulators;
  const key = keitaro.apiKey;
  const found = async (more: Places = new Map()) =>
    leaksIn(fresh, new Map([...(await lookEverywhere(fresh)), ...more]));
  const there = (place: string, form = 'plain') => `${place}: the key of keitaro ${form}`;
  const inBackground = (work: string) =>
    driver.runInBackground(`(async () => {
      const api = globalThis.browser ?? chrome;
      const key = ${JSON.stringify(key)};
      const wait = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const database = await wait(indexedDB.open('crosstrack'));
      const store = (name) => database.transaction(name, 'readwrite').objectStore(name);
      try { ${work} } finally { database.close(); }
      return null;
    })()`);
  /** Is not there, is planted, and is there. */
  const expectFound = async (place: string, plant: () => Promise<unknown>, form?: string) => {
    expect(await found(), `before ${place}`).not.toContain(there(place, form));
    await plant();
    await expect.poll(() => found(), place).toContain(there(place, form));
  };
  await (await fillConnection(fresh, 'keitaro'))
    .element('.connections li', { hasText: nameOf('keitaro') })
    .waitFor({ state: 'visible' });
  const page = await openHeard(fresh, keitaro.campaignPage(0, DAYS));
  const host = new URL(keitaro.url).hostname;
  const options = await openOptions(fresh, 'open');
  expect(await found()).toEqual([]);

  await expectFound('storage.session', () =>
    inBackground('await api.storage.session.set({ x: key })'),
  );
  await expectFound(
    'storage.sync',
    () => inBackground('await api.storage.sync.set({ x: btoa("x" + key) })'),
    'in base64 behind one byte',
  );
  const stores = [...(await lookEverywhere(fresh)).keys()].flatMap(
    (place) => /^IndexedDB (.+)$/.exec(place)?.[1] ?? [],
  );
  expect(stores).toEqual(expect.arrayContaining(['connections', 'settings', 'vault']));
  for (const name of stores) {
    await expectFound(`IndexedDB ${name}`, () =>
      inBackground(`
        const into = store('${name}');
        const record = { bytes: new TextEncoder().encode(key), [into.keyPath]: 'x' };
        await wait(into.keyPath === null ? into.put(1, key) : into.put(record));`),
    );
    await inBackground(`
      const from = store('${name}');
      await wait(from.delete(from.keyPath === null ? key : 'x'));`);
  }
  await expectFound('caches', () =>
    inBackground(
      `await (await caches.open('x')).put('https://x.invalid/?' + key, new Response('')); `,
    ),
  );

  await expectFound(`page ${host}`, () => page.evaluate(`sessionStorage.setItem('x', '${key}')`));
  for (const within of [LAUNCHER, PANEL, PANEL_DOCUMENT]) {
    await expectFound(`${within} on ${host}`, () =>
      page.callInRoot(
        within,
        '(root, text) => void (root.body ?? root).append(document.createComment(text))',
        [key],
      ),
    );
  }
  await expectFound('page /options.html', () =>
    options.evaluate(
      `document.body.append(Object.assign(document.createElement('input'), { value: '${key}' }))`,
    ),
  );
  await options.reload();

  // An answer to a content script, then a message to it, each heard once and gone.
  const scripts = `content scripts on ${host}`;
  const rename = (name: string) =>
    inBackground(`for (const one of await wait(store('connections').getAll())) {
      await wait(store('connections').put({ ...one, name: ${JSON.stringify(name)} }));
    }`);
  await expectFound(scripts, () => rename(key));
  await rename(nameOf('keitaro'));
  expect(await found(), 'the answer of then').toContain(there(scripts));
  await inScriptsOf(fresh, page, '() => void (crosstrackHeard.length = 0)');
  await expectFound(scripts, () =>
    inBackground(`for (const { id, url } of await api.tabs.query({})) {
      if (url?.startsWith('${keitaro.url}')) await api.tabs.sendMessage(id, { key }).catch(() => {});
    }`),
  );
  // Firefox shows content scripts what lies in storage.local, Chromium does not.
  await expectFound('storage.local', () => inBackground('await api.storage.local.set({ x: key })'));
  await inScriptsOf(fresh, page, '() => void (crosstrackHeard.length = 0)');
  expect((await found()).includes(there(scripts))).toBe(driver.name === 'firefox');
  await inBackground(`await api.storage.local.remove('x')`);

  await expectFound(
    'the console',
    () => inBackground('console.debug({ x: btoa(key) })'),
    'in base64',
  );
  await expectFound('the console', () =>
    inScriptsOf(fresh, page, `() => console.debug({ x: '${key}' })`),
  );
  const foreign = `requests to ${redtrack.url}`;
  await expectFound(
    foreign,
    () =>
      inBackground(`await fetch('${redtrack.url}/x', { method: 'POST', body: 'x=' + btoa(key) })`),
    'in base64',
  );
  await expectFound(foreign, async () =>
    (await driver.newTab(`${redtrack.url}/?x=${key}`)).close(),
  );

  // What a user sees of the journal and of a problem, and a file of settings.
  await rename(key);
  await expectFound('page /dashboard.html', async () => {
    // The panel comes back by itself; a frame that is new in a tab behind others gets no clicks.
    await page.focus();
    await page.reload();
    await sendCost(page, /verified/);
    const journal = await driver.extensionPage('dashboard.html#view=journal');
    await journal.element('tbody tr').waitFor({ state: 'visible' });
  });
  await options.close();
  await (await openOptions(fresh, 'open')).element('button[name=export]').click();
  const { name, text } = await driver.waitForDownload();
  expect(await found(new Map([[name, text]]))).toContain(there(name));
  await closePages(fresh);
  redtrack.fail({ how: { status: 400, body: `{"error":"bad key ${key}"}` } });
  await rename('x');
  await expectFound('page /options.html', async () => {
    const form = await fillConnection(fresh, 'redtrack');
    await form.element('.notice.error').waitForText(/bad key/);
  });
});

test('scripts in the page see neither keys nor connections', async ({ world }) => {
  const { driver, simulators } = world;
  const tab = await driver.newTab(simulators.binom.listPage());
  const reach = await tab.evaluate<string>(
    `(typeof chrome === 'object' && chrome.storage ? 'storage' : '') + (typeof browser === 'object' ? 'browser' : '')`,
  );
  expect(reach).toBe('');
  const loaded = await tab.evaluate<boolean>(
    `fetch('${driver.extensionOrigin}/background.js').then(() => true, () => false)`,
  );
  expect(loaded, 'no file of the extension can be read by a page').toBe(false);
});
