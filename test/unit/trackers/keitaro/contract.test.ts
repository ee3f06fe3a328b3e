import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../lib/report/question.ts';
import type { Mark } from '../../../../lib/trackers/adapter.ts';
import { keitaro } from '../../../../lib/trackers/keitaro/adapter.ts';
import {
  type Case,
  contractAsk,
  costOrder,
  dimensionsOf,
  type Exchange,
  expectSentence,
  known,
  logQuestion,
  NOW,
  playAll,
  playRefusals,
  problemOf,
  question,
  RANGE,
  type Refusal,
  responseOf,
  seen,
} from '../contract.ts';

const PASTED = 'https://t.example/sub/admin/#!/campaigns/12';
const BASE = '/sub/admin_api/v1';
const LISTED = 'limit=1000&offset=0';

/** "Retrieve all Campaigns" of the Admin API document, whole. */
const CAMPAIGN = {
  id: 89,
  alias: 'c8bL9W',
  name: 'Test cost1',
  type: 'position',
  cookies_ttl: 24,
  position: 1,
  state: 'active',
  updated_at: '2017-02-13 16:48:19',
  cost_type: 'CPC',
  cost_value: '10.0000',
  cost_currency: 'RUB',
  group_id: null,
  bind_visitors: null,
  traffic_source_id: 1,
  token: '5552798f1c388c8ade27c13ba47fe46090abd9d',
  cost_auto: false,
};
/** Answers of the document to "disable" and "archive": other states, ids as text. */
const DISABLED = { ...CAMPAIGN, id: '662', name: 'Offers', state: 'disabled' };
const DELETED = { ...CAMPAIGN, id: 734, state: 'deleted' };
const REMOVED = { ...CAMPAIGN, id: 735, state: 'removed' };

const SOURCES = [
  {
    id: 1,
    name: 'PropellerAds <b>push</b>',
    state: 'active',
    traffic_loss: '0.00',
    parameters: {
      cost: { name: 'cost', placeholder: '{cost}', alias: '' },
      external_id: { name: 'subid', placeholder: '{subid}', alias: '' },
      sub_id_1: { name: 'zone', placeholder: '{zoneid}', alias: '' },
      sub_id_2: { name: '', placeholder: '', alias: '' },
      sub_id_3: { name: 'cid', placeholder: '{campaignid}', alias: 'Campaign' },
      sub_id_30: { name: 'os', placeholder: null, alias: null },
      sub_id_31: { name: 'beyond', placeholder: '{x}', alias: '' },
    },
  },
  // PHP writes an empty map as a list.
  { id: '2', name: 'Bare', state: 'active', parameters: [] },
  { id: 3, name: 'Old', state: 'active', parameters: null },
  { id: 4, name: 'Archived', state: 'deleted' },
];

const asksCampaigns = (say: unknown): Exchange => ({ ask: `GET ${BASE}/campaigns?${LISTED}`, say });
const asksSources = (say: unknown): Exchange => ({
  ask: `GET ${BASE}/traffic_sources?${LISTED}`,
  say,
});

const facts = { account: null, version: null, zone: null, role: null, mayWrite: null };

describe('check, lists', () => {
  playAll(keitaro, PASTED, [
    {
      title: 'check: campaigns that are not archived, and their one currency',
      run: (adapter, ask) => adapter.check(ask),
      line: [asksCampaigns([CAMPAIGN, DISABLED, DELETED])],
      gives: { ...facts, campaigns: 2, currency: 'RUB' },
    },
    {
      title: 'check: campaigns of two currencies tell none',
      run: (adapter, ask) => adapter.check(ask),
      line: [asksCampaigns([CAMPAIGN, { ...DISABLED, cost_currency: 'USD' }])],
      gives: { ...facts, campaigns: 2, currency: null },
    },
    {
      title: 'check: a new tracker has no campaigns',
      run: (adapter, ask) => adapter.check(ask),
      line: [asksCampaigns([])],
      gives: { ...facts, campaigns: 0, currency: null },
    },
    ...[{ say: { error: 'Not found' } }, { text: '<html>Not found</html>' }].map(
      (answer): Case => ({
        title: `check: no Admin API, said in ${'say' in answer ? 'JSON' : 'HTML'}`,
        run: (adapter, ask) => adapter.check(ask),
        line: [{ ...asksCampaigns(undefined), status: 404, ...answer }],
        fails: { kind: 'unsupported', text: 'keitaro_no_api', status: 404 },
      }),
    ),
    {
      title: 'campaigns: archived ones are left out, sources have names',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [
        asksCampaigns([
          CAMPAIGN,
          { ...DISABLED, traffic_source_id: null },
          { ...CAMPAIGN, id: 90, name: '<i>A&amp;B</i>', traffic_source_id: 77 },
          DELETED,
          REMOVED,
        ]),
        asksSources(SOURCES),
      ],
      gives: [
        {
          id: '89',
          name: 'Test cost1',
          active: true,
          source: { id: '1', name: 'PropellerAds <b>push</b>' },
        },
        { id: '662', name: 'Offers', active: false, source: null },
        { id: '90', name: '<i>A&amp;B</i>', active: true, source: { id: '77', name: '' } },
      ],
    },
    {
      title: 'campaigns: a key that may not see sources still sees campaigns',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [asksCampaigns([CAMPAIGN]), { ...asksSources({ error: 'Forbidden' }), status: 403 }],
      gives: [{ id: '89', name: 'Test cost1', active: true, source: { id: '1', name: '' } }],
    },
    {
      title: 'sources: tokens by slot with macro and role; named slots are none',
      run: (adapter, ask) => adapter.sources(ask),
      line: [asksSources(SOURCES)],
      gives: [
        {
          id: '1',
          name: 'PropellerAds <b>push</b>',
          tokens: [
            { slot: 1, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
            {
              slot: 3,
              name: 'Campaign',
              parameter: 'cid',
              macro: '{campaignid}',
              role: 'campaign',
            },
            { slot: 30, name: 'os', parameter: 'os', macro: null, role: null },
          ],
        },
        { id: '2', name: 'Bare', tokens: [] },
        { id: '3', name: 'Old', tokens: [] },
      ],
    },
    {
      title: 'offers: the documented one with PHP dates, one without a payout, an archived one',
      run: (adapter, ask) => adapter.offers?.(ask),
      line: [
        {
          ask: `GET ${BASE}/offers?${LISTED}`,
          say: [
            {
              id: 1,
              name: 'test',
              group_id: null,
              url: 'http://test.ru',
              affiliate_network_id: 1,
              payout_value: '0.0200',
              payout_currency: 'USD',
              payout_type: 'CPC',
              state: 'active',
              created_at: {
                date: '2017-08-10 13:38:41.000000',
                timezone_type: 3,
                timezone: 'UTC',
              },
              payout_auto: false,
              payout_upsell: false,
              country: null,
              affiliate_network: 'wapcombine.com',
            },
            {
              id: '16',
              name: 'Test Offer X2',
              payout_value: '0.0000',
              payout_currency: null,
              state: 'disabled',
              payout_auto: 0,
              affiliate_network: null,
            },
            { id: 17, name: 'Auto', payout_value: 5, payout_currency: 'usd', payout_auto: '1' },
            { id: 18, name: 'Gone', state: 'deleted' },
          ],
        },
      ],
      gives: [
        {
          id: '1',
          name: 'test',
          active: true,
          payout: { amount: 0.02, currency: 'USD' },
          network: 'wapcombine.com',
        },
        { id: '16', name: 'Test Offer X2', active: false, payout: null, network: null },
        { id: '17', name: 'Auto', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'landers',
      run: (adapter, ask) => adapter.landers?.(ask),
      line: [
        {
          ask: `GET ${BASE}/landing_pages?${LISTED}`,
          say: [
            { id: 26, name: 'LP EU X1', state: 'active' },
            { id: 27, name: 'LP EU X2', state: 'disabled' },
            { id: 28, name: 'Gone', state: 'deleted' },
          ],
        },
      ],
      gives: [
        { id: '26', name: 'LP EU X1', active: true },
        { id: '27', name: 'LP EU X2', active: false },
      ],
    },
  ]);

  test('a list of more than a page is read on; a version that does not page repeats itself', async () => {
    const all = Array.from({ length: 1003 }, (_, id) => ({ id, name: `L${id}` }));
    const paged = contractAsk(keitaro, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: all.slice(offset, offset + 1000) });
    });
    expect(await keitaro.landers?.(paged.ask)).toHaveLength(1003);
    expect(paged.sent.map(({ ask }) => ask)).toEqual([
      `GET ${BASE}/landing_pages?limit=1000&offset=0`,
      `GET ${BASE}/landing_pages?limit=1000&offset=1000`,
    ]);
    const whole = contractAsk(keitaro, PASTED, () => responseOf({ say: all }));
    expect(await keitaro.landers?.(whole.ask)).toHaveLength(1003);
    expect(whole.sent).toHaveLength(1);
  });
});

const METRICS = [
  'clicks',
  'campaign_unique_clicks',
  'bots',
  'lp_clicks',
  'conversions',
  'leads',
  'sales',
  'rejected',
  'cost',
  'revenue',
];
const DAYS = { from: '2026-08-01', to: '2026-08-02', timezone: 'Europe/Madrid' };
const REPORT = `POST ${BASE}/report/build`;

const reportBody = (
  fields: readonly string[],
  ids: readonly string[],
  change: Readonly<Record<string, unknown>> = {},
) => ({
  dimensions: fields,
  measures: METRICS,
  range: DAYS,
  filters: [],
  sort: ids.map((name) => ({ name, order: 'asc' })),
  limit: 1000,
  offset: 0,
  ...change,
});
const oldBody = (fields: readonly string[], ids: readonly string[]) => {
  const { dimensions: _words, measures: _too, ...rest } = reportBody(fields, ids);
  return { grouping: fields, metrics: METRICS, columns: fields, ...rest };
};

/** Each dimension: fields asked, what a row says, what is made of it, and a filter's expression. */
const DIMENSIONS: ReadonlyArray<
  readonly [Dimension, fields: readonly string[], row: object, value: unknown, filter: unknown]
> = [
  ['campaign', ['campaign_id', 'campaign'], { campaign_id: 4, campaign: 'A' }, ['4', 'A'], 4],
  ['offer', ['offer_id', 'offer'], { offer_id: '5', offer: null }, '5', 5],
  [
    'lander',
    ['landing_id', 'landing'],
    { landing_id: 26, landing: 'LP EU X1' },
    ['26', 'LP EU X1'],
    26,
  ],
  ['source', ['ts_id', 'ts'], { ts_id: 1, ts: 'Traffic Source X' }, ['1', 'Traffic Source X'], 1],
  [
    'country',
    ['country_code', 'country'],
    { country_code: 'ES', country: 'Spain' },
    ['ES', 'Spain'],
    'ES',
  ],
  ['region', ['region'], { region: 'MAD' }, 'MAD', 'MAD'],
  ['city', ['city'], { city: 'Madrid' }, 'Madrid', 'Madrid'],
  ['deviceType', ['device_type'], { device_type: 'mobile' }, 'mobile', 'mobile'],
  ['os', ['os'], { os: 'iOS' }, 'iOS', 'iOS'],
  ['browser', ['browser'], { browser: 'Safari' }, 'Safari', 'Safari'],
  ['language', ['language'], { language: 'es' }, 'es', 'es'],
  ['isp', ['isp'], { isp: null }, '', ''],
  ['connectionType', ['connection_type'], { connection_type: 'wifi' }, 'wifi', 'wifi'],
  ['day', ['day'], { day: '2026-08-01 00:00:00' }, '2026-08-01', '2026-08-01'],
  ['hour', ['hour'], { hour: '07:00' }, '7', '7'],
  ['weekday', ['weekday'], { weekday: 6 }, '6', '6'],
  ...Array.from({ length: 30 }, (_, index) => {
    const field = `sub_id_${index + 1}`;
    const value = `<z>${index}`;
    return [`token${index + 1}`, [field], { [field]: value }, value, value] as const;
  }),
];

describe('reports', () => {
  test('the table below has every dimension there is', () => {
    expect(DIMENSIONS.map(([dimension]) => dimension)).toEqual(dimensionsOf(keitaro));
  });

  playAll(
    keitaro,
    PASTED,
    DIMENSIONS.map(
      ([dimension, fields, row, value, filter]): Case => ({
        title: `by ${dimension}, and filtered by it`,
        async run(adapter, ask) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = await adapter.report(ask, question({ groupBy: [dimension] }));
          const of = await adapter.report(
            ask,
            question({ groupBy: [dimension], filters: [{ dimension, value: id }] }),
          );
          return [seen(by), seen(of)];
        },
        line: [
          {
            ask: REPORT,
            body: reportBody(fields, fields.slice(0, 1)),
            say: { rows: [{ ...row, clicks: '100' }], total: '1', meta: {} },
          },
          {
            ask: REPORT,
            body: reportBody(fields, fields.slice(0, 1), {
              filters: [{ name: fields[0], operator: 'EQUALS', expression: filter }],
            }),
            say: { rows: [], total: 0, summary: {} },
          },
        ],
        gives: [[{ values: [value], clicks: 100 }], []],
      }),
    ),
  );

  playAll(keitaro, PASTED, [
    {
      title: 'two levels: figures as text with four places, as numbers, null and absent',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['campaign', 'day'] })),
      line: [
        {
          ask: REPORT,
          body: reportBody(['campaign_id', 'campaign', 'day'], ['campaign_id', 'day']),
          say: {
            rows: [
              {
                campaign_id: '4',
                campaign: 'Summer <script>',
                day: '2026-08-01',
                clicks: '1234',
                campaign_unique_clicks: 1000,
                bots: '0',
                lp_clicks: '300',
                conversions: 12,
                leads: '3',
                sales: '7',
                rejected: 2,
                cost: '19.2200',
                revenue: '1 234.5000',
                cr: '0.97',
                roi: '6321.44',
              },
              {
                campaign_id: 4,
                campaign: 'Summer <script>',
                day: '2026-08-02',
                clicks: 5,
                bots: null,
                cost: '0.0000',
                revenue: 1.5e-7,
              },
            ],
            total: 2,
            meta: { datetime: '2026-08-02T11:54:34+00:00', execution_time: '0.0001' },
          },
        },
      ],
      gives: {
        rows: [
          {
            values: [
              { id: '4', name: 'Summer <script>' },
              { id: '2026-08-01', name: '2026-08-01' },
            ],
            metrics: known({
              clicks: 1234,
              uniqueClicks: 1000,
              bots: 0,
              landerClicks: 300,
              conversions: 12,
              leads: 3,
              sales: 7,
              rejected: 2,
              cost: 19.22,
              revenue: 1234.5,
            }),
          },
          {
            values: [
              { id: '4', name: 'Summer <script>' },
              { id: '2026-08-02', name: '2026-08-02' },
            ],
            metrics: known({ clicks: 5, cost: 0, revenue: 1.5e-7 }),
          },
        ],
        zone: 'Europe/Madrid',
        currency: 'USD',
        basis: 'visit',
        fetchedAt: NOW,
        complete: true,
      },
    },
    {
      title: 'three levels with filters, in another zone',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(ask, {
            range: { ...RANGE, zone: 'Pacific/Auckland' },
            groupBy: ['source', 'token6', 'hour'],
            filters: [
              { dimension: 'campaign', value: '4' },
              { dimension: 'token6', value: '007' },
            ],
          }),
        ),
      line: [
        {
          ask: REPORT,
          body: reportBody(['ts_id', 'ts', 'sub_id_6', 'hour'], ['ts_id', 'sub_id_6', 'hour'], {
            range: { ...DAYS, timezone: 'Pacific/Auckland' },
            filters: [
              { name: 'campaign_id', operator: 'EQUALS', expression: 4 },
              { name: 'sub_id_6', operator: 'EQUALS', expression: '007' },
            ],
          }),
          say: {
            rows: [
              { ts_id: 1, ts: 'X', sub_id_6: '007', hour: '2026-08-01 23:00:00', clicks: 1 },
              { ts_id: 1, ts: 'X', sub_id_6: '007', hour: '0', clicks: 2 },
            ],
            total: 2,
          },
        },
      ],
      gives: [
        { values: [['1', 'X'], '007', '23'], clicks: 1 },
        { values: [['1', 'X'], '007', '0'], clicks: 2 },
      ],
    },
    {
      title: 'the total is asked as days and summed',
      run: async (adapter, ask) => seen(await adapter.report(ask, question())),
      line: [
        {
          ask: REPORT,
          body: reportBody(['day'], ['day']),
          say: {
            rows: [
              { day: '2026-08-01', clicks: 3, cost: '1.10', roi: -100 },
              { day: '2026-08-02', clicks: 4, cost: '2.20', roi: 100 },
            ],
            total: 2,
          },
        },
      ],
      gives: [{ values: [], clicks: 7, cost: expect.closeTo(3.3, 9) }],
    },
    {
      title: 'the total of nothing is zero',
      run: async (adapter, ask) => seen(await adapter.report(ask, question())),
      line: [{ ask: REPORT, body: reportBody(['day'], ['day']), say: { rows: [], total: 0 } }],
      gives: [
        {
          values: [],
          clicks: 0,
          uniqueClicks: 0,
          bots: 0,
          landerClicks: 0,
          conversions: 0,
          leads: 0,
          sales: 0,
          rejected: 0,
          cost: 0,
          revenue: 0,
        },
      ],
    },
    ...[400, 406, 422].map(
      (status): Case => ({
        title: `an older version refuses the current words with ${status}, and is asked in its own from then on`,
        async run(adapter, ask) {
          const by = () => adapter.report(ask, question({ groupBy: ['os'] }));
          return [seen(await by()), seen(await by())];
        },
        line: [
          {
            ask: REPORT,
            body: reportBody(['os'], ['os']),
            status,
            say: { error: 'Validation', errors: { grouping: ['required'] } },
          },
          { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [{ os: 'iOS' }], total: 1 } },
          { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [], total: 0 } },
        ],
        gives: [[{ values: ['iOS'] }], []],
      }),
    ),
    {
      title: 'a version that passes over the current words answers without what was asked for',
      run: async (adapter, ask) =>
        seen(await adapter.report(ask, question({ groupBy: ['campaign'] }))),
      line: [
        {
          ask: REPORT,
          body: reportBody(['campaign_id', 'campaign'], ['campaign_id']),
          say: { rows: [{ clicks: 9 }], total: 1 },
        },
        {
          ask: REPORT,
          body: oldBody(['campaign_id', 'campaign'], ['campaign_id']),
          say: { rows: [{ campaign_id: 4, campaign: 'A', clicks: 9 }], total: 1 },
        },
      ],
      gives: [{ values: [['4', 'A']], clicks: 9 }],
    },
    {
      title: 'refused in both vocabularies: the words were not the matter',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['os'] })),
      line: [
        {
          ask: REPORT,
          body: reportBody(['os'], ['os']),
          status: 406,
          say: { error: 'range is wrong' },
        },
        { ask: REPORT, body: oldBody(['os'], ['os']), status: 406, say: { error: 'grouping?' } },
      ],
      fails: { kind: 'conflict', text: 'keitaro_refused', values: ['range is wrong'], status: 406 },
    },
    {
      title: 'a figure that is none is a wrong shape, not a zero',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['os'] })),
      line: [
        {
          ask: REPORT,
          body: reportBody(['os'], ['os']),
          say: { rows: [{ os: 'iOS' }, { os: 'Linux', cost: '<b>1</b>' }] },
        },
      ],
      fails: { kind: 'shape', field: 'rows.1.cost', call: 'report', tracker: 'Keitaro' },
    },
  ]);

  const zones = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ sub_id_1: `z${from + row}`, clicks: 1 }));

  test('pages: until total is reached, and until one is empty where there is no total', async () => {
    for (const [total, offsets] of [
      [2001, [0, 1000, 2000]],
      [undefined, [0, 1000, 2000, 2001]],
    ] as const) {
      const pages = [zones(0, 1000), zones(1000, 1000), zones(2000, 1), []];
      const { ask, sent } = contractAsk(keitaro, PASTED, (_, call) =>
        responseOf({ say: { rows: pages[call - 1] ?? [], total } }),
      );
      const report = await keitaro.report(ask, question({ groupBy: ['token1'] }));
      expect([report.rows.length, report.complete]).toEqual([2001, true]);
      expect(sent.map(({ body }) => body)).toEqual(
        offsets.map((offset) => reportBody(['sub_id_1'], ['sub_id_1'], { offset })),
      );
    }
  });

  test('pages that the server caps, without a total, are all read', async () => {
    const pages = [zones(0, 100), zones(100, 1), []];
    const { ask } = contractAsk(keitaro, PASTED, (_, call) =>
      responseOf({ say: { rows: pages[call - 1] ?? [] } }),
    );
    const report = await keitaro.report(ask, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete]).toEqual([101, true]);
  });

  test('without a total and without paging, the rows that come again are all there are', async () => {
    const { ask, sent } = contractAsk(keitaro, PASTED, () =>
      responseOf({ say: { rows: zones(0, 7) } }),
    );
    const report = await keitaro.report(ask, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete, sent.length]).toEqual([7, true, 2]);
  });

  test('an answer that passes over the offset is noticed', async () => {
    const { ask, sent } = contractAsk(keitaro, PASTED, () =>
      responseOf({ say: { rows: zones(0, 1000), total: 3000 } }),
    );
    const report = await keitaro.report(ask, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete, sent.length]).toEqual([1000, false, 2]);
  });

  test('token 31 is refused before anything is sent', async () => {
    const { ask, sent } = contractAsk(keitaro, PASTED, () => responseOf({}));
    const problem = await problemOf(keitaro.report(ask, question({ groupBy: ['token31'] })));
    expect(problem).toMatchObject({ kind: 'unsupported', text: 'keitaro_dimension' });
    expectSentence(problem);
    expect(sent).toEqual([]);
  });
});

const SUBS = Array.from({ length: 10 }, (_, index) => `sub_id_${index + 1}`);
const logBody = (columns: readonly string[], sort: string, filters: readonly object[] = []) => ({
  range: DAYS,
  columns,
  filters,
  sort: [{ name: sort, order: 'asc' }],
  limit: 1000,
  offset: 0,
});
const CONVERSIONS = [
  ...['conversion_id', 'sub_id', 'campaign_id', 'campaign', 'offer_id', 'offer', 'revenue'],
  ...['status', 'click_datetime', 'postback_datetime', 'tid'],
  ...SUBS,
];
const CLICKS = [
  ...['sub_id', 'datetime', 'campaign_id', 'campaign', 'cost', 'country_code'],
  ...SUBS,
];
const bySubId = { name: 'sub_id', operator: 'EQUALS', expression: '1a2b3c' };
const byCampaign = { name: 'campaign_id', operator: 'EQUALS', expression: 4 };
const CLICK_ROW = {
  sub_id: '1a2b3c',
  datetime: '2026-08-01 00:30:00',
  campaign_id: 4,
  campaign: 'Summer',
  cost: '0.0100',
  country_code: 'ES',
  sub_id_6: 991,
  sub_id_7: '',
};
const CLICK = {
  id: '1a2b3c',
  campaign: { id: '4', name: 'Summer' },
  at: Date.parse('2026-08-01T00:30:00+02:00'),
  cost: 0.01,
  country: 'ES',
  tokens: { 6: '991' },
};

describe('logs', () => {
  playAll(keitaro, PASTED, [
    {
      title: 'conversions: sub_id is the click id, times in three forms, statuses',
      run: (adapter, ask) =>
        adapter.conversions?.(ask, logQuestion({ campaignId: '4', clickId: '1a2b3c' })),
      line: [
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(CONVERSIONS, 'postback_datetime', [byCampaign, bySubId]),
          say: {
            rows: [
              {
                conversion_id: 11,
                sub_id: '1a2b3c',
                campaign_id: 4,
                campaign: 'Summer',
                offer_id: 5,
                offer: 'Offer & Co',
                revenue: '12.5000',
                status: 'sale',
                click_datetime: '2026-08-01 10:00:00',
                postback_datetime: {
                  date: '2026-08-01 09:30:00.000000',
                  timezone_type: 3,
                  timezone: 'UTC',
                },
                tid: 'tx-1',
                sub_id_6: '991',
              },
              {
                conversion_id: '12',
                sub_id: '1a2b3c',
                campaign_id: 4,
                offer_id: 0,
                offer: '',
                revenue: null,
                status: 'Trash',
                click_datetime: null,
                postback_datetime: '0000-00-00 00:00:00',
                tid: null,
              },
              { sub_id: '1a2b3c', status: 'upsell3', postback_datetime: '2026-08-02 23:59:59' },
            ],
            total: '3',
          },
        },
      ],
      gives: {
        entries: [
          {
            id: '11',
            clickId: '1a2b3c',
            campaign: { id: '4', name: 'Summer' },
            offer: { id: '5', name: 'Offer & Co' },
            status: 'sale',
            statusText: 'sale',
            payout: 12.5,
            currency: 'USD',
            clickedAt: Date.parse('2026-08-01T10:00:00+02:00'),
            convertedAt: Date.parse('2026-08-01T09:30:00Z'),
            externalId: 'tx-1',
            tokens: { 6: '991' },
          },
          {
            id: '12',
            clickId: '1a2b3c',
            campaign: { id: '4', name: '4' },
            offer: null,
            status: 'rejected',
            statusText: 'Trash',
            payout: null,
            currency: 'USD',
            clickedAt: null,
            convertedAt: null,
            externalId: null,
            tokens: {},
          },
          {
            id: '1a2b3c',
            clickId: '1a2b3c',
            campaign: null,
            offer: null,
            status: null,
            statusText: 'upsell3',
            payout: null,
            currency: 'USD',
            clickedAt: null,
            convertedAt: Date.parse('2026-08-02T23:59:59+02:00'),
            externalId: null,
            tokens: {},
          },
        ],
        zone: 'Europe/Madrid',
        fetchedAt: NOW,
        complete: true,
      },
    },
    {
      title: 'conversions: what is no moment is a wrong shape',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [
        {
          ask: `POST ${BASE}/conversions/log`,
          body: logBody(CONVERSIONS, 'postback_datetime'),
          say: { rows: [{ sub_id: 'a', postback_datetime: 'soon' }], total: 1 },
        },
      ],
      fails: { kind: 'shape', field: 'postback_datetime', tracker: 'Keitaro' },
    },
    {
      title: 'clicks',
      run: (adapter, ask) => adapter.clicks?.(ask, logQuestion({ campaignId: '4' })),
      line: [
        {
          ask: `POST ${BASE}/clicks/log`,
          body: logBody(CLICKS, 'datetime', [byCampaign]),
          say: { rows: [CLICK_ROW], total: 1 },
        },
      ],
      gives: { entries: [CLICK], zone: 'Europe/Madrid', fetchedAt: NOW, complete: true },
    },
    ...(
      [
        ['found', [CLICK_ROW], CLICK],
        ['not there', [], null],
        ['filtered in vain', [{ ...CLICK_ROW, sub_id: 'other' }], null],
      ] as const
    ).map(
      ([title, rows, gives]): Case => ({
        title: `one click: ${title}`,
        run: (adapter, ask) => adapter.click?.(ask, '1a2b3c', RANGE),
        line: [
          {
            ask: `POST ${BASE}/clicks/log`,
            body: logBody(CLICKS, 'datetime', [bySubId]),
            say: { rows, total: rows.length },
          },
        ],
        gives,
      }),
    ),
  ]);
});

const UPDATE = `POST ${BASE}/clicks/update_costs`;
const entry = (cost: string, more: object = {}) => ({
  start_date: '2026-08-01 00:00',
  end_date: '2026-08-02 23:59',
  cost,
  ...more,
});
const costBody = (costs: readonly object[], change: object = {}) => ({
  campaign_ids: [7],
  costs,
  timezone: 'Europe/Madrid',
  currency: 'EUR',
  only_campaign_uniques: 0,
  ...change,
});

describe('costs', () => {
  const sets = (
    title: string,
    order: Parameters<typeof costOrder>[0],
    body: unknown,
    say: unknown = { success: true },
  ): Case => ({
    title,
    run: (adapter, ask) => adapter.setCost?.(ask, costOrder(order)),
    line: [{ ask: UPDATE, body, say }],
    gives: undefined,
  });
  playAll(keitaro, PASTED, [
    sets('a total of a campaign', {}, costBody([entry('19.22')])),
    sets(
      'of one token value, of one day, in another zone and currency',
      {
        token: { slot: 6, value: '123' },
        range: { from: '2026-08-01', to: '2026-08-01', zone: 'America/New_York' },
        currency: 'RUB',
        amount: 0.5,
      },
      costBody([entry('0.50', { end_date: '2026-08-01 23:59', filters: { sub_id_6: '123' } })], {
        timezone: 'America/New_York',
        currency: 'RUB',
      }),
      { success: 'true' },
    ),
    sets(
      'of unique clicks only',
      { uniqueOnly: true },
      costBody([entry('19.22')], { only_campaign_uniques: 1 }),
    ),
    sets('tiny, without an exponent', { amount: 5e-7 }, costBody([entry('0.0000005')])),
    sets('nought', { amount: 0 }, costBody([entry('0.00')])),
    sets('large', { amount: 1_234_567.125 }, costBody([entry('1234567.125')]), { success: 1 }),
    {
      title: 'in bulk: many values of one campaign in one call',
      run: (adapter, ask) =>
        adapter.setCosts?.(
          ask,
          ['a', 'b'].map((value, index) =>
            costOrder({ amount: index + 1, token: { slot: 15, value } }),
          ),
        ),
      line: [
        {
          ask: UPDATE,
          body: costBody([
            entry('1.00', { filters: { sub_id_15: 'a' } }),
            entry('2.00', { filters: { sub_id_15: 'b' } }),
          ]),
          say: { success: true },
        },
      ],
      gives: undefined,
    },
    {
      title: 'in bulk: none is no call',
      run: (adapter, ask) => adapter.setCosts?.(ask, []),
      line: [],
      gives: undefined,
    },
    {
      title: 'answered without success',
      run: (adapter, ask) => adapter.setCost?.(ask, costOrder()),
      line: [{ ask: UPDATE, body: costBody([entry('19.22')]), say: { success: false } }],
      fails: { kind: 'conflict', text: 'keitaro_cost_refused' },
    },
    {
      title: 'answered with something else: it may have been applied',
      run: (adapter, ask) => adapter.setCost?.(ask, costOrder()),
      line: [{ ask: UPDATE, body: costBody([entry('19.22')]), say: {} }],
      fails: { kind: 'shape', field: 'success', maybeApplied: true },
    },
    ...(
      [
        ['CPC', [{ mode: 'cpc' }], 'keitaro_cost_total_only'],
        ['a token beyond the filters', [{ token: { slot: 16, value: 'a' } }], 'keitaro_cost_token'],
        ['two campaigns', [{}, { campaignId: '8' }], 'keitaro_cost_bulk'],
        ['two currencies', [{}, { currency: 'USD' }], 'keitaro_cost_bulk'],
        ['two kinds of clicks', [{}, { uniqueOnly: true }], 'keitaro_cost_bulk'],
        ['two zones', [{}, { range: { ...RANGE, zone: 'UTC' } }], 'keitaro_cost_bulk'],
        ['101 entries', Array.from({ length: 101 }, () => ({})), 'keitaro_cost_bulk'],
      ] as const
    ).map(
      ([title, orders, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, ask) =>
          adapter.setCosts?.(
            ask,
            orders.map((order) => costOrder(order)),
          ),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
  ]);
});

describe('pause', () => {
  const answers = (verb: string, say: unknown): Exchange[] => [
    { ask: `POST ${BASE}/campaigns/662/${verb}`, say },
  ];
  playAll(keitaro, PASTED, [
    {
      title: 'paused: the document answers a list with one campaign',
      run: (adapter, ask) => adapter.setActive?.(ask, '662', false),
      line: answers('disable', [DISABLED]),
      gives: undefined,
    },
    {
      title: 'resumed: others answer the campaign alone',
      run: (adapter, ask) => adapter.setActive?.(ask, '662', true),
      line: answers('enable', { ...DISABLED, state: 'active' }),
      gives: undefined,
    },
    {
      title: 'answered with the other state',
      run: (adapter, ask) => adapter.setActive?.(ask, '662', true),
      line: answers('enable', [DISABLED]),
      fails: { kind: 'conflict', text: 'keitaro_state', values: ['disabled'] },
    },
  ]);
});

describe('labels', () => {
  const ref = 'campaign_id=7&ref_name=sub_id_3&label_name=';
  const reads = (black: unknown, white: unknown): Exchange[] => [
    { ask: `GET ${BASE}/report/labels?${ref}blacklist`, say: black },
    { ask: `GET ${BASE}/report/labels?${ref}whitelist`, say: white },
  ];
  const at = { campaignId: '7', slot: 3, range: RANGE, filter: null };
  const marks = (title: string, black: unknown, white: unknown, gives: Array<[string, Mark]>) => ({
    title: `read from ${title}`,
    run: async (adapter: typeof keitaro, ask: Parameters<typeof keitaro.check>[0]) => [
      ...((await adapter.marks?.(ask, at)) ?? []),
    ],
    line: reads(black, white),
    gives,
  });
  const wrote = (items: object, say: unknown = { success: true }): Exchange => ({
    ask: `POST ${BASE}/report/labels`,
    body: { campaign_id: 7, ref_name: 'sub_id_3', items },
    say,
  });
  playAll(keitaro, PASTED, [
    marks('a map as it is written', { z1: 'blacklist', z9: null }, { z2: 'whitelist' }, [
      ['z1', 'blacklist'],
      ['z2', 'whitelist'],
    ]),
    marks('empty maps, which PHP writes as lists', [], [], []),
    marks('lists of values, text or numbers', ['z1', 12], { items: ['z2'] }, [
      ['z1', 'blacklist'],
      ['12', 'blacklist'],
      ['z2', 'whitelist'],
    ]),
    marks(
      'lists of objects, whose values may be numbers',
      {
        rows: [
          { value: 'z1', label: 'blacklist' },
          { value: 12, label: 'blacklist' },
        ],
      },
      [{ ref: 'z2', label: 'whitelist' }, { ref_value: 'z3' }],
      [
        ['z1', 'blacklist'],
        ['12', 'blacklist'],
        ['z2', 'whitelist'],
        ['z3', 'whitelist'],
      ],
    ),
    {
      title: 'written with those that are there already; null clears one',
      run: (adapter, ask) =>
        adapter.setMarks?.(
          ask,
          at,
          new Map<string, Mark | null>([
            ['new', 'blacklist'],
            ['z2', null],
          ]),
        ),
      line: [
        ...reads([{ value: 12 }, 'z1'], { z2: 'whitelist' }),
        wrote({ 12: 'blacklist', z1: 'blacklist', z2: '', new: 'blacklist' }),
      ],
      gives: undefined,
    },
    {
      title: 'not taken',
      run: (adapter, ask) => adapter.setMarks?.(ask, at, new Map([['z1', 'blacklist']])),
      line: [...reads([], []), wrote({ z1: 'blacklist' }, { success: false })],
      fails: { kind: 'conflict', text: 'keitaro_labels_refused' },
    },
    {
      title: 'of a token that has none are refused before anything is sent',
      run: (adapter, ask) => adapter.marks?.(ask, { ...at, slot: 11 }),
      line: [],
      fails: { kind: 'unsupported', text: 'keitaro_label_token' },
    },
  ]);
});

const HTML = '<!doctype html><html><title>Win a phone</title></html>';
const REFUSALS: readonly Refusal[] = [
  ['401', { status: 401, say: { error: 'Bad key' } }, { kind: 'auth', text: 'keitaro_key' }],
  ['402', { status: 402, say: { error: 'PRO' } }, { kind: 'unsupported', text: 'keitaro_edition' }],
  ['402, no body', { status: 402 }, { kind: 'unsupported', text: 'keitaro_edition' }],
  ['403', { status: 403, say: { message: 'No' } }, { kind: 'permission', text: 'keitaro_rights' }],
  ['404', { status: 404, say: { error: 'x' } }, { kind: 'conflict', text: 'keitaro_not_found' }],
  [
    '404 of a web server',
    { status: 404, text: HTML },
    { kind: 'conflict', text: 'keitaro_not_found' },
  ],
  ...[400, 406, 422].map(
    (status): Refusal => [
      `${status} with the fields that are wrong`,
      { status, say: { errors: { cost: ['is wrong'] } } },
      { kind: 'conflict', text: 'keitaro_refused', values: ['{"cost":["is wrong"]}'], status },
    ],
  ),
  ['406, no body', { status: 406 }, { kind: 'conflict', status: 406 }],
  ['418', { status: 418, say: { error: 'x' } }, { kind: 'conflict', status: 418 }],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '7' }, say: { error: 'slow' } },
    { kind: 'rate', retryAfterMs: 7000 },
  ],
  ['429 of a proxy', { status: 429, text: HTML }, { kind: 'rate' }],
  [
    '500',
    { status: 500, say: { error: 'x' } },
    { kind: 'network', status: 500, maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'shape', text: 'problem_html', maybeApplied: true },
  ],
  [
    '403 of a proxy, which speaks of no key',
    { status: 403, text: HTML },
    { kind: 'shape', text: 'problem_html', status: 403 },
  ],
  [
    '401 of a proxy, which asks for its own password',
    { status: 401, text: HTML },
    { kind: 'shape', text: 'problem_html', status: 401 },
  ],
  [
    'a landing page with 200',
    { text: HTML },
    { kind: 'shape', text: 'keitaro_wrong_domain', maybeApplied: true },
  ],
  [
    'an error with 200',
    { say: { error: 'No such campaign' } },
    { kind: 'conflict', text: 'keitaro_refused', values: ['No such campaign'] },
  ],
  [
    'a redirect',
    { status: 302, headers: { Location: 'https://elsewhere.example/' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  ['an empty answer', {}, { kind: 'shape', text: 'problem_empty', maybeApplied: true }],
];

test('fields that a validation lists bare are said', async () => {
  for (const say of [{ currency: ['is not valid'] }, [{ field: 'currency', error: 'is bad' }]]) {
    const { ask } = contractAsk(keitaro, PASTED, () => responseOf({ status: 406, say }));
    const problem = await problemOf(keitaro.campaigns(ask));
    expect(problem).toMatchObject({ kind: 'conflict', text: 'keitaro_refused' });
    expect(problem.said).toBe(JSON.stringify(say));
  }
});

test('a source’s empty slot may be an empty list', async () => {
  const { ask } = contractAsk(keitaro, PASTED, () =>
    responseOf({
      say: [{ id: 1, name: 'S', parameters: { keyword: [], sub_id_1: { name: 'zone' } } }],
    }),
  );
  const sources = await keitaro.sources?.(ask);
  expect(sources?.[0]?.tokens.filter(({ slot }) => slot === 1)).toMatchObject([{ name: 'zone' }]);
});

describe('refusals', () => {
  playRefusals(keitaro, PASTED, REFUSALS, {
    read: async (ask) => keitaro.landers?.(ask),
    write: (ask) => keitaro.setCost?.(ask, costOrder()),
  });
});
