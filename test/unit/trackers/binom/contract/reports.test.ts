import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { binom } from '../../../../../lib/trackers/binom/adapter.ts';
import {
  type Case,
  dimensionsOf,
  known,
  NOW,
  playAll,
  question,
  RANGE,
  seen,
} from '../../contract.ts';
import { ARCHIVED, CAMPAIGN, campaignsOf, OLD, PASTED, QUIET, statsOf, ZONED } from './shared.ts';

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
        async run(adapter, client) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = question({ groupBy: [dimension], filters: [byCampaign] });
          const of = question({ filters: [byCampaign, { dimension, value: id }] });
          return [seen(await adapter.report(client, by)), seen(await adapter.report(client, of))];
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
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['campaign'] })),
      line: [campaignsOf(ZONED, [CAMPAIGN, QUIET, ARCHIVED])],
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
        counted: ['clicks', 'landerViews', 'landerClicks', 'conversions', 'cost', 'revenue'],
        complete: true,
      },
    },
    {
      title:
        'all campaigns in the spellings of all versions; without profit the cost is clicks × CPC',
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ groupBy: ['campaign'] }))),
      line: [
        campaignsOf(ZONED, [
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
      async run(adapter, client) {
        const by = question({ groupBy: ['deviceType'], filters: [byCampaign] });
        const all = question({ groupBy: ['campaign'] });
        return [seen(await adapter.report(client, all)), seen(await adapter.report(client, by))];
      },
      line: [
        campaignsOf(ZONED, [OLD]),
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
      async run(adapter, client) {
        const by = question({
          groupBy: ['source'],
          filters: [{ dimension: 'source', value: '21' }],
        });
        const of = question({ filters: [byCampaign] });
        return [seen(await adapter.report(client, by)), seen(await adapter.report(client, of))];
      },
      line: [
        campaignsOf(ZONED, [
          { id: 1, name: 'A', ts_id: '21', ts_name: 'P', clicks: 1 },
          { id: 2, name: 'B', ts_id: 21, ts_name: 'P', clicks: 2 },
          { id: 3, name: 'C', ts_id: '22', ts_name: 'Q', clicks: 40 },
        ]),
        campaignsOf(ZONED, [
          { id: 6, name: 'A', clicks: 1 },
          { id: 7, name: 'B', clicks: 2 },
        ]),
      ],
      gives: [[{ values: [['21', 'P']], clicks: 3 }], [{ values: [], clicks: 2 }]],
    },
    {
      title: 'two levels: a tree in order, parents left out',
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
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
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
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
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
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
      title: 'the total of nothing is zero',
      run: async (adapter, client) => seen(await adapter.report(client, question())),
      line: [campaignsOf(ZONED, [])],
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
        run: (adapter, client) =>
          adapter.report(
            client,
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
        run: (adapter, client) => adapter.report(client, question(asked)),
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
      run: async (adapter, client) => [...((await adapter.marks?.(client, at)) ?? [])],
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
        run: (adapter, client) => adapter.marks?.(client, { ...at, filter }),
        line: [],
        fails: { kind: 'input', text: 'binom_filter_number' },
      }),
    ),
  ]);
});
