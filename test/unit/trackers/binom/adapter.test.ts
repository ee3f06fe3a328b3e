import { describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../../lib/costs/update.ts';
import { binom } from '../../../../lib/trackers/binom/adapter.ts';
import { page } from '../../../../lib/trackers/binom/page.ts';
import { documentWith, fakeTrackerClient, problemFrom } from '../fake-tracker-client.ts';

const range = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' };
const byToken = {
  range,
  groupBy: ['token2'],
  filters: [{ dimension: 'campaign', value: '7' }],
} as const;

describe('reports', () => {
  test('all campaigns: figures as printed are read, spend is revenue − profit', async () => {
    const { client, sent } = fakeTrackerClient(binom, () => ({
      // Fields of the published table; separators and percent signs as on the screen.
      json: [
        {
          id: '7',
          status: '1',
          name: 'Summer',
          ts_id: '21',
          ts_name: 'PropellerAds',
          clicks: '12 480',
          leads: '212',
          revenue: '655.00',
          profit: '244.80',
          cpc: '0.03',
          landing_clicks: '12 000',
          offer_clicks: '3 000',
          lp_ctr: '25.0 %',
        },
        {
          id: 8,
          status: '1',
          name: 'Quiet',
          clicks: '-',
          leads: '-',
          revenue: '-',
          profit: '-',
          cpc: '-',
        },
      ],
    }));
    const report = await binom.report(client, { range, groupBy: ['campaign'], filters: [] });
    expect(sent[0]?.query).toEqual(
      expect.arrayContaining([
        'page=Campaigns',
        'date=12',
        'date_s=2026-08-01',
        'date_e=2026-08-02',
        'status=all',
      ]),
    );
    expect(report.rows[0]?.metrics).toMatchObject({
      clicks: 12480,
      conversions: 212,
      revenue: 655,
      landerViews: 12000,
      landerClicks: 3000,
    });
    expect(report.rows[0]?.metrics.cost).toBeCloseTo(410.2, 6);
    expect(report.rows[1]?.metrics).toMatchObject({ clicks: null, cost: null, revenue: null });
    expect(report.zone).toBe('Europe/Madrid');
  });

  test('a campaign by its second token: group 282, all pages', async () => {
    const { client, sent } = fakeTrackerClient(binom, () => ({
      json: [
        { level: '1', name: '123', clicks: '1 000', cost: '10.5', rev: '20', leads: '2' },
        { level: 1, name: '456', clicks: 5, spend: '1', revenue: '-', leads: '-' },
      ],
    }));
    const report = await binom.report(client, byToken);
    expect(sent[0]?.query).toEqual(
      expect.arrayContaining([
        'page=Stats',
        'camp_id=7',
        'group1=282',
        'group2=1',
        'group3=1',
        'val_page=All',
      ]),
    );
    expect(
      report.rows.map(({ values, metrics }) => [
        values[0]?.id,
        metrics.clicks,
        metrics.cost,
        metrics.revenue,
      ]),
    ).toEqual([
      ['123', 1000, 10.5, 20],
      ['456', 5, 1, null],
    ]);
  });

  test('several levels are a tree in order; only the deepest rows count', async () => {
    const { client } = fakeTrackerClient(binom, () => ({
      json: [
        { level: '1', name: '2026-08-01', clicks: '3' },
        { level: '2', name: '10', clicks: '1' },
        { level: '2', name: '11', clicks: '2' },
        { level: '1', name: '2026-08-02', clicks: '4' },
        { level: '2', name: '10', clicks: '4' },
      ],
    }));
    const report = await binom.report(client, { ...byToken, groupBy: ['day', 'hour'] });
    expect(
      report.rows.map(({ values, metrics }) => [...values.map(({ id }) => id), metrics.clicks]),
    ).toEqual([
      ['2026-08-01', '10', 1],
      ['2026-08-01', '11', 2],
      ['2026-08-02', '10', 4],
    ]);
  });

  test('one value of a token is picked from the report by it', async () => {
    const { client } = fakeTrackerClient(binom, () => ({
      json: [
        { level: '1', name: 'a', clicks: '3', cost: '1' },
        { level: '1', name: 'b', clicks: '4', cost: '2' },
      ],
    }));
    const report = await binom.report(client, {
      range,
      groupBy: [],
      filters: [...byToken.filters, { dimension: 'token1', value: 'b' }],
    });
    expect(report.rows).toHaveLength(1);
    expect(report.rows[0]?.metrics).toMatchObject({ clicks: 4, cost: 2 });
  });

  test('what v1 cannot answer is said, not guessed', async () => {
    const { client } = fakeTrackerClient(binom, () => ({ json: [] }));
    expect(
      await problemFrom(binom.report(client, { range, groupBy: ['hour'], filters: [] })),
    ).toMatchObject({
      kind: 'unsupported',
      text: 'binom_one_campaign',
    });
    expect(
      await problemFrom(
        binom.report(client, { ...byToken, groupBy: ['day', 'hour', 'country', 'os'] }),
      ),
    ).toMatchObject({ text: 'binom_three_levels' });
    expect(
      await problemFrom(binom.report(client, { ...byToken, groupBy: ['city'] })),
    ).toMatchObject({
      text: 'binom_dimension',
    });
  });

  test.each([[[]], [null], ['']])('%j is an empty report', async (json) => {
    const { client } = fakeTrackerClient(binom, () => ({ json }));
    expect((await binom.report(client, byToken)).rows).toEqual([]);
  });
});

describe('costs', () => {
  const update: CostUpdate = {
    connection: 'c1',
    campaignId: '7',
    campaignName: '',
    range: { ...range, zone: 'Etc/GMT-3' },
    mode: 'total',
    amount: 23.5,
    currency: 'USD',
    rate: null,
    token: { slot: 2, value: 'abc' },
    uniqueOnly: false,
  };
  const send = (change: Partial<CostUpdate>, json: unknown = { check_status: 'true' }) => {
    const { client, sent } = fakeTrackerClient(binom, () => ({ json }));
    return {
      sent,
      done: binom.setCost?.(client, { ...update, ...change }) ?? Promise.reject(new Error('none')),
    };
  };

  test('total: both spellings of type and amount, the token, whole hours', async () => {
    const { sent, done } = send({});
    await done;
    expect(sent[0]).toMatchObject({ line: 'GET /index.php', write: true });
    expect(sent[0]?.query).toEqual(
      [
        'camp_id=7',
        'cost=23.5',
        'date=12',
        'date_e=2026-08-02',
        'date_s=2026-08-01',
        'order_type=1',
        'page=save_update_costs',
        'timezone=3',
        'token_number=2',
        'token_value=abc',
        'type=1',
        'value=23.5',
      ].sort(),
    );
  });

  test('CPC', async () => {
    const { sent, done } = send({ mode: 'cpc', amount: 0.0000005, token: null });
    await done;
    expect(sent[0]?.query).toEqual(
      expect.arrayContaining(['type=2', 'cpc=0.0000005', 'value=0.0000005']),
    );
  });

  test.each([
    ['half hours', { range: { ...range, zone: 'Asia/Kolkata' } }, 'binom_cost_zone'],
    [
      'clocks that change',
      { range: { from: '2026-03-28', to: '2026-03-29', zone: 'Europe/Madrid' } },
      'binom_cost_dst',
    ],
    ['unique clicks', { uniqueOnly: true }, 'binom_cost_unique'],
  ])('%s are refused before anything is sent', async (_, change, text) => {
    const { sent, done } = send(change);
    expect(await problemFrom(done)).toMatchObject({ kind: 'unsupported', text });
    expect(sent).toEqual([]);
  });

  test.each([
    [{ check_status: 'false' }, 'conflict'],
    [{ error: 'Wrong cost' }, 'conflict'],
    [{ error: 'Wrong api_key' }, 'auth'],
    [{}, 'shape'],
  ])('%j is no success', async (json, kind) => {
    expect((await problemFrom(send({}, json).done)).kind).toBe(kind);
  });
});

test.each([
  ['https://t.example/index.php?page=Stats&camp_id=7', 'https://t.example', 'index.php'],
  ['https://t.example/sub/arm.php', 'https://t.example/sub', 'arm.php'],
  ['https://t.example/click.php?key=x', 'https://t.example', undefined],
  ['https://t.example/', 'https://t.example', undefined],
])('%s is %s with %s', (pasted, api, script) => {
  const address = binom.address(new URL(pasted));
  expect(address.api).toBe(api);
  expect(address.script).toBe(script);
});

describe('pages', () => {
  const see = (url: string, elements: Record<string, string> = {}, title = 'Binom') =>
    page.recognise({ url: new URL(url), title, document: documentWith(elements) });
  test.each([
    ['index.php?page=Campaigns&date=1', 'campaigns', null, { preset: 'today' }],
    ['arm.php?page=Stats&camp_id=7&group1=27&date=3', 'campaign', '7', { preset: 'last7' }],
    [
      'arm.php?page=Stats&camp_id=7&group1=1&date=12&date_s=2026-08-01&date_e=2026-08-02',
      'campaign',
      '7',
      { from: '2026-08-01', to: '2026-08-02' },
    ],
    ['index.php?page=Offers', 'offers', null, null],
  ])('%s', (path, view, campaignId, days) => {
    expect(see(`https://t.example/${path}`)).toMatchObject({ view, campaignId, range: days });
  });
  test.each([
    ['the sign-in', 'index.php', {}, 'Binom'],
    ['the sign-in over a page', 'index.php?page=Campaigns', { '[type="password"]': '' }, 'Binom'],
    ['a shop with pages named so', 'index.php?page=Campaigns', {}, 'Shop'],
    ['a report without a campaign', 'index.php?page=Stats', {}, 'Binom'],
  ])('%s is not taken for the panel', (_, path, elements, title) => {
    expect(see(`https://t.example/${path}`, elements, title)).toBeNull();
  });
});
