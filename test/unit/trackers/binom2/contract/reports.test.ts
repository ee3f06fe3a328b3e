import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
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
import {
  API,
  DAYS,
  groupings,
  PASTED,
  report,
  SORT,
  SOURCES,
  STAT,
  source,
  sourceList,
  stats,
  TODAY,
  totals,
} from './shared.ts';

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
    ...Array.from({ length: 30 }, (_, index) => ({
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
const TOKENS = Array.from({ length: 30 }, (_, index) => index + 1);

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
        async run(adapter, client) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = question({ groupBy: [dimension], filters: [byCampaign] });
          const of = question({ filters: [byCampaign, { dimension, value: id }] });
          return [seen(await adapter.report(client, by)), seen(await adapter.report(client, of))];
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
        run: async (adapter, client) =>
          seen(
            await adapter.report(
              client,
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
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['campaign'] })),
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
        counted: [
          'clicks',
          'uniqueClicks',
          'bots',
          'landerViews',
          'landerClicks',
          'conversions',
          'cost',
          'revenue',
        ],
        complete: true,
      },
    },
    {
      title: 'by source: ids from the list, campaigns of one source are summed',
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ groupBy: ['source'] }))),
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
        run: async (adapter, client) =>
          seen(await adapter.report(client, question({ filters: [byCampaign] }))),
        line: [stats(DAYS, say)],
        gives: [expect.objectContaining({ values: [], clicks })],
      }),
    ),
    {
      title: 'one day of all campaigns by hour comes from the trends',
      run: async (adapter, client) =>
        seen(
          await adapter.report(client, {
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
        run: async (adapter, client) =>
          seen(
            await adapter.report(
              client,
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
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
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
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ groupBy: ['offer'], filters: [byCampaign] }))),
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
        run: async (adapter, client) =>
          seen(
            await adapter.report(client, question({ groupBy: ['token1'], filters: [byCampaign] })),
          ),
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
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ groupBy: ['offer'], filters: [byCampaign] }))),
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
      run: async (adapter, client) =>
        (await adapter.report(client, question({ groupBy: ['source'] }))).rows.map(
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
      run: (adapter, client) =>
        adapter.report(client, question({ groupBy: ['city'], filters: [byCampaign] })),
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
        run: (adapter, client) => adapter.report(client, question(asked)),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
    {
      title: 'a figure that is none is a wrong shape, named by its row',
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['campaign'] })),
      line: [stats(DAYS, [STAT, { id: 8, clicks: 'many' }])],
      fails: { kind: 'shape', field: '1.clicks', tracker: 'Binom v2', call: 'report' },
    },
  ]);

  const campaigns = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ id: from + row, name: 'x', clicks: '1' }));

  test('pages of a list: the total counts them and is no element of its own', async () => {
    const { client, sent } = contractClient(binom2, PASTED, (_, call) =>
      responseOf({
        say: [...campaigns((call - 1) * 1000, call === 3 ? 1 : 1000), totals('2001')],
      }),
    );
    const { rows, complete } = await binom2.report(client, question({ groupBy: ['campaign'] }));
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
    const { client } = contractClient(binom2, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: { report: all.slice(offset, offset + 1000) } });
    });
    const { rows, complete } = await binom2.report(client, ofTree);
    expect([rows.length, complete]).toEqual([1000, true]);
    expect(rows[667]?.values.map(({ id }) => id)).toEqual(['o333', 'FR']);
  });

  test('pages of a tree that count its first level', async () => {
    const { client, sent } = contractClient(binom2, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: { report: tree(offset === 0 ? 1000 : 5, offset) } });
    });
    const { rows, complete } = await binom2.report(client, ofTree);
    expect([rows.length, complete, sent.length]).toEqual([2010, true, 2]);
    expect(sent[1]?.ask).toContain('offset=1000');
  });

  test('a limit on a later page keeps what was read, as incomplete', async () => {
    const { client } = contractClient(binom2, PASTED, (_, call) =>
      responseOf(call === 1 ? { say: campaigns(0, 1000) } : { status: 418, say: {} }),
    );
    const { rows, complete } = await binom2.report(client, question({ groupBy: ['campaign'] }));
    expect([rows.length, complete]).toEqual([1000, false]);
  });
});
