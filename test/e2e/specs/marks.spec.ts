import { daysOf } from '../days.ts';
import { openBlacklist } from '../open-blacklist.ts';
import { expect, inPanel, test } from '../world.ts';

const days = daysOf('07');

test('keitaro: a blacklist is marked from the panel, read back, journalled, and undone; the user’s own labels stay', async ({
  world,
}) => {
  const { driver } = world;
  const { keitaro } = world.simulators;
  const writes = () =>
    keitaro.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/labels'));
  const tab = await openBlacklist(world, keitaro, days(1, 14));
  await inPanel(tab, 'button[name=copy-list]').click();
  await inPanel(tab, '[data-result=copied]').waitForText(/IDs copied/);
  const [kept = '', ...listed] = (await driver.clipboardText()).split('\n');
  expect(listed.length).toBeGreaterThan(5);
  const own = { [kept]: 'whitelist', 'somewhere else': 'blacklist' };
  for (const [value, label] of Object.entries(own)) keitaro.setMark(0, value, label);

  await inPanel(tab, '[name=mark-list]', `Mark ${listed.length + 1} in Keitaro`).click();
  await inPanel(tab, '[data-marks-stay]').waitForText(
    `1 is whitelisted there and stays so: ${kept}`,
  );
  await inPanel(tab, '[data-marks-stay]').waitForText('1 other mark there stays as it is.');
  const act = `Mark ${listed.length} placements as blacklisted in Keitaro`;
  await inPanel(tab, '[name=send-marks]:enabled', act).waitFor({ state: 'visible' });
  expect(writes()).toEqual([]);
  expect(keitaro.marks(0)).toEqual(own);

  await inPanel(tab, '[name=send-marks]').click();
  await inPanel(tab, '.record[data-state=verified]').waitForText(
    `Marked in the tracker: ${listed.length} of ${listed.length}.`,
  );
  expect(writes()).toHaveLength(1);
  expect(keitaro.marks(0)).toEqual({
    ...own,
    ...Object.fromEntries(listed.map((value) => [value, 'blacklist'])),
  });
  await inPanel(tab, '[data-marked=whitelist]').waitFor({ state: 'visible' });

  const journal = await driver.extensionPage('dashboard.html#view=journal');
  await journal
    .element('[data-writes=marks] li', { hasText: 'keitaro main' })
    .waitForText(new RegExp(`${act}: .*Verified`));
  await journal.close();

  await tab.focus();
  await inPanel(tab, '[name=undo-marks]').click();
  await inPanel(tab, '[name=send-marks]', /^Undo: Unmark/).click();
  await expect.poll(() => keitaro.marks(0)).toEqual(own);
  await inPanel(tab, '[name=close-marks]').click();
  await inPanel(tab, '[data-tab=history]').click();
  await inPanel(tab, '.record[data-state=undone]').waitFor({ state: 'visible' });
});

test('where the tracker takes no marks, the button is off and says why', async ({ world }) => {
  const tab = await openBlacklist(world, world.simulators.binom, days(2, 15));
  await inPanel(tab, '[data-mark]').waitForText("Binom v1 can't mark placements through its API.");
  expect(await inPanel(tab, '[name=mark-list]').attribute('disabled')).not.toBeNull();
});
