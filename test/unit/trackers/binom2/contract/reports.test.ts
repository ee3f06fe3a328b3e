import { describe, expect } from 'vitest';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { type Case, known, NOW, playAll, question, RANGE, seen } from '../../contract.ts';
import {
  API,
  byCampaign,
  DAYS,
  groupings,
  PASTED,
  report,
  SOURCES,
  STAT,
  sourceList,
  stats,
  TODAY,
  totals,
} from './shared.ts';

describe('reports', () => {
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
        groupings([{ value: 'date', label: 'Days' }]),
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
});
