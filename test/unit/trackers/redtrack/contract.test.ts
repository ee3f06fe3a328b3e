import { describe, expect, test } from 'vitest';
import type { ConversionUpload } from '../../../../lib/report/log.ts';
import type { Dimension } from '../../../../lib/report/question.ts';
import type { Ask } from '../../../../lib/trackers/adapter.ts';
import { redtrack } from '../../../../lib/trackers/redtrack/adapter.ts';
import {
  type Case,
  contractAsk,
  costOrder,
  dimensionsOf,
  type Exchange,
  expectSentence,
  KEY,
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

const PASTED = 'https://app.redtrack.io/campaigns?x=1';
const DAYS = 'date_from=2026-08-01&date_to=2026-08-02&timezone=Europe/Madrid';
const ID = '5a7b3ba2f07a9105f25a5f5d';

const STAT = { clicks: 240, revenue: 20.33, cost: 15.204, roi: 33.7148 };
/** "Campaigns list" of the published document; the serial number is in today's answers. */
const CAMPAIGN = {
  id: ID,
  serial_number: 41,
  user_id: '5a7b3ba1f07a9105f25a5f4d',
  title: 'Supah <b>Hybrid',
  cpc: 3,
  source_id: '5a7b3ba1f07a9105f25a5f51',
  source_title: 'Magnificent Two-Face Man',
  status: 1,
  streams: [],
  stat: STAT,
  postbacks: null,
  created_at: '2018-02-07T20:47:14.008+03:00',
  tags: null,
  notes: ['The quick brown fox'],
};
const PAUSED = { id: 'b', title: 'Paused', status: '2', source_id: '', source_title: '' };
const DELETED = { id: 'c', title: 'Deleted', status: 3 };
const CAMPAIGNS = [CAMPAIGN, PAUSED, DELETED];

const listOf = (what: string, say: unknown): Exchange => ({
  ask: `GET /${what}?page=1&per=100`,
  say,
});

/** "Log in using api key" of the published document, shortened. */
const AUTH = {
  id: '5a8407acf07a9153abe11564',
  email: 'your_email',
  api_key: 'MYAPITOKEN',
  password: '842e918e652bc3010a32e43423572aacca0e9221',
  timezone: { id: '5a8407abf07a9153abe11530', zone: 'UTC', alias: '', offset: 0 },
  plan: { id: 'free', clicks: 50_000 },
};

describe('check, lists', () => {
  const facts = { version: null, campaigns: 2, role: null, mayWrite: null };
  playAll(redtrack, PASTED, [
    {
      title: 'check: account and zone as the document shows them',
      run: (adapter, ask) => adapter.check(ask),
      line: [{ ask: 'GET /auth', say: AUTH }, listOf('campaigns', CAMPAIGNS)],
      gives: { ...facts, account: 'your_email', zone: 'UTC', currency: null },
    },
    {
      title: 'check: with a currency, and a zone that no browser knows',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        { ask: 'GET /auth', say: { email: null, currency: 'EUR', timezone: { zone: 'Moon' } } },
        listOf('campaigns', { items: CAMPAIGNS, total: 3 }),
      ],
      gives: { ...facts, account: null, zone: null, currency: 'EUR' },
    },
    ...(
      [
        ['404', { status: 404, say: { error: 'not found' } }],
        ['405', { status: 405 }],
        ['a page', { text: '<html>' }],
      ] as const
    ).map(
      ([title, answer]): Case => ({
        title: `check: where /auth is gone (${title}) the settings prove the key`,
        run: (adapter, ask) => adapter.check(ask),
        line: [
          { ask: 'GET /auth', ...answer },
          { ask: 'GET /me/settings', say: { id: 'x', table_campaigns: {} } },
          listOf('campaigns', CAMPAIGNS),
        ],
        gives: { ...facts, account: null, zone: null, currency: null },
      }),
    ),
    ...(
      [
        [{ zone: 'America/Sao_Paulo', offset: -3 }, 'America/Sao_Paulo'],
        ['America/Sao_Paulo', 'America/Sao_Paulo'],
        [['x'], null],
        [null, null],
      ] as const
    ).map(
      ([timezone, zone]): Case => ({
        title: `check: what the settings say of the zone: ${JSON.stringify(timezone)}`,
        run: (adapter, ask) => adapter.check(ask),
        line: [
          { ask: 'GET /auth', status: 404, say: { error: 'not found' } },
          { ask: 'GET /me/settings', say: { email: 'a@b.example', currency: 'BRL', timezone } },
          listOf('campaigns', CAMPAIGNS),
        ],
        gives: { ...facts, account: 'a@b.example', zone, currency: 'BRL' },
      }),
    ),
    {
      title: 'campaigns: one without an id is a wrong shape',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [listOf('campaigns', [{ title: 'x' }])],
      fails: { kind: 'shape', field: 'items.0.id' },
    },
    ...(
      [
        ['a bare array', CAMPAIGNS],
        ['items and total', { items: CAMPAIGNS, total: 3 }],
        ['items and a total of figures', { items: CAMPAIGNS, total: STAT }],
        ['items alone', { items: CAMPAIGNS }],
      ] as const
    ).map(
      ([title, say]): Case => ({
        title: `campaigns: ${title}`,
        run: (adapter, ask) => adapter.campaigns(ask),
        line: [listOf('campaigns', say)],
        gives: [
          {
            id: ID,
            name: 'Supah <b>Hybrid',
            active: true,
            source: { id: '5a7b3ba1f07a9105f25a5f51', name: 'Magnificent Two-Face Man' },
          },
          { id: 'b', name: 'Paused', active: false, source: null },
        ],
      }),
    ),
    ...[null, [], { items: null, total: 0 }].map(
      (say): Case => ({
        title: `campaigns: ${JSON.stringify(say)} is none`,
        run: (adapter, ask) => adapter.campaigns(ask),
        line: [listOf('campaigns', say)],
        gives: [],
      }),
    ),
    {
      title: 'sources: slots, macros and roles; ids before names, places before publishers',
      run: (adapter, ask) => adapter.sources(ask),
      line: [
        listOf('sources', {
          items: [
            {
              id: 's1',
              title: 'Ads',
              currency: 'USD',
              cost_level: 'campaign',
              subs: [
                { alias: 'utm_c', hint: 'Campaign name', role: 'rt_campaign', value: '{c}' },
                null,
                { alias: '', hint: 'Campaign ID', role: 'cid', value: '{campaignid}' },
                { alias: 'zone', hint: '', role: '', value: '{zoneid}' },
                { alias: 'src', hint: '', role: 'rt_source', value: 'Ads' },
                { alias: '', hint: '', role: '', value: '' },
              ],
            },
            // The published document: macros by slot, hints beside them.
            { id: 's2', title: 'Old', sub1: '', sub2: '{Placement}', hints: { sub2: 'Website' } },
          ],
          total: 2,
        }),
      ],
      gives: [
        {
          id: 's1',
          name: 'Ads',
          tokens: [
            { slot: 1, name: 'Campaign name', parameter: 'utm_c', macro: '{c}', role: null },
            {
              slot: 3,
              name: 'Campaign ID',
              parameter: 'sub3',
              macro: '{campaignid}',
              role: 'campaign',
            },
            { slot: 4, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
            { slot: 5, name: 'src', parameter: 'src', macro: 'Ads', role: null },
          ],
        },
        {
          id: 's2',
          name: 'Old',
          tokens: [
            {
              slot: 2,
              name: 'Website',
              parameter: 'sub2',
              macro: '{Placement}',
              role: 'placement',
            },
          ],
        },
      ],
    },
    {
      title: 'offers: the documented payment, today’s payout, none',
      run: (adapter, ask) => adapter.offers?.(ask),
      line: [
        listOf('offers', [
          {
            id: '5a3a6ab1ba4d12e2979aa25c',
            title: 'Giant Apocalypse Brain',
            network_title: 'Dark Northstar III',
            status: 1,
            payment: { amount: 6 },
            stat: STAT,
          },
          { id: 'o2', title: 'Now', status: 2, payout: '0.5', payment: null },
          { id: 'o3', title: 'Auto', payment: { amount: 0, currency: 'EUR' } },
          { id: 'o4', title: 'Gone', status: 3 },
        ]),
      ],
      gives: [
        {
          id: '5a3a6ab1ba4d12e2979aa25c',
          name: 'Giant Apocalypse Brain',
          active: true,
          payout: { amount: 6, currency: 'USD' },
          network: 'Dark Northstar III',
        },
        {
          id: 'o2',
          name: 'Now',
          active: false,
          payout: { amount: 0.5, currency: 'USD' },
          network: null,
        },
        { id: 'o3', name: 'Auto', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'landers',
      run: (adapter, ask) => adapter.landers?.(ask),
      line: [
        listOf('landings', [
          { id: '595b916eba4d125ed96f8158', title: 'Cyborg Molten Man Knight', stat: STAT },
          { id: 'gone', title: 'Gone', status: 3 },
        ]),
      ],
      gives: [{ id: '595b916eba4d125ed96f8158', name: 'Cyborg Molten Man Knight', active: true }],
    },
  ]);

  test('all pages of a list, by its total or until one is short', async () => {
    const campaigns = (page: number, count: number) =>
      Array.from({ length: count }, (_, row) => ({ id: `${page}-${row}`, title: 'x' }));
    for (const total of [230, undefined]) {
      const { ask, sent } = contractAsk(redtrack, PASTED, (_, call) =>
        responseOf({ say: { items: campaigns(call, call === 3 ? 30 : 100), total } }),
      );
      expect(await redtrack.campaigns(ask)).toHaveLength(230);
      expect(sent.map(({ ask: line }) => line)).toEqual(
        [1, 2, 3].map((page) => `GET /campaigns?page=${page}&per=100`),
      );
    }
  });

  test('the key is the last of the query; white-label domains are asked below /api', async () => {
    const own = contractAsk(redtrack, 'http://api.redtrack.io/report', () =>
      responseOf({ say: [] }),
    );
    await redtrack.campaigns(own.ask);
    const key = new URLSearchParams({ api_key: KEY });
    expect(own.urls).toEqual([`https://api.redtrack.io/campaigns?page=1&per=100&${key}`]);
    const white = contractAsk(redtrack, 'https://track.brand.com/signin', () =>
      responseOf({ say: [] }),
    );
    await redtrack.campaigns(white.ask);
    expect(white.urls).toEqual([`https://track.brand.com/api/campaigns?page=1&per=100&${key}`]);
  });
});

const report = (group: string, say: unknown, filters = '', days = DAYS): Exchange => ({
  ask: `GET /report?group=${group}&${days}${filters}&page=1&per=1000`,
  say,
});
/** Every group with a row of it, and the parameter that filters by it; the rest is picked here. */
const GROUPS: ReadonlyArray<
  readonly [Dimension, group: string, row: object, value: unknown, filter: string | null]
> = [
  ['campaign', 'campaign', { campaign: 'Supah', campaign_id: ID }, [ID, 'Supah'], 'campaign_id'],
  ['offer', 'offer', { offer: 'My offer', offer_id: ID }, [ID, 'My offer'], 'offer_id'],
  ['lander', 'landing', { landing: 'Quiz', landing_id: ID }, [ID, 'Quiz'], 'landing_id'],
  ['source', 'source', { source: 'Push', source_id: ID }, [ID, 'Push'], 'source_id'],
  ['country', 'country', { country: 'ES' }, 'ES', null],
  ['region', 'region', { region: 'Madrid' }, 'Madrid', null],
  ['city', 'city', { city: 'Alcalá, Madrid' }, 'Alcalá, Madrid', null],
  ['deviceType', 'device', { device: 'mobile' }, 'mobile', null],
  ['os', 'os', { os: 'OSX' }, 'OSX', null],
  ['browser', 'browser', { browser: 'Chrome' }, 'Chrome', null],
  ['language', 'language', { language: 'es' }, 'es', null],
  ['isp', 'isp', { isp: 'Orange' }, 'Orange', null],
  ['connectionType', 'connection_type', { connection_type: 'wifi' }, 'wifi', null],
  ['day', 'date', { date: '2026-08-01T00:00:00Z' }, '2026-08-01', null],
  ['hour', 'hour_of_day', { hour_of_day: '07:00' }, '7', null],
  ['weekday', 'day_of_week', { day_of_week: 6 }, '6', null],
  ...Array.from({ length: 20 }, (_, index) => {
    const sub = `sub${index + 1}`;
    return [`token${index + 1}`, sub, { [sub]: 900 + index }, `${900 + index}`, sub] as const;
  }),
];

describe('reports', () => {
  test('the table below has every dimension there is', () => {
    expect(GROUPS.map(([dimension]) => dimension)).toEqual(dimensionsOf(redtrack));
  });

  playAll(
    redtrack,
    PASTED,
    GROUPS.map(([dimension, group, row, value, filter]): Case => {
      const id = Array.isArray(value) ? String(value[0]) : String(value);
      return {
        title: `by ${dimension}, and one value of it`,
        async run(adapter, ask) {
          const by = await adapter.report(ask, question({ groupBy: [dimension] }));
          const filters = [{ dimension, value: id }];
          return [seen(by), seen(await adapter.report(ask, question({ filters })))];
        },
        line: [
          report(group, [{ ...row, clicks: 110, cost: 3.949, roi: -1 }]),
          filter === null
            ? report(group, [
                { ...row, clicks: 3 },
                { [group]: '23', clicks: 40 },
              ])
            : report('date', [{ date: '2026-08-01', clicks: 3 }], `&${filter}=${id}`),
        ],
        gives: [[{ values: [value], clicks: 110, cost: 3.949 }], [{ values: [], clicks: 3 }]],
      };
    }),
  );

  playAll(redtrack, PASTED, [
    {
      title: 'the documented row: figures as numbers; ROI, CR and the like are not taken over',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['offer'] })),
      line: [
        report('offer', [
          {
            clicks: 110,
            conversions: 0,
            cost: 3.949,
            cpa: 0,
            cpc: 0.0359,
            cpt: 0,
            cr: 0,
            ctr: 0,
            epc: 0,
            impressions: 0,
            lp_clicks: 0,
            lp_ctr: 0,
            lp_views: 113,
            offer: 'My offer',
            profit: -3.949,
            revenue: 0,
            roi: -1,
            tr: 0,
            transactions: 0,
            unique_clicks: 104,
          },
        ]),
      ],
      gives: {
        rows: [
          {
            values: [{ id: 'My offer', name: 'My offer' }],
            metrics: known({
              clicks: 110,
              uniqueClicks: 104,
              landerViews: 113,
              landerClicks: 0,
              conversions: 0,
              cost: 3.949,
              revenue: 0,
            }),
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
      title: 'two levels in another zone; statuses where the account has them',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(ask, {
            range: { ...RANGE, zone: 'America/Sao_Paulo' },
            groupBy: ['token4', 'token7'],
            filters: [],
          }),
        ),
      line: [
        report(
          'sub4,sub7',
          {
            items: [
              { sub4: 'a', sub7: null, clicks: 5, approved: 2, pending: 1, declined: 1 },
              { sub4: '', sub7: 'b', clicks: null, cost: '1.5e-3' },
            ],
            total: { clicks: 5 },
          },
          '',
          DAYS.replace('Europe/Madrid', 'America/Sao_Paulo'),
        ),
      ],
      gives: [
        { values: ['a', ''], clicks: 5, sales: 2, hold: 1, rejected: 1 },
        { values: ['', 'b'], cost: 0.0015 },
      ],
    },
    {
      title: 'three levels with filters of both kinds',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(
            ask,
            question({
              groupBy: ['day', 'hour', 'source'],
              filters: [
                { dimension: 'campaign', value: ID },
                { dimension: 'token2', value: 'a,b' },
                { dimension: 'token3', value: 'x' },
              ],
            }),
          ),
        ),
      line: [
        report(
          'date,hour_of_day,source,sub2',
          [
            {
              date: '2026-08-01',
              hour_of_day: 0,
              source: 'P',
              source_id: 's',
              sub2: 'a,b',
              clicks: 1,
            },
            {
              date: '2026-08-01',
              hour_of_day: 0,
              source: 'P',
              source_id: 's',
              sub2: 'a',
              clicks: 9,
            },
          ],
          `&campaign_id=${ID}&sub3=x`,
        ),
      ],
      gives: [{ values: ['2026-08-01', '0', ['s', 'P']], clicks: 1 }],
    },
    ...[null, [], { items: [], total: 0 }].map(
      (say): Case => ({
        title: `the total of ${JSON.stringify(say)} is zero`,
        run: async (adapter, ask) => seen(await adapter.report(ask, question())),
        line: [report('date', say)],
        gives: [expect.objectContaining({ values: [], clicks: 0, cost: 0, revenue: 0 })],
      }),
    ),
    ...(
      [
        [
          'a figure that is none',
          [{ campaign: 'A', campaign_id: 'a', cost: 'many' }],
          'items.0.cost',
        ],
        ['a campaign without its id', [{ campaign: 'A' }], '0.campaign_id'],
        ['a group that is an object', [{ campaign: {}, campaign_id: 'a' }], '0.campaign'],
        ['neither a list nor items', { rows: [] }, 'items'],
      ] as const
    ).map(
      ([title, say, field]): Case => ({
        title: `${title} is a wrong shape`,
        run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['campaign'] })),
        line: [report('campaign', say)],
        fails: { kind: 'shape', field, call: 'report' },
      }),
    ),
    {
      title: 'token 21 is refused before anything is sent',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['token21'] })),
      line: [],
      fails: { kind: 'unsupported', text: 'redtrack_dimension', values: ['token21'] },
    },
  ]);

  const rows = (page: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ sub1: `${page}-${row}`, clicks: 1 }));
  const bySub = question({ groupBy: ['token1'] });

  test('pages until one is short; 20 requests a minute, and what they brought is kept', async () => {
    const three = contractAsk(redtrack, PASTED, (_, call) =>
      responseOf({ say: rows(call, call === 3 ? 17 : 1000) }),
    );
    const whole = await redtrack.report(three.ask, bySub);
    expect([whole.rows.length, whole.complete]).toEqual([2017, true]);
    const many = contractAsk(redtrack, PASTED, (_, call) => responseOf({ say: rows(call, 1000) }));
    const part = await redtrack.report(many.ask, bySub);
    expect([part.rows.length, part.complete, many.sent.length]).toEqual([20_000, false, 20]);
    const problem = await problemOf(redtrack.report(many.ask, bySub));
    expect(problem).toMatchObject({ kind: 'rate', tracker: 'RedTrack' });
    expectSentence(problem);
    many.pass(60_000);
    await redtrack.report(many.ask, bySub);
    expect(many.sent.length).toBe(40);
  });
});

const CONVERSIONS = `GET /conversions?${DAYS}&page=1&per=10000`;
/** "Conversions log" of the published document, whole: a bare row without ids of campaign and offer. */
const OLD_CONVERSION = {
  id: '5927edeeba4d1227f217f019',
  clickid: '5927edeeba4d1227f217f00d',
  campaign: 'Mr Molten Man',
  offer: 'Dark Firestar',
  source: 'Scorpion',
  country: 'TZ',
  payout: 0.31,
  created_at: '2017-05-26T08:57:00Z',
};
const OLD_ENTRY = {
  id: '5927edeeba4d1227f217f019',
  clickId: '5927edeeba4d1227f217f00d',
  campaign: { id: 'Mr Molten Man', name: 'Mr Molten Man' },
  offer: { id: 'Dark Firestar', name: 'Dark Firestar' },
  status: 'sale',
  statusText: '',
  payout: 0.31,
  currency: 'USD',
  clickedAt: null,
  convertedAt: Date.parse('2017-05-26T08:57:00Z'),
  externalId: null,
  tokens: {},
};
const TRACK = {
  id: '592561daba4d12f0f4bbf675',
  campaign: 'Snowbird',
  offer: 'Scorpia',
  country: 'CY',
  is_lp_track: 0,
  ref_id: '',
  cost: 4,
  created_at: '2017-05-24T10:35:00Z',
  sub1: '',
  sub6: 991,
};
const CLICK = {
  id: '592561daba4d12f0f4bbf675',
  campaign: { id: 'Snowbird', name: 'Snowbird' },
  at: Date.parse('2017-05-24T10:35:00Z'),
  cost: 4,
  country: 'CY',
  tokens: { 6: '991' },
};

describe('logs', () => {
  const log = (entries: unknown) => ({
    entries,
    zone: 'Europe/Madrid',
    fetchedAt: NOW,
    complete: true,
  });
  playAll(redtrack, PASTED, [
    {
      title: 'conversions: the old bare array',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [{ ask: CONVERSIONS, say: [OLD_CONVERSION] }],
      gives: log([OLD_ENTRY]),
    },
    {
      title: 'conversions: items and total today, of one campaign and click',
      run: (adapter, ask) =>
        adapter.conversions?.(ask, logQuestion({ campaignId: ID, clickId: 'clk' })),
      line: [
        {
          ask: `GET /conversions?${DAYS}&campaign_id=${ID}&clickid=clk&page=1&per=10000`,
          say: {
            items: [
              {
                ...OLD_CONVERSION,
                clickid: 'clk',
                campaign_id: ID,
                offer_id: 'o1',
                type: 'Purchase',
                status: 'Approved',
                payout: '12.5',
                payout_default: 10,
                currency: 'eur',
                track_time: '2018-02-07T20:47:14.008+03:00',
                conv_time: '2018-02-07T18:47:14.964070409Z',
                ref_id: 'r',
                external_id: 'tx',
                sub3: 'x',
                duplicate_status: '',
              },
              { ...OLD_CONVERSION, id: 2, status: 'declined', payout: null, created_at: '' },
              { ...OLD_CONVERSION, id: 3, status: 'pending' },
              { ...OLD_CONVERSION, id: 4, status: 'my own word' },
            ],
            total: 4,
          },
        },
      ],
      gives: log([
        {
          ...OLD_ENTRY,
          clickId: 'clk',
          campaign: { id: ID, name: 'Mr Molten Man' },
          offer: { id: 'o1', name: 'Dark Firestar' },
          statusText: 'Approved',
          payout: 12.5,
          currency: 'EUR',
          clickedAt: Date.parse('2018-02-07T20:47:14.008+03:00'),
          convertedAt: Date.parse('2018-02-07T18:47:14.964Z'),
          externalId: 'tx',
          tokens: { 3: 'x' },
        },
        {
          ...OLD_ENTRY,
          id: '2',
          status: 'rejected',
          statusText: 'declined',
          payout: null,
          convertedAt: null,
        },
        { ...OLD_ENTRY, id: '3', status: 'hold', statusText: 'pending' },
        { ...OLD_ENTRY, id: '4', status: null, statusText: 'my own word' },
      ]),
    },
    {
      title: 'clicks: the documented track',
      run: (adapter, ask) => adapter.clicks?.(ask, logQuestion({ campaignId: ID })),
      line: [{ ask: `GET /tracks?${DAYS}&campaign_id=${ID}&page=1&per=10000`, say: [TRACK] }],
      gives: log([CLICK]),
    },
    ...(
      [
        ['found', { items: [TRACK], total: 1 }, CLICK],
        ['not there', null, null],
        ['filtered in vain', [{ ...TRACK, id: 'other' }], null],
      ] as const
    ).map(
      ([title, say, gives]): Case => ({
        title: `one click: ${title}`,
        run: (adapter, ask) => adapter.click?.(ask, TRACK.id, RANGE),
        line: [{ ask: `GET /tracks?${DAYS}&clickid=${TRACK.id}&page=1&per=10000`, say }],
        gives,
      }),
    ),
    {
      title: 'what is no moment is a wrong shape',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [{ ask: CONVERSIONS, say: [{ ...OLD_CONVERSION, track_time: 'soon' }] }],
      fails: { kind: 'shape', field: 'track_time', call: 'conversions', tracker: 'RedTrack' },
    },
  ]);
});

describe('uploads', () => {
  const upload = (parts: Partial<ConversionUpload>): ConversionUpload => ({
    clickId: '591efe91ba4d120936b7b3ac',
    payout: null,
    at: null,
    type: null,
    status: null,
    campaignId: null,
    offerId: null,
    affiliateId: null,
    ...parts,
  });
  playAll(redtrack, PASTED, [
    {
      title: 'as documented: click and payout, and what more is known; 201 and no body',
      run: (adapter, ask) =>
        adapter.uploadConversions?.(ask, [
          upload({ payout: 0.12 }),
          upload({ clickId: 'b', type: 'Purchase', at: NOW, campaignId: ID }),
        ]),
      line: [
        {
          ask: 'POST /conversions',
          body: [
            { clickid: '591efe91ba4d120936b7b3ac', payout: 0.12 },
            {
              clickid: 'b',
              type: 'Purchase',
              created_at: '2026-08-02T20:00:00.000Z',
              campaign_id: ID,
            },
          ],
          status: 201,
        },
      ],
      gives: undefined,
    },
    {
      title: 'refused with the documented list of errors',
      run: (adapter, ask) => adapter.uploadConversions?.(ask, [upload({})]),
      line: [
        {
          ask: 'POST /conversions',
          body: [{ clickid: '591efe91ba4d120936b7b3ac' }],
          status: 400,
          say: { errors: ['clickid is invalid'] },
        },
      ],
      fails: { kind: 'conflict', text: 'redtrack_refused', values: ['clickid is invalid'] },
    },
    {
      title: 'too many at once',
      run: (adapter, ask) =>
        adapter.uploadConversions?.(
          ask,
          Array.from({ length: 501 }, () => upload({})),
        ),
      line: [],
      fails: { kind: 'unsupported', text: 'upload_too_many', values: ['500'] },
    },
  ]);
});

describe('costs', () => {
  const update = (tail: string): string => `POST /tracks/cost?${tail}`;
  const span = 'time_from=2026-08-01T00:00:00+02:00&time_to=2026-08-02T23:59:59+02:00';
  const sets = (
    title: string,
    order: Parameters<typeof costOrder>[0],
    ask: string,
    answer: Omit<Exchange, 'ask'> = {},
  ): Case => ({
    title,
    run: (adapter, to) => adapter.setCost?.(to, costOrder({ campaignId: ID, ...order })),
    line: [{ ask: update(ask), ...answer }],
    gives: undefined,
  });
  playAll(redtrack, PASTED, [
    sets(
      'a total: everything in the query',
      {},
      `${span}&cost=19.22&currency=EUR&campaign_id=${ID}`,
    ),
    sets(
      'answered with 201',
      { currency: 'USD' },
      `${span}&cost=19.22&currency=USD&campaign_id=${ID}`,
      { status: 201 },
    ),
    sets(
      'of one token value, in UTC, answered with 204',
      { token: { slot: 20, value: 'a+b&c' }, range: { ...RANGE, zone: 'UTC' } },
      `time_from=2026-08-01T00:00:00Z&time_to=2026-08-02T23:59:59Z&cost=19.22&currency=EUR&campaign_id=${ID}&sub_name=sub20&sub_value=a+b&c`,
      { status: 204 },
    ),
    sets(
      'across a change of clocks, each end with its own offset; tiny, without an exponent',
      { range: { from: '2026-10-24', to: '2026-10-25', zone: 'Europe/Madrid' }, amount: 1e-6 },
      `time_from=2026-10-24T00:00:00+02:00&time_to=2026-10-25T23:59:59+01:00&cost=0.000001&currency=EUR&campaign_id=${ID}`,
      { say: { ok: 1 } },
    ),
    ...(
      [
        ['CPC', { mode: 'cpc' }, 'redtrack_total_only'],
        ['unique clicks only', { uniqueOnly: true }, 'redtrack_all_clicks'],
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

  test('offsets and values are encoded: a plus would be a space', async () => {
    const { ask, urls } = contractAsk(redtrack, PASTED, () => responseOf({}));
    await redtrack.setCost?.(ask, costOrder({ campaignId: ID, token: { slot: 3, value: 'a+b' } }));
    expect(urls[0]).toContain('time_from=2026-08-01T00%3A00%3A00%2B02%3A00&');
    expect(urls[0]).toContain('sub_name=sub3&sub_value=a%2Bb&api_key=');
  });

  test('one a minute: the second is not sent, and says how long to wait', async () => {
    const contract = contractAsk(redtrack, PASTED, () => responseOf({}));
    const order = costOrder({ campaignId: ID });
    await redtrack.setCost?.(contract.ask, order);
    const problem = await problemOf(redtrack.setCost?.(contract.ask, order) ?? Promise.resolve());
    expect(problem).toEqual({
      kind: 'rate',
      tracker: 'RedTrack',
      call: 'cost update',
      retryAfterMs: 60_000,
    });
    expect(contract.sent).toHaveLength(1);
    contract.pass(60_000);
    await redtrack.setCost?.(contract.ask, order);
    expect(contract.sent).toHaveLength(2);
  });

  test('an id that is refused is followed by the serial number, a minute later', async () => {
    const contract = contractAsk(redtrack, PASTED, (request) => {
      const url = new URL(request.url);
      if (url.pathname === '/campaigns') return responseOf({ say: CAMPAIGNS });
      return url.searchParams.get('campaign_id') === '41'
        ? responseOf({})
        : responseOf({ status: 400, say: { error: 'invalid campaign_id' } });
    });
    const order = costOrder({ campaignId: ID });
    const wait = await problemOf(redtrack.setCost?.(contract.ask, order) ?? Promise.resolve());
    expect(wait).toMatchObject({ kind: 'rate', retryAfterMs: 60_000 });
    contract.pass(60_000);
    await redtrack.setCost?.(contract.ask, order);
    const cost = (id: string) => update(`${span}&cost=19.22&currency=EUR&campaign_id=${id}`);
    const serial = `GET /campaigns?ids=${ID}&page=1&per=100`;
    expect(contract.sent.map(({ ask }) => ask)).toEqual([cost(ID), serial, serial, cost('41')]);
  });
});

describe('pause', () => {
  playAll(
    redtrack,
    PASTED,
    (
      [
        ['paused', false, 2, {}],
        ['resumed', true, 1, { status: 204 }],
        ['answered with something', true, 1, { say: { status: 'ok' } }],
      ] as const
    ).map(
      ([title, active, status, answer]): Case => ({
        title,
        run: (adapter, ask) => adapter.setActive?.(ask, ID, active),
        line: [{ ask: `PATCH /campaigns/status?ids=${ID}&status=${status}`, ...answer }],
        gives: undefined,
      }),
    ),
  );
});

const HTML = '<html>Sign in</html>';
const REFUSALS: readonly Refusal[] = [
  [
    '401',
    { status: 401, say: { error: 'Unauthorized' } },
    { kind: 'auth', status: 401, said: 'Unauthorized' },
  ],
  [
    '401 with the old list',
    { status: 401, say: { errors: ['Token is invalid'] } },
    { kind: 'auth' },
  ],
  ['402', { status: 402, text: 'Pay' }, { kind: 'unsupported', status: 402 }],
  [
    '403',
    { status: 403, say: { error: 'not allowed' } },
    { kind: 'permission', text: 'redtrack_rights' },
  ],
  ...[400, 404, 406, 418, 422].map(
    (status): Refusal => [
      `${status}`,
      { status, say: { errors: ['Title cannot be blank', 'URL cannot be blank'] } },
      {
        kind: 'conflict',
        text: 'redtrack_refused',
        values: ['Title cannot be blank; URL cannot be blank'],
        status,
      },
    ],
  ),
  [
    '400 with words that are no text',
    { status: 400, say: { error: { a: 1 } } },
    { kind: 'conflict', status: 400 },
  ],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '4' }, say: { error: 'too many requests' } },
    { kind: 'rate', retryAfterMs: 4000 },
  ],
  [
    '500',
    { status: 500, say: { error: 'Problem with loading report' } },
    { kind: 'network', said: 'Problem with loading report', maybeApplied: true },
  ],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'shape', text: 'problem_html', maybeApplied: true },
  ],
  ['503', { status: 503 }, { kind: 'network', status: 503, maybeApplied: true }],
  [
    'an error with 200',
    { say: { error: 'no such report' } },
    { kind: 'conflict', values: ['no such report'] },
  ],
  ['the old list with 200', { say: { errors: ['no'] } }, { kind: 'conflict', values: ['no'] }],
  ['a page with 200', { text: HTML }, { kind: 'shape', text: 'problem_html', maybeApplied: true }],
  [
    'a redirect',
    { status: 301, headers: { Location: '/signin' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { status: 400, say: { error: `bad ${KEY}` } },
    { kind: 'conflict', values: ['bad •••'] },
  ],
];

describe('refusals', () => {
  playRefusals(redtrack, PASTED, REFUSALS, {
    read: (ask: Ask) => redtrack.report(ask, question()),
    write: (ask: Ask) => redtrack.setCost?.(ask, costOrder({ campaignId: ID })),
  });
});
