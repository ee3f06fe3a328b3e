import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { type Rate, withoutRate, withRate } from '../../lib/compare/rates.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { connection, fakeClient, openRoot, report, tracker, useEnglish } from './fixtures.ts';
import { openPanel } from './open-panel.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const EUR: Rate = { from: 'EUR', to: 'USD', rate: 1.085, day: '2026-11-24' };
const text = (root: HTMLElement, selector: string) =>
  root.querySelector(selector)?.textContent ?? '';

/** A tracker in dollars that has 1,106.70 of revenue, and one in euros that has 1,020.00. */
function openDashboard(kept: Rate[], theme: 'light' | 'dark' = 'light') {
  const root = openRoot(dashboardStyle, theme);
  let rates = kept;
  const client = fakeClient({
    'connections.list': () => [connection('k'), connection('e', { currency: 'EUR' })],
    'trackers.list': () => [tracker('k'), tracker('e')],
    'links.list': () => [],
    'journal.open': () => [],
    'rates.list': () => rates,
    'rates.set': (rate) => {
      rates = withRate(rates, rate);
      return rates;
    },
    'rates.remove': (pair) => {
      rates = withoutRate(rates, pair);
      return rates;
    },
    'campaigns.figures': ({ connection: id }) => ({
      report: report(
        [
          {
            values: [{ id: '1', name: 'Summer' }],
            metrics: metricsOf({
              clicks: 1000,
              conversions: 300,
              cost: 100,
              revenue: id === 'k' ? 1106.7 : 1020,
            }),
          },
        ],
        { currency: id === 'k' ? 'USD' : 'EUR' },
      ),
      problem: null,
    }),
  });
  location.hash = '#view=compare&days=2026-11-01..2026-11-02';
  mountDashboard(root, { client, now: () => Date.parse('2026-11-26T12:00:00Z') });
  return { root, client };
}
const gaps = (root: HTMLElement) =>
  [...root.querySelectorAll('tbody .gap')].map(({ textContent }) => textContent);

test('without a rate money of two currencies is not compared; with one it is, at once', async () => {
  const { root, client } = openDashboard([]);
  await expect.poll(() => gaps(root)).toEqual(['0.0 %', '0.0 %', '–', '–']);
  root.querySelector('summary')?.click();
  const input = root.querySelector<HTMLInputElement>('[data-rate="EUR USD"] [name=rate]');
  if (!input) throw new Error('no field');
  await userEvent.fill(input, '1,085');
  await userEvent.keyboard('{Enter}');
  // 1,020.00 × 1.085 = 1,106.70; 100.00 × 1.085 = 108.50.
  await expect.poll(() => gaps(root)).toEqual(['0.0 %', '0.0 %', '0.0 %', '+8.5 %']);
  expect(client.calls.find(({ name }) => name === 'rates.set')?.input).toEqual({
    ...EUR,
    day: '2026-11-26',
  });
  expect(text(root, '[data-connection="e main"] [data-rate]')).toBe(
    '1 EUR = 1.085 USD, Nov 26, 2026',
  );
  const titles = [...root.querySelectorAll<HTMLElement>('tbody .gap')].map(({ title }) => title);
  expect(titles[2]).toContain('€1,020.00 × 1.085, Nov 26, 2026');
});

test('a rate has its day, which can be changed, and can be removed', async () => {
  const { root, client } = openDashboard([EUR]);
  await expect.poll(() => root.querySelector('summary')).not.toBeNull();
  root.querySelector('summary')?.click();
  const day = () => root.querySelector<HTMLInputElement>('[name=rate-day]');
  await expect.poll(() => day()?.value).toBe('2026-11-24');
  const input = day();
  if (!input) throw new Error('no day');
  await userEvent.fill(input, '2026-11-20');
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect
    .poll(() => client.calls.findLast(({ name }) => name === 'rates.set')?.input)
    .toEqual({ ...EUR, day: '2026-11-20' });
  root.querySelector<HTMLButtonElement>('[name=remove-rate]')?.click();
  await expect.poll(() => root.querySelector<HTMLInputElement>('[name=rate]')?.value).toBe('');
  await expect.poll(() => gaps(root)).toEqual(['0.0 %', '0.0 %', '–', '–']);
});

test.each(['1.085x', '0', '-1'])('what is no rate is said and not kept: %s', async (typed) => {
  const { root, client } = openDashboard([]);
  await expect.poll(() => root.querySelector('summary')).not.toBeNull();
  root.querySelector('summary')?.click();
  await expect.poll(() => root.querySelector('[name=rate]')).not.toBeNull();
  const input = root.querySelector<HTMLInputElement>('[name=rate]');
  if (!input) throw new Error('no field');
  await userEvent.fill(input, typed);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => text(root, '[data-rate="EUR USD"] .loss')).not.toBe('');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(client.calls.map(({ name }) => name)).not.toContain('rates.set');
});

test('the panel names the rate beside what it compares', async () => {
  const dollars = report([
    {
      values: [],
      metrics: metricsOf({ clicks: 1000, conversions: 300, cost: 108.5, revenue: 1106.7 }),
    },
  ]);
  const euros = report(
    [
      {
        values: [],
        metrics: metricsOf({ clicks: 1000, conversions: 300, cost: 100, revenue: 1020 }),
      },
    ],
    { currency: 'EUR' },
  );
  const { root } = openPanel(
    { view: 'campaign', campaignId: '12', campaignName: 'Summer', range: null, groupBy: null },
    { k: dollars, b: null, r: euros },
    null,
    { rates: [EUR] },
  );
  const row = '[data-connection="r main"]';
  await expect.poll(() => text(root, `${row} [data-gap=revenue]`)).toBe('0.0 %');
  expect(text(root, `${row} [data-metric=revenue]`)).toBe('€1,020.00');
  expect(text(root, `${row} [data-conversion]`)).toContain(
    'Revenue €1,020.00 × 1.085, Nov 24, 2026',
  );
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const { root } = openDashboard([EUR], theme);
  await expect.poll(() => gaps(root).length).toBe(4);
  root.querySelector('summary')?.click();
  const { violations } = await axe.run(root);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
