import { describe, expect, test } from 'vitest';
import { NO_METRICS } from '../../../../../lib/report/metrics.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { fakeTrackerClient, problemFrom } from '../../fake-tracker-client.ts';
import { DOCUMENTED, question, stats } from './shared.ts';

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
      actions: { total: { count: 1, revenue }, confirmed: { count: 1, revenue } },
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
