import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import panelStyle from '../../components/panel/panel.css?inline';
import type { Link } from '../../lib/compare/links.ts';
import type { Rate } from '../../lib/compare/rates.ts';
import type { OfferPart, OfferSenders, SentToOffer } from '../../lib/contract/offers.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import type { PageView } from '../../lib/trackers/page-recogniser.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  report,
  settings,
  total,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const now = () => Date.parse('2026-08-05T12:00:00Z');
const trackers = [tracker('k'), tracker('b'), tracker('n', { side: 'network' })];
const connections = [connection('k'), connection('b'), connection('n')];
const text = (root: HTMLElement, selector: string) =>
  root.querySelector(selector)?.textContent ?? '';

const facts = {
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: 0,
} as const;
const sent = (
  conversions: number,
  names: readonly string[],
  change: Partial<SentToOffer> = {},
): SentToOffer => ({
  metrics: metricsOf({
    clicks: 9000,
    landerViews: 9000,
    landerClicks: 3000,
    conversions,
    cost: 90,
    revenue: conversions * 3,
  }),
  reports: [facts],
  hindered: [],
  rates: [],
  campaigns: names.map((name, at) => ({ id: String(at), name })),
  ...change,
});

/** The panel on a page of `own`; each tracker has 27 conversions of the campaign, the network 198 of the offer. */
function openPanel(own: 'k' | 'n', senders: OfferSenders, part: OfferPart | null = null) {
  const root = openRoot(panelStyle);
  const view: PageView = {
    view: own === 'n' ? 'offer' : 'campaign',
    campaignId: own === 'n' ? '701' : '12',
    campaignName: own === 'n' ? 'Sweeps' : 'Summer',
    range: { from: '2026-08-01', to: '2026-08-02' },
    groupBy: null,
  };
  const client = fakeClient({
    'panel.context': () => ({ own, connections, trackers, settings, formats: [] }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'offers.caps': () => [],
    'side.match': ({ target }) => ({
      member: target === 'n' ? { campaignId: '701', name: 'Sweeps', how: 'offer' } : null,
      proposals: [],
      problem: null,
    }),
    'side.figures': ({ connection: id }) => ({
      total: {
        report: id === 'n' ? total(3010, 198, null, 594) : total(9000, 27, 90, 81),
        problem: null,
      },
      byHour: { report: null, problem: null },
    }),
    'offer.senders': () => senders,
    'offer.part': () => part,
  });
  mountPanel(root, { client, link: fakeLink({ view }), now });
  return { root, client };
}

const NOBODY: OfferSenders = { all: null, by: {}, untold: [] };

describe('a network on a tracker’s page', () => {
  test('is held against all campaigns that run the offer, not against this one', async () => {
    const { root, client } = openPanel('k', {
      ...NOBODY,
      all: sent(200, ['Summer', 'Winter', 'Spring']),
    });
    const row = '[data-connection="n main"]';
    await expect
      .poll(() => text(root, `${row} [data-senders]`))
      .toBe('3 of your campaigns run this offer');
    expect(text(root, `${row} [data-metric=conversions]`)).toBe('198');
    expect(text(root, `${row} [data-sent=conversions]`)).toBe('200');
    expect(text(root, `${row} [data-gap=conversions]`)).toBe('−1.0 %');
    // 3,010 clicks reached it, of 3,000 that were sent.
    expect(text(root, `${row} [data-sent=clicks]`)).toBe('3,000');
    expect(text(root, `${row} [data-gap=clicks]`)).toBe('+0.3 %');
    expect(root.querySelector(`${row} [data-gap=clicks] .dot`)?.getAttribute('aria-label')).toBe(
      'Within the normal range',
    );
    expect(client.calls.find(({ name }) => name === 'offer.senders')?.input).toMatchObject({
      own: 'k',
      network: 'n',
      offerId: '701',
    });
  });

  test('is held against this campaign alone where a sub carries its id', async () => {
    const { root, client } = openPanel(
      'k',
      { ...NOBODY, all: sent(200, ['Summer', 'Winter']) },
      {
        slot: 4,
        // Of 3,000 clicks that were sent, and 60 conversions.
        report: total(2_970, 40, null, 120),
        sent: sent(60, []).metrics,
        sentFacts: facts,
      },
    );
    const row = '[data-part="n main"]';
    await expect.poll(() => text(root, `${row} caption`)).toContain('by its ID in sub4');
    expect(text(root, `${row} [data-metric=clicks]`)).toBe('3,000');
    expect(text(root, `${row} [data-gap=clicks]`)).toBe('−1.0 %');
    expect(text(root, `${row} [data-gap=conversions]`)).toBe('−33.3 %');
    expect(
      root.querySelector(`${row} [data-gap=conversions] .dot`)?.getAttribute('aria-label'),
    ).toBe('Too large: look for the cause');
    expect(client.calls.find(({ name }) => name === 'offer.part')?.input).toMatchObject({
      ...{ own: 'k', campaignId: '12', network: 'n', offerId: '701' },
    });
    // All campaigns stay in sight.
    expect(text(root, '[data-connection="n main"] [data-sent=conversions]')).toBe('200');
    expect((await axe.run(root)).violations).toEqual([]);
  });

  test('has no part to show where no sub tells, and nobody asks for a single campaign’s', async () => {
    const several = openPanel('k', { ...NOBODY, all: sent(200, ['Summer', 'Winter']) });
    const asked = (client: typeof several.client) =>
      client.calls.some(({ name }) => name === 'offer.part');
    await expect.poll(() => asked(several.client)).toBe(true);
    expect(several.root.querySelector('[data-part]')).toBeNull();
    const single = openPanel('k', { ...NOBODY, all: sent(200, ['Summer']) });
    await expect.poll(() => text(single.root, '[data-senders]')).toContain('1 of your campaigns');
    expect(asked(single.client)).toBe(false);
  });

  test('is not judged until, or where, nobody tells what runs the offer', async () => {
    const { root } = openPanel('k', NOBODY);
    const row = '[data-connection="n main"]';
    await expect.poll(() => text(root, `${row} [data-gap=conversions]`)).toBe('+633.3 %');
    expect(root.querySelector(`${row} [data-gap=conversions] .dot`)).toBeNull();
    await expect.poll(() => text(root, '[data-hindrance=offer]')).toContain('the whole offer');
  });
});

describe('trackers on a network’s page', () => {
  test('answer with what their own campaigns sent to the offer', async () => {
    const { root, client } = openPanel('n', {
      ...NOBODY,
      by: { k: sent(200, ['Summer', 'Winter']), b: sent(60, ['Own'], { hindered: ['offer'] }) },
    });
    const row = '[data-connection="k main"]';
    await expect.poll(() => text(root, `${row} [data-metric=conversions]`)).toBe('200');
    expect(text(root, `${row} [data-senders]`)).toBe('2 of your campaigns run this offer');
    expect(text(root, `${row} [data-gap=conversions]`)).toBe('+1.0 %');
    expect(text(root, `${row} [data-gap=clicks]`)).toBe('−0.3 %');
    // Other trackers send to it too: what this one sent is a part.
    const other = '[data-connection="b main"]';
    expect(text(root, `${other} [data-senders]`)).toBe('1 of your campaigns runs this offer');
    expect(root.querySelector(`${other} [data-gap=conversions] .dot`)).toBeNull();
    // Campaigns are not looked for by the offer's name.
    expect(client.calls.map(({ name }) => name)).not.toContain('side.match');
  });

  test('say that none of their campaigns runs it, or why they cannot tell', async () => {
    const { root } = openPanel('n', {
      ...NOBODY,
      untold: [{ connection: 'b', problem: { kind: 'unsupported', text: 'offers_untold' } }],
    });
    await expect
      .poll(() => text(root, '[data-connection="k main"] [data-senders]'))
      .toBe('No campaign here runs this offer');
    expect(text(root, '[data-connection="b main"]')).toContain('which campaigns send to which');
  });
});

/** The dashboard's offers: two campaigns of K send to Sweeps, one of B that only B has. */
function openOffers({
  theme = 'light',
  currency = 'USD',
  rates = [],
  links = [],
}: {
  theme?: 'light' | 'dark';
  /** B's. */
  currency?: string;
  rates?: readonly Rate[];
  links?: readonly Link[];
} = {}) {
  const root = openRoot(dashboardStyle, theme);
  const row = (offer: string, campaign: string | null, conversions: number, clicks = 1000) => ({
    values: [offer, ...(campaign === null ? [] : [campaign])].map((name) => ({ id: name, name })),
    metrics: metricsOf({
      clicks,
      landerViews: campaign === null ? null : clicks,
      landerClicks: campaign === null ? null : clicks / 10,
      conversions,
      cost: campaign === null ? null : 20,
      revenue: conversions * 3,
    }),
  });
  const rows = {
    k: [row('Sweeps', 'Summer', 100), row('Sweeps', 'Winter', 50), row('Own', 'Winter', 7)],
    b: [row('Sweeps', 'Summer', 97), row('Sweeps', 'Autumn', 30, 3000)],
    n: [row('Sweeps', null, 120, 490), row('Theirs', null, 4)],
  };
  const client = fakeClient({
    'connections.list': () =>
      connections.map((one) => (one.id === 'b' ? { ...one, currency } : one)),
    'trackers.list': () => trackers,
    'links.list': () => links,
    'rates.list': () => rates,
    'journal.open': () => [],
    'offers.figures': ({ connection: id }) => ({
      report: report(rows[id as keyof typeof rows], id === 'b' ? { currency } : {}),
      problem: null,
    }),
  });
  location.hash = '#view=offers&days=2026-08-01..2026-08-02';
  mountDashboard(root, { client, now });
  return { root, client };
}

describe('offers as rows', () => {
  const cells = (root: HTMLElement, name: string): string[] => {
    const found = [...root.querySelectorAll('tbody tr')].find((row) =>
      row.querySelector('td')?.textContent?.includes(name),
    );
    return [...(found?.querySelectorAll('td:not(.first)') ?? [])].map(
      ({ textContent }) => textContent ?? '',
    );
  };

  test('sum what all campaigns sent, each once, against the network', async () => {
    const { root } = openOffers();
    // Summer counts on K, which is the base; Autumn is on B alone.
    await expect
      .poll(() => cells(root, 'Sweeps'))
      .toEqual([
        '3',
        '500',
        '490',
        '−2.0 %',
        '180',
        '120',
        '−33.3 %',
        '$540.00',
        '$360.00',
        '−33.3 %',
      ]);
    expect(text(root, '[data-count]')).toContain(
      '1 of 1 need a look · $180.00 revenue apart · 60 conversions missing in n main',
    );
    expect(text(root, '[data-only="your trackers"]')).toBe(
      'Only in your trackers: 1 offer, $21.00',
    );
    expect(text(root, '[data-only="n main"]')).toBe('Only in n main: 1 offer, $12.00');
    root.querySelector<HTMLButtonElement>('[name=link-offer]')?.click();
    await expect.poll(() => location.hash).toMatch(/view=links.*kind=offer/);
  });

  test('money without a rate is in no sum and no gap, and the screen says so', async () => {
    const { root } = openOffers({ currency: 'EUR' });
    // Of 180 conversions, K has 150 for $450; those of B brought €90.
    await expect.poll(() => cells(root, 'Sweeps')[7]).toBe('$450.00');
    expect(cells(root, 'Sweeps').slice(4, 7)).toEqual(['180', '120', '−33.3 %']);
    expect(cells(root, 'Sweeps')[9]).toBe('–');
    expect(text(root, '[data-unrated]')).toBe(
      "No exchange rate to USD for b main (EUR): until you enter one, that money isn't added or ranked.",
    );
    expect(text(root, '[data-count]')).not.toContain('revenue apart');
    // In its row and in the total.
    const marks = [...root.querySelectorAll('.partial')].map((one) => [
      one.textContent,
      one.querySelector('[role=img]')?.getAttribute('aria-label'),
    ]);
    const why = 'Without the money that has no exchange rate to USD.';
    expect(marks).toEqual([
      ['$450.00', why],
      ['$471.00', why],
    ]);
    expect((await axe.run(root)).violations).toEqual([]);
  });

  test('money with a rate is in the table’s currency', async () => {
    const rates = [{ from: 'EUR', to: 'USD', rate: 1.085, day: '2026-08-01' }];
    const { root } = openOffers({ currency: 'EUR', rates });
    // $450 and 1.085 × €90.
    await expect.poll(() => cells(root, 'Sweeps')[7]).toBe('$547.65');
    expect(cells(root, 'Sweeps').slice(8)).toEqual(['$360.00', '−34.3 %']);
    expect(text(root, '[data-count]')).toContain('$187.65 revenue apart');
    expect(root.querySelector('[data-unrated]')).toBeNull();
  });

  test('a sum of what only the trackers have says what it lacks', async () => {
    const { root } = openOffers({ currency: 'EUR' });
    await expect.poll(() => text(root, '[data-only="your trackers"]')).toContain('1 offer, $21.00');
    root.querySelector<HTMLButtonElement>('[data-connection="b main"] [name=base]')?.click();
    // Own is of K alone, whose dollars have no rate into euros.
    await expect
      .poll(() => text(root, '[data-only="your trackers"]'))
      .toBe('Only in your trackers: 1 offer, –');
  });

  test('an offer that is linked and that the network has no row of got nothing', async () => {
    const members = [
      { connection: 'k', campaignId: 'Own', name: 'Own' },
      { connection: 'n', campaignId: '701', name: 'Renamed' },
    ];
    const link: Link = { id: 'l', kind: 'offer', members, how: 'hand', createdAt: 0 };
    const { root } = openOffers({ links: [link] });
    await expect
      .poll(() => cells(root, 'Own').slice(4))
      .toEqual(['7', '0', '−100.0 %', '$21.00', '$0.00', '−100.0 %']);
    expect(text(root, '[data-count]')).toContain('2 of 2 need a look · $201.00 revenue apart');
    expect(root.querySelector('[data-only="your trackers"]')).toBeNull();
    expect(root.querySelector('[name=link-offer]')).toBeNull();
  });

  test('the base is the tracker that campaigns count on', async () => {
    const { root } = openOffers();
    await expect.poll(() => cells(root, 'Sweeps')[4]).toBe('180');
    root.querySelector<HTMLButtonElement>('[data-connection="b main"] [name=base]')?.click();
    await expect.poll(() => cells(root, 'Sweeps')[4]).toBe('177');
    // A network is never what campaigns count on.
    expect(root.querySelector('[data-connection="n main"] [name=base]')).toBeNull();
  });

  test('a row opens to its campaigns and the reasons', async () => {
    const { root } = openOffers();
    await expect.poll(() => cells(root, 'Sweeps')[4]).toBe('180');
    const row = [...root.querySelectorAll('tbody tr')].find((one) =>
      one.textContent?.includes('Sweeps'),
    );
    row?.querySelector('td')?.click();
    await expect.poll(() => root.querySelectorAll('[data-sender]').length).toBe(3);
  });

  test('a width that was chosen for a column is kept', async () => {
    const { root, client } = openOffers();
    await expect.poll(() => cells(root, 'Sweeps')[4]).toBe('180');
    await expect.poll(() => root.querySelector('.grid-table.sized')).not.toBeNull();
    const scroller = root.querySelector('.scroll');
    for (const [key, shiftKey] of [
      ['ArrowDown', false],
      ['ArrowRight', false],
      ['ArrowRight', false],
    ] as const) {
      scroller?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    scroller?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }),
    );
    const written = () => client.calls.find(({ name }) => name === 'settings.write')?.input;
    await expect
      .poll(written)
      .toEqual({ columnWidths: { 'offers/campaigns': expect.any(Number) } });
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
    const { root } = openOffers({ theme });
    await expect.poll(() => cells(root, 'Sweeps')[4]).toBe('180');
    const { violations } = await axe.run(root);
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
