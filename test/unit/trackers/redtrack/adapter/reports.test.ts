import { describe, expect, test } from 'vitest';
import { NO_METRICS } from '../../../../../lib/report/metrics.ts';
import type { Question } from '../../../../../lib/report/question.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { fakeTrackerClient, problemFrom } from '../../fake-tracker-client.ts';
import { CAMPAIGN, DOCUMENTED } from './shared.ts';

const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'America/Sao_Paulo' };
const READ = {
  ...NO_METRICS,
  clicks: 110,
  uniqueClicks: 104,
  landerViews: 113,
  landerClicks: 0,
  conversions: 0,
  cost: 3.949,
  revenue: 0,
};

function question(parts: Partial<Question>): Question {
  return { range: RANGE, groupBy: [], filters: [], ...parts };
}

describe('questions become requests', () => {
  const base = [
    'date_from=2026-08-01',
    'date_to=2026-08-02',
    'page=1',
    'per=1000',
    'timezone=America/Sao_Paulo',
  ];
  test.each<[string, Partial<Question>, string[]]>([
    ['the total, as a sum of days', {}, ['group=date']],
    ['campaigns', { groupBy: ['campaign'] }, ['group=campaign']],
    [
      'days of one campaign',
      { groupBy: ['day'], filters: [{ dimension: 'campaign', value: CAMPAIGN }] },
      ['group=date', `campaign_id=${CAMPAIGN}`],
    ],
    [
      'one token value of a campaign',
      {
        filters: [
          { dimension: 'campaign', value: CAMPAIGN },
          { dimension: 'token3', value: 'abc' },
        ],
      },
      ['group=date', `campaign_id=${CAMPAIGN}`, 'sub3=abc'],
    ],
    ['two tokens', { groupBy: ['token4', 'token7'] }, ['group=sub4,sub7']],
    ['hours of the day, which are not called hour', { groupBy: ['hour'] }, ['group=hour_of_day']],
    [
      'every named dimension',
      {
        groupBy: [
          'offer',
          'lander',
          'source',
          'country',
          'region',
          'city',
          'deviceType',
          'os',
          'browser',
          'language',
          'isp',
          'connectionType',
          'weekday',
        ],
      },
      [
        'group=offer,landing,source,country,region,city,device,os,browser,language,isp,connection_type,day_of_week',
      ],
    ],
    [
      'a filter that /report has no parameter for, as a group',
      { groupBy: ['os'], filters: [{ dimension: 'country', value: 'DE' }] },
      ['group=os,country'],
    ],
    [
      'a token value with a comma, which the parameter would split, as a group',
      { filters: [{ dimension: 'token2', value: 'a,b' }] },
      ['group=sub2'],
    ],
    [
      'the clicks without a value, which an empty parameter would not ask for, as a group',
      { groupBy: ['token1'], filters: [{ dimension: 'token1', value: '' }] },
      ['group=sub1'],
    ],
  ])('%s', async (_name, parts, extra) => {
    const { client, sent } = fakeTrackerClient(redtrack, () => ({ json: [] }));
    await redtrack.report(client, question(parts));
    expect(sent).toEqual([
      {
        line: 'GET /report',
        query: [...base, ...extra].sort(),
        write: false,
        pace: 'report',
      },
    ]);
  });

  test.each(['token0', 'token21'] as const)('%s is said to be unsupported', async (dimension) => {
    const { client, sent } = fakeTrackerClient(redtrack, () => ({ json: [] }));
    const asked = redtrack.report(client, question({ groupBy: [dimension] }));
    expect(await problemFrom(asked)).toMatchObject({
      kind: 'unsupported',
      text: 'redtrack_dimension',
      values: [dimension],
    });
    expect(sent).toEqual([]);
  });
});

describe('answers become rows', () => {
  test('the documented row, whose offer has a name only', async () => {
    const { client } = fakeTrackerClient(redtrack, () => ({ json: [DOCUMENTED] }));
    const report = await redtrack.report(client, question({ groupBy: ['offer'] }));
    expect(report).toEqual({
      rows: [{ values: [{ id: 'My offer', name: 'My offer' }], metrics: READ }],
      zone: 'America/Sao_Paulo',
      currency: 'USD',
      basis: 'postback',
      fetchedAt: 1_785_600_000_000,
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
    });
  });

  test('campaign rows are known by campaign_id, which stands beside the title', async () => {
    const row = { ...DOCUMENTED, campaign: 'Supah Hybrid', campaign_id: CAMPAIGN };
    const { client } = fakeTrackerClient(redtrack, () => ({
      json: { items: [row], total: { clicks: 110 } },
    }));
    const { rows } = await redtrack.report(client, question({ groupBy: ['campaign'] }));
    expect(rows).toEqual([{ values: [{ id: CAMPAIGN, name: 'Supah Hybrid' }], metrics: READ }]);
  });

  test('a campaign row without its id is a wrong shape, named by row and field', async () => {
    const { client } = fakeTrackerClient(redtrack, () => ({
      json: [{ ...DOCUMENTED, campaign: 'A' }],
    }));
    const problem = await problemFrom(redtrack.report(client, question({ groupBy: ['campaign'] })));
    expect(problem).toMatchObject({ kind: 'shape', field: '0.campaign_id' });
  });

  test('a figure that is no number is a wrong shape, not a zero', async () => {
    const { client } = fakeTrackerClient(redtrack, () => ({
      json: [{ ...DOCUMENTED, clicks: 'many' }],
    }));
    const problem = await problemFrom(redtrack.report(client, question({})));
    expect(problem).toMatchObject({ kind: 'shape', field: 'items.0.clicks' });
  });

  test('missing figures are unknown, text figures are read, statuses are counted', async () => {
    const row = { date: '2026-08-01', clicks: '12', approved: 3, pending: 2, declined: 1 };
    const { client } = fakeTrackerClient(redtrack, () => ({ json: [row] }));
    const { rows } = await redtrack.report(client, question({ groupBy: ['day'] }));
    expect(rows[0]?.metrics).toEqual({ ...NO_METRICS, clicks: 12, sales: 3, hold: 2, rejected: 1 });
  });

  test.each([
    ['day', 'date', '2026-08-01T00:00:00Z', '2026-08-01'],
    ['hour', 'hour_of_day', 0, '0'],
    ['hour', 'hour_of_day', '07:00', '7'],
    ['hour', 'hour_of_day', '00', '0'],
    ['token5', 'sub5', null, ''],
    ['token5', 'sub5', 991, '991'],
  ] as const)('%s in %s: %s is %s', async (dimension, field, written, read) => {
    const { client } = fakeTrackerClient(redtrack, () => ({
      json: [{ [field]: written, clicks: 1 }],
    }));
    const { rows } = await redtrack.report(client, question({ groupBy: [dimension] }));
    expect(rows[0]?.values).toEqual([{ id: read, name: read }]);
  });

  test('a filter applied here keeps its rows and sums them', async () => {
    const json = [
      { os: 'iOS', country: 'DE', clicks: 1, cost: 0.5 },
      { os: 'iOS', country: 'FR', clicks: 20, cost: 9 },
      { os: 'Android', country: 'DE', clicks: 300, cost: 0.25 },
    ];
    const { client } = fakeTrackerClient(redtrack, () => ({ json }));
    const { rows } = await redtrack.report(
      client,
      question({ filters: [{ dimension: 'country', value: 'DE' }] }),
    );
    expect(rows).toEqual([{ values: [], metrics: { ...NO_METRICS, clicks: 301, cost: 0.75 } }]);
  });

  test('the total of days is one row; of nothing it is zero, not unknown', async () => {
    const days = [
      { date: '2026-08-01', clicks: 3, cost: 1 },
      { date: '2026-08-02', clicks: 4, cost: 2 },
    ];
    const two = fakeTrackerClient(redtrack, () => ({ json: days }));
    const total = await redtrack.report(two.client, question({}));
    expect(total.rows).toEqual([{ values: [], metrics: { ...NO_METRICS, clicks: 7, cost: 3 } }]);
    const none = fakeTrackerClient(redtrack, () => ({ json: null }));
    const nothing = await redtrack.report(none.client, question({}));
    expect(nothing.rows[0]?.metrics).toMatchObject({ clicks: 0, cost: 0, sales: null });
  });
});

describe('all pages are read', () => {
  test('and those before the limit of the minute are kept, as incomplete', async () => {
    const { client } = fakeTrackerClient(redtrack, (_path, query) =>
      query.get('page') === '3'
        ? { status: 429, json: { error: 'too many requests' } }
        : { json: pageOf(Number(query.get('page')), 1000) },
    );
    const { rows, complete } = await redtrack.report(client, question({ groupBy: ['token1'] }));
    expect([rows.length, complete]).toEqual([2000, false]);
  });

  test('but a limit on the first page is said', async () => {
    const { client } = fakeTrackerClient(redtrack, () => ({
      status: 429,
      json: { error: 'slow down' },
    }));
    const asked = redtrack.report(client, question({}));
    expect(await problemFrom(asked)).toMatchObject({ kind: 'rate' });
  });

  const pageOf = (page: number, rows: number) =>
    Array.from({ length: rows }, (_, row) => ({ sub1: `${page}-${row}`, clicks: 1 }));

  test('until one is short', async () => {
    const { client, sent } = fakeTrackerClient(redtrack, (_path, query) => {
      const page = Number(query.get('page'));
      return { json: pageOf(page, page === 3 ? 17 : 1000) };
    });
    const { rows, complete } = await redtrack.report(client, question({ groupBy: ['token1'] }));
    expect(sent.length).toBe(3);
    expect(rows.length).toBe(2017);
    expect(complete).toBe(true);
  });

  test('and a server that repeats its page is not added twice', async () => {
    const { client, sent } = fakeTrackerClient(redtrack, () => ({ json: pageOf(1, 1000) }));
    const { rows, complete } = await redtrack.report(client, question({ groupBy: ['token1'] }));
    expect(sent.length).toBe(2);
    expect(rows.length).toBe(1000);
    expect(complete).toBe(false);
  });
});
