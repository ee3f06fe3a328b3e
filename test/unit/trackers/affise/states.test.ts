import { expect, test } from 'vitest';
import { type Metrics, metricsOf } from '../../../../lib/report/metrics.ts';
import { affise } from '../../../../lib/trackers/affise/adapter.ts';
import { question } from '../contract.ts';
import { fakeTrackerClient } from '../fake-tracker-client.ts';

const figure = (count: number, revenue: number) => ({ count, revenue });

test.each<[string, actions: object, Partial<Metrics>]>([
  [
    'those told sum to the total: the others are 0',
    { total: figure(5, 50), confirmed: figure(3, 30), declined: figure(2, 20) },
    { conversions: 5, sales: 3, rejected: 2, hold: 0, revenue: 30, partial: [] },
  ],
  [
    'one that is paid is not told, those refused are: the total without these',
    {
      total: figure(5, 50),
      confirmed: figure(3, 30),
      hold: figure(0, 0),
      declined: figure(1, 10),
      not_found: figure(0, 0),
    },
    { conversions: 5, sales: 3, rejected: 1, hold: 0, revenue: 40, partial: ['hold'] },
  ],
  [
    'one that is refused is not told, those paid are: their sum',
    {
      total: figure(5, 50),
      confirmed: figure(3, 30),
      pending: figure(0, 0),
      hold: figure(0, 0),
      declined: figure(1, 10),
    },
    { conversions: 5, sales: 3, rejected: 1, hold: 0, revenue: 30, partial: ['rejected'] },
  ],
  [
    'one of each is not told: the sum of what is paid is partial',
    {
      total: figure(9, 90),
      confirmed: figure(3, 30),
      hold: figure(1, 10),
      declined: figure(1, 10),
    },
    {
      conversions: 9,
      sales: 3,
      rejected: 1,
      hold: 1,
      revenue: 40,
      partial: ['rejected', 'hold', 'revenue'],
    },
  ],
  [
    'the total alone: what of it was refused is not known',
    { total: figure(5, 50) },
    { conversions: 5, sales: null, rejected: null, hold: null, revenue: null, partial: [] },
  ],
  [
    'no total, and one is not told: sums over a part',
    { confirmed: figure(3, 30), pending: figure(1, 10), declined: figure(1, 10) },
    {
      conversions: 5,
      sales: 3,
      rejected: 1,
      hold: 1,
      revenue: 40,
      partial: ['conversions', 'rejected', 'hold', 'revenue'],
    },
  ],
])('conversions by state, %s', async (_, actions, known) => {
  const json = { status: 1, stats: [{ slice: { os: 'iOS' }, actions }], pagination: {} };
  const { client } = fakeTrackerClient(affise, () => ({ json }));
  const { rows } = await affise.report(client, question({ groupBy: ['os'] }));
  expect(rows[0]?.metrics).toEqual(metricsOf(known));
});
