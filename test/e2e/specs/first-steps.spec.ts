import {
  askFrom,
  connectAll,
  disconnectAll,
  fillConnection,
  nameOf,
  SIMULATORS,
} from '../connect.ts';
import { expect, test } from '../world.ts';

test.describe('a fresh browser', () => {
  test('opens the first-run page, which leads to the form', async ({ fresh: { driver } }) => {
    const welcome = await driver.waitForTab((url) => url.endsWith('/welcome.html'));
    await welcome.element('a.button', { hasText: 'Add a tracker' }).click();
    await welcome.element('[name=address]').waitFor({ state: 'visible' });
    expect(await welcome.url()).toContain('options.html#add');
  });

  // Chromium then gives no page of that process the extension's texts.
  test('whose first page is closed at once has texts on the next', async ({
    fresh: { driver },
  }) => {
    await (await driver.waitForTab((url) => url.includes('/welcome.html'))).close();
    const popup = await driver.extensionPage('popup.html');
    await popup.element('[name=add]', { hasText: 'Add a tracker' }).waitFor({ state: 'visible' });
    expect(await popup.title()).toContain('Crosstrack');
  });

  test('adds four trackers, each tested first, and seals their keys', async ({ bare }) => {
    const { driver, simulators } = bare;
    for (const id of SIMULATORS) {
      const tab = await fillConnection(bare, id);
      await tab.element('.notice', { hasText: nameOf(id) }).waitFor({ state: 'visible' });
      expect(simulators[id].requests.length, `${id} was asked before it was saved`).toBeGreaterThan(
        0,
      );
      if (id === 'binom') {
        const source = '[data-source="PropellerAds"]';
        await tab.element(`${source} select[name$="-placement"]`).select('2');
        await tab.element(`${source} button[name^="save-template"]`).click();
        await tab.element(`${source} button:disabled`).waitFor({ state: 'visible' });
      }
      await tab.close();
    }
    const list = await driver.extensionPage('options.html');
    await list
      .element('.connections li', { hasText: nameOf('affise') })
      .waitFor({ state: 'visible' });
    const rows = await list.element('.connections li').texts();
    expect(rows).toHaveLength(4);
    for (const [index, id] of SIMULATORS.entries()) {
      const { apiKey } = simulators[id];
      expect(rows[index]).toContain(`••••${apiKey.slice(-4)}`);
      expect(rows[index]).not.toContain(apiKey.slice(-6));
    }
    // What other specs connect by is what the form leaves behind.
    const views = async () => {
      const all = await askFrom(list)<{ id: string }[]>('connections.list', {});
      return all.map(({ id, ...view }) => view);
    };
    const filledIn = await views();
    const stored = await driver.runInBackground<string>(
      '(globalThis.browser ?? chrome).storage.local.get(null).then(JSON.stringify)',
    );
    expect(Object.keys(JSON.parse(stored))).toHaveLength(4);
    for (const { apiKey } of simulators.all) expect(stored).not.toContain(apiKey);
    await disconnectAll(bare);
    await connectAll(bare);
    expect(await views()).toEqual(filledIn);
  });

  test('a wrong key saves nothing and keeps what was typed', async ({ bare }) => {
    const tab = await fillConnection(bare, 'keitaro', { key: 'wrong-key-000000' });
    const notice = tab.element('.notice.error');
    await notice.waitForText(/rejected the API key/);
    expect(await notice.text()).toContain('HTTP 401');
    expect(await tab.element('[name=key]').value()).toBe('wrong-key-000000');
    expect(await tab.element('[name=name]').value()).toBe(nameOf('keitaro'));
    expect(await tab.element('.connections li').count()).toBe(0);
    await tab.element('[name=key]').fill(bare.simulators.keitaro.apiKey);
    await tab.element('button[name=save]').click();
    await tab.element('.connections li').waitFor({ state: 'visible' });
  });

  test('an address is cleaned, and what was left out is said', async ({
    bare: { driver, simulators },
  }) => {
    const tab = await driver.extensionPage('options.html#add');
    await tab.element('[name=address]').fill(`${simulators.keitaro.url}/admin/#!/campaigns/12`);
    await tab
      .element('.field .small', { hasText: 'Removed' })
      .waitForText('/admin/ #!/campaigns/12');
    expect(await tab.element('[name=tracker]').value()).toBe('keitaro');
    await tab.element('[name=address]').fill('http://tracker.example/admin');
    await tab.element('.field .loss').waitForText(/isn't encrypted/);
    expect(await tab.element('button[name=save]').isEnabled()).toBe(false);
  });

  test('an origin alone is enough: who answers there is asked, without the key', async ({
    bare: { driver, simulators },
  }) => {
    const { keitaro, binom2 } = simulators;
    const tab = await driver.extensionPage('options.html#add');
    await tab.element('[name=address]').fill(keitaro.url);
    await tab.element('[name=key]').fill(keitaro.apiKey);
    await tab.element('[name=zone]').fill(keitaro.zone);
    expect(await tab.element('[name=tracker]').value()).toBe('');
    await tab.element('button[name=save]').click();
    await tab
      .element('.connections li', { hasText: 'Keitaro keitaro.localhost' })
      .waitFor({ state: 'visible' });
    expect(keitaro.requests[0]?.headers).not.toHaveProperty('api-key');
    expect(keitaro.requests.at(-1)?.headers).toHaveProperty('api-key', keitaro.apiKey);
    await tab.close();

    const wrong = await driver.extensionPage('options.html#add');
    await wrong.element('[name=address]').fill(binom2.url);
    await wrong.element('[name=tracker]').select('affise');
    await wrong.element('[name=key]').fill(binom2.apiKey);
    await wrong.element('button[name=test]').click();
    await wrong.element('.notice.error').waitForText(/looks like Binom v2, not Affise/);
    await wrong.element('button[name=use-other]').click();
    await wrong.element('button[name=test]').click();
    await wrong.element('[data-tested]').waitForText(/v2/);
  });

  test('a page that answers with a web page is named for what it is', async ({ bare }) => {
    bare.simulators.keitaro.fail({ how: 'html' });
    const tab = await fillConnection(bare, 'keitaro');
    await tab.element('.notice.error').waitForText(/landing pages, not the admin panel/);
  });

  test('removing a connection removes its key', async ({ bare }) => {
    const tab = await fillConnection(bare, 'affise');
    await tab.element('.connections li').waitFor({ state: 'visible' });
    await tab.element('button[name=remove]').click();
    await tab.element('button[name=remove-confirmed]').click();
    await tab.element('.connections li').waitFor({ state: 'hidden' });
    const stored = await bare.driver.runInBackground<string>(
      '(globalThis.browser ?? chrome).storage.local.get(null).then(JSON.stringify)',
    );
    expect(stored).toBe('{}');
  });
});
