import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import {
  type Case,
  contractClient,
  dimensionsOf,
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
import { DAYS, oldBody, PASTED, REPORT, reportBody } from './shared.ts';

/** Each dimension: fields asked, what a row says, what is made of it, and a filter's expression. */
const DIMENSIONS: ReadonlyArray<
  readonly [Dimension, fields: readonly string[], row: object, value: unknown, filter: unknown]
> = [
  ['campaign', ['campaign_id', 'campaign'], { campaign_id: 4, campaign: 'A' }, ['4', 'A'], 4],
  ['offer', ['offer_id', 'offer'], { offer_id: '5', offer: null }, '5', 5],
  [
    'lander',
    ['landing_id', 'landing'],
    { landing_id: 26, landing: 'LP EU X1' },
    ['26', 'LP EU X1'],
    26,
  ],
  ['source', ['ts_id', 'ts'], { ts_id: 1, ts: 'Traffic Source X' }, ['1', 'Traffic Source X'], 1],
  [
    'country',
    ['country_code', 'country'],
    { country_code: 'ES', country: 'Spain' },
    ['ES', 'Spain'],
    'ES',
  ],
  ['region', ['region'], { region: 'MAD' }, 'MAD', 'MAD'],
  ['city', ['city'], { city: 'Madrid' }, 'Madrid', 'Madrid'],
  ['deviceType', ['device_type'], { device_type: 'mobile' }, 'mobile', 'mobile'],
  ['os', ['os'], { os: 'iOS' }, 'iOS', 'iOS'],
  ['browser', ['browser'], { browser: 'Safari' }, 'Safari', 'Safari'],
  ['language', ['language'], { language: 'es' }, 'es', 'es'],
  ['isp', ['isp'], { isp: null }, '', ''],
  ['connectionType', ['connection_type'], { connection_type: 'wifi' }, 'wifi', 'wifi'],
  ['day', ['day'], { day: '2026-08-01 00:00:00' }, '2026-08-01', '2026-08-01'],
  ['hour', ['hour'], { hour: '07:00' }, '7', '7'],
  ['weekday', ['weekday'], { weekday: 6 }, '6', '6'],
  ...Array.from({ length: 30 }, (_, index) => {
    const field = `sub_id_${index + 1}`;
    const value = `<z>${index}`;
    return [`token${index + 1}`, [field], { [field]: value }, value, value] as const;
  }),
];

describe('reports', () => {
  test('the table below has every dimension there is', () => {
    expect(DIMENSIONS.map(([dimension]) => dimension)).toEqual(dimensionsOf(keitaro));
  });

  playAll(
    keitaro,
    PASTED,
    DIMENSIONS.map(
      ([dimension, fields, row, value, filter]): Case => ({
        title: `by ${dimension}, and filtered by it`,
        async run(adapter, client) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = await adapter.report(client, question({ groupBy: [dimension] }));
          const of = await adapter.report(
            client,
            question({ groupBy: [dimension], filters: [{ dimension, value: id }] }),
          );
          return [seen(by), seen(of)];
        },
        line: [
          {
            ask: REPORT,
            body: reportBody(fields, fields.slice(0, 1)),
            say: { rows: [{ ...row, clicks: '100' }], total: '1', meta: {} },
          },
          {
            ask: REPORT,
            body: reportBody(fields, fields.slice(0, 1), {
              filters: [{ name: fields[0], operator: 'EQUALS', expression: filter }],
            }),
            say: { rows: [], total: 0, summary: {} },
          },
        ],
        gives: [[{ values: [value], clicks: 100 }], []],
      }),
    ),
  );

  playAll(keitaro, PASTED, [
    {
      title: 'two levels: figures as text with four places, as numbers, null and absent',
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['campaign', 'day'] })),
      line: [
        {
          ask: REPORT,
          body: reportBody(['campaign_id', 'campaign', 'day'], ['campaign_id', 'day']),
          say: {
            rows: [
              {
                campaign_id: '4',
                campaign: 'Summer <script>',
                day: '2026-08-01',
                clicks: '1234',
                campaign_unique_clicks: 1000,
                bots: '0',
                lp_clicks: '300',
                conversions: 12,
                leads: '3',
                sales: '7',
                rejected: 2,
                cost: '19.2200',
                revenue: '1 234.5000',
                cr: '0.97',
                roi: '6321.44',
              },
              {
                campaign_id: 4,
                campaign: 'Summer <script>',
                day: '2026-08-02',
                clicks: 5,
                bots: null,
                cost: '0.0000',
                revenue: 1.5e-7,
              },
            ],
            total: 2,
            meta: { datetime: '2026-08-02T11:54:34+00:00', execution_time: '0.0001' },
          },
        },
      ],
      gives: {
        rows: [
          {
            values: [
              { id: '4', name: 'Summer <script>' },
              { id: '2026-08-01', name: '2026-08-01' },
            ],
            metrics: known({
              clicks: 1234,
              uniqueClicks: 1000,
              bots: 0,
              landerClicks: 300,
              conversions: 12,
              leads: 3,
              sales: 7,
              rejected: 2,
              cost: 19.22,
              revenue: 1234.5,
            }),
          },
          {
            values: [
              { id: '4', name: 'Summer <script>' },
              { id: '2026-08-02', name: '2026-08-02' },
            ],
            metrics: known({ clicks: 5, cost: 0, revenue: 1.5e-7 }),
          },
        ],
        zone: 'Europe/Madrid',
        currency: 'USD',
        basis: 'visit',
        fetchedAt: NOW,
        counted: [
          'clicks',
          'uniqueClicks',
          'bots',
          'landerClicks',
          'conversions',
          'leads',
          'sales',
          'rejected',
          'cost',
          'revenue',
        ],
        complete: true,
      },
    },
    {
      title: 'three levels with filters, in another zone',
      run: async (adapter, client) =>
        seen(
          await adapter.report(client, {
            range: { ...RANGE, zone: 'Pacific/Auckland' },
            groupBy: ['source', 'token6', 'hour'],
            filters: [
              { dimension: 'campaign', value: '4' },
              { dimension: 'token6', value: '007' },
            ],
          }),
        ),
      line: [
        {
          ask: REPORT,
          body: reportBody(['ts_id', 'ts', 'sub_id_6', 'hour'], ['ts_id', 'sub_id_6', 'hour'], {
            range: { ...DAYS, timezone: 'Pacific/Auckland' },
            filters: [
              { name: 'campaign_id', operator: 'EQUALS', expression: 4 },
              { name: 'sub_id_6', operator: 'EQUALS', expression: '007' },
            ],
          }),
          say: {
            rows: [
              { ts_id: 1, ts: 'X', sub_id_6: '007', hour: '2026-08-01 23:00:00', clicks: 1 },
              { ts_id: 1, ts: 'X', sub_id_6: '007', hour: '0', clicks: 2 },
            ],
            total: 2,
          },
        },
      ],
      gives: [
        { values: [['1', 'X'], '007', '23'], clicks: 1 },
        { values: [['1', 'X'], '007', '0'], clicks: 2 },
      ],
    },
    {
      title: 'the total is asked as days and summed',
      run: async (adapter, client) => seen(await adapter.report(client, question())),
      line: [
        {
          ask: REPORT,
          body: reportBody(['day'], ['day']),
          say: {
            rows: [
              { day: '2026-08-01', clicks: 3, cost: '1.10', roi: -100 },
              { day: '2026-08-02', clicks: 4, cost: '2.20', roi: 100 },
            ],
            total: 2,
          },
        },
      ],
      gives: [{ values: [], clicks: 7, cost: expect.closeTo(3.3, 9) }],
    },
    {
      title: 'the total of nothing is zero',
      run: async (adapter, client) => seen(await adapter.report(client, question())),
      line: [
        { ask: REPORT, body: reportBody(['day'], ['day']), say: { rows: [], total: 0 } },
        { ask: REPORT, body: oldBody(['day'], ['day']), say: { rows: [], total: 0 } },
      ],
      gives: [
        {
          values: [],
          clicks: 0,
          uniqueClicks: 0,
          bots: 0,
          landerClicks: 0,
          conversions: 0,
          leads: 0,
          sales: 0,
          rejected: 0,
          cost: 0,
          revenue: 0,
        },
      ],
    },
    {
      title: 'a figure that is none is a wrong shape, not a zero',
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['os'] })),
      line: [
        {
          ask: REPORT,
          body: reportBody(['os'], ['os']),
          say: { rows: [{ os: 'iOS' }, { os: 'Linux', cost: '<b>1</b>' }] },
        },
      ],
      fails: { kind: 'shape', field: 'rows.1.cost', call: 'report', tracker: 'Keitaro' },
    },
  ]);

  test('token 31 is refused before anything is sent', async () => {
    const { client, sent } = contractClient(keitaro, PASTED, () => responseOf({}));
    const problem = await problemOf(keitaro.report(client, question({ groupBy: ['token31'] })));
    expect(problem).toMatchObject({ kind: 'unsupported', text: 'keitaro_dimension' });
    expectSentence(problem);
    expect(sent).toEqual([]);
  });
});
