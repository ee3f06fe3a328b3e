import { gammaP } from '../../../lib/blacklist/gamma.ts';
import { daysOf } from '../days.ts';
import { expect, inPanel, openPanel, test } from '../world.ts';

const days = daysOf('12');
const TRACKERS = ['keitaro', 'binom', 'redtrack'] as const;

test.describe('blacklists', () => {
  for (const [nth, id] of TRACKERS.entries()) {
    test(`${id}: bad placements are found, copied and saved as PropellerAds wants them`, async ({
      world,
    }) => {
      const { driver, simulators } = world;
      const simulator = simulators[id];
      const asked = days(1 + nth, 14 + nth);
      const tab = await openPanel(world, simulator.campaignPage(0, asked));
      await inPanel(tab, '[data-tab=blacklist]').click();
      await inPanel(tab, '[data-head=blacklist]').waitForText(/\d+ to cut/);
      expect(await inPanel(tab, '[name=format]').value()).toBe('propellerads');

      await inPanel(tab, 'button[name=copy-list]').click();
      await inPanel(tab, '[data-result=copied]').waitForText(/IDs copied/);
      const copied = (await driver.clipboardText()).split('\n');
      expect(copied.length).toBeGreaterThan(5);
      for (const line of copied) expect(line).toMatch(/^\d+$/);
      expect(new Set(copied).size).toBe(copied.length);

      // What is cut lost money, by the tracker's own figures and by the plain model.
      const truth = new Map(
        simulator.truthByPlacement({ campaignIndex: 0, ...asked }).map((one) => [one.id, one]),
      );
      const all = [...truth.values()];
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

      await inPanel(tab, 'button[name=save-txt]').click();
      const txt = await driver.waitForDownload();
      expect(txt.name).toMatch(/\.txt$/);
      expect(txt.text.split('\n')).toEqual(copied);
      await inPanel(tab, 'button[name=save-csv]').click();
      const csv = await driver.waitForDownload();
      expect(csv.name).toMatch(/\.csv$/);
      const [head, ...rows] = csv.text.trimEnd().split('\r\n');
      expect(head).toBe('placement,clicks,cost_USD,conversions,revenue_USD,verdict,confidence');
      expect(rows.map((row) => row.split(',')[0])).toEqual(copied);
    });
  }

  test('a source that wants other ids rejects these, and says so', async ({ world }) => {
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(0, days(4, 17)));
    await inPanel(tab, '[data-tab=blacklist]').click();
    await inPanel(tab, '[name=format]').select('richads');
    await inPanel(tab, 'button[name=copy-list]').click();
    await inPanel(tab, '.notice.warn').waitForText(/rejected/);
    await inPanel(tab, '.notice.warn').waitForText('not a valid ID for this source');
  });

  test('the rules change the verdicts', async ({ world }) => {
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(0, days(5, 18)));
    await inPanel(tab, '[data-tab=blacklist]').click();
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
  });
});
