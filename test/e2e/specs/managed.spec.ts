import type { Simulators } from '../../simulators/start.ts';
import type { Tab } from '../drivers/driver.ts';
import { closeWorld, expect, inPanel, openPanel, openWorld, test } from '../world.ts';

const DAYS = { from: '2026-05-01', to: '2026-05-14' };
const OFF = 'Turned off by your administrator.';
/** Chromium takes its time to tell a policy. */
const LATE = { timeout: 30_000 };
const EMPTY = /^(.+): empty\. .+ as text$/;

/** With a mistake in every part. */
const policyFor = ({ keitaro: { url, currency, zone } }: Simulators) => {
  const company = { tracker: 'keitaro', name: 'Company', address: url, currency, zone };
  // As an export writes it.
  const template = { sourceId: '999', sourceName: 'S', campaign: null, adSet: null, ad: null };
  return {
    connections: [
      { ...company, templates: [{ ...template, placement: 2 }] },
      { ...company, address: 'https://other.example', zone: 3 },
    ],
    thresholds: { targetRoi: 0.3, approval: '0.8', confidnece: 0.9 },
    forbidden: ['costs', 'cost', 'add-connections'],
    forbiden: ['http'],
  };
};
const NAMED = [
  'forbiden: unknown name. Known names: connections, thresholds, forbidden',
  'connections.1.zone: must be: string',
  'thresholds.confidnece: unknown name. Known names: targetRoi, confidence, approval, priorWeight, ownSpend, delayHours, looks, thumbRule, listBy',
  'thresholds.approval: must be: number',
  'forbidden.1: unknown name. Known names: costs, pauses, blacklist, export-keys, add-connections, http',
];

const named = (options: Tab) => options.element('[data-policy]').texts();

test('a policy as text: what is good holds, what is not is named', async ({ browserName_ }) => {
  const world = await openWorld(browserName_, (simulators) => {
    const { forbidden, ...policy } = policyFor(simulators);
    return { json: JSON.stringify({ ...policy, forbidden: [...forbidden, 7] }) };
  });
  try {
    const { driver, simulators } = world;
    const { keitaro } = simulators;
    const options = await driver.extensionPage('options.html');
    const seven = NAMED.at(-1)?.replace('forbidden.1', 'forbidden.3') ?? '';
    await expect.poll(() => named(options), LATE).toEqual([...NAMED, seven]);
    expect(await options.element('button[name=add]').isEnabled()).toBe(false);

    // The connection is there and takes its key, and nothing else.
    const row = options.element('.connections li');
    await row.waitForText(/Company .*set up by your administrator/);
    expect(await row.count()).toBe(1);
    await options.element('.connections a[href^="#edit/"]').click();
    await options.element('[name=key]').fill(keitaro.apiKey);
    for (const fixed of ['name', 'address', 'currency', 'zone', 'basis']) {
      expect(await options.element(`[name=${fixed}]`).isEnabled(), fixed).toBe(false);
    }
    await options.element('button[name=save]').click();
    await row.waitForText(`••••${keitaro.apiKey.slice(-4)}`);

    // Its thresholds are shown as fixed, the others are the user's.
    const page = await openPanel(world, keitaro.campaignPage(0, DAYS));
    await inPanel(page, '[data-tab=blacklist]').click();
    const roi = inPanel(page, '[name=target-roi]');
    expect([await roi.value(), await roi.attribute('readonly')]).toEqual(['30', '']);
    expect(await inPanel(page, '[name=approval]').attribute('readonly')).toBeNull();
    expect(await inPanel(page, '.rules label', 'set by your administrator').texts()).toEqual([
      expect.stringContaining('Target ROI'),
    ]);
    await inPanel(page, '[data-tab=cost]').click();
    await inPanel(page, '[role=tabpanel]').waitForText(OFF);
  } finally {
    await closeWorld(world);
  }
});

test('a policy as plain values: what Chromium drops of it is named', async ({ browserName_ }) => {
  const world = await openWorld(browserName_, policyFor);
  try {
    const options = await world.driver.extensionPage('options.html');
    await expect.poll(() => named(options), LATE).not.toEqual([]);
    expect(await options.element('button[name=add]').isEnabled()).toBe(false);
    if (browserName_ === 'firefox') {
      expect(await named(options)).toEqual(NAMED);
      expect(await options.element('.connections li').text()).toContain('Company');
    } else {
      // A misspelt part is lost: nobody tells of it.
      const texts = await named(options);
      expect(texts.map((text) => EMPTY.exec(text)?.[1] ?? text)).toEqual([
        'connections.0',
        'connections.1',
        'thresholds',
        NAMED.at(-1),
      ]);
    }
  } finally {
    await closeWorld(world);
  }
});
