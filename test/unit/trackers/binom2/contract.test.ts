import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../lib/report/question.ts';
import type { Ask, Mark } from '../../../../lib/trackers/adapter.ts';
import { binom2 } from '../../../../lib/trackers/binom2/adapter.ts';
import {
  type Case,
  contractAsk,
  costOrder,
  dimensionsOf,
  type Exchange,
  KEY,
  known,
  logQuestion,
  NOW,
  playAll,
  playRefusals,
  question,
  RANGE,
  type Refusal,
  responseOf,
  seen,
} from '../contract.ts';

const PASTED = 'https://t.example/sub/panel/campaigns';
const API = '/sub/public/api/v1';
const PAGE = 'limit=1000&offset=0';
const DAYS =
  'datePreset=custom_time&dateFrom=2026-08-01 00:00:00&dateTo=2026-08-02 23:59:59&timezone=Europe/Madrid';
const TODAY =
  'datePreset=custom_time&dateFrom=2026-08-02 00:00:00&dateTo=2026-08-02 23:59:59&timezone=Europe/Madrid';
const SORT = 'sortColumn=clicks&sortType=desc';

/** An element of `/info/campaign`: the id a number, clicks a text. */
const INFO = {
  id: 7,
  name: 'Summer <b>',
  is_deleted: false,
  current_cpc: '0.03',
  group_name: 'Main',
  mean_time_to_convert: 120,
  clicks_last_hour: 3,
  clicks: '12480',
  link: 'https://t.example/abc',
  is_noted: false,
};
const DELETED = { id: 9, name: 'Deleted', is_deleted: 1, clicks: '1' };
const totals = (total_count: unknown) => ({ id: 'totals', clicks: '12481', total_count });
/** An element of `/stats/campaign`: every number a text with many digits, and the owner's own columns. */
const STAT = {
  id: '7',
  name: 'Summer <b>',
  group_name: 'Main',
  traffic_source: 'PropellerAds',
  clicks: '12480',
  unique_clicks: '11000',
  lander_views: '12000',
  lander_clicks: '3000',
  lander_ctr: '25.00000000000000',
  leads: '212',
  cr: '1.69871794871795',
  bots: '17',
  epc: '0.05248397435897',
  cpc: '0.07209935897436',
  revenue: '655.00000000000000',
  cost: '899.80000000000000',
  profit: '-244.80000000000000',
  roi: '-27.20604578795288',
  'Trials::4adcb8e3-11aa': '5',
};

const info = (what: string, say: unknown): Exchange => ({
  ask: `GET ${API}/info/${what}?${TODAY}&${PAGE}`,
  say,
});
const stats = (days: string, say: unknown): Exchange => ({
  ask: `GET ${API}/stats/campaign?${days}&${SORT}&${PAGE}`,
  say,
});
const sourceList = (say: unknown): Exchange => ({
  ask: `GET ${API}/traffic_source/list/filtered`,
  say,
});
const source = (id: number, say: unknown): Exchange => ({
  ask: `GET ${API}/traffic_source/${id}`,
  say,
});
const role = (answer: Omit<Exchange, 'ask'>): Exchange => ({
  ask: `GET ${API}/user/role`,
  ...answer,
});
const SOURCES = [{ id: 21, name: 'PropellerAds', groupId: 1, accessLevel: 'full' }];

describe('check, lists', () => {
  const facts = { account: null, version: 'v2', zone: null, currency: null };
  playAll(binom2, PASTED, [
    {
      title: 'check: the role, and the campaigns without their total',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        role({ say: { id: 2, role: 'admin' } }),
        info('campaign', [INFO, DELETED, totals('2')]),
      ],
      gives: { ...facts, campaigns: 1, role: 'admin', mayWrite: true },
    },
    {
      title: 'check: what another role may do is not told',
      run: (adapter, ask) => adapter.check(ask),
      line: [role({ say: { id: 3, role: 'user' } }), info('campaign', [totals(0)])],
      gives: { ...facts, campaigns: 0, role: 'user', mayWrite: null },
    },
    {
      title: 'check: something else answers here',
      run: (adapter, ask) => adapter.check(ask),
      line: [role({ status: 404, say: { message: 'No route' } })],
      fails: { kind: 'conflict', status: 404 },
    },
    {
      title: 'campaigns: sources come from their figures, ids of sources from the list',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [
        info('campaign', [
          INFO,
          { ...INFO, id: 8, name: 'Other', traffic_source: 'Direct' },
          { ...INFO, id: 10, name: 'Bare', is_deleted: '0' },
          DELETED,
          totals(4),
        ]),
        stats(TODAY, [STAT, totals(1)]),
        sourceList(SOURCES),
      ],
      gives: [
        { id: '7', name: 'Summer <b>', active: true, source: { id: '21', name: 'PropellerAds' } },
        { id: '8', name: 'Other', active: true, source: { id: 'Direct', name: 'Direct' } },
        { id: '10', name: 'Bare', active: true, source: null },
      ],
    },
    {
      title: 'sources: each is asked for its tokens, whose fields differ by version',
      run: (adapter, ask) => adapter.sources(ask),
      line: [
        sourceList({ data: [...SOURCES, { id: '22', name: 'Bare' }] }),
        source(21, {
          id: 21,
          tokens: [
            { name: 'campaignid', value: '{campaignid}' },
            null,
            { title: 'zone', placeholder: '{zoneid}' },
            { name: '', value: '' },
            { value: '{cost}' },
          ],
        }),
        source(22, { id: 22, tokens: null }),
      ],
      gives: [
        {
          id: '21',
          name: 'PropellerAds',
          tokens: [
            { slot: 1, name: 'campaignid', macro: '{campaignid}', role: 'campaign' },
            { slot: 3, name: 'zone', macro: '{zoneid}', role: 'placement' },
            { slot: 5, name: 'Token 5', parameter: null, macro: '{cost}', role: null },
          ],
        },
        { id: '22', name: 'Bare', tokens: [] },
      ],
    },
    {
      title: 'offers',
      run: (adapter, ask) => adapter.offers?.(ask),
      line: [
        info('offer', {
          data: [
            { id: 3, name: 'A', is_deleted: false, payout: '12.50', affiliate_network: 'Net' },
            { id: 4, name: 'B', is_deleted: 0, payout: '0' },
            { id: 5, name: 'Gone', is_deleted: true },
            totals(3),
          ],
        }),
      ],
      gives: [
        {
          id: '3',
          name: 'A',
          active: true,
          payout: { amount: 12.5, currency: 'USD' },
          network: 'Net',
        },
        { id: '4', name: 'B', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'landers',
      run: (adapter, ask) => adapter.landers?.(ask),
      line: [info('landing', [{ id: 11, name: 'Quiz' }, DELETED, totals(2)])],
      gives: [{ id: '11', name: 'Quiz', active: true }],
    },
  ]);

  test('names of parameters and values are encoded, the key is in its header', async () => {
    const { ask, urls } = contractAsk(binom2, PASTED, () => responseOf({ say: [] }));
    await binom2.report(
      ask,
      question({ groupBy: ['country'], filters: [{ dimension: 'campaign', value: '7' }] }),
    );
    expect(urls[0]).toBe(
      'https://t.example/sub/public/api/v1/report/campaign?ids%5B%5D=7&datePreset=custom_time' +
        '&dateFrom=2026-08-01+00%3A00%3A00&dateTo=2026-08-02+23%3A59%3A59&timezone=Europe%2FMadrid' +
        '&groupings%5B%5D=geoCountry&sortColumn=clicks&sortType=desc&limit=1000&offset=0',
    );
  });
});

const report = (groupings: readonly string[], say: unknown): Exchange => ({
  ask: `GET ${API}/report/campaign?ids[]=7&${DAYS}&${groupings.map((each) => `groupings[]=${each}&`).join('')}${SORT}&${PAGE}`,
  say,
});
const groupings = (say: unknown): Exchange => ({
  ask: `GET ${API}/report/campaign/groupings?ids[]=7&${DAYS}`,
  say,
});
/** A campaign's groupings; tokens by the names that the source gives them. */
const GROUPINGS = {
  groupings: [
    'offer',
    'landing',
    { value: 'geoCountry', label: 'Country' },
    { value: 'geoRegion', label: 'Region' },
    { value: 'geoCity', label: 'City' },
    { value: 'deviceType', label: 'Device type' },
    { key: 'osName', title: 'OS' },
    { key: 'browserName', title: 'Browser' },
    { value: 'lang', label: 'Language' },
    { value: 'ispCarrier', label: 'ISP / Carrier' },
    { group: 'Network', items: [{ value: 'connectionType', label: 'Connection type' }] },
    { value: 'date', label: 'Days' },
    { value: 'hourOfDay', label: 'Hour of day' },
    { value: 'weekDay', label: 'Day of week' },
    ...Array.from({ length: 10 }, (_, index) => ({
      value: `tk${index}`,
      label: `My name ${index}`,
    })),
  ],
};
const byCampaign = { dimension: 'campaign', value: '7' } as const;
const GROUPS: ReadonlyArray<
  readonly [Dimension, grouping: string, row: { name: string; entity_id?: string }, value: unknown]
> = [
  ['offer', 'offer', { name: 'My offer', entity_id: '3' }, ['3', 'My offer']],
  ['country', 'geoCountry', { name: 'Spain' }, 'Spain'],
  ['lander', 'landing', { name: 'Quiz', entity_id: '11' }, ['11', 'Quiz']],
  ['region', 'geoRegion', { name: 'Madrid' }, 'Madrid'],
  ['city', 'geoCity', { name: 'Madrid' }, 'Madrid'],
  ['deviceType', 'deviceType', { name: 'Phone' }, 'Phone'],
  ['os', 'osName', { name: 'iOS' }, 'iOS'],
  ['browser', 'browserName', { name: 'Safari' }, 'Safari'],
  ['language', 'lang', { name: 'es' }, 'es'],
  ['isp', 'ispCarrier', { name: 'Orange &amp; Co' }, 'Orange &amp; Co'],
  ['connectionType', 'connectionType', { name: 'WiFi' }, 'WiFi'],
  ['day', 'date', { name: '2026-08-01' }, '2026-08-01'],
  ['hour', 'hourOfDay', { name: '07:00 - 08:00' }, '7'],
  ['weekday', 'weekDay', { name: 'Monday' }, 'Monday'],
];
const TOKENS = Array.from({ length: 10 }, (_, index) => index + 1);

describe('reports', () => {
  test('the table below has every dimension there is', () => {
    const said: Dimension[] = [
      'campaign',
      'source',
      ...GROUPS.map(([dimension]) => dimension),
      ...TOKENS.map((slot): Dimension => `token${slot}`),
    ];
    expect(new Set(said)).toEqual(new Set(dimensionsOf(binom2)));
  });

  playAll(
    binom2,
    PASTED,
    GROUPS.map(([dimension, grouping, row, value]): Case => {
      const isKnown = dimension === 'offer' || dimension === 'country';
      return {
        title: `a campaign by ${dimension}, and one value of it: the grouping is read once`,
        async run(adapter, ask) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = question({ groupBy: [dimension], filters: [byCampaign] });
          const of = question({ filters: [byCampaign, { dimension, value: id }] });
          return [seen(await adapter.report(ask, by)), seen(await adapter.report(ask, of))];
        },
        line: [
          ...(isKnown ? [] : [groupings(GROUPINGS)]),
          report([grouping], { report: [{ ...row, level: '1', clicks: '1234' }] }),
          report([grouping], {
            report: [
              { ...row, level: '1', clicks: '3' },
              { name: dimension === 'day' ? '2026-08-02' : '23', level: '1', clicks: '40' },
            ],
          }),
        ],
        gives: [[{ values: [value], clicks: 1234 }], [{ values: [], clicks: 3 }]],
      };
    }),
  );
  playAll(
    binom2,
    PASTED,
    TOKENS.map(
      (slot): Case => ({
        title: `a campaign by token ${slot}, by the name that its source gives it`,
        run: async (adapter, ask) =>
          seen(
            await adapter.report(
              ask,
              question({ groupBy: [`token${slot}`], filters: [byCampaign] }),
            ),
          ),
        line: [
          groupings(GROUPINGS),
          stats(DAYS, [STAT, totals(1)]),
          sourceList(SOURCES),
          source(21, { tokens: TOKENS.map((_, index) => ({ name: `my name ${index}` })) }),
          report([`tk${slot - 1}`], [{ level: '1', name: 991, clicks: '5' }]),
        ],
        gives: [{ values: ['991'], clicks: 5 }],
      }),
    ),
  );

  playAll(binom2, PASTED, [
    {
      title: 'all campaigns: figures with many digits, the total left out, ROI not taken over',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['campaign'] })),
      line: [stats(DAYS, [STAT, { id: 8, name: 'Quiet', clicks: null, cost: '-' }, totals('2')])],
      gives: {
        rows: [
          {
            values: [{ id: '7', name: 'Summer <b>' }],
            metrics: known({
              clicks: 12_480,
              uniqueClicks: 11_000,
              bots: 17,
              landerViews: 12_000,
              landerClicks: 3000,
              conversions: 212,
              cost: 899.8,
              revenue: 655,
            }),
          },
          { values: [{ id: '8', name: 'Quiet' }], metrics: known({}) },
        ],
        zone: 'Europe/Madrid',
        currency: 'USD',
        basis: 'visit',
        fetchedAt: NOW,
        complete: true,
      },
    },
    {
      title: 'by source: ids from the list, campaigns of one source are summed',
      run: async (adapter, ask) =>
        seen(await adapter.report(ask, question({ groupBy: ['source'] }))),
      line: [
        stats(DAYS, [STAT, { ...STAT, id: '8', clicks: '20' }, totals(2)]),
        sourceList(SOURCES),
      ],
      gives: [expect.objectContaining({ values: [['21', 'PropellerAds']], clicks: 12_500 })],
    },
    ...(
      [
        ['the total of one campaign', [STAT, { ...STAT, id: '8' }, totals(2)], 12_480],
        ['the total of nothing', [], 0],
      ] as const
    ).map(
      ([title, say, clicks]): Case => ({
        title,
        run: async (adapter, ask) =>
          seen(await adapter.report(ask, question({ filters: [byCampaign] }))),
        line: [stats(DAYS, say)],
        gives: [expect.objectContaining({ values: [], clicks })],
      }),
    ),
    {
      title: 'one day of all campaigns by hour comes from the trends',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(ask, {
            range: { ...RANGE, from: '2026-08-02' },
            groupBy: ['hour'],
            filters: [],
          }),
        ),
      line: [
        {
          ask: `GET ${API}/trends?${TODAY}`,
          say: {
            stats: [
              { date: '00:00 - 01:00', clicks: '3340477', cost: '1.5e-7', key: 0 },
              { date: '23:00 - 24:00', clicks: '0', key: 23 },
            ],
          },
        },
      ],
      gives: [
        { values: ['0'], clicks: 3_340_477, cost: 1.5e-7 },
        { values: ['23'], clicks: 0 },
      ],
    },
    ...(
      [
        ['under report', (rows: readonly object[]) => ({ report: rows })],
        ['under data', (rows: readonly object[]) => ({ data: rows })],
        ['bare', (rows: readonly object[]) => rows],
        [
          'beside an empty list of errors',
          (rows: readonly object[]) => ({ report: rows, errors: [] }),
        ],
      ] as const
    ).map(
      ([title, wrapped]): Case => ({
        title: `two levels ${title}: a tree in order with levels as text`,
        run: async (adapter, ask) =>
          seen(
            await adapter.report(
              ask,
              question({ groupBy: ['campaign', 'offer', 'country'], filters: [byCampaign] }),
            ),
          ),
        line: [
          report(
            ['offer', 'geoCountry'],
            wrapped([
              { level: '1', name: 'A', entity_id: '3', clicks: '3' },
              {
                level: '2',
                name: 'ES',
                clicks: '1',
                unique_clicks: '1',
                unique_campaign_clicks: '1',
              },
              { level: '2', name: 'FR', clicks: '2', leads: '1', revenue: '5.00000000000000' },
              { level: '1', name: 'B', entity_id: '4', clicks: '4' },
              { level: '2', name: 'ES', clicks: '4', cost: '0.0000' },
            ]),
          ),
        ],
        gives: [
          { values: ['7', ['3', 'A'], 'ES'], clicks: 1, uniqueClicks: 1 },
          { values: ['7', ['3', 'A'], 'FR'], clicks: 2, conversions: 1, revenue: 5 },
          { values: ['7', ['4', 'B'], 'ES'], clicks: 4, cost: 0 },
        ],
      }),
    ),
    {
      title: 'three levels, a filter above what is grouped by',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(
            ask,
            question({
              groupBy: ['country', 'day'],
              filters: [byCampaign, { dimension: 'offer', value: '3' }],
            }),
          ),
        ),
      line: [
        groupings(GROUPINGS),
        report(['offer', 'geoCountry', 'date'], {
          report: [
            { level: '1', name: 'A', entity_id: '3' },
            { level: '2', name: 'ES' },
            { level: '3', name: '2026-08-01', clicks: '1' },
            { level: '1', name: 'B', entity_id: '4' },
            { level: '2', name: 'ES' },
            { level: '3', name: '2026-08-01', clicks: '40' },
          ],
        }),
      ],
      gives: [{ values: ['ES', '2026-08-01'], clicks: 1 }],
    },
    {
      title: 'null is an empty report',
      run: async (adapter, ask) =>
        seen(await adapter.report(ask, question({ groupBy: ['offer'], filters: [byCampaign] }))),
      line: [report(['offer'], { report: null })],
      gives: [],
    },
    ...(
      [
        [{ key: 'zone', title: 'Zone id' }, 'zone'],
        [{ value: 'token_1', title: 'Zone id', alias: 'zone' }, 'token_1'],
        [{ name: 'zone', value: 'token_1' }, 'token_1'],
        ['zone', 'zone'],
      ] as const
    ).map(
      ([entry, grouping]): Case => ({
        title: `a token is found by any of its names: ${JSON.stringify(entry)}`,
        run: async (adapter, ask) =>
          seen(await adapter.report(ask, question({ groupBy: ['token1'], filters: [byCampaign] }))),
        line: [
          groupings([{ value: 'offer', label: 'Offer' }, entry]),
          // Its number is name enough.
          ...(grouping === 'token_1'
            ? []
            : [
                stats(DAYS, [STAT, totals(1)]),
                sourceList(SOURCES),
                source(21, { tokens: [{ name: 'zone' }] }),
              ]),
          report([grouping], [{ level: '1', name: 991, clicks: '5' }]),
        ],
        gives: [{ values: ['991'], clicks: 5 }],
      }),
    ),
    {
      title: 'a total at the end of a campaign’s report is no row of it',
      run: async (adapter, ask) =>
        seen(await adapter.report(ask, question({ groupBy: ['offer'], filters: [byCampaign] }))),
      line: [
        report(['offer'], {
          report: [
            { level: '1', name: 'My offer', entity_id: '3', clicks: '5' },
            { id: 'totals', level: '1', name: '', clicks: '5' },
          ],
        }),
      ],
      gives: [{ values: [['3', 'My offer']], clicks: 5 }],
    },
    {
      title: 'all campaigns by source, for a key that may not read the sources',
      run: async (adapter, ask) =>
        (await adapter.report(ask, question({ groupBy: ['source'] }))).rows.map(
          ({ values }) => values,
        ),
      line: [
        stats(DAYS, [STAT, totals(1)]),
        {
          ask: `GET ${API}/traffic_source/list/filtered`,
          status: 403,
          say: { error: 'Access denied' },
        },
      ],
      gives: [[{ id: 'PropellerAds', name: 'PropellerAds' }]],
    },
    {
      title: 'a grouping that the campaign’s list lacks is refused',
      run: (adapter, ask) =>
        adapter.report(ask, question({ groupBy: ['city'], filters: [byCampaign] })),
      line: [groupings([{ value: 'offer', label: 'Offer' }])],
      fails: { kind: 'unsupported', text: 'binom_dimension', values: ['city'] },
    },
    ...(
      [
        ['offers of all campaigns', { groupBy: ['offer'] }, 'binom_one_campaign'],
        ['hours of two days', { groupBy: ['hour'] }, 'binom_one_campaign'],
        [
          'four groupings',
          { groupBy: ['offer', 'country', 'day', 'hour'], filters: [byCampaign] },
          'binom_three_levels',
        ],
      ] as const
    ).map(
      ([title, asked, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, ask) => adapter.report(ask, question(asked)),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
    {
      title: 'a figure that is none is a wrong shape, named by its row',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['campaign'] })),
      line: [stats(DAYS, [STAT, { id: 8, clicks: 'many' }])],
      fails: { kind: 'shape', field: '1.clicks', tracker: 'Binom v2', call: 'report' },
    },
  ]);

  const campaigns = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ id: from + row, name: 'x', clicks: '1' }));

  test('pages of a list: the total counts them and is no element of its own', async () => {
    const { ask, sent } = contractAsk(binom2, PASTED, (_, call) =>
      responseOf({
        say: [...campaigns((call - 1) * 1000, call === 3 ? 1 : 1000), totals('2001')],
      }),
    );
    const { rows, complete } = await binom2.report(ask, question({ groupBy: ['campaign'] }));
    expect([rows.length, complete]).toEqual([2001, true]);
    expect(sent.map(({ ask: line }) => line)).toEqual(
      [0, 1000, 2000].map(
        (offset) => `GET ${API}/stats/campaign?${DAYS}&${SORT}&limit=1000&offset=${offset}`,
      ),
    );
  });

  const tree = (tops: number, from: number) =>
    Array.from({ length: tops }, (_, top) => [
      { level: '1', name: `o${from + top}` },
      { level: '2', name: 'ES', clicks: '1' },
      { level: '2', name: 'FR', clicks: '1' },
    ]).flat();
  const ofTree = question({ groupBy: ['offer', 'country'], filters: [byCampaign] });

  test('pages of a tree that cut through a branch: the parent is on the page before', async () => {
    const all = tree(500, 0);
    const { ask } = contractAsk(binom2, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: { report: all.slice(offset, offset + 1000) } });
    });
    const { rows, complete } = await binom2.report(ask, ofTree);
    expect([rows.length, complete]).toEqual([1000, true]);
    expect(rows[667]?.values.map(({ id }) => id)).toEqual(['o333', 'FR']);
  });

  test('pages of a tree that count its first level', async () => {
    const { ask, sent } = contractAsk(binom2, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: { report: tree(offset === 0 ? 1000 : 5, offset) } });
    });
    const { rows, complete } = await binom2.report(ask, ofTree);
    expect([rows.length, complete, sent.length]).toEqual([2010, true, 2]);
    expect(sent[1]?.ask).toContain('offset=1000');
  });

  test('a limit on a later page keeps what was read, as incomplete', async () => {
    const { ask } = contractAsk(binom2, PASTED, (_, call) =>
      responseOf(call === 1 ? { say: campaigns(0, 1000) } : { status: 418, say: {} }),
    );
    const { rows, complete } = await binom2.report(ask, question({ groupBy: ['campaign'] }));
    expect([rows.length, complete]).toEqual([1000, false]);
  });
});

describe('conversions', () => {
  const LOG = `GET ${API}/conversions/log?${DAYS}&${PAGE}`;
  const ROW = {
    id: 'clk1',
    campaign: 'Summer <b>',
    traffic_source: 'PropellerAds',
    clicked_at: '2026-08-01 10:00:00',
    conversed_at: '2026-08-01 11:30:00',
    time_since_click: '01:30:00',
    payout: '12.50000000',
    status: 'Approved',
    offer: 'My offer',
    geo: 'ES',
  };
  const entry = {
    id: 'clk1',
    clickId: 'clk1',
    campaign: { id: 'Summer <b>', name: 'Summer <b>' },
    offer: { id: 'My offer', name: 'My offer' },
    status: 'sale',
    statusText: 'Approved',
    payout: 12.5,
    currency: 'USD',
    clickedAt: Date.parse('2026-08-01T10:00:00+02:00'),
    convertedAt: Date.parse('2026-08-01T11:30:00+02:00'),
    externalId: null,
    tokens: {},
  };
  const log = (entries: unknown) => ({
    entries,
    zone: 'Europe/Madrid',
    fetchedAt: NOW,
    complete: true,
  });
  playAll(binom2, PASTED, [
    {
      title: 'the log: its id is the click’s; a click may convert twice',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [
        {
          ask: LOG,
          say: {
            data: [
              ROW,
              { ...ROW, conversed_at: 1_785_600_000, status: 'upsell', payout: null, offer: '' },
              { ...ROW, id: 'clk2', campaign_id: 8, status: '', clicked_at: null },
            ],
          },
        },
      ],
      gives: log([
        entry,
        {
          ...entry,
          offer: null,
          status: null,
          statusText: 'upsell',
          payout: null,
          convertedAt: 1_785_600_000_000,
        },
        {
          ...entry,
          id: 'clk2',
          clickId: 'clk2',
          campaign: { id: '8', name: 'Summer <b>' },
          status: null,
          statusText: '',
          clickedAt: null,
        },
      ]),
    },
    {
      title: 'of one campaign and click: picked here, by id or else by name',
      run: (adapter, ask) =>
        adapter.conversions?.(ask, logQuestion({ campaignId: '7', clickId: 'clk1' })),
      line: [
        {
          ask: LOG,
          say: [
            ROW,
            { ...ROW, campaign: 'Other' },
            { ...ROW, campaign_id: '8' },
            { ...ROW, id: 'x' },
          ],
        },
        info('campaign', [INFO, totals(1)]),
        stats(TODAY, [STAT, totals(1)]),
        sourceList(SOURCES),
      ],
      gives: log([{ ...entry, campaign: { id: '7', name: 'Summer <b>' } }]),
    },
    {
      title: 'what is no moment is a wrong shape',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [{ ask: LOG, say: [{ ...ROW, clicked_at: 'soon' }] }],
      fails: { kind: 'shape', field: 'clicked_at', call: 'conversions', tracker: 'Binom v2' },
    },
  ]);
});

describe('costs', () => {
  const UPDATE = `PUT ${API}/clicks/campaign/7`;
  const body = (change: object = {}) => ({
    datePreset: 'custom_time',
    dateFrom: '2026-08-01 00:00:00',
    dateTo: '2026-08-02 23:59:59',
    timezone: 'Europe/Madrid',
    cost: 19.22,
    model: 'COSTS',
    currency: 'eur',
    ...change,
  });
  const sets = (
    title: string,
    order: Parameters<typeof costOrder>[0],
    change: object,
    answer: Omit<Exchange, 'ask'> = {},
  ): Case => ({
    title,
    run: (adapter, ask) => adapter.setCost?.(ask, costOrder(order)),
    line: [{ ask: UPDATE, body: body(change), ...answer }],
    gives: undefined,
  });
  playAll(binom2, PASTED, [
    sets('a total, answered with 200 and no body', {}, {}),
    sets(
      'a CPC, answered with 204',
      { mode: 'cpc', amount: 0.05 },
      { model: 'CPC', cost: 0.05 },
      { status: 204 },
    ),
    sets(
      'of one token value, in another zone and currency, answered with something',
      { token: { slot: 1, value: 'abc' }, range: { ...RANGE, zone: 'UTC' }, currency: 'USD' },
      { tokenId: 1, tokenValue: 'abc', timezone: 'UTC', currency: 'usd' },
      { say: { ok: true } },
    ),
    ...(
      [
        ['unique clicks only', { uniqueOnly: true }, 'binom_cost_unique'],
        ['an eleventh token', { token: { slot: 11, value: 'a' } }, 'binom_cost_token'],
      ] as const
    ).map(
      ([title, order, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, ask) => adapter.setCost?.(ask, costOrder(order)),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
  ]);
});

test.each([
  'https://t.example/sub/index.php?page=Campaigns',
  'https://t.example/sub/jl8sn.php',
  'https://t.example/sub/panel/report/7',
  'https://t.example/sub/click',
])('%s is the tracker in its folder', (pasted) => {
  expect(binom2.address(new URL(pasted)).api).toBe('https://t.example/sub');
});

describe('marks', () => {
  const at = { campaignId: '7', slot: 1, range: RANGE, filter: null };
  const asksToken = groupings([{ value: 'tokenOne', label: 'Token 1' }]);
  const marked = (rows: readonly object[]) => report(['tokenOne'], { report: rows });
  const ROWS = [
    { level: '1', name: 'z1', mark: 'red' },
    { level: '1', name: 'z2', mark: { color: 'green' } },
    { level: '1', name: 991, mark: { name: 'Blacklist' } },
    { level: '1', name: 'z4', mark: null },
    { level: '1', name: 'z5', mark: 'blue' },
  ];
  const MARK = `${API}/report/mark/campaign/7`;
  const changes = new Map<string, Mark | null>([
    ['z1', 'blacklist'],
    ['z2', 'whitelist'],
    ['z9', 'blacklist'],
    ['z4', null],
  ]);
  const writes: Exchange[] = [
    { ask: `POST ${MARK}/multiple`, body: { tokenId: 1, tokenValues: ['z1', 'z9'], mark: 'red' } },
    {
      ask: `POST ${MARK}/multiple`,
      body: { tokenId: 1, tokenValues: ['z2'], mark: 'green' },
      status: 204,
    },
    { ask: `DELETE ${MARK}`, body: { tokenId: 1, tokenValue: 'z4' } },
  ];
  playAll(binom2, PASTED, [
    {
      title: 'are read from the rows of the report',
      run: async (adapter, ask) => [...((await adapter.marks?.(ask, at)) ?? [])],
      line: [asksToken, marked(ROWS)],
      gives: [
        ['z1', 'blacklist'],
        ['z2', 'whitelist'],
        ['991', 'blacklist'],
      ],
    },
    {
      title: 'are written by colour, taken away one by one, and read back',
      run: (adapter, ask) => adapter.setMarks?.(ask, at, changes),
      line: [...writes, asksToken, marked([...ROWS, { level: '1', name: 'z9', mark: 'red' }])],
      gives: undefined,
    },
    {
      title: 'that are not there afterwards are said',
      run: (adapter, ask) => adapter.setMarks?.(ask, at, changes),
      line: [...writes, asksToken, marked(ROWS)],
      fails: {
        kind: 'conflict',
        text: 'binom2_marks_missing',
        values: ['1', '4'],
        maybeApplied: true,
      },
    },
  ]);
});

const HTML = '<html>Maintenance</html>';
const REFUSALS: readonly Refusal[] = [
  ['401', { status: 401, say: { message: 'Bad key' } }, { kind: 'auth', text: 'binom_key' }],
  ['401 of a proxy', { status: 401, text: HTML }, { kind: 'shape', text: 'problem_html' }],
  ['402', { status: 402, say: { error: 'x' } }, { kind: 'unsupported', status: 402 }],
  ['403', { status: 403, say: { error: 'No' } }, { kind: 'permission', text: 'binom2_rights' }],
  ['403 of a proxy', { status: 403, text: HTML }, { kind: 'shape', text: 'problem_html' }],
  ...(
    [
      ['errors.detail', { errors: { detail: 'datePreset is required' } }],
      ['error', { error: 'datePreset is required' }],
      ['message', { message: 'datePreset is required' }],
    ] as const
  ).flatMap(([where, say]) =>
    [400, 404, 422].map(
      (status): Refusal => [
        `${status} with ${where}`,
        { status, say },
        { kind: 'conflict', text: 'binom_refused', values: ['datePreset is required'], status },
      ],
    ),
  ),
  ['404 without words', { status: 404, say: {} }, { kind: 'conflict', status: 404 }],
  ['404 of a web server', { status: 404, text: HTML }, { kind: 'shape', text: 'problem_html' }],
  ['406', { status: 406, say: { error: 'x' } }, { kind: 'conflict', status: 406 }],
  ['418', { status: 418, say: { message: 'teapot' } }, { kind: 'rate', status: 418 }],
  ['418 of a proxy', { status: 418, text: HTML }, { kind: 'rate' }],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '2' }, say: {} },
    { kind: 'rate', retryAfterMs: 2000 },
  ],
  [
    '500',
    { status: 500, say: { error: 'x' } },
    { kind: 'network', status: 500, maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'shape', status: 502, maybeApplied: true },
  ],
  [
    'an error with 200',
    { say: { error: 'No such campaign' } },
    { kind: 'conflict', text: 'binom_refused', values: ['No such campaign'] },
  ],
  ['a page with 200', { text: HTML }, { kind: 'shape', text: 'problem_html', maybeApplied: true }],
  [
    'a redirect',
    { status: 302, headers: { Location: '/login' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { status: 400, say: { error: `No ${KEY}` } },
    { kind: 'conflict', values: ['No •••'] },
  ],
];

describe('refusals', () => {
  playRefusals(binom2, PASTED, REFUSALS, {
    read: (ask: Ask) => binom2.report(ask, question({ groupBy: ['campaign'] })),
    write: (ask: Ask) => binom2.setCost?.(ask, costOrder()),
  });
});
