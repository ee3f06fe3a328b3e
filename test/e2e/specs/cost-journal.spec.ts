import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, openPanel, test } from '../world.ts';

const day = daysOf('02');
const MINUTE = 60_000;
const state = (tab: Tab, name: string) => inPanel(tab, `.record[data-state=${name}]`);

async function preview(tab: Tab, amount: string): Promise<void> {
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill(amount);
  await inPanel(tab, 'button[name=send-cost]:enabled', amount).waitFor({ state: 'visible' });
}

test('an update whose answer was lost is waited for, and is verified when it shows minutes later', async ({
  world,
}) => {
  const { binom } = world.simulators;
  const days = day(2);
  const before = binom.truth({ campaignIndex: 0, ...days }).cost;
  const tab = await openPanel(world, binom.campaignPage(0, days));
  await preview(tab, '76.50');
  binom.setDelay(6 * MINUTE);
  binom.fail({ path: /save_update_costs/, times: 1, how: 'apply-then-500' });
  await inPanel(tab, 'button[name=send-cost]:enabled').click();
  await state(tab, 'unknown').waitForText(/may be working on it until .* don't set it again/);
  // It offers to look, and neither to undo nor to order again.
  expect(await inPanel(tab, 'button[name=undo-cost], button[name=ask-again]').count()).toBe(0);
  await inPanel(tab, 'button[name=check-again]').click();
  await state(tab, 'unknown').waitFor({ state: 'visible' });
  expect(binom.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(before, 4);

  binom.advance(7 * MINUTE);
  // Unless it has looked by itself meanwhile.
  await inPanel(tab, 'button[name=check-again]')
    .click()
    .catch(() => {});
  await state(tab, 'verified').waitFor({ state: 'visible' });
  expect(binom.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(76.5, 2);
  const writes = binom.requests.filter(({ query }) => query.get('page') === 'save_update_costs');
  expect(writes).toHaveLength(1);
});

test('of updates that wait, the newest takes the place of the others, and a waiting one can be cancelled', async ({
  world,
}) => {
  const { redtrack } = world.simulators;
  const days = day(3);
  const tab = await openPanel(world, redtrack.campaignPage(0, days));
  const order = async (amount: string) => {
    await preview(tab, amount);
    await inPanel(tab, 'button[name=send-cost]:enabled', amount).click();
  };
  await order('311.00');
  await state(tab, 'verified').waitFor({ state: 'visible' });
  // One update a minute: these two have to wait.
  await order('312.00');
  await state(tab, 'planned').waitFor({ state: 'visible' });
  await order('313.00');
  await state(tab, 'planned').waitFor({ state: 'visible' });
  await inPanel(tab, '[data-last-updates]').waitForText(/\$312\.00.*Superseded/);
  // It tries, and the limit sends it back: from then on it waits.
  await inPanel(tab, '.record[data-state=planned] .loss').waitFor({ state: 'visible' });
  await inPanel(tab, 'button[name=cancel-cost]').click();
  await state(tab, 'cancelled').waitFor({ state: 'visible' });

  const journal = await world.driver.extensionPage('dashboard.html#view=journal');
  for (const row of [/\$311\.00 .*Verified/, /\$312\.00 .*Superseded/, /\$313\.00 .*Cancelled/]) {
    await journal.element('tbody tr', { hasText: row }).waitFor({ state: 'visible' });
  }
  await journal.close();
  expect(redtrack.truth({ campaignIndex: 0, ...days }).cost).toBeCloseTo(311, 1);
  expect(redtrack.requests.filter(({ path }) => path.endsWith('/tracks/cost'))).toHaveLength(1);
});

test('undo says what it restores and what not, and sets the placements back one by one', async ({
  world,
}) => {
  const { keitaro } = world.simulators;
  const days = day(4);
  const placements = () => keitaro.truthByPlacement({ campaignIndex: 1, ...days });
  const [chosen] = placements().toSorted((a, b) => b.clicks - b.bots - (a.clicks - a.bots));
  if (!chosen) throw new Error('no placement');
  const tab = await openPanel(world, keitaro.campaignPage(1, days));
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, 'summary').click();
  await inPanel(tab, '[name=token]').select('1');
  await inPanel(tab, '[name=token-value]').fill(chosen.id);
  await preview(tab, '64.00');
  await inPanel(tab, 'button[name=send-cost]:enabled').click();
  await state(tab, 'verified').waitFor({ state: 'visible' });
  const before = placements();

  await inPanel(tab, '[name=token]').select('0');
  await preview(tab, '480.00');
  await inPanel(tab, 'button[name=send-cost]:enabled').click();
  // It overwrites the placement's cost, so it is confirmed twice.
  await inPanel(tab, 'button[name=send-cost-again]:enabled').click();
  await state(tab, 'verified').waitForText(/Verified/);
  expect(keitaro.truth({ campaignIndex: 1, ...days }).cost).toBeCloseTo(480, 1);

  await inPanel(tab, 'button[name=undo-cost]').click();
  await inPanel(tab, '.stack', /Within a value, the cost is spread evenly/).waitFor({
    state: 'visible',
  });
  await inPanel(tab, '[data-parts] tbody').waitForText(chosen.id);
  await inPanel(tab, '[data-parts] tbody').waitForText('$64.00');
  await inPanel(tab, 'button[name=send-cost]:enabled', /^Undo in \d+ updates/).click();
  await state(tab, 'undone').waitFor({ state: 'visible' });
  const after = placements();
  for (const { id, cost } of before) {
    expect(after.find((one) => one.id === id)?.cost).toBeCloseTo(cost, 1);
  }
});
