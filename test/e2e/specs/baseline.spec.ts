import { connectAll } from '../connect.ts';
import { daysOf } from '../days.ts';
import { closeWorld, expect, inPanel, openPanel, openWorld, test } from '../world.ts';

const days = daysOf('05');
const SHOWN = days(16, 17);
/** First of the 14 days before. */
const FIRST = days(2).from;

test('a gap is new or as ever: in the panel once it is asked, in the drawer of its row, from what is kept', async ({
  browserName_,
}) => {
  const world = await openWorld(browserName_, undefined, {
    facts: {
      binom: { later: { from: SHOWN.from, lostClicks: 0.3 } },
      redtrack: { lostClicks: 0.25 },
    },
  });
  const { driver, simulators } = world;
  const { keitaro, binom, redtrack } = simulators;
  try {
    await connectAll(world, ['keitaro', 'binom', 'redtrack']);
    const { zone } = keitaro;
    const gapOf = (simulator: typeof binom, of: { from: string; to: string }): string => {
      const [base, other] = [keitaro, simulator].map(
        (one) => one.truth({ campaignIndex: 0, zone, ...of }).clicks,
      );
      return `−${Math.abs(((other ?? 0) / (base ?? 1) - 1) * 100).toFixed(1)}`;
    };
    /** How often a tracker was asked for the days before. */
    const askedOf = ({ requests }: typeof binom): number =>
      requests.filter(({ query, body }) =>
        `${decodeURIComponent(String(query))} ${body}`.includes(FIRST),
      ).length;
    const asked = () => [keitaro, binom, redtrack].map(askedOf);

    const tab = await openPanel(world, keitaro.campaignPage(0, SHOWN));
    const story = inPanel(tab, '#gap-causes');
    await inPanel(tab, '#gap-causes button[name=baseline]').waitFor({ state: 'visible' });
    expect(asked()).toEqual([0, 0, 0]);
    // The widest of binom's gaps has asked for the days of all.
    await story.waitForText(/binom main: why/);
    await inPanel(tab, '#gap-causes button[name=baseline]').click();
    await story.waitForText('Changed: usually');
    await inPanel(tab, '[data-connection="binom main"] [data-gap=clicks] button').click();
    await story.waitForText(/Clicks in binom main.*Changed: usually/);
    // Binom's clocks are an hour ahead: for Keitaro's, it began in the last hour of the day before.
    const said = (await story.text()).replaceAll('\u00a0', ' ');
    expect(said).toContain(
      `usually ${gapOf(binom, { from: FIRST, to: days(14).from })} % in the days before (13 of 14 counted), ${gapOf(binom, SHOWN)} % now. Look for what happened since May 15.`,
    );
    expect(asked()).toEqual([1, 1, 0]);

    // Another side's gap: this page's own days are there.
    await inPanel(tab, '[data-connection="redtrack main"] [data-gap=clicks] button').click();
    await story.waitForText(/redtrack main.*Steady: usually/);
    expect((await story.text()).replaceAll('\u00a0', ' ')).toContain(
      `Steady: usually ${gapOf(redtrack, { from: FIRST, to: days(15).from })} % in the 14 days before, too.`,
    );
    const once = asked();
    expect(once.slice(0, 2)).toEqual([1, 1]);
    await tab.close();

    // The same days in the drawer: no tracker is asked for them again.
    const { from, to } = SHOWN;
    const table = await driver.extensionPage(`dashboard.html#days=${from}..${to}`);
    await table.element('tbody tr', { hasText: 'Summer push DE' }).click();
    const of = (side: string) =>
      table.element(`.details [data-side="${side} main"] [data-gap=clicks] [data-baseline]`);
    await of('binom').waitForText(/Changed: usually .* since May 15\./);
    await of('redtrack').waitForText('Steady: usually');
    expect(asked()).toEqual(once);
  } finally {
    await closeWorld(world);
  }
});
