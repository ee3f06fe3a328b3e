import { describe, expect, test } from 'vitest';
import { NO_METRICS } from '../../../../lib/report/metrics.ts';
import type { Question } from '../../../../lib/report/question.ts';
import { affise } from '../../../../lib/trackers/affise/adapter.ts';
import { fakeTrackerClient, problemFrom } from '../fake-tracker-client.ts';

const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Berlin' };

function question(parts: Partial<Question>): Question {
  return { range: RANGE, groupBy: [], filters: [], ...parts };
}

/** "Custom statistics" of the published document (seed 003), whole. */
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

function stats(...rows: unknown[]) {
  return {
    status: 1,
    stats: rows,
    pagination: { per_page: 500, total_count: rows.length, page: 1 },
  };
}

describe('questions become requests', () => {
  const base = [
    'conversionTypes[]=confirmed',
    'conversionTypes[]=declined',
    'conversionTypes[]=hold',
    'conversionTypes[]=not_found',
    'conversionTypes[]=pending',
    'conversionTypes[]=total',
    'filter[currency][]=USD',
    'filter[date_from]=2026-08-01',
    'filter[date_to]=2026-08-02',
    'limit=500',
    'page=1',
    'timezone=Europe/Berlin',
  ];
  test.each<[string, Partial<Question>, string[]]>([
    ['the total, as a sum of days', {}, ['slice[]=day']],
    ['offers, which are the campaigns', { groupBy: ['campaign'] }, ['slice[]=offer']],
    ['days and offers', { groupBy: ['day', 'offer'] }, ['slice[]=day', 'slice[]=offer']],
    [
      'countries of one offer',
      { groupBy: ['country'], filters: [{ dimension: 'campaign', value: '7' }] },
      ['slice[]=country', 'filter[offer][]=7'],
    ],
    [
      'one sub value of an offer',
      {
        filters: [
          { dimension: 'campaign', value: '7' },
          { dimension: 'token3', value: 'abc' },
        ],
      },
      ['slice[]=day', 'filter[offer][]=7', 'filter[sub3][]=abc'],
    ],
    [
      'a filter that the statistics do not have, as a slice',
      { groupBy: ['os'], filters: [{ dimension: 'browser', value: 'Chrome' }] },
      ['slice[]=os', 'slice[]=browser'],
    ],
    [
      'every other dimension',
      { groupBy: ['lander', 'city', 'deviceType', 'isp', 'connectionType', 'hour', 'token8'] },
      ['landing', 'city', 'device', 'isp', 'conn_type', 'hour', 'sub8'].map(
        (slice) => `slice[]=${slice}`,
      ),
    ],
  ])('%s', async (_name, parts, extra) => {
    const { client, sent } = fakeTrackerClient(affise, () => ({ json: stats() }));
    await affise.report(client, question(parts));
    expect(sent.map(({ line }) => line)).toEqual(['GET /3.0/stats/custom']);
    expect(sent[0]?.query).toEqual([...base, ...extra].sort());
  });

  test.each(['token9', 'source', 'language', 'region', 'weekday'] as const)(
    '%s is said to be unsupported',
    async (dimension) => {
      const { client, sent } = fakeTrackerClient(affise, () => ({ json: stats() }));
      const asked = affise.report(client, question({ groupBy: [dimension] }));
      expect(await problemFrom(asked)).toMatchObject({
        kind: 'unsupported',
        text: 'affise_dimension',
        values: [dimension],
      });
      expect(sent).toEqual([]);
    },
  );
});

describe('answers become rows', () => {
  test('the documented answer, with its figures in text', async () => {
    const { client } = fakeTrackerClient(affise, () => ({ json: DOCUMENTED }));
    expect(await affise.report(client, question({ groupBy: ['day'] }))).toEqual({
      rows: [
        {
          values: [{ id: '2017-03-01', name: '2017-03-01' }],
          metrics: {
            ...NO_METRICS,
            clicks: 1_607_530,
            uniqueClicks: 1_468_939,
            conversions: 1092,
            sales: 995,
            revenue: 1252,
          },
        },
      ],
      zone: 'Europe/Berlin',
      currency: 'USD',
      basis: 'postback',
      fetchedAt: 1_785_600_000_000,
      counted: ['clicks', 'uniqueClicks', 'conversions', 'revenue'],
      complete: true,
    });
  });

  test('states: hold and pending are on hold, declined money is not revenue, cost is unknown', async () => {
    const row = {
      slice: { offer: { id: 7, title: 'HD-smart [Web]', offer_id: '5718dac83b7d9bf8588b4579' } },
      traffic: { raw: '100', uniq: '90' },
      actions: {
        total: { count: 10, revenue: 50 },
        confirmed: { count: 4, revenue: 20 },
        pending: { count: 2, revenue: 10 },
        hold: { count: 1, revenue: 5 },
        declined: { count: 3, revenue: 15 },
      },
      ratio: '1:NaN',
    };
    const { client } = fakeTrackerClient(affise, () => ({ json: stats(row) }));
    const { rows } = await affise.report(client, question({ groupBy: ['campaign'] }));
    expect(rows).toEqual([
      {
        values: [{ id: '7', name: 'HD-smart [Web]' }],
        metrics: {
          ...NO_METRICS,
          clicks: 100,
          uniqueClicks: 90,
          conversions: 10,
          sales: 4,
          hold: 3,
          rejected: 3,
          revenue: 35,
        },
      },
    ]);
  });

  test('without a total the states are summed', async () => {
    const actions = {
      confirmed: { count: '4', revenue: '20' },
      declined: { count: 3, revenue: 15 },
    };
    const { client } = fakeTrackerClient(affise, () => ({
      json: stats({ slice: { country: 'US' }, actions }),
    }));
    const { rows } = await affise.report(client, question({ groupBy: ['country'] }));
    expect(rows[0]?.metrics).toMatchObject({ conversions: 7, revenue: 20, clicks: null });
  });

  test('empty objects that PHP writes as [] are nothing, an offer that is gone has no id', async () => {
    const row = { slice: { offer: null }, traffic: [], actions: [] };
    const { client } = fakeTrackerClient(affise, () => ({ json: stats(row) }));
    const { rows } = await affise.report(client, question({ groupBy: ['offer'] }));
    expect(rows).toEqual([{ values: [{ id: '', name: '' }], metrics: NO_METRICS }]);
  });

  test.each([
    ['day', { year: 2026, month: 8, day: 1 }, '2026-08-01'],
    ['day', { year: '2026', month: '12', day: '31' }, '2026-12-31'],
    ['day', { day: '2026-08-01' }, '2026-08-01'],
    ['hour', { hour: 7 }, '7'],
    ['hour', { hour: '07:00' }, '7'],
    ['token2', { sub2: null }, ''],
    ['token2', { sub2: 'site-1' }, 'site-1'],
    ['lander', { landing: { id: 3, title: 'Quiz' } }, '3'],
  ] as const)('%s in %j is %s', async (dimension, slice, id) => {
    const { client } = fakeTrackerClient(affise, () => ({ json: stats({ slice }) }));
    const { rows } = await affise.report(client, question({ groupBy: [dimension] }));
    expect(rows[0]?.values[0]?.id).toBe(id);
  });

  test('a filter applied here keeps its rows and sums them', async () => {
    const row = (os: string, browser: string, raw: string) => ({
      slice: { os, browser },
      traffic: { raw, uniq: raw },
    });
    const { client } = fakeTrackerClient(affise, () => ({
      json: stats(
        row('iOS', 'Safari', '1'),
        row('iOS', 'Chrome', '20'),
        row('iOS', 'Chrome', '300'),
      ),
    }));
    const { rows } = await affise.report(
      client,
      question({ groupBy: ['os'], filters: [{ dimension: 'browser', value: 'Chrome' }] }),
    );
    expect(rows.map(({ values, metrics }) => [values[0]?.id, metrics.clicks])).toEqual([
      ['iOS', 320],
    ]);
  });

  test('money of another currency is refused, not added', async () => {
    const row = (currency: string, revenue: number) => ({
      slice: { year: 2026, month: 8, day: 1 },
      actions: { total: { count: 1, revenue } },
      currency,
    });
    const mixed = fakeTrackerClient(affise, () => ({ json: stats(row('USD', 5), row('EUR', 7)) }));
    expect(await problemFrom(affise.report(mixed.client, question({})))).toMatchObject({
      kind: 'conflict',
      text: 'affise_currencies',
      values: ['USD', 'EUR'],
    });
    const free = fakeTrackerClient(affise, () => ({ json: stats(row('USD', 5), row('EUR', 0)) }));
    const { rows } = await affise.report(free.client, question({}));
    expect(rows[0]?.metrics).toMatchObject({ conversions: 2, revenue: 5 });
  });

  test('a figure that is no number is a wrong shape, named by its path', async () => {
    const row = { slice: {}, traffic: { raw: 'many' } };
    const { client } = fakeTrackerClient(affise, () => ({ json: stats(row) }));
    const problem = await problemFrom(affise.report(client, question({})));
    expect(problem).toMatchObject({ kind: 'shape', field: 'stats.0.traffic.raw' });
  });

  test('the total of nothing is zero, with an unknown cost', async () => {
    const { client } = fakeTrackerClient(affise, () => ({
      json: { status: 1, stats: [], pagination: [] },
    }));
    const { rows } = await affise.report(client, question({}));
    expect(rows).toEqual([
      {
        values: [],
        metrics: { ...NO_METRICS, clicks: 0, uniqueClicks: 0, conversions: 0, revenue: 0 },
      },
    ]);
  });
});

describe('all pages are read', () => {
  const rows = (page: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ slice: { sub1: `${page}-${row}` } }));

  test('by the total count, although the platform gives fewer rows than asked', async () => {
    const { client, sent } = fakeTrackerClient(affise, (_path, query) => {
      const page = Number(query.get('page'));
      return {
        json: {
          status: 1,
          stats: rows(page, page === 3 ? 50 : 100),
          pagination: { per_page: 100, total_count: 250, page },
        },
      };
    });
    const report = await affise.report(client, question({ groupBy: ['token1'] }));
    expect([sent.length, report.rows.length, report.complete]).toEqual([3, 250, true]);
  });

  test('by next_page, and by short pages where there is no pagination', async () => {
    const next = fakeTrackerClient(affise, (_path, query) => {
      const page = Number(query.get('page'));
      const pagination = { per_page: 1, page, ...(page < 3 ? { next_page: page + 1 } : {}) };
      return { json: { status: 1, stats: rows(page, 1), pagination } };
    });
    expect((await affise.report(next.client, question({ groupBy: ['token1'] }))).rows.length).toBe(
      3,
    );
    const plain = fakeTrackerClient(affise, (_path, query) => {
      const page = Number(query.get('page'));
      return { json: { status: 1, stats: rows(page, page === 2 ? 3 : 500) } };
    });
    expect((await affise.report(plain.client, question({ groupBy: ['token1'] }))).rows.length).toBe(
      503,
    );
  });

  test('and a repeated page is not added twice', async () => {
    const { client } = fakeTrackerClient(affise, () => ({
      json: { status: 1, stats: rows(1, 500) },
    }));
    const report = await affise.report(client, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete]).toEqual([500, false]);
  });
});

/** "Offer list" of the published document (affiliate methods), shortened. */
const OFFERS = {
  status: 1,
  offers: [
    { id: 902, offer_id: '5718dac83b7d9bf8588b4579', title: 'HD-smart [Web]', payments: [] },
    { id: 903, title: 'Stopped', status: 'stopped' },
  ],
  pagination: { per_page: 500, total_count: 2, page: 1 },
};
const DENIED = { status: 403, json: { status: 2, error: 'Access denied' } };

describe('offers', () => {
  const expected = [
    { id: '902', name: 'HD-smart [Web]', active: true, source: null },
    { id: '903', name: 'Stopped', active: false, source: null },
  ];

  test('an affiliate reads their own list', async () => {
    const { client, sent } = fakeTrackerClient(affise, () => ({ json: OFFERS }));
    expect(await affise.campaigns(client)).toEqual(expected);
    expect(sent).toMatchObject([
      { line: 'GET /3.0/partner/offers', query: ['limit=500', 'page=1'] },
    ]);
  });

  test.each([
    ['with 403', DENIED],
    ['in an answer with status 200', { json: { status: 2, error: 'Access denied' } }],
    ['with 404', { status: 404, json: { status: 2, error: 'Not found' } }],
  ])('an administrator, refused %s, reads the other one from then on', async (_name, refused) => {
    const { client, sent } = fakeTrackerClient(affise, (path) =>
      path === '/3.0/offers' ? { json: OFFERS } : refused,
    );
    expect(await affise.campaigns(client)).toEqual(expected);
    await affise.campaigns(client);
    expect(sent.map(({ line }) => line)).toEqual([
      'GET /3.0/partner/offers',
      'GET /3.0/offers',
      'GET /3.0/offers',
    ]);
  });

  test('a refused key is not tried elsewhere', async () => {
    const { client, sent } = fakeTrackerClient(affise, () => ({
      status: 401,
      json: { status: 2, error: 'API-Key is missing' },
    }));
    expect(await problemFrom(affise.campaigns(client))).toMatchObject({ kind: 'auth' });
    expect(sent.length).toBe(1);
  });
});

describe('the check', () => {
  const facts = {
    account: null,
    version: '3.0',
    campaigns: 2,
    zone: null,
    role: 'affiliate',
    mayWrite: false,
  };
  const money = { balance: 0, hold: 0, available: 0 };

  test.each([
    ['one currency is the account’s', { USD: money }, 'USD'],
    // "Affiliate balance" as answered today: every currency of the platform.
    ['several are not', { RUB: money, USD: money, EUR: money }, null],
    ['none is not', [], null],
  ])('%s', async (_name, balance, currency) => {
    const { client } = fakeTrackerClient(affise, (path) => {
      if (path === '/3.0/admin/currency') return DENIED;
      return { json: path === '/3.0/balance' ? { status: 1, balance } : OFFERS };
    });
    expect(await affise.check(client)).toEqual({ ...facts, currency });
  });

  test('an administrator has no balance', async () => {
    const { client } = fakeTrackerClient(affise, (path) => {
      if (path === '/3.0/admin/currency') return { json: { status: 1, currency: [] } };
      return path === '/3.0/offers' ? { json: OFFERS } : DENIED;
    });
    const admin = { ...facts, role: 'admin', mayWrite: true };
    expect(await affise.check(client)).toEqual({ ...admin, currency: null });
  });

  test('a refused key is said', async () => {
    const { client } = fakeTrackerClient(affise, () => ({
      status: 401,
      json: { status: 2, error: 'x' },
    }));
    expect(await problemFrom(affise.check(client))).toMatchObject({ kind: 'auth', status: 401 });
  });
});

describe('refusals', () => {
  test.each([
    [401, { status: 2, error: 'API-Key is missing' }, 'auth'],
    [403, { status: 2, error: 'Access denied' }, 'permission'],
    [404, { status: 2, error: 'Not found' }, 'conflict'],
    [409, { status: 2, error: 'Duplicate' }, 'conflict'],
    [400, { status: 0, error: 'date_from is required' }, 'conflict'],
    [200, { status: 2, error: 'Wrong API-Key' }, 'auth'],
    [200, { status: 0, error: 'You have no permission' }, 'permission'],
    [200, { status: 2, error: 'Too many requests' }, 'rate'],
    [200, { status: '2', error: { slice: ['required'] } }, 'conflict'],
    [200, { status: 2, message: 'Something else' }, 'conflict'],
  ])('%i %j is %s', (status, json, kind) => {
    expect(affise.refusal({ status, json, text: '' })).toMatchObject({ kind, status });
  });

  test.each([
    [200, DOCUMENTED],
    [429, { status: 2, error: 'Too many requests' }],
    [500, { status: 2, error: 'x' }],
    [502, undefined],
  ])('%i %j is left to the rules for all trackers', (status, json) => {
    expect(affise.refusal({ status, json, text: '' })).toBeNull();
  });
});

describe('addresses', () => {
  const net = { api: 'https://api-net.affise.com', pages: ['https://net.affise.com'] };
  test.each([
    ['https://net.affise.com/v2/offers?x=1', { ...net, removed: ['/v2/offers', '?x=1'] }],
    ['https://api-net.affise.com', { ...net, removed: [] }],
    ['http://api-net.affise.com/3.0/', { ...net, removed: ['http://', '/3.0/'] }],
    ['http://api.net.affise.com/3.0/offers', { ...net, removed: ['http://', '/3.0/offers'] }],
    [
      'https://api-lime-finance.affise.com/',
      {
        api: 'https://api-lime-finance.affise.com',
        pages: ['https://lime-finance.affise.com'],
        removed: [],
      },
    ],
    [
      'https://partners.brand.com/sub/3.0/stats/custom?x',
      {
        api: 'https://partners.brand.com/sub',
        pages: ['https://partners.brand.com'],
        removed: ['/3.0/stats/custom', '?x'],
      },
    ],
    [
      'http://127.0.0.1:4020/v2/statistics#a',
      {
        api: 'http://127.0.0.1:4020',
        pages: ['http://127.0.0.1:4020'],
        removed: ['/v2/statistics', '#a'],
      },
    ],
    [
      'https://net.affise.com.evil.example/v2/',
      {
        api: 'https://net.affise.com.evil.example',
        pages: ['https://net.affise.com.evil.example'],
        removed: ['/v2/'],
      },
    ],
  ])('%s', (pasted, expected) => {
    expect(affise.address(new URL(pasted))).toEqual(expected);
  });

  test.each([
    ['https://affise.com/', 'affise_address'],
    ['https://www.affise.com/pricing', 'affise_address'],
    ['https://help-center.affise.com/', 'affise_address'],
    ['https://offers-net.affise.com/postback?clickid=1', 'affise_address'],
  ])('%s is refused', (pasted, text) => {
    expect(() => affise.address(new URL(pasted))).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ kind: 'input', text }) }),
    );
  });

  test.each([
    ['https://net.affise.com/v2/offers', true],
    ['https://partners.brand.com/3.0/partner/offers', true],
    ['https://partners.brand.com/v2/offers', false],
    ['https://www.affise.com/', false],
    ['https://offers-net.affise.com/postback', false],
    ['https://notaffise.com/', false],
  ])('%s claimed: %s', (pasted, claimed) => {
    expect(affise.claims(new URL(pasted))).toBe(claimed);
  });
});
