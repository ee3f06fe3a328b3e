import { describe, expect, test } from 'vitest';
import type { ConversionUpload } from '../../../../lib/report/log.ts';
import type { Dimension } from '../../../../lib/report/question.ts';
import type { Ask } from '../../../../lib/trackers/adapter.ts';
import { affise } from '../../../../lib/trackers/affise/adapter.ts';
import {
  type Case,
  contractAsk,
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

const PASTED = 'https://net.affise.com/v2/offers';
const PAGE = 'page=1&limit=500';
const DENIED = { status: 403, say: { status: 2, error: 'Access denied' } } as const;

const paged = (rows: number, more: object = {}) => ({
  per_page: 500,
  total_count: rows,
  page: 1,
  ...more,
});
/** An offer as lists show it; `id` is the number, `offer_id` 24 hex. */
const OFFER = {
  id: 902,
  offer_id: '5718dac83b7d9bf8588b4579',
  title: 'HD-smart [Web] <b>',
  status: 'active',
  payments: [{ revenue: '1.50', currency: 'usd', type: 'fixed' }],
  caps: [{ period: 'day', type: 'conversions', value: 100, goals: {} }],
};
const OFFERS = [
  OFFER,
  { id: '903', title: 'Stopped', status: 'stopped', payments: [] },
  { id: 904, title: 'Share', payments: [{ revenue: 30, currency: 'USD', type: 'percent' }] },
  {
    id: 905,
    title: 'Two goals',
    status: null,
    payments: [{ revenue: 1 }, { revenue: 2 }],
  },
];
/** Without them an administrator's list has the active offers only. */
const STATES = 'status[]=active&status[]=stopped&status[]=suspended&';
const statesOf = (path: string) => (path === '/3.0/offers' ? STATES : '');
const offersOf = (path: string, say: unknown): Exchange => ({
  ask: `GET ${path}?${statesOf(path)}${PAGE}`,
  say,
});
const list = (offers: unknown, pagination: unknown = paged(4)) => ({
  status: 1,
  offers,
  pagination,
});

describe('check, lists', () => {
  const facts = { account: null, version: '3.0', zone: null };
  const counted = (path: string, say: unknown): Exchange => ({
    ask: `GET ${path}?${statesOf(path)}page=1&limit=1`,
    say,
  });
  const balance = (answer: Omit<Exchange, 'ask'>): Exchange => ({
    ask: 'GET /3.0/balance',
    ...answer,
  });
  const admin = (answer: Omit<Exchange, 'ask'>): Exchange => ({
    ask: 'GET /3.0/admin/currency',
    ...answer,
  });
  const campaigns = [
    { id: '902', name: 'HD-smart [Web] <b>', active: true, source: null },
    { id: '903', name: 'Stopped', active: false, source: null },
    { id: '904', name: 'Share', active: true, source: null },
    { id: '905', name: 'Two goals', active: true, source: null },
  ];
  playAll(affise, PASTED, [
    {
      title: 'check: an affiliate’s key has a balance and may not ask as an administrator',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        balance({ say: { status: 1, balance: { USD: { balance: '0.00', hold: 0 } } } }),
        counted('/3.0/partner/offers', list([OFFER], paged(37))),
        admin(DENIED),
      ],
      gives: { ...facts, campaigns: 37, currency: 'USD', role: 'affiliate', mayWrite: false },
    },
    {
      title: 'check: an administrator’s key has none and asks for the other list',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        balance(DENIED),
        counted('/3.0/partner/offers', undefined),
        admin({ say: { status: 1, currency: [] } }),
        counted('/3.0/offers', list([OFFER], paged(2))),
      ].map((each) => (each.ask.startsWith('GET /3.0/partner') ? { ...each, ...DENIED } : each)),
      gives: { ...facts, campaigns: 2, currency: null, role: 'admin', mayWrite: true },
    },
    {
      title: 'check: empty maps, which PHP writes as lists; several currencies are none',
      run: (adapter, ask) => adapter.check(ask),
      line: [
        balance({ say: { status: '1', balance: [] } }),
        counted('/3.0/partner/offers', list([OFFER], [])),
        admin({ say: { status: 2, error: 'Access denied' } }),
        offersOf('/3.0/partner/offers', list(OFFERS, [])),
      ],
      gives: { ...facts, campaigns: 4, currency: null, role: 'affiliate', mayWrite: false },
    },
    ...(
      [
        { status: 400, say: { status: 2, error: 'Partner not found' } },
        { say: { status: 1, balance: 'none' } },
      ] as const
    ).map(
      (answer): Case => ({
        title: `check: a balance that says nothing of the key: ${JSON.stringify(answer.say)}`,
        run: (adapter, ask) => adapter.check(ask),
        line: [
          balance(answer),
          counted('/3.0/partner/offers', list([OFFER], paged(37))),
          admin(DENIED),
        ],
        gives: { ...facts, campaigns: 37, currency: null, role: 'affiliate', mayWrite: false },
      }),
    ),
    {
      title: 'campaigns: one without its number is a wrong shape',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [offersOf('/3.0/partner/offers', list([{ title: 'x' }]))],
      fails: { kind: 'shape', field: 'offers.0.id' },
    },
    {
      title: 'campaigns are offers, by the number that statistics know them by',
      run: (adapter, ask) => adapter.campaigns(ask),
      line: [offersOf('/3.0/partner/offers', list(OFFERS))],
      gives: campaigns,
    },
    {
      title: 'campaigns: the list that worked is remembered',
      run: async (adapter, ask) => [await adapter.campaigns(ask), await adapter.campaigns(ask)],
      line: [
        { ...offersOf('/3.0/partner/offers', undefined), ...DENIED },
        offersOf('/3.0/offers', list(OFFERS)),
        offersOf('/3.0/offers', list(null, null)),
      ],
      gives: [campaigns, []],
    },
    {
      title: 'offers: a payout where it is one and fixed',
      run: (adapter, ask) => adapter.offers?.(ask),
      line: [offersOf('/3.0/partner/offers', list(OFFERS))],
      gives: [
        {
          id: '902',
          name: 'HD-smart [Web] <b>',
          active: true,
          payout: { amount: 1.5, currency: 'USD' },
          network: null,
        },
        { id: '903', name: 'Stopped', active: false, payout: null, network: null },
        { id: '904', name: 'Share', active: true, payout: null, network: null },
        { id: '905', name: 'Two goals', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'sources: a network does not know where the affiliate buys',
      run: (adapter, ask) => adapter.sources(ask),
      line: [],
      gives: [],
    },
  ]);

  test.each([
    ['a number', (page: number) => page + 1, null],
    ['a text', (page: number) => String(page + 1), ''],
    [
      'an address',
      (page: number) => `https://api-net.affise.com/3.0/offers?page=${page + 1}`,
      null,
    ],
    ['true', () => true, false],
  ])('pages: as long as there is a next page, which is %s', async (_, next, none) => {
    const { ask, sent } = contractAsk(affise, PASTED, (_request, call) =>
      responseOf({
        say: list([{ id: call, title: 'x' }], {
          per_page: 1,
          page: call,
          next_page: call < 3 ? next(call) : none,
        }),
      }),
    );
    expect((await affise.campaigns(ask)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(sent.map(({ ask: line }) => line)).toEqual(
      [1, 2, 3].map((page) => `GET /3.0/partner/offers?page=${page}&limit=500`),
    );
  });
});

const TYPES = ['total', 'confirmed', 'pending', 'declined', 'hold', 'not_found']
  .map((type) => `conversionTypes[]=${type}`)
  .join('&');
const report = (
  slices: readonly string[],
  say: unknown,
  filters = '',
  zone = 'Europe/Madrid',
): Exchange => ({
  ask: `GET /3.0/stats/custom?${slices.map((slice) => `slice[]=${slice}&`).join('')}filter[date_from]=2026-08-01&filter[date_to]=2026-08-02${filters}&filter[currency][]=USD&timezone=${zone}&${TYPES}&${PAGE}`,
  say,
});
const stats = (...rows: readonly object[]) => ({
  status: 1,
  stats: rows,
  pagination: paged(rows.length),
});
const NAMED = { id: 7, title: 'HD-smart [Web]', offer_id: '5718dac83b7d9bf8588b4579' };

/** Every slice with a row's part of it, and the filter that the statistics have for it. */
const SLICES: ReadonlyArray<
  readonly [Dimension, slice: string, row: object, value: unknown, filter: string | null]
> = [
  ['campaign', 'offer', { offer: NAMED }, ['7', 'HD-smart [Web]'], 'offer'],
  ['offer', 'offer', { offer: { id: '7', title: '' } }, '7', 'offer'],
  ['lander', 'landing', { landing: { id: 3, title: 'Quiz' } }, ['3', 'Quiz'], null],
  ['country', 'country', { country: 'ES' }, 'ES', 'country'],
  ['city', 'city', { city: 'New York' }, 'New York', null],
  ['deviceType', 'device', { device: 'mobile' }, 'mobile', 'device'],
  ['os', 'os', { os: 'iOS' }, 'iOS', 'os'],
  ['browser', 'browser', { browser: 'Chrome' }, 'Chrome', null],
  ['isp', 'isp', { isp: 'Orange' }, 'Orange', null],
  ['connectionType', 'conn_type', { conn_type: 'wi-fi' }, 'wi-fi', null],
  ['day', 'day', { year: 2026, month: 8, day: 1 }, '2026-08-01', null],
  ['hour', 'hour', { year: 2026, month: 8, day: 1, hour: '07' }, '7', null],
  ...Array.from({ length: 8 }, (_, index) => {
    const sub = `sub${index + 1}`;
    return [`token${index + 1}`, sub, { [sub]: 900 + index }, `${900 + index}`, sub] as const;
  }),
];
const traffic = (raw: unknown) => ({ traffic: { raw, uniq: raw } });

describe('reports', () => {
  test('the table below has every dimension there is', () => {
    expect(SLICES.map(([dimension]) => dimension)).toEqual(dimensionsOf(affise));
  });

  playAll(
    affise,
    PASTED,
    SLICES.map(([dimension, slice, row, value, filter]): Case => {
      const id = Array.isArray(value) ? String(value[0]) : String(value);
      const other = dimension === 'day' ? { year: 2026, month: 8, day: 2 } : { [slice]: '23' };
      const day = { slice: { year: 2026, month: 8, day: 1 }, ...traffic('3') };
      return {
        title: `by ${dimension}, and one value of it`,
        async run(adapter, ask) {
          const by = await adapter.report(ask, question({ groupBy: [dimension] }));
          const filters = [{ dimension, value: id }];
          return [seen(by), seen(await adapter.report(ask, question({ filters })))];
        },
        line: [
          report([slice], stats({ slice: row, ...traffic('1607530') })),
          filter === null
            ? report(
                [slice],
                stats({ slice: row, ...traffic('3') }, { slice: other, ...traffic(40) }),
              )
            : report(['day'], stats(day), `&filter[${filter}][]=${id}`),
        ],
        gives: [
          [{ values: [value], clicks: 1_607_530, uniqueClicks: 1_607_530 }],
          [{ values: [], clicks: 3, uniqueClicks: 3 }],
        ],
      };
    }),
  );

  /** "Custom statistics" of the published document, whole. */
  const DOCUMENTED = {
    status: 1,
    stats: [
      {
        slice: { year: 2017, month: 3, day: 1 },
        traffic: { raw: '1607530', uniq: '1468939' },
        actions: {
          total: { revenue: 1252, charge: 1352.52, earning: 100.52, null: 825, count: 1092 },
          confirmed: { revenue: 1252, charge: 1352.52, earning: 100.52, null: 728, count: 995 },
        },
      },
    ],
    pagination: { per_page: 100, total_count: 1, page: 1 },
  };
  playAll(affise, PASTED, [
    {
      title: 'the documented answer: traffic as text, what the network pays as revenue',
      run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['day'] })),
      line: [report(['day'], DOCUMENTED)],
      gives: {
        rows: [
          {
            values: [{ id: '2017-03-01', name: '2017-03-01' }],
            metrics: known({
              clicks: 1_607_530,
              uniqueClicks: 1_468_939,
              conversions: 1092,
              sales: 995,
              revenue: 1252,
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
      title: 'two levels: states, figures as text, "1:NaN", percent not taken over',
      run: async (adapter, ask) =>
        seen(await adapter.report(ask, question({ groupBy: ['campaign', 'country'] }))),
      line: [
        report(
          ['offer', 'country'],
          stats(
            {
              slice: { offer: NAMED, country: 'ES' },
              traffic: { raw: '1 234', uniq: '-' },
              actions: {
                total: { count: '10', revenue: '50.0000' },
                confirmed: { count: 4, revenue: 20 },
                pending: { count: 2, revenue: 10 },
                hold: { count: 1, revenue: 5 },
                declined: { count: 2, revenue: 10 },
                not_found: { count: 1, revenue: 5 },
              },
              views: 0,
              ctr: '12.5 %',
              cr: { total: 0.9 },
              ratio: '1:NaN',
              currency: 'usd',
            },
            {
              slice: { offer: null, country: null },
              traffic: [],
              actions: { confirmed: { count: 4, revenue: 1.5e-7 }, declined: [] },
              ratio: '1:37',
            },
          ),
        ),
      ],
      gives: [
        {
          values: [['7', 'HD-smart [Web]'], 'ES'],
          clicks: 1234,
          conversions: 10,
          sales: 4,
          rejected: 3,
          hold: 3,
          revenue: 35,
        },
        { values: ['', ''], conversions: 4, sales: 4, revenue: 1.5e-7 },
      ],
    },
    {
      title: 'three levels in another zone, with filters of both kinds',
      run: async (adapter, ask) =>
        seen(
          await adapter.report(ask, {
            range: { ...RANGE, zone: 'America/New_York' },
            groupBy: ['day', 'hour', 'token2'],
            filters: [
              { dimension: 'campaign', value: '7' },
              { dimension: 'browser', value: 'Chrome' },
              { dimension: 'token1', value: '' },
            ],
          }),
        ),
      line: [
        report(
          ['day', 'hour', 'sub2', 'browser', 'sub1'],
          stats(
            {
              slice: {
                year: '2026',
                month: '8',
                day: '1',
                hour: 0,
                sub2: 'x',
                browser: 'Chrome',
                sub1: '',
              },
              ...traffic(1),
            },
            {
              slice: {
                year: 2026,
                month: 8,
                day: 1,
                hour: 0,
                sub2: 'x',
                browser: 'Chrome',
                sub1: null,
              },
              ...traffic(2),
            },
            {
              slice: {
                year: 2026,
                month: 8,
                day: 1,
                hour: 0,
                sub2: 'x',
                browser: 'Safari',
                sub1: '',
              },
              ...traffic(40),
            },
          ),
          '&filter[offer][]=7',
          'America/New_York',
        ),
      ],
      gives: [{ values: ['2026-08-01', '0', 'x'], clicks: 3, uniqueClicks: 3 }],
    },
    ...(
      [
        ['an empty list', { status: 1, stats: [], pagination: [] }],
        ['null', { status: '1', stats: null, pagination: null }],
      ] as const
    ).map(
      ([title, say]): Case => ({
        title: `the total of ${title} is zero, its cost unknown`,
        run: async (adapter, ask) => seen(await adapter.report(ask, question())),
        line: [report(['day'], say)],
        gives: [{ values: [], clicks: 0, uniqueClicks: 0, conversions: 0, revenue: 0 }],
      }),
    ),
    {
      title: 'money of another currency is refused, not added',
      run: (adapter, ask) => adapter.report(ask, question()),
      line: [
        report(
          ['day'],
          stats(
            { slice: { day: '2026-08-01' }, actions: { total: { revenue: 5 } }, currency: 'USD' },
            { slice: { day: '2026-08-01' }, actions: { total: { revenue: 7 } }, currency: 'EUR' },
          ),
        ),
      ],
      fails: { kind: 'conflict', text: 'affise_currencies', values: ['USD', 'EUR'] },
    },
    ...(
      [
        ['a figure that is none', { slice: {}, traffic: { raw: 'many' } }, 'stats.0.traffic.raw'],
        ['a slice that is a list', { slice: { os: [1] } }, 'stats.0.slice.os'],
        ['no slice', { traffic: { raw: '1' } }, 'stats.0.slice'],
      ] as const
    ).map(
      ([title, row, field]): Case => ({
        title: `${title} is a wrong shape`,
        run: (adapter, ask) => adapter.report(ask, question({ groupBy: ['os'] })),
        line: [report(['os'], stats(row))],
        fails: { kind: 'shape', field, call: 'report' },
      }),
    ),
    ...(['token9', 'source', 'language', 'region', 'weekday'] as const).map(
      (dimension): Case => ({
        title: `${dimension} is refused before anything is sent`,
        run: (adapter, ask) => adapter.report(ask, question({ groupBy: [dimension] })),
        line: [],
        fails: { kind: 'unsupported', text: 'affise_dimension', values: [dimension] },
      }),
    ),
  ]);

  const rows = (page: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ slice: { sub1: `${page}-${row}` } }));

  test('pages by their total, although fewer rows come than were asked for', async () => {
    const { ask, sent } = contractAsk(affise, PASTED, (_, call) =>
      responseOf({
        say: {
          status: 1,
          stats: rows(call, call === 3 ? 50 : 100),
          pagination: { per_page: '100', total_count: '250', page: call },
        },
      }),
    );
    const { rows: read, complete } = await affise.report(ask, question({ groupBy: ['token1'] }));
    expect([read.length, complete, sent.length]).toEqual([250, true, 3]);
    expect(sent[2]?.ask).toContain('&page=3&limit=500');
  });

  test('a limit on a later page, said with 200, keeps what was read as incomplete', async () => {
    const { ask } = contractAsk(affise, PASTED, (_, call) =>
      responseOf({
        say:
          call === 1
            ? { status: 1, stats: rows(1, 500), pagination: paged(900) }
            : { status: 2, error: 'Too many requests' },
      }),
    );
    const { rows: read, complete } = await affise.report(ask, question({ groupBy: ['token1'] }));
    expect([read.length, complete]).toEqual([500, false]);
  });
});

const DAYS = 'date_from=2026-08-01&date_to=2026-08-02&timezone=Europe/Madrid';
/** "Conversions" of the published document, as far as it was kept, with the fields that are known. */
const CONVERSION = {
  id: '5936f2fd7e28fe1c4a8b4569',
  action_id: 'a1',
  clickid: 'clk1',
  status: 1,
  offer: NAMED,
  goal: '1',
  payouts: '12.50',
  revenue: 15,
  earnings: 2.5,
  currency: 'usd',
  sub1: '',
  sub6: 991,
  country: 'US',
  ua: 'Mozilla/5.0',
  click_time: '2026-08-01 03:07:07',
  created_at: '2026-08-01 03:08:29',
  is_paid: '1',
};
const CONVERTED = {
  id: '5936f2fd7e28fe1c4a8b4569',
  clickId: 'clk1',
  campaign: { id: '7', name: 'HD-smart [Web]' },
  offer: { id: '7', name: 'HD-smart [Web]' },
  status: 'sale',
  statusText: '1',
  payout: 12.5,
  currency: 'USD',
  clickedAt: Date.parse('2026-08-01T03:07:07+02:00'),
  convertedAt: Date.parse('2026-08-01T03:08:29+02:00'),
  externalId: 'a1',
  tokens: { 6: '991' },
};
const CLICK = {
  id: 'clk1',
  cbid: 'cb1',
  uniq: 1,
  sub2: 'x',
  offer: { id: 7, title: 'HD-smart [Web]' },
  country: 'US',
  created_at: '2026-08-01 03:07:07',
};
const CLICKED = {
  id: 'clk1',
  campaign: { id: '7', name: 'HD-smart [Web]' },
  at: Date.parse('2026-08-01T03:07:07+02:00'),
  cost: null,
  country: 'US',
  tokens: { 2: 'x' },
};

/** As the document shows one. */
const POSTBACK = {
  _id: { $id: '5a1d248f1bfa2441008b4567' },
  _get: null,
  _post: null,
  date: { sec: Date.parse('2026-08-01T08:55:43Z') / 1000, usec: 662_000 },
  pid: 2,
  lead_id: '5a1d247cbbf68e0001972d26',
  http_code: 200,
  postback_url: 'https://t.example.com/postback?cid=1',
  offer_id: '5a1d23641bfa2418008b4567',
  job_id: '5a1d248a1bfa2418008b456b',
  goal: '1',
  status: 1,
};
const SENT = {
  id: '5a1d248f1bfa2441008b4567',
  at: Date.parse('2026-08-01T08:55:43Z'),
  conversionId: '5a1d247cbbf68e0001972d26',
  url: 'https://t.example.com/postback?cid=1',
  httpCode: 200,
  status: 'sale',
};

describe('logs', () => {
  const log = (entries: unknown) => ({
    entries,
    zone: 'Europe/Madrid',
    fetchedAt: NOW,
    complete: true,
  });
  const conversions = (say: unknown, filters = ''): Exchange => ({
    ask: `GET /3.0/stats/conversions?${DAYS}${filters}&${PAGE}`,
    say: { status: 1, conversions: say, pagination: [] },
  });
  const clicks = (say: unknown, filters = ''): Exchange => ({
    ask: `GET /3.0/stats/clicks?${DAYS}${filters}&${PAGE}`,
    say: { status: 1, clicks: say, pagination: {} },
  });
  const postbacks = (say: unknown, filters = ''): Exchange => ({
    ask: `GET /3.0/stats/affiliatepostbacks?date_from=2026-07-31&date_to=2026-08-03${filters}&${PAGE}`,
    say: { status: 1, postbacks: say, pagination: {} },
  });
  playAll(affise, PASTED, [
    {
      title: 'conversions: ids under all their names, of one offer and click',
      run: (adapter, ask) =>
        adapter.conversions?.(ask, logQuestion({ campaignId: '7', clickId: 'clk1' })),
      line: [
        conversions(
          [
            CONVERSION,
            {
              ...CONVERSION,
              id: null,
              conversion_id: 77,
              clickid: undefined,
              click_id: 'clk2',
              payouts: null,
              click_time: { date: '2026-08-01 03:07:07.000000', timezone: 'UTC' },
            },
            {
              ...CONVERSION,
              id: undefined,
              clickid: '',
              cbid: 'cb3',
              offer: null,
              currency: '',
              created_at: null,
            },
          ],
          '&offer[]=7&clickid=clk1',
        ),
      ],
      gives: log([
        CONVERTED,
        {
          ...CONVERTED,
          id: '77',
          clickId: 'clk2',
          payout: 15,
          clickedAt: Date.parse('2026-08-01T03:07:07Z'),
        },
        {
          ...CONVERTED,
          id: 'a1',
          clickId: 'cb3',
          campaign: null,
          offer: null,
          convertedAt: null,
        },
      ]),
    },
    {
      title: 'conversions: statuses as numbers, text of them, words and objects',
      run: async (adapter, ask) =>
        (await adapter.conversions?.(ask, logQuestion()))?.entries.map(({ status, statusText }) => [
          statusText,
          status,
        ]),
      line: [
        conversions(
          [
            2,
            '3',
            4,
            '5',
            'Confirmed',
            'pending',
            'declined',
            'not_found',
            'Not found',
            'pending_cap',
            'hold',
            'own',
            null,
            { id: 1, name: '' },
          ].map((status, index) => ({ ...CONVERSION, id: index, status })),
        ),
      ],
      gives: [
        ['2', 'hold'],
        ['3', 'rejected'],
        ['4', 'rejected'],
        ['5', 'hold'],
        ['Confirmed', 'sale'],
        ['pending', 'hold'],
        ['declined', 'rejected'],
        ['not_found', 'rejected'],
        ['Not found', 'rejected'],
        ['pending_cap', 'hold'],
        ['hold', 'hold'],
        ['own', null],
        ['', null],
        ['1', 'sale'],
      ],
    },
    {
      title: 'conversions: none',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [conversions(null)],
      gives: log([]),
    },
    {
      title: 'conversions: what is no moment is a wrong shape',
      run: (adapter, ask) => adapter.conversions?.(ask, logQuestion()),
      line: [conversions([{ ...CONVERSION, created_at: 'soon' }])],
      fails: { kind: 'shape', field: 'created_at', call: 'conversions', tracker: 'Affise' },
    },
    {
      title: 'clicks of one offer, without a cost',
      run: (adapter, ask) => adapter.clicks?.(ask, logQuestion({ campaignId: '7' })),
      line: [clicks([CLICK, { ...CLICK, id: '', offer: [] }], '&offer[]=7')],
      gives: log([CLICKED, { ...CLICKED, id: 'cb1', campaign: null }]),
    },
    ...['c1', 'cb1', 'k1'].map(
      (clickId): Case => ({
        title: `a click is found by any name of it: ${clickId}`,
        run: async (adapter, ask) =>
          (await adapter.clicks?.(ask, logQuestion({ clickId })))?.entries.map(({ id }) => id),
        line: [
          clicks([
            { ...CLICK, id: 'x1', cbid: 'x2' },
            { ...CLICK, id: 'c1', cbid: 'cb1', click_id: 'k1' },
          ]),
        ],
        gives: ['c1'],
      }),
    ),
    {
      title: 'postbacks of one offer: a day more is asked for on either side, and left out',
      run: (adapter, ask) => adapter.postbacks?.(ask, logQuestion({ campaignId: '7' })),
      line: [
        postbacks(
          [
            POSTBACK,
            { ...POSTBACK, _id: 'p2', date: '2026-07-31 23:59:59', http_code: 0 },
            {
              ...POSTBACK,
              _id: 'p3',
              date: '2026-08-02 23:59:59',
              http_code: '404',
              status: 'hold',
            },
            { ...POSTBACK, _id: null, postback_url: '', lead_id: null, http_code: 0, status: 9 },
          ],
          '&offer[]=7',
        ),
      ],
      gives: log([
        SENT,
        {
          ...SENT,
          id: 'p3',
          at: Date.parse('2026-08-02T21:59:59Z'),
          httpCode: 404,
          status: 'hold',
        },
        { ...SENT, id: '', conversionId: null, url: null, httpCode: null, status: null },
      ]),
    },
    {
      title: 'postbacks: none',
      run: (adapter, ask) => adapter.postbacks?.(ask, logQuestion()),
      line: [postbacks(null)],
      gives: log([]),
    },
    ...(
      [
        ['found among the clicks', [{ ...CLICK, id: 'other' }, CLICK], CLICKED],
        ['not there', [], null],
      ] as const
    ).map(
      ([title, say, gives]): Case => ({
        title: `one click: ${title}`,
        run: (adapter, ask) => adapter.click?.(ask, 'clk1', RANGE),
        line: [clicks(say)],
        gives,
      }),
    ),
  ]);
});

const upload = (parts: Partial<ConversionUpload> = {}): ConversionUpload => ({
  clickId: 'clk 1&=[я]',
  payout: null,
  at: null,
  type: null,
  status: null,
  campaignId: null,
  offerId: '1000',
  affiliateId: '500',
  ...parts,
});
const IMPORT = 'POST /3.0/admin/conversions/import';

describe('the import', () => {
  const IMPORTED = {
    status: 1,
    data: { list: [{ offer: 1000, pid: 500, action_id: null, sum: null }] },
    message: 'Conversion import will take a few minutes',
  };
  playAll(affise, PASTED, [
    {
      title: 'a form of numbered fields, as the document writes them',
      run: (adapter, ask) =>
        adapter.uploadConversions?.(ask, [
          upload(),
          ...(['sale', 'lead', 'hold', 'rejected'] as const).map((status) =>
            upload({ clickId: status, payout: 0.5, status }),
          ),
        ]),
      line: [
        {
          ask: IMPORT,
          form: [
            ['list[0][offer]', '1000'],
            ['list[0][pid]', '500'],
            ['list[0][action_id]', 'clk 1&=[я]'],
            ...(
              [
                ['sale', 'confirmed'],
                ['lead', 'pending'],
                ['hold', 'hold'],
                ['rejected', 'declined'],
              ] as const
            ).flatMap(
              ([clickId, status], index): Array<readonly [string, string]> => [
                [`list[${index + 1}][offer]`, '1000'],
                [`list[${index + 1}][pid]`, '500'],
                [`list[${index + 1}][action_id]`, clickId],
                [`list[${index + 1}][sum]`, '0.5'],
                [`list[${index + 1}][status]`, status],
              ],
            ),
          ],
          say: IMPORTED,
        },
      ],
      gives: undefined,
    },
    ...([{ offerId: null }, { affiliateId: null }] as const).map(
      (parts): Case => ({
        title: `${JSON.stringify(parts)} is refused before anything is sent`,
        run: (adapter, ask) => adapter.uploadConversions?.(ask, [upload(parts)]),
        line: [],
        fails: { kind: 'input', text: 'affise_import_needs', values: ['clk 1&=[я]'] },
      }),
    ),
    {
      title: 'too many at once',
      run: (adapter, ask) =>
        adapter.uploadConversions?.(
          ask,
          Array.from({ length: 101 }, () => upload()),
        ),
      line: [],
      fails: { kind: 'unsupported', text: 'upload_too_many', values: ['100'] },
    },
    {
      title: 'a duplicate is refused with 409',
      run: (adapter, ask) => adapter.uploadConversions?.(ask, [upload({ clickId: 'a' })]),
      line: [
        {
          ask: IMPORT,
          form: [
            ['list[0][offer]', '1000'],
            ['list[0][pid]', '500'],
            ['list[0][action_id]', 'a'],
          ],
          status: 409,
          say: { status: 2, error: 'Duplicate' },
        },
      ],
      fails: { kind: 'conflict', text: 'affise_refused', values: ['Duplicate'], status: 409 },
    },
  ]);

  test('the form is encoded as the document shows it', async () => {
    const bodies: string[] = [];
    const { ask } = contractAsk(affise, PASTED, (request) => {
      void request.text().then((body) => bodies.push(body));
      return responseOf({ say: IMPORTED });
    });
    await affise.uploadConversions?.(ask, [upload()]);
    expect(bodies).toEqual([
      'list%5B0%5D%5Boffer%5D=1000&list%5B0%5D%5Bpid%5D=500&list%5B0%5D%5Baction_id%5D=clk+1%26%3D%5B%D1%8F%5D',
    ]);
  });
});

const HTML = '<html>Sign in</html>';
const said = (error: unknown, status = 2) => ({ status, error });
const REFUSALS: readonly Refusal[] = [
  ['401', { status: 401, say: said('API-Key is missing') }, { kind: 'auth', status: 401 }],
  ['402', { status: 402, text: 'Pay' }, { kind: 'unsupported', status: 402 }],
  [
    '403',
    { status: 403, say: said('Access denied') },
    { kind: 'permission', text: 'affise_permission' },
  ],
  ...[400, 404, 406, 409, 418, 422].map(
    (status): Refusal => [
      `${status}`,
      { status, say: said('date_from is required', 0) },
      { kind: 'conflict', text: 'affise_refused', values: ['date_from is required'], status },
    ],
  ),
  ['400 without words', { status: 400, say: { status: 2 } }, { kind: 'conflict', status: 400 }],
  ['status 2 with 200: a key', { say: said('Wrong API-Key') }, { kind: 'auth' }],
  [
    'status 2 with 200: rights',
    { say: said('You have no permission') },
    { kind: 'permission', text: 'affise_permission' },
  ],
  ['status 2 with 200: a limit', { say: said('Too many requests') }, { kind: 'rate' }],
  [
    'status 0 with 200',
    { say: said('Wrong slice', 0) },
    { kind: 'conflict', values: ['Wrong slice'] },
  ],
  [
    'status "2" with 200, fields that are wrong',
    { say: { status: '2', error: { slice: ['required'] } } },
    { kind: 'conflict', values: ['{"slice":["required"]}'] },
  ],
  [
    'status 2 with 200, a message',
    { say: { status: 2, message: 'Later' } },
    { kind: 'conflict', values: ['Later'] },
  ],
  ['status 2 with 200, no words', { say: { status: 2 } }, { kind: 'conflict' }],
  [
    '429',
    { status: 429, headers: { 'Retry-After': '5' }, say: said('Too many requests') },
    { kind: 'rate', retryAfterMs: 5000 },
  ],
  ['500', { status: 500, say: said('x') }, { kind: 'network', status: 500, maybeApplied: true }],
  [
    '502 of a proxy',
    { status: 502, text: HTML },
    { kind: 'shape', text: 'problem_html', maybeApplied: true },
  ],
  ['503', { status: 503 }, { kind: 'network', status: 503, maybeApplied: true }],
  ['a page with 200', { text: HTML }, { kind: 'shape', text: 'problem_html', maybeApplied: true }],
  [
    'a redirect',
    { status: 302, headers: { Location: '/v2/sign/in' } },
    { kind: 'auth', text: 'problem_redirect', maybeApplied: true },
  ],
  [
    'an error that repeats the key',
    { status: 400, say: said(`bad ${KEY}`) },
    { kind: 'conflict', values: ['bad •••'] },
  ],
];

describe('refusals', () => {
  playRefusals(affise, PASTED, REFUSALS, {
    read: (ask: Ask) => affise.report(ask, question()),
    write: (ask: Ask) => affise.uploadConversions?.(ask, [upload()]),
  });
});
