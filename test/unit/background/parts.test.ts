import { beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { tokenSlot } from '../../../lib/report/question.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { fakeTracker, startWorker, type Worker } from './transfer-world.ts';

/** What each value of the first token costs. */
let costs: Map<string, number>;
let sent: CostUpdate[];

/** A tracker that takes costs per token value. */
const tracker: TrackerAdapter = {
  ...fakeTracker,
  capabilities: {
    ...fakeTracker.capabilities,
    cost: {
      can: true,
      modes: ['total'],
      byToken: 2,
      uniqueOnly: false,
      currency: 'own',
      applied: 'at once',
      settlesWithin: 0,
      rounding: { shown: 0, perClick: 0 },
      bulk: 1,
      cautions: [],
    },
  },
  async report({ connection: { zone, currency, basis } }, { groupBy, filters }) {
    const only = filters.find(({ dimension }) => tokenSlot(dimension) !== null)?.value;
    const rows = [...costs]
      .filter(([value]) => only === undefined || value === only)
      .map(([value, cost]) => ({
        values: groupBy.length > 0 ? [{ id: value, name: value }] : [],
        metrics: metricsOf({ clicks: 100, cost }),
      }));
    return { rows, zone, currency, basis, counted: ['cost'], fetchedAt: 0, complete: true };
  },
  async setCost(_, update) {
    sent.push(update);
    if (update.token) costs.set(update.token.value, update.amount);
  },
};

let worker: Worker;
let connection: string;
const AT = { x: 0, y: 0, width: 1, height: 1 };

const order = (amount: number, value: string | null = null): CostUpdate => ({
  connection,
  campaignId: '7',
  campaignName: 'Summer',
  range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
  mode: 'total',
  amount,
  currency: 'USD',
  rate: null,
  token: value === null ? null : { slot: 1, value },
  uniqueOnly: false,
});

async function set(amount: number, value: string): Promise<void> {
  const { id: preview } = await worker.call('costs.preview', { order: order(amount, value) });
  const { id } = await worker.call('costs.send', { preview, at: AT });
  await expect
    .poll(async () => (await worker.call('journal.read', { record: id })).state)
    .toBe('verified');
}

beforeEach(async () => {
  costs = new Map([
    ['a', 1],
    ['b', 2],
    ['', 4],
    ['idle', 0],
  ]);
  sent = [];
  worker = startWorker(testDatabase().database, {}, { trackers: [tracker] });
  connection = await worker.connect('https://a.example', 'canary-a-00001111', 'A');
});

test('an update of all clicks says which costs per token value it would overwrite', async () => {
  const { preview: before } = await worker.call('costs.preview', { order: order(100) });
  expect(before.parts).toEqual([]);
  await set(30, 'a');
  await set(10, 'b');
  const { preview } = await worker.call('costs.preview', { order: order(100) });
  expect(preview.parts).toEqual([{ slot: 1, count: 2, sum: 40 }]);
});

test('the parts are scaled instead: each is a write of its own, and together they are the total', async () => {
  await set(30, 'a');
  await set(10, 'b');
  sent = [];
  const { previews } = await worker.call('costs.previewParts', { order: order(84), slot: 1 });
  expect(
    previews.map(({ preview }) => [
      preview.order.token?.value,
      preview.before.cost,
      preview.expected,
    ]),
  ).toEqual([
    ['a', 30, 60],
    ['b', 10, 20],
  ]);
  const all = await worker.call('costs.sendAll', {
    previews: previews.map(({ id }) => id),
    together: true,
    at: AT,
  });
  for (const { record } of all) {
    await expect
      .poll(async () => (await worker.call('journal.read', { record: record?.id ?? '' })).state)
      .toBe('verified');
  }
  expect(sent).toHaveLength(2);
  expect([...costs.values()].reduce((sum, cost) => sum + cost)).toBe(84);
});

test('what cannot be scaled is refused with the reason', async () => {
  const scaling = (amount: number) =>
    worker.call('costs.previewParts', { order: order(amount), slot: 1 });
  await expect(scaling(3)).rejects.toMatchObject({ problem: { text: 'parts_not_scaled' } });
  for (let index = 0; index < 50; index += 1) costs.set(`v${index}`, 1);
  await expect(scaling(100)).rejects.toMatchObject({
    problem: { text: 'parts_too_many', values: ['52', '50'] },
  });
});

describe('a tracker that takes one UTC offset for all days', () => {
  /** Clicks by day; the clocks change on the 25th. */
  const CLICKS: Readonly<Record<string, number>> = {
    '2026-10-23': 0,
    '2026-10-24': 100,
    '2026-10-25': 250,
    '2026-10-26': 300,
    '2026-10-27': 350,
  };
  const { cost } = tracker.capabilities;
  const byDay: TrackerAdapter = {
    ...tracker,
    capabilities: {
      ...tracker.capabilities,
      cost: cost.can ? { ...cost, modes: ['total', 'cpc'], oneOffset: true } : cost,
    },
    report: async ({ connection: { zone, currency, basis } }, { groupBy, range }) => ({
      rows: Object.entries(CLICKS)
        .filter(([day]) => range.from <= day && day <= range.to)
        .map(([day, clicks]) => ({
          values: groupBy.length > 0 ? [{ id: day, name: day }] : [],
          metrics: metricsOf({ clicks, cost: clicks / 100 }),
        })),
      zone,
      currency,
      basis,
      counted: ['clicks', 'cost'],
      fetchedAt: 0,
      complete: true,
    }),
  };
  const around = (change: Partial<CostUpdate>): CostUpdate => ({
    ...order(50),
    range: { from: '2026-10-23', to: '2026-10-27', zone: 'Europe/Madrid' },
    ...change,
  });

  beforeEach(async () => {
    worker = startWorker(testDatabase().database, {}, { trackers: [byDay] });
    connection = await worker.connect('https://a.example', 'canary-a-00001111', 'A');
  });

  const apart = async (update: CostUpdate) => {
    const { previews, left } = await worker.call('costs.previewDays', { order: update });
    return {
      left,
      parts: previews.map(({ preview }) => [
        preview.order.range.from,
        preview.order.range.to,
        preview.before.cost,
        preview.expected,
      ]),
    };
  };

  test('is offered the days before and after a clock change apart, a total by their clicks', async () => {
    const whole = await worker.call('costs.preview', { order: around({}) });
    expect(whole.preview.refused?.key).toBe('refused_clock_change');
    expect(await apart(around({}))).toEqual({
      left: ['2026-10-25'],
      parts: [
        ['2026-10-23', '2026-10-24', 1, 5],
        ['2026-10-26', '2026-10-27', 6.5, 32.5],
      ],
    });
  });

  test('gets the same CPC on all of them', async () => {
    const { parts } = await apart(around({ mode: 'cpc', amount: 0.1 }));
    expect(parts.map((part) => part.at(-1))).toEqual([10, 65]);
  });

  test('is not sent the whole', async () => {
    const { id: preview } = await worker.call('costs.preview', { order: around({}) });
    await expect(worker.call('costs.send', { preview, at: AT })).rejects.toMatchObject({
      problem: { text: 'problem_preview_gone' },
    });
  });
});
