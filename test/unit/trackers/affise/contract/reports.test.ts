import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import {
  type Case,
  contractClient,
  dimensionsOf,
  known,
  NOW,
  playAll,
  question,
  RANGE,
  responseOf,
  seen,
} from '../../contract.ts';
import { DAY, NAMED, PASTED, paged, report, stats, traffic } from './shared.ts';

/** Every slice with a row's part of it, and the filter that the statistics have for it. */
const SLICES: ReadonlyArray<
  readonly [
    Dimension,
    slices: string | readonly string[],
    row: object,
    value: unknown,
    filter: string | null,
  ]
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
  ['day', DAY, { year: 2026, month: 8, day: 1 }, '2026-08-01', null],
  ['hour', 'hour', { hour: '07' }, '7', null],
  ...Array.from({ length: 8 }, (_, index) => {
    const sub = `sub${index + 1}`;
    return [`token${index + 1}`, sub, { [sub]: 900 + index }, `${900 + index}`, sub] as const;
  }),
];
describe('reports', () => {
  test('the table below has every dimension there is', () => {
    expect(SLICES.map(([dimension]) => dimension)).toEqual(dimensionsOf(affise));
  });

  playAll(
    affise,
    PASTED,
    SLICES.map(([dimension, slice, row, value, filter]): Case => {
      const slices = typeof slice === 'string' ? [slice] : slice;
      const id = Array.isArray(value) ? String(value[0]) : String(value);
      const other =
        dimension === 'day' ? { year: 2026, month: 8, day: 2 } : { [slices.at(-1) ?? '']: '23' };
      const day = { slice: { year: 2026, month: 8, day: 1 }, ...traffic('3') };
      return {
        title: `by ${dimension}, and one value of it`,
        async run(adapter, client) {
          const by = await adapter.report(client, question({ groupBy: [dimension] }));
          const filters = [{ dimension, value: id }];
          return [seen(by), seen(await adapter.report(client, question({ filters })))];
        },
        line: [
          report(slices, stats({ slice: row, ...traffic('1607530') })),
          filter === null
            ? report(
                slices,
                stats({ slice: row, ...traffic('3') }, { slice: other, ...traffic(40) }),
              )
            : report(DAY, stats(day), `&filter[${filter}][]=${id}`),
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
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['day'] })),
      line: [report(DAY, DOCUMENTED)],
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
        counted: ['clicks', 'uniqueClicks', 'conversions', 'revenue'],
        complete: true,
      },
    },
    {
      title: 'two levels: states, figures as text, "1:NaN", percent not taken over',
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ groupBy: ['campaign', 'country'] }))),
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
        {
          values: ['', ''],
          conversions: 4,
          sales: 4,
          revenue: 1.5e-7,
          partial: ['conversions', 'revenue'],
        },
      ],
    },
    {
      title: 'three levels in another zone, with filters of both kinds',
      run: async (adapter, client) =>
        seen(
          await adapter.report(client, {
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
          [...DAY, 'hour', 'sub2', 'browser', 'sub1'],
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
        run: async (adapter, client) => seen(await adapter.report(client, question())),
        line: [report(DAY, say)],
        gives: [{ values: [], clicks: 0, uniqueClicks: 0, conversions: 0, revenue: 0 }],
      }),
    ),
    {
      title: 'money of another currency is refused, not added',
      run: (adapter, client) => adapter.report(client, question()),
      line: [
        report(
          DAY,
          stats(
            { slice: { day: '2026-08-01' }, actions: { total: { revenue: 5 } }, currency: 'USD' },
            { slice: { day: '2026-08-01' }, actions: { total: { revenue: 7 } }, currency: 'EUR' },
          ),
        ),
      ],
      fails: { kind: 'conflict', text: 'affise_currencies', values: ['USD', 'EUR'] },
    },
    {
      title: 'days of two months are not added together',
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
            question({
              range: { ...RANGE, from: '2026-07-01', to: '2026-08-01' },
              groupBy: ['day'],
            }),
          ),
        ),
      line: [
        report(
          DAY,
          stats(
            { slice: { year: 2026, month: 7, day: 1 }, ...traffic(1) },
            { slice: { year: 2026, month: 8, day: 1 }, ...traffic(2) },
          ),
          '',
          'Europe/Madrid',
          ['2026-07-01', '2026-08-01'],
        ),
      ],
      gives: [
        { values: ['2026-07-01'], clicks: 1, uniqueClicks: 1 },
        { values: ['2026-08-01'], clicks: 2, uniqueClicks: 2 },
      ],
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
        run: (adapter, client) => adapter.report(client, question({ groupBy: ['os'] })),
        line: [report(['os'], stats(row))],
        fails: { kind: 'shape', field, call: 'report' },
      }),
    ),
    ...(['token9', 'source', 'language', 'region', 'weekday'] as const).map(
      (dimension): Case => ({
        title: `${dimension} is refused before anything is sent`,
        run: (adapter, client) => adapter.report(client, question({ groupBy: [dimension] })),
        line: [],
        fails: { kind: 'unsupported', text: 'affise_dimension', values: [dimension] },
      }),
    ),
  ]);

  const rows = (page: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ slice: { sub1: `${page}-${row}` } }));

  test('pages by their total, although fewer rows come than were asked for', async () => {
    const { client, sent } = contractClient(affise, PASTED, (_, call) =>
      responseOf({
        say: {
          status: 1,
          stats: rows(call, call === 3 ? 50 : 100),
          pagination: { per_page: '100', total_count: '250', page: call },
        },
      }),
    );
    const { rows: read, complete } = await affise.report(client, question({ groupBy: ['token1'] }));
    expect([read.length, complete, sent.length]).toEqual([250, true, 3]);
    expect(sent[2]?.ask).toContain('&page=3&limit=500');
  });

  test('a limit on a later page, said with 200, keeps what was read as incomplete', async () => {
    const { client } = contractClient(affise, PASTED, (_, call) =>
      responseOf({
        say:
          call === 1
            ? { status: 1, stats: rows(1, 500), pagination: paged(900) }
            : { status: 2, error: 'Too many requests' },
      }),
    );
    const { rows: read, complete } = await affise.report(client, question({ groupBy: ['token1'] }));
    expect([read.length, complete]).toEqual([500, false]);
  });
});
