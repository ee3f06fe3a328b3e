import { gammaP } from '../../../lib/blacklist/gamma.ts';
import type { Simulator } from '../../simulators/start.ts';
import { connectAll, type World } from '../connect.ts';
import { type Days, daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { openBlacklist } from '../open-blacklist.ts';
import { expect, inPanel, test } from '../world.ts';

const days = daysOf('06');
const TRACKERS = ['keitaro', 'binom', 'redtrack'] as const;

/** Copies the list and checks each id against the tracker's own figures. */
async function copyAndCheck({ driver }: World, simulator: Simulator, tab: Tab, asked: Days) {
  expect(await inPanel(tab, '[name=format]').value()).toBe('propellerads');
  await inPanel(tab, 'button[name=copy-list]').click();
  await inPanel(tab, '[data-result=copied]').waitForText(/IDs copied/);
  const copied = (await driver.clipboardText()).split('\n');
  expect(copied.length).toBeGreaterThan(5);
  for (const line of copied) expect(line).toMatch(/^\d+$/);
  expect(new Set(copied).size).toBe(copied.length);

  // What is cut lost money, by the tracker's own figures and by the plain model.
  const all = simulator.truthByPlacement({ campaignIndex: 0, ...asked });
  const truth = new Map(all.map((one) => [one.id, one]));
  const paid = all.reduce((sum, { revenue }) => sum + revenue, 0);
  const conversions = all.reduce((sum, one) => sum + one.conversions, 0);
  for (const one of copied) {
    const figures = truth.get(one);
    if (!figures) throw new Error(`${one} is no placement of this campaign`);
    expect(figures.revenue).toBeLessThan(figures.cost);
    const [k, m] = [figures.conversions, figures.cost / (paid / conversions)];
    expect(gammaP(1 + k, m), `${one}: ${k} of ${m.toFixed(2)}`).toBeGreaterThan(0.85);
  }
  // No placement that earns well is on the list.
  const earning = all.filter(({ revenue, cost }) => revenue > 1.5 * cost && cost > 20);
  expect(earning.length).toBeGreaterThan(0);
  for (const good of earning) expect(copied).not.toContain(good.id);
  return copied;
}

test.describe('blacklists', () => {
  for (const [nth, id] of TRACKERS.entries()) {
    test(`${id}: bad placements are found, copied and saved as PropellerAds wants them`, async ({
      world,
    }) => {
      const { driver, simulators } = world;
      const simulator = simulators[id];
      const asked = days(1 + nth, 14 + nth);
      const tab = await openBlacklist(world, simulator, asked);
      const copied = await copyAndCheck(world, simulator, tab, asked);

      await inPanel(tab, 'button[name=save-txt]').click();
      const txt = await driver.waitForDownload();
      expect(txt.name).toMatch(/\.txt$/);
      expect(txt.text.split('\n')).toEqual(copied);
      await inPanel(tab, 'button[name=save-csv]').click();
      const csv = await driver.waitForDownload();
      expect(csv.name).toMatch(/\.csv$/);
      const [head, ...rows] = csv.text.trimEnd().split('\r\n');
      expect(head).toBe(
        'placement,clicks,cost_USD,conversions,revenue_USD,verdict,confidence,target_roi,listed_by',
      );
      expect(rows.map((row) => row.split(',')[0])).toEqual(copied);
    });
  }

  test('a source that wants other ids gets none of these: nothing is copied, and the reason is said', async ({
    world,
  }) => {
    const tab = await openBlacklist(world, world.simulators.keitaro, days(5, 18));
    await inPanel(tab, 'button[name=copy-list]').click();
    await inPanel(tab, '[data-result=copied]').waitForText(/IDs copied/);
    const before = await world.driver.clipboardText();
    await inPanel(tab, '[name=format]').select('richads');
    await inPanel(tab, '[data-result=nothing]').waitForText(
      /\d+ IDs are digits; RichAds wants 32-character hashes/,
    );
    await inPanel(tab, 'button[name=copy-list]').click();
    await inPanel(tab, '.notice.warn').waitForText('not a valid ID for this source');
    expect(await world.driver.clipboardText()).toBe(before);
  });

  test('the rules change the verdicts, while a slider moves and when a number is typed', async ({
    world,
  }) => {
    const tab = await openBlacklist(world, world.simulators.keitaro, days(6, 19));
    const count = async () =>
      Number(
        /^(\d+) to cut/.exec(
          await inPanel(tab, '[data-head=blacklist]').waitForText(/to cut/),
        )?.[1],
      );
    const before = await count();
    const confidence = inPanel(tab, '[name=confidence]');
    const set = async (percent: string) => {
      await confidence.press('Ctrl+A');
      await confidence.type(percent);
      await confidence.press('Enter');
    };
    await set('80');
    await expect.poll(count).toBeGreaterThan(before);
    await set('95');
    await expect.poll(count).toBe(before);
    await inPanel(tab, '[name=target-roi-slider]').press('ArrowRight');
    expect(await inPanel(tab, '[name=target-roi]').value()).toBe('5');
    for (let press = 0; press < 10; press++) {
      await inPanel(tab, '[name=target-roi-slider]').press('ArrowRight');
    }
    await expect.poll(count).toBeGreaterThan(before);
    await set('95');
    for (let press = 0; press < 11; press++) {
      await inPanel(tab, '[name=target-roi-slider]').press('ArrowLeft');
    }
    await expect.poll(count).toBe(before);
  });

  test('binom2: bad placements are found and copied, and the token is kept once it is said to be right', async ({
    bare,
  }) => {
    const { binom2 } = bare.simulators;
    await connectAll(bare, ['binom2']);
    const asked = days(4, 17);
    const tab = await openBlacklist(bare, binom2, asked);
    await copyAndCheck(bare, binom2, tab, asked);

    await inPanel(tab, '[data-token]').waitForText(/Placement = zone/);
    await inPanel(tab, 'button[name=keep-token]').click();
    await inPanel(tab, 'button[name=keep-token]').waitFor({ state: 'hidden' });
  });
});
