import { describe } from 'vitest';
import type { Range } from '../../../../../lib/report/range.ts';
import type { TrackerAdapter, TrackerClient } from '../../../../../lib/trackers/adapter.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { type Case, type Exchange, log, logQuestion, playAll, RANGE } from '../../contract.ts';
import { NAMED, PAGE, PASTED } from './shared.ts';

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
      run: (adapter, client) =>
        adapter.conversions?.(client, logQuestion({ campaignId: '7', clickId: 'clk1' })),
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
      title: 'conversions of a click by the affiliate’s id of it, which travels in a sub',
      run: async (adapter, client) =>
        (await adapter.conversions?.(client, logQuestion({ clickId: 'mine' })))?.entries.map(
          ({ clickId, tokens }) => [clickId, tokens],
        ),
      line: [
        conversions([], '&clickid=mine'),
        // What ignores the parameter answers with others.
        conversions([CONVERSION], '&subid1=mine'),
        conversions([CONVERSION, { ...CONVERSION, sub2: 'mine' }], '&subid2=mine'),
      ],
      gives: [['clk1', { 2: 'mine', 6: '991' }]],
    },
    {
      title: 'conversions: statuses as numbers, text of them, words and objects',
      run: async (adapter, client) =>
        (await adapter.conversions?.(client, logQuestion()))?.entries.map(
          ({ status, statusText }) => [statusText, status],
        ),
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
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [conversions(null)],
      gives: log([]),
    },
    {
      title: 'conversions: what is no moment is a wrong shape',
      run: (adapter, client) => adapter.conversions?.(client, logQuestion()),
      line: [conversions([{ ...CONVERSION, created_at: 'soon' }])],
      fails: { kind: 'shape', field: 'created_at', call: 'conversions', tracker: 'Affise' },
    },
    {
      title: 'clicks of one offer, without a cost',
      run: (adapter, client) => adapter.clicks?.(client, logQuestion({ campaignId: '7' })),
      line: [clicks([CLICK, { ...CLICK, id: '', offer: [] }], '&offer[]=7')],
      gives: log([CLICKED, { ...CLICKED, id: 'cb1', campaign: null }]),
    },
    ...['c1', 'cb1', 'k1'].map(
      (clickId): Case => ({
        title: `a click is found by any name of it: ${clickId}`,
        run: async (adapter, client) =>
          (await adapter.clicks?.(client, logQuestion({ clickId })))?.entries.map(({ id }) => id),
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
      run: (adapter, client) => adapter.postbacks?.(client, logQuestion({ campaignId: '7' })),
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
      run: (adapter, client) => adapter.postbacks?.(client, logQuestion()),
      line: [postbacks(null)],
      gives: log([]),
    },
    {
      title: 'conversions of a long range are asked in periods; nothing further back is not none',
      async run(adapter, client) {
        const range = { ...RANGE, from: '2024-08-03' };
        const found = await adapter.conversions?.(client, logQuestion({ range }));
        return [found?.complete, found?.entries.map(({ id }) => id)];
      },
      line: [
        ['2024-08-03', '2025-08-02', []],
        ['2025-08-03', '2026-08-02', [CONVERSION]],
      ].map(([from, to, say]) => ({
        ask: `GET /3.0/stats/conversions?date_from=${from}&date_to=${to}&timezone=Europe/Madrid&${PAGE}`,
        say: { status: 1, conversions: say, pagination: [] },
      })),
      gives: [false, [CONVERSION.id]],
    },
    {
      title: 'clicks are told for seven days: an earlier beginning is cut, and the log incomplete',
      async run(adapter, client) {
        const range = { ...RANGE, from: '2026-07-01' };
        const found = await adapter.clicks?.(client, logQuestion({ range }));
        return [found?.complete, found?.entries.length];
      },
      line: [
        {
          ask: `GET /3.0/stats/clicks?date_from=2026-07-27&date_to=2026-08-02&timezone=Europe/Madrid&${PAGE}`,
          say: { status: 1, clicks: [CLICK], pagination: {} },
        },
      ],
      gives: [false, 1],
    },
    ...(
      [
        ['clicks', (adapter, client, range) => adapter.clicks?.(client, logQuestion({ range }))],
        ['one click', (adapter, client, range) => adapter.click?.(client, 'clk1', range)],
      ] satisfies Array<
        readonly [string, (adapter: TrackerAdapter, client: TrackerClient, range: Range) => unknown]
      >
    ).map(
      ([title, ask]): Case => ({
        title: `${title} of days before that: said before anything is asked`,
        run: async (adapter, client) =>
          ask(adapter, client, { ...RANGE, from: '2026-07-01', to: '2026-07-26' }),
        line: [],
        fails: { kind: 'unsupported', text: 'affise_click_days', values: ['7'] },
      }),
    ),
    {
      title: 'one click that is not among the last ones may be older',
      run: (adapter, client) => adapter.click?.(client, 'clk1', { ...RANGE, from: '2026-07-26' }),
      line: [
        {
          ask: `GET /3.0/stats/clicks?date_from=2026-07-27&date_to=2026-08-02&timezone=Europe/Madrid&${PAGE}`,
          say: { status: 1, clicks: [], pagination: {} },
        },
      ],
      fails: { kind: 'unsupported', text: 'affise_click_days', values: ['7'] },
    },
    ...(
      [
        ['found among the clicks', [{ ...CLICK, id: 'other' }, CLICK], CLICKED],
        ['not there', [], null],
      ] as const
    ).map(
      ([title, say, gives]): Case => ({
        title: `one click: ${title}`,
        run: (adapter, client) => adapter.click?.(client, 'clk1', RANGE),
        line: [clicks(say)],
        gives,
      }),
    ),
  ]);
});
