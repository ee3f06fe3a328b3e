import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../lib/report/question.ts';
import type { Ask } from '../../../../lib/trackers/adapter.ts';
import { binom } from '../../../../lib/trackers/binom/adapter.ts';
import {
  type Case,
  contractAsk,
  costOrder,
  dimensionsOf,
  type Exchange,
  KEY,
  known,
  NOW,
  playAll,
  playRefusals,
  question,
  RANGE,
  type Refusal,
  responseOf,
  seen,
} from '../contract.ts';

const PASTED = 'https://t.example/sub/arm.php?page=Campaigns&date=1';
const SCRIPT = 'GET /sub/arm.php';
/** The documents name this script for objects, whatever that of reports is called. */
const OBJECTS = 'GET /sub/index.php';
const ROLE = 'GET /sub/public/api/v1/user/role';
const DAYS = 'date=12&date_s=2026-08-01&date_e=2026-08-02';
const TODAY = 'date=12&date_s=2026-08-02&date_e=2026-08-02';

const campaignsOf = (days: string, say: unknown): Exchange => ({
  ask: `${SCRIPT}?page=Campaigns&user_group=all&status=all&group=all&traffic_source=all&${days}`,
  say,
});
const statsOf = (groups: readonly number[], say: unknown, more = ''): Exchange => {
  const [group1, group2 = 1, group3 = 1] = groups;
  const by = `group1=${group1}&group2=${group2}&group3=${group3}`;
  return {
    ask: `${SCRIPT}?page=Stats&camp_id=7&${by}&${DAYS}&num_page=1&val_page=All${more}`,
    say,
  };
};

/** Fields of the published table, whole; figures with separators and signs, as on the screen. */
const CAMPAIGN = {
  id: '7',
  status: '1',
  name: 'Test <b>Camp</b>',
  date_cr: '1470000000',
  keyword: 'abc',
  group_id: '1',
  group_name: 'Test',
  ts_name: 'PropellerAds',
  ts_id: '21',
  start_date: '1470000001',
  clicks: '12 480',
  bots: '17',
  profit: '-244.80',
  lp_ctr: '25.0 %',
  leads: '212',
  cr: '1.70 %',
  epc: '0.052',
  cpc: '0.03',
  revenue: '$655.00',
  landing_clicks: '12,000',
  offer_clicks: '3 000',
  is_note: '0',
  current_cpc: '0.03',
  auto_cpc: '0',
  url: 'https://t.example/click.php?key=abc',
};
const ARCHIVED = {
  id: 9,
  status: 0,
  name: 'Archived',
  ts_id: 0,
  clicks: '5',
  revenue: '1',
  profit: '0',
};
/** Nothing was measured. */
const QUIET = { id: 8, status: '2', name: 'Quiet', clicks: '-', rev: '-', cost: '-', leads: '-' };
/** The published example of versions up to 1.8. */
const OLD = {
  id: '10',
  status: '1',
  name: 'Test Camp',
  ts: 'Test',
  ts_id: '2',
  clicks: '2038',
  profit: '-11.28000',
  LP_CTR: '0.0000',
  leads: '92',
  CPC: '0.010000000',
  rev: '9.10000',
  spend: '20.38000',
  lp_cl: '7',
  off_cl: 3,
};

const SIGN_IN = '<html><form><input type="password" name="pass"></form></html>';
const PAGE = '<html>Maintenance</html>';

describe('check, lists', () => {
  const facts = {
    account: null,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
    outdated: false,
  };
  const v2 = (say: Omit<Exchange, 'ask'>): Exchange => ({ ask: ROLE, keyless: true, ...say });
  playAll(binom, PASTED, [
    {
      title: 'check: v1, where nothing answers as v2',
      run: (adapter, ask) => adapter.check(ask),
      line: [campaignsOf(TODAY, [CAMPAIGN, ARCHIVED, QUIET]), v2({ status: 404, text: '<html>' })],
      gives: { ...facts, version: 'v1', campaigns: 2 },
    },
    {
      title: 'check: columns of versions up to 1.8',
      run: (adapter, ask) => adapter.check(ask),
      line: [campaignsOf(TODAY, [OLD]), v2({ status: 404, text: '<html>' })],
      gives: { ...facts, version: 'v1, before 1.9', campaigns: 1, outdated: true },
    },
    {
      title: 'check: those columns, but it is v2 that answers',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        campaignsOf(TODAY, [OLD]),
        v2({ status: 401, say: { error: 'No key' } }),
        { ask: 'GET /sub/robots.txt', keyless: true, status: 404 },
      ],
      gives: { ...facts, version: 'v2, answering as v1', campaigns: 1 },
    },
    {
      title: 'check: without a campaign nothing tells the age',
      run: (adapter, ask) => adapter.check(ask),
      line: [campaignsOf(TODAY, []), v2({ status: 404, text: '<html>' })],
      gives: { ...facts, version: 'v1', campaigns: 0 },
    },
    {
      title: 'campaigns: with the columns of versions up to 1.8',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [campaignsOf(TODAY, [OLD])],
      gives: [{ id: '10', name: 'Test Camp', active: true, source: { id: '2', name: 'Test' } }],
    },
    {
      title: 'check: the entry that v2 keeps for calls of v1',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        campaignsOf(TODAY, [CAMPAIGN]),
        v2({ status: 401, say: { error: 'No key' } }),
        { ask: 'GET /sub/robots.txt', keyless: true, status: 404 },
      ],
      gives: { ...facts, version: 'v2, answering as v1', campaigns: 1 },
    },
    {
      title: 'check: which version it is cannot be told now',
      run: (adapter, ask) => adapter.check(ask),
      line: [campaignsOf(TODAY, [CAMPAIGN]), v2({ status: 500 })],
      gives: { ...facts, version: 'v1', campaigns: 1 },
    },
    {
      title: 'check: another site',
      run: (adapter, ask) => adapter.check(ask),
      line: [{ ...campaignsOf(TODAY, undefined), text: '<html>Shop</html>' }],
      fails: { kind: 'shape', text: 'problem_html' },
    },
    {
      title: 'campaigns: archived ones are left out',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [campaignsOf(TODAY, [CAMPAIGN, ARCHIVED, QUIET])],
      gives: [
        {
          id: '7',
          name: 'Test <b>Camp</b>',
          active: true,
          source: { id: '21', name: 'PropellerAds' },
        },
        { id: '8', name: 'Quiet', active: true, source: null },
      ],
    },
    ...[[], null, ''].map(
      (say): Case => ({
        title: `campaigns: ${JSON.stringify(say)} is none`,
        run: (adapter, ask) => adapter.campaigns(ask),
        line: [campaignsOf(TODAY, say)],
        gives: [],
      }),
    ),
    {
      title: 'sources: fields that look like tokens, else the slots by number',
      run: async (adapter, ask) =>
        (await adapter.sources(ask)).map(({ tokens, ...source }) => ({
          ...source,
          count: tokens.length,
          first: tokens.slice(0, 3),
        })),
      line: [
        {
          ask: `${OBJECTS}?action=source_getall`,
          say: [
            { id: '21', name: 'PropellerAds', t1_name: 'zone', t1_value: '{zoneid}', token_2: 'c' },
            { id: 22, name: 'Plain' },
            { id: 23, name: 'Macros alone', t1_value: '{zoneid}' },
          ],
        },
      ],
      gives: [
        {
          id: '21',
          name: 'PropellerAds',
          count: 10,
          first: [
            { slot: 1, name: 'zone', macro: '{zoneid}', role: 'placement' },
            { slot: 2, name: 'c', macro: null, role: null },
            { slot: 3, name: 'Token 3', parameter: null, macro: null, role: null },
          ],
        },
        {
          id: '22',
          name: 'Plain',
          count: 10,
          first: [1, 2, 3].map((slot) => ({
            slot,
            name: `Token ${slot}`,
            parameter: null,
            macro: null,
            role: null,
          })),
        },
        {
          id: '23',
          name: 'Macros alone',
          count: 10,
          first: [
            { slot: 1, name: '{zoneid}', parameter: null, macro: '{zoneid}', role: 'placement' },
            ...[2, 3].map((slot) => ({
              slot,
              name: `Token ${slot}`,
              parameter: null,
              macro: null,
              role: null,
            })),
          ],
        },
      ],
    },
    {
      title: 'offers: payout in the tracker’s currency, none where it is automatic',
      run: (adapter, ask) => adapter.offers?.(ask),
      line: [
        {
          ask: `${OBJECTS}?action=offer_getall`,
          say: [
            { id: '10', name: 'MyOfferName', payout: '1.2', status: '1', auto_payout: '0' },
            { id: 11, name: 'Auto', payout: '3', status: 1, auto_payout: 1, network_name: 'Net' },
            { id: '12', name: 'Deleted', payout: '1', status: '0', auto_payout: '0' },
          ],
        },
      ],
      gives: [
        {
          id: '10',
          name: 'MyOfferName',
          active: true,
          payout: { amount: 1.2, currency: 'USD' },
          network: null,
        },
        { id: '11', name: 'Auto', active: true, payout: null, network: 'Net' },
      ],
    },
    {
      title: 'landers',
      run: (adapter, ask) => adapter.landers?.(ask),
      line: [
        {
          ask: `${OBJECTS}?action=landing_getall`,
          say: [
            { id: '1', name: 'Quiz', status: '1', lang: 'EN', offers: '1' },
            { id: '2', name: 'Deleted', status: 0 },
          ],
        },
      ],
      gives: [{ id: '1', name: 'Quiz', active: true }],
    },
    ...[{ status: 404, text: 'Not Found' }, { text: PAGE }, { text: SIGN_IN }].map(
      (elsewhere, index): Case => ({
        title: `landers: the script itself where index.php is not the tracker's (${index})`,
        run: (adapter, ask) => adapter.landers?.(ask),
        line: [
          { ask: `${OBJECTS}?action=landing_getall`, ...elsewhere },
          { ask: `${SCRIPT}?action=landing_getall`, say: [{ id: '1', name: 'Quiz', status: '1' }] },
        ],
        gives: [{ id: '1', name: 'Quiz', active: true }],
      }),
    ),
    {
      title: 'objects: an error comes with 200',
      run: (adapter, ask) => adapter.offers?.(ask),
      line: [{ ask: `${OBJECTS}?action=offer_getall`, say: { error: 'Object not found' } }],
      fails: { kind: 'conflict', text: 'binom_refused', values: ['Object not found'] },
    },
  ]);

  test('the key is the last of the query, encoded, and a connection without a script asks index.php', async () => {
    const { ask, urls } = contractAsk(binom, 'https://t.example/', () => responseOf({ say: [] }));
    await binom.landers?.(ask);
    expect(urls).toEqual([
      `https://t.example/index.php?action=landing_getall&${new URLSearchParams({ api_key: KEY })}`,
    ]);
  });
});

/** Every grouping that a campaign's report has a dimension for: its number, a row's name, the value. */
const GROUPS: ReadonlyArray<
  readonly [
    Dimension,
    group: number,
    row: { name: string | number; entity_id?: number },
    value: unknown,
  ]
> = [
  ['offer', 3, { name: 'My offer', entity_id: 10 }, ['10', 'My offer']],
  ['lander', 4, { name: 'Quiz' }, 'Quiz'],
  ['country', 19, { name: 'Spain' }, 'Spain'],
  ['deviceType', 10, { name: 'Smartphone' }, 'Smartphone'],
  ['os', 17, { name: 'iOS' }, 'iOS'],
  ['browser', 15, { name: 'Chrome &amp; Co' }, 'Chrome &amp; Co'],
  ['language', 21, { name: 'es' }, 'es'],
  ['isp', 6, { name: 'Orange' }, 'Orange'],
  ['connectionType', 30, { name: 'WiFi' }, 'WiFi'],
  ['day', 31, { name: '2026-08-01' }, '2026-08-01'],
  ['hour', 26, { name: '07:00 - 08:00' }, '7'],
  ['weekday', 25, { name: 'Monday' }, 'Monday'],
  ['token1', 27, { name: 'z1' }, 'z1'],
  ...Array.from(
    { length: 9 },
    (_, index) =>
      [`token${index + 2}`, 282 + index, { name: 1000 + index }, `${1000 + index}`] as const,
  ),
];
const byCampaign = { dimension: 'campaign', value: '7' } as const;

describe('reports', () => {
  test('the table below has every dimension there is', () => {
    const overall: Dimension[] = ['campaign', 'source'];
    expect([...overall, ...GROUPS.map(([dimension]) => dimension)]).toEqual(dimensionsOf(binom));
  });

  playAll(
    binom,
    PASTED,
    GROUPS.map(
      ([dimension, group, row, value]): Case => ({
        title: `a campaign by ${dimension}, and one value of it`,
        async run(adapter, ask) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = question({ groupBy: [dimension], filters: [byCampaign] });
          const of = question({ filters: [byCampaign, { dimension, value: id }] });
          return [seen(await adapter.report(ask, by)), seen(await adapter.report(ask, of))];
        },
        line: [
          statsOf([group], [{ ...row, level: '1', clicks: '1 234' }]),
          // There is no filter: the rows are picked here.
          statsOf(
            [group],
            [
              { ...row, level: 1, clicks: 3 },
              { name: dimension === 'day' ? '2026-08-02' : '23', level: 1, clicks: 40 },
            ],
          ),
        ],
        gives: [[{ values: [value], clicks: 1234 }], [{ values: [], clicks: 3 }]],
      }),
    ),
  );

  playAll(binom, PASTED, [
    {
      title: 'all campaigns: figures as printed; cost is revenue − profit, archived ones count',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['campaign'] })),
      line: [campaignsOf(DAYS, [CAMPAIGN, QUIET, ARCHIVED])],
      gives: {
        rows: [
          {
            values: [{ id: '7', name: 'Test <b>Camp</b>' }],
            metrics: known({
              clicks: 12_480,
              bots: 17,
              landerViews: 12_000,
              landerClicks: 3000,
              conversions: 212,
              cost: expect.closeTo(899.8, 9),
              revenue: 655,
            }),
          },
          { values: [{ id: '8', name: 'Quiet' }], metrics: known({}) },
          {
            values: [{ id: '9', name: 'Archived' }],
            metrics: known({ clicks: 5, cost: 1, revenue: 1 }),
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
      title:
        'all campaigns in the spellings of all versions; without profit the cost is clicks × CPC',
      run: async (adapter, ask) =>
        seen(await adapter.report(ask, question({ groupBy: ['campaign'] }))),
      line: [
        campaignsOf(DAYS, [
          { id: 1, name: 'A', clicks: '1000', rev: '20.5', spend: '10.25', profit: '99' },
          { id: 2, name: 'B', clicks: '10', cpc: '0.05', revenue: '-', profit: '-' },
          { id: 3, name: 'C', clicks: '10', cost: '0.0000', unique_clicks: '9', revenue: '1e-3' },
        ]),
      ],
      gives: [
        { values: [['1', 'A']], clicks: 1000, cost: 10.25, revenue: 20.5 },
        { values: [['2', 'B']], clicks: 10, cost: 0.5 },
        { values: [['3', 'C']], clicks: 10, uniqueClicks: 9, cost: 0, revenue: 0.001 },
      ],
    },
    {
      title: 'the columns of versions up to 1.8: of campaigns, and of a report',
      async run(adapter, ask) {
        const by = question({ groupBy: ['deviceType'], filters: [byCampaign] });
        const all = question({ groupBy: ['campaign'] });
        return [seen(await adapter.report(ask, all)), seen(await adapter.report(ask, by))];
      },
      line: [
        campaignsOf(DAYS, [OLD]),
        statsOf(
          [10],
          [{ Level: '1', Name: 'Phone', Clicks: '2,038', 'LP Clicks': '5', Spend: '20.38' }],
        ),
      ],
      gives: [
        [
          {
            values: [['10', 'Test Camp']],
            clicks: 2038,
            landerViews: 7,
            landerClicks: 3,
            conversions: 92,
            cost: 20.38,
            revenue: 9.1,
          },
        ],
        [{ values: ['Phone'], clicks: 2038, landerClicks: 5, cost: 20.38 }],
      ],
    },
    {
      title: 'by source, and the total of one campaign',
      async run(adapter, ask) {
        const by = question({
          groupBy: ['source'],
          filters: [{ dimension: 'source', value: '21' }],
        });
        const of = question({ filters: [byCampaign] });
        return [seen(await adapter.report(ask, by)), seen(await adapter.report(ask, of))];
      },
      line: [
        campaignsOf(DAYS, [
          { id: 1, name: 'A', ts_id: '21', ts_name: 'P', clicks: 1 },
          { id: 2, name: 'B', ts_id: 21, ts_name: 'P', clicks: 2 },
          { id: 3, name: 'C', ts_id: '22', ts_name: 'Q', clicks: 40 },
        ]),
        campaignsOf(DAYS, [
          { id: 6, name: 'A', clicks: 1 },
          { id: 7, name: 'B', clicks: 2 },
        ]),
      ],
      gives: [[{ values: [['21', 'P']], clicks: 3 }], [{ values: [], clicks: 2 }]],
    },
    {
      title: 'two levels: a tree in order, parents left out',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(
            ask,
            question({ groupBy: ['campaign', 'day', 'hour'], filters: [byCampaign] }),
          ),
        ),
      line: [
        statsOf(
          [31, 26],
          [
            { level: '1', name: '2026-08-01', clicks: '3' },
            { level: '2', name: '10', clicks: '1', cost: '0.50', roi: '-50 %' },
            { level: '2', name: '11', clicks: '2', cost: '-' },
            { level: '1', name: '2026-08-02', clicks: '4' },
            { level: '2', name: '10', clicks: '4' },
          ],
        ),
      ],
      gives: [
        { values: ['7', '2026-08-01', '10'], clicks: 1, cost: 0.5 },
        { values: ['7', '2026-08-01', '11'], clicks: 2 },
        { values: ['7', '2026-08-02', '10'], clicks: 4 },
      ],
    },
    {
      title: 'three levels; equal names under two parents are two rows; all spellings of columns',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(
            ask,
            question({ groupBy: ['country', 'os', 'token2'], filters: [byCampaign] }),
          ),
        ),
      line: [
        statsOf(
          [19, 17, 282],
          [
            { level: 1, name: 'ES', clicks: 6 },
            { level: 2, name: 'iOS', clicks: 3 },
            { level: 3, name: 'z1', clicks: 3, lp_views: '2', lp_clicks: '1', spend: '1' },
            { level: 2, name: 'Android', clicks: 3 },
            { level: 3, name: 'z1', clicks: 3, lander_views: 2, lander_clicks: 1, cost: '2' },
            { level: 1, name: 'FR', clicks: 1 },
            { level: 2, name: 'iOS', clicks: 1 },
            {
              level: 3,
              name: '',
              clicks: 1,
              landing_clicks: 2,
              offer_clicks: 1,
              rev: 5,
              profit: 2,
            },
          ],
        ),
      ],
      gives: [
        { values: ['ES', 'iOS', 'z1'], clicks: 3, landerViews: 2, landerClicks: 1, cost: 1 },
        { values: ['ES', 'Android', 'z1'], clicks: 3, landerViews: 2, landerClicks: 1, cost: 2 },
        {
          values: ['FR', 'iOS', ''],
          clicks: 1,
          landerViews: 2,
          landerClicks: 1,
          cost: 3,
          revenue: 5,
        },
      ],
    },
    {
      title: 'a filter by a value stands above what is grouped by',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(
            ask,
            question({
              groupBy: ['os'],
              filters: [byCampaign, { dimension: 'token1', value: 'b' }],
            }),
          ),
        ),
      line: [
        statsOf(
          [27, 17],
          [
            { level: 1, name: 'a', clicks: 3 },
            { level: 2, name: 'iOS', clicks: 3 },
            { level: 1, name: 'b', clicks: 4 },
            { level: 2, name: 'iOS', clicks: 4 },
          ],
        ),
      ],
      gives: [{ values: ['iOS'], clicks: 4 }],
    },
    {
      title:
        'another zone than the tracker’s is not answered in: the report says whose days it has',
      run: async (adapter, ask) =>
        (await adapter.report(ask, { ...question(), range: { ...RANGE, zone: 'UTC' } })).zone,
      line: [campaignsOf(DAYS, [])],
      connection: { zone: 'Asia/Dubai' },
      gives: 'Asia/Dubai',
    },
    {
      title: 'the total of nothing is zero',
      run: async (adapter, ask) => seen(await adapter.report(ask, question())),
      line: [campaignsOf(DAYS, [])],
      gives: [
        {
          values: [],
          clicks: 0,
          landerViews: 0,
          landerClicks: 0,
          conversions: 0,
          cost: 0,
          revenue: 0,
        },
      ],
    },
    ...(
      [
        ['a figure that is none', [{ level: 1, name: 'a', clicks: 'many' }], '0.clicks'],
        ['a level without its parent', [{ level: 2, name: 'a' }], '0.level'],
        ['an hour that is none', [{ level: 1, name: 'noon' }], '0.name'],
      ] as const
    ).map(
      ([title, say, field]): Case => ({
        title: `${title} is a wrong shape`,
        run: (adapter, ask) =>
          adapter.report(
            ask,
            question({
              groupBy: field === '0.level' ? ['hour', 'os'] : ['hour'],
              filters: [byCampaign],
            }),
          ),
        line: [statsOf(field === '0.level' ? [26, 17] : [26], say)],
        fails: { kind: 'shape', field, call: 'report' },
      }),
    ),
    ...(
      [
        ['hours of all campaigns', { groupBy: ['hour'] }, 'binom_one_campaign'],
        [
          'four groupings',
          { groupBy: ['day', 'hour', 'os', 'isp'], filters: [byCampaign] },
          'binom_three_levels',
        ],
        ['cities', { groupBy: ['city'], filters: [byCampaign] }, 'binom_dimension'],
        ['an eleventh token', { groupBy: ['token11'], filters: [byCampaign] }, 'binom_dimension'],
      ] as const
    ).map(
      ([title, asked, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, ask) => adapter.report(ask, question(asked)),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
  ]);
});

describe('saved filters', () => {
  const at = { campaignId: '7', slot: 2, range: RANGE, filter: '5' };
  playAll(binom, PASTED, [
    {
      title: 'fid=N: the report with the filter is the blacklist',
      run: async (adapter, ask) => [...((await adapter.marks?.(ask, at)) ?? [])],
      line: [
        statsOf(
          [282],
          [
            { level: '1', name: 'z1', clicks: '1 000' },
            { level: '1', name: 991 },
            { level: '1', name: '' },
          ],
          '&fid=5',
        ),
      ],
      gives: [
        ['z1', 'blacklist'],
        ['991', 'blacklist'],
      ],
    },
    ...[null, '', 'abc', '1&page=x'].map(
      (filter): Case => ({
        title: `filter ${JSON.stringify(filter)} is refused`,
        run: (adapter, ask) => adapter.marks?.(ask, { ...at, filter }),
        line: [],
        fails: { kind: 'input', text: 'binom_filter_number' },
      }),
    ),
  ]);
});

describe('costs', () => {
  const RANGE_3 = { ...RANGE, zone: 'Etc/GMT-3' };
  const update = (tail: string, type = 1, zone = 3): string =>
    `${SCRIPT}?page=save_update_costs&camp_id=7&type=${type}&order_type=${type}&${DAYS}&timezone=${zone}&${tail}`;
  const sets = (
    title: string,
    order: Parameters<typeof costOrder>[0],
    ask: string,
    say: unknown = { check_status: 'true' },
  ): Case => ({
    title,
    run: (adapter, to) =>
      adapter.setCost?.(to, costOrder({ currency: 'USD', range: RANGE_3, ...order })),
    line: [{ ask, say }],
    gives: undefined,
  });
  const fails = (
    title: string,
    order: Parameters<typeof costOrder>[0],
    line: readonly Exchange[],
    problem: NonNullable<Case['fails']>,
  ): Case => ({
    title,
    run: (adapter, to) =>
      adapter.setCost?.(to, costOrder({ currency: 'USD', range: RANGE_3, ...order })),
    line,
    fails: problem,
  });
  playAll(binom, PASTED, [
    sets('a total, in both spellings of the type', {}, update('cost=19.22&value=19.22')),
    sets('a boolean true', { amount: 0 }, update('cost=0&value=0'), { check_status: true }),
    sets('a CPC', { mode: 'cpc', amount: 5e-7 }, update('cpc=0.0000005&value=0.0000005', 2)),
    sets(
      'of one token value, with what an address has to encode',
      { token: { slot: 2, value: 'a&b=c #1' } },
      update('cost=19.22&value=19.22&token_number=2&token_value=a&b=c #1'),
    ),
    sets(
      'in a zone behind UTC',
      { range: { ...RANGE, zone: 'America/Sao_Paulo' } },
      update('cost=19.22&value=19.22', 1, -3),
    ),
    sets(
      'in summer time',
      { range: { ...RANGE, zone: 'Europe/Madrid' } },
      update('cost=19.22&value=19.22', 1, 2),
    ),
    ...(
      [
        ['half hours', { range: { ...RANGE, zone: 'Asia/Kolkata' } }, 'binom_cost_zone'],
        ['beyond +12', { range: { ...RANGE, zone: 'Pacific/Kiritimati' } }, 'binom_cost_zone'],
        [
          'clocks that change',
          { range: { from: '2026-10-24', to: '2026-10-25', zone: 'Europe/Madrid' } },
          'binom_cost_dst',
        ],
        ['unique clicks only', { uniqueOnly: true }, 'binom_cost_unique'],
        ['an eleventh token', { token: { slot: 11, value: 'a' } }, 'binom_cost_token'],
      ] as const
    ).map(([title, order, text]) =>
      fails(`${title}: refused before anything is sent`, order, [], { kind: 'unsupported', text }),
    ),
    fails(
      'check_status of something else',
      {},
      [{ ask: update('cost=19.22&value=19.22'), say: { check_status: 'no clicks' } }],
      {
        kind: 'conflict',
        text: 'binom_refused',
        values: ['no clicks'],
      },
    ),
    fails(
      'an error with 200',
      {},
      [{ ask: update('cost=19.22&value=19.22'), say: { error: 'Wrong date' } }],
      {
        kind: 'conflict',
        text: 'binom_refused',
        values: ['Wrong date'],
      },
    ),
    fails(
      'nothing of the kind: it may have been applied',
      {},
      [{ ask: update('cost=19.22&value=19.22'), say: [] }],
      {
        kind: 'shape',
        maybeApplied: true,
      },
    ),
  ]);
});

const REFUSALS: readonly Refusal[] = [
  [
    'a wrong key with 200',
    { say: { error: 'Wrong api_key' } },
    { kind: 'auth', text: 'binom_key' },
  ],
  [
    'a wrong key in other words',
    { say: { error: 'Wrong key' } },
    { kind: 'auth', text: 'binom_key' },
  ],
  [
    'an error by status and message',
    { say: { status: 'error', message: 'No such campaign' } },
    { kind: 'conflict', values: ['No such campaign'] },
  ],
  [
    'the sign-in with 200',
    { text: SIGN_IN },
    { kind: 'auth', text: 'binom_login_page', maybeApplied: true },
  ],
  [
    'another page with 200',
    { text: PAGE },
    { kind: 'shape', text: 'problem_html', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { say: { error: `No ${KEY}` } },
    { kind: 'conflict', values: ['No •••'] },
  ],
  ['an error that is no text', { say: { error: ['x'] } }, { kind: 'conflict', values: ['["x"]'] }],
  ['401', { status: 401, say: { error: 'x' } }, { kind: 'auth', text: 'binom_key', status: 401 }],
  ['402', { status: 402, text: 'Pay' }, { kind: 'unsupported', status: 402 }],
  ['403', { status: 403, text: 'No' }, { kind: 'permission', status: 403 }],
  ['403 with an error', { status: 403, say: { error: 'No access' } }, { kind: 'permission' }],
  ...[400, 404, 406, 418, 422].map(
    (status): Refusal => [
      `${status} with an error`,
      { status, say: { error: 'Nothing here' } },
      { kind: 'conflict', text: 'binom_refused', status },
    ],
  ),
  [
    '429 with an error',
    { status: 429, headers: { 'Retry-After': '3' }, say: { error: 'slow down' } },
    { kind: 'rate', retryAfterMs: 3000 },
  ],
  [
    '500 with an error',
    { status: 500, say: { error: 'MySQL' } },
    { kind: 'network', status: 500, said: 'MySQL', maybeApplied: true },
  ],
  [
    '502 with an error',
    { status: 502, say: { error: 'x' } },
    { kind: 'network', status: 502, maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: PAGE },
    { kind: 'shape', text: 'problem_html', status: 502, maybeApplied: true },
  ],
  ['504', { status: 504 }, { kind: 'timeout', status: 504, maybeApplied: true }],
  [
    'a redirect to the sign-in',
    { status: 302, headers: { Location: '/' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  ['an empty answer', {}, { kind: 'shape', text: 'problem_empty', maybeApplied: true }],
];

describe('refusals', () => {
  playRefusals(binom, PASTED, REFUSALS, {
    read: (ask: Ask) => binom.campaigns(ask),
    write: (ask: Ask) => binom.setCost?.(ask, costOrder({ currency: 'USD' })),
  });
});
