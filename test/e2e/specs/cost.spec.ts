import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, openPanel, test } from '../world.ts';

const TRACKERS = ['keitaro', 'binom', 'redtrack'] as const;

async function order(tab: Tab, amount: string): Promise<void> {
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill(amount);
  await inPanel(tab, 'button[name=send-cost]').waitFor({ state: 'visible' });
}

const state = (tab: Tab, name: string) => inPanel(tab, `.record[data-state=${name}]`);

test.describe('updating a cost', () => {
  for (const [index, id] of TRACKERS.entries()) {
    test(`${id}: preview, confirm, applied, read back, journalled, undone`, async ({ world }) => {
      const simulator = world.simulators[id];
      const days = { from: `2026-06-1${index}`, to: `2026-06-1${index}` };
      const before = simulator.truth({ campaignIndex: 0, ...days });
      const tab = await openPanel(world, simulator.campaignPage(0, days));
      await order(tab, '321.50');
      const preview = await inPanel(tab, '.before-after').text();
      expect(preview).toContain(`$${before.cost.toFixed(2)} $321.50`);
      expect(await inPanel(tab, 'button[name=send-cost]').text()).toBe(
        'Set cost for 1 day to $321.50',
      );
      expect(simulator.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(before.cost, 4);

      await inPanel(tab, 'button[name=send-cost]').click();
      await state(tab, 'verified').waitFor({ state: 'visible' });
      const after = simulator.truth({ campaignIndex: 0, ...days });
      expect(after.cost).toBeCloseTo(321.5, 1);
      expect(after.clicks).toBe(before.clicks);
      // The days beside it are as they were.
      const dayBefore = { from: '2026-06-05', to: '2026-06-05' };
      expect(simulator.truth({ campaignIndex: 0, ...dayBefore }).cost).toBeGreaterThan(0);

      const journal = await world.driver.extensionPage('dashboard.html#view=journal');
      const row = journal.element('tbody tr', { hasText: `${id} main` });
      await row.waitForText('$321.50');
      expect(await row.text()).toMatch(/Verified Panel$/);
      await journal.close();

      await tab.focus();
      await inPanel(tab, 'button[name=undo-cost]').click();
      await inPanel(tab, 'button[name=send-cost]', /^Undo/).click();
      if (id === 'redtrack') {
        // One cost update a minute: the undo waits in line, says how long, and has not gone.
        await state(tab, 'planned').waitForText(/1st in line, about 1 min \(at \d\d:\d\d:\d\d\)/);
        expect(simulator.requests.filter(({ path }) => path.endsWith('/tracks/cost'))).toHaveLength(
          1,
        );
        return;
      }
      await state(tab, 'undone').waitFor({ state: 'visible' });
      expect(simulator.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(before.cost, 1);
    });
  }

  test('keitaro: one token value only', async ({ world }) => {
    const { keitaro } = world.simulators;
    const days = { from: '2026-06-20', to: '2026-06-20' };
    const placements = keitaro.truthByPlacement({ campaignIndex: 0, ...days });
    const [chosen] = placements
      .filter(({ bots }) => bots === 0)
      .sort((a, b) => b.clicks - a.clicks);
    if (!chosen) throw new Error('no placement');
    const tab = await openPanel(world, keitaro.campaignPage(0, days));
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, 'summary').click();
    await inPanel(tab, '[name=token]').select('1');
    await inPanel(tab, '[name=amount]').fill('55');
    // A token without its value must not become the whole campaign.
    expect(await inPanel(tab, 'button[name=send-cost]').count()).toBe(0);
    await inPanel(tab, '[name=token-value]').fill(chosen.id);
    await inPanel(tab, 'button[name=send-cost]').click();
    await state(tab, 'verified').waitFor({ state: 'visible' });
    const all = keitaro.truthByPlacement({ campaignIndex: 0, ...days });
    for (const before of placements) {
      const now = all.find(({ id }) => id === before.id);
      expect(now?.cost ?? 0).toBeCloseTo(before.id === chosen.id ? 55 : before.cost, 2);
    }
  });

  test('affise says why it cannot', async ({ world }) => {
    const tab = await openPanel(world, world.simulators.affise.campaignPage(0));
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '.notice').waitForText("doesn't know what you spend");
    expect(await inPanel(tab, '[name=amount]').isEnabled()).toBe(false);
  });

  test('an answer that was lost is read back and never sent again', async ({ world }) => {
    const { binom } = world.simulators;
    const days = { from: '2026-06-22', to: '2026-06-22' };
    const tab = await openPanel(world, binom.campaignPage(0, days));
    await order(tab, '77');
    binom.fail({ path: /save_update_costs/, times: 1, how: 'apply-then-500' });
    await inPanel(tab, 'button[name=send-cost]').click();
    await state(tab, 'verified').waitFor({ state: 'visible' });
    expect(binom.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(77, 2);
    const sent = binom.requests.filter(({ query }) => query.get('page') === 'save_update_costs');
    expect(sent).toHaveLength(1);
    expect(await state(tab, 'verified').text()).toMatch(
      /^Sent [\d:]+ · Unconfirmed, checking [\d:]+ · Verified [\d:]+/,
    );
  });

  test('a refused update changes nothing and says what the tracker said', async ({ world }) => {
    const { binom } = world.simulators;
    const days = { from: '2026-06-23', to: '2026-06-23' };
    const before = binom.truth({ campaignIndex: 0, ...days }).cost;
    const tab = await openPanel(world, binom.campaignPage(0, days));
    await order(tab, '88');
    binom.fail({
      path: /save_update_costs/,
      how: { status: 200, body: '{"error":"Period is locked"}' },
    });
    await inPanel(tab, 'button[name=send-cost]').click();
    await state(tab, 'failed').waitForText('Period is locked');
    expect(binom.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(before, 4);
  });

  test('a background that is killed while sending settles it when it is back', async ({
    world,
  }) => {
    const { driver, simulators } = world;
    const { binom } = simulators;
    const days = { from: '2026-06-24', to: '2026-06-24' };
    const tab = await openPanel(world, binom.campaignPage(0, days));
    await order(tab, '99');
    binom.fail({ path: /save_update_costs/, times: 1, how: 'apply-then-hang' });
    await inPanel(tab, 'button[name=send-cost]').click();
    const sent = () =>
      binom.requests.filter(({ query }) => query.get('page') === 'save_update_costs');
    await expect.poll(() => sent().length).toBe(1);
    await driver.killBackground();
    // An alarm wakes it within half a minute; so does the panel when it asks for anything, and then
    // the record is found in `sending`.
    await inPanel(tab, 'button[name=refresh]').click();
    await state(tab, 'verified').waitFor({ state: 'visible' });
    expect(binom.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(99, 2);
    expect(sent()).toHaveLength(1);
  });
});
