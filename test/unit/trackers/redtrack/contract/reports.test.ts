import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import {
  type Case,
  contractClient,
  dimensionsOf,
  type Exchange,
  expectSentence,
  known,
  NOW,
  playAll,
  problemOf,
  question,
  RANGE,
  responseOf,
  seen,
} from '../../contract.ts';
import { DAYS, ID, PASTED } from './shared.ts';

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
        async run(adapter, client) {
          const by = await adapter.report(client, question({ groupBy: [dimension] }));
          const filters = [{ dimension, value: id }];
          return [seen(by), seen(await adapter.report(client, question({ filters })))];
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
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['offer'] })),
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
        counted: [
          'clicks',
          'uniqueClicks',
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
      title: 'two levels in another zone; statuses where the account has them',
      run: async (adapter, client) =>
        seen(
          await adapter.report(client, {
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
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
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
        run: async (adapter, client) => seen(await adapter.report(client, question())),
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
        run: (adapter, client) => adapter.report(client, question({ groupBy: ['campaign'] })),
        line: [report('campaign', say)],
        fails: { kind: 'shape', field, call: 'report' },
      }),
    ),
    {
      title: 'token 21 is refused before anything is sent',
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['token21'] })),
      line: [],
      fails: { kind: 'unsupported', text: 'redtrack_dimension', values: ['token21'] },
    },
  ]);

  const rows = (page: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ sub1: `${page}-${row}`, clicks: 1 }));
  const bySub = question({ groupBy: ['token1'] });

  test('pages until one is short; 20 requests a minute, and what they brought is kept', async () => {
    const three = contractClient(redtrack, PASTED, (_, call) =>
      responseOf({ say: rows(call, call === 3 ? 17 : 1000) }),
    );
    const whole = await redtrack.report(three.client, bySub);
    expect([whole.rows.length, whole.complete]).toEqual([2017, true]);
    const many = contractClient(redtrack, PASTED, (_, call) =>
      responseOf({ say: rows(call, 1000) }),
    );
    const part = await redtrack.report(many.client, bySub);
    expect([part.rows.length, part.complete, many.sent.length]).toEqual([20_000, false, 20]);
    const problem = await problemOf(redtrack.report(many.client, bySub));
    expect(problem).toMatchObject({ kind: 'rate', tracker: 'RedTrack' });
    expectSentence(problem);
    many.pass(60_000);
    await redtrack.report(many.client, bySub);
    expect(many.sent.length).toBe(40);
  });
});
