import { effect, signal } from '@preact/signals';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OffersModel } from '../../../components/dashboard/offers-model.ts';
import { readState } from '../../../components/dashboard/page-state.ts';
import { createQueryClient } from '../../../components/kit/query.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import type { ConnectionView, TrackerView } from '../../../lib/contract/connections.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { ReportRow } from '../../../lib/report/question.ts';

const NOW = Date.parse('2026-08-20T12:00:00Z');
const ZONE = 'UTC';

const row = (
  offer: string,
  campaign: string | null,
  conversions: number,
  clicks = 3000,
): ReportRow => ({
  values: [offer, ...(campaign === null ? [] : [campaign])].map((name) => ({ id: name, name })),
  metrics: metricsOf({
    clicks,
    ...(campaign === null ? {} : { landerViews: clicks, landerClicks: clicks / 10, cost: 20 }),
    conversions,
    revenue: conversions * 3,
  }),
});

/** Sweeps is red, Dating agrees; Own and Theirs are on one side alone. */
const books: Readonly<Record<string, readonly ReportRow[]>> = {
  n: [row('Sweeps', null, 120, 1500), row('Dating', null, 200, 300), row('Theirs', null, 4)],
  k: [
    row('Dating', 'Autumn', 200),
    row('Sweeps', 'Summer', 100),
    row('Sweeps', 'Winter', 50),
    row('Own', 'Winter', 7),
  ],
  b: [row('Sweeps', 'Summer', 97), row('Sweeps', 'Spring', 30, 9000)],
};

async function open(
  hash = '',
  base = 'k',
  {
    known = books,
    currency = 'USD',
    rates = [],
  }: { known?: typeof books; currency?: string; rates?: readonly Rate[] } = {},
) {
  /** B's may be another one. */
  const currencyOf = (id: string) => (id === 'b' ? currency : 'USD');
  const compared = signal(
    Object.keys(known).map(
      (id) =>
        ({
          id,
          tracker: id,
          name: `${id} main`,
          currency: currencyOf(id),
          zone: ZONE,
        }) as ConnectionView,
    ),
  );
  for (const connection of compared.value) Object.assign(connection, { problem: null });
  const state = signal(readState(hash));
  const client = createQueryClient({
    async call(name, input) {
      if (name === 'rates.list') return rates as never;
      if (name !== 'offers.figures') return [] as never;
      const { connection } = input as Input<'offers.figures'>;
      const report = {
        rows: known[connection],
        counted: ['clicks', 'conversions', 'cost', 'revenue'],
        ...{
          zone: ZONE,
          currency: currencyOf(connection),
          basis: 'visit',
          fetchedAt: NOW,
          complete: true,
        },
      };
      return { report, problem: null } as never;
    },
    onChange: () => () => {},
  });
  const page = {
    ...{ state, compared },
    trackers: signal(
      Object.keys(known).map(
        (id) => ({ id, side: id === 'n' ? 'network' : 'tracker' }) as TrackerView,
      ),
    ),
    base: signal(compared.value.find(({ id }) => id === base) ?? null),
    range: signal({ from: '2026-08-01', to: '2026-08-07', zone: ZONE }),
  };
  const model = new OffersModel(client, page, () => NOW);
  // As the view does: whatever is read is asked for.
  const stop = effect(() => {
    void [model.rows.value, model.asked.value, model.figures.value];
  });
  onTestFinished(() => {
    stop();
    model[Symbol.dispose]();
  });
  await expect.poll(() => model.asked.value.every(({ busy }) => !busy)).toBe(true);
  return {
    model,
    names: () => model.rows.value.map(({ name }) => name),
    go: (next: string) => {
      state.value = readState(next);
    },
  };
}

test('trackers come before networks and the base first, which campaigns count on', async () => {
  const { model } = await open();
  expect(model.connections.value.map(({ id }) => id)).toEqual(['k', 'b', 'n']);
  const other = await open('', 'b');
  expect(other.model.connections.value.map(({ id }) => id)).toEqual(['b', 'k', 'n']);
  const sentOf = ({ rows }: typeof model) =>
    rows.value.find(({ name }) => name === 'Sweeps')?.sent?.metrics.conversions;
  // Summer is on both; Winter and Spring are on one each.
  expect([sentOf(model), sentOf(other.model)]).toEqual([180, 177]);
});

test('what needs a look comes first, and is counted with the revenue that it is apart', async () => {
  const { model, names } = await open();
  expect(names()).toEqual(['Sweeps', 'Dating', 'Own', 'Theirs']);
  expect(model.look.value).toEqual({
    count: 1,
    compared: 2,
    revenue: 180,
    missing: { side: 2, count: 60 },
    doubtful: [],
  });
});

test('rows are found by the names of offers and campaigns and by red gaps, and sorted by any column', async () => {
  const { go, names } = await open();
  go('#q=aut');
  expect(names()).toEqual(['Dating']);
  go('#red=1');
  expect(names()).toEqual(['Sweeps']);
  go('#sort=name&order=asc');
  expect(names()).toEqual(['Dating', 'Own', 'Sweeps', 'Theirs']);
  go('#sort=campaigns');
  expect(names()[0]).toBe('Sweeps');
  go('#sort=n:conversions');
  expect(names()).toEqual(['Dating', 'Sweeps', 'Theirs', 'Own']);
  go('#sort=n:gap:conversions&order=asc');
  expect(names().slice(0, 2)).toEqual(['Sweeps', 'Dating']);
});

test('a gap from 0 is sorted as the largest', async () => {
  const { names } = await open('#sort=n:gap:conversions', 'k', {
    known: {
      k: [row('Dating', 'Autumn', 100), row('Sweeps', 'Summer', 0)],
      n: [row('Dating', null, 300, 300), row('Sweeps', null, 30, 300)],
    },
  });
  expect(names()).toEqual(['Sweeps', 'Dating']);
});

test('what one side has alone is summed apart', async () => {
  const { model } = await open();
  expect(model.onlyIn.value.map(({ only }) => [only?.count, only?.metrics.revenue])).toEqual([
    [1, 21],
    [1, 12],
  ]);
});

test('the CSV holds the rows in their order, plain, with the campaigns of each', async () => {
  const { model, go } = await open();
  go('#sort=name&order=asc');
  const lines = model
    .csv()
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  expect(lines[2]?.slice(0, 2)).toEqual(['Sweeps', '3']);
  // Clicks sent and received, conversions, revenue, each with its gap.
  expect(lines[2]?.slice(2, 8).map(Number)).toEqual([1500, 1500, 0, 180, 120, -60 / 180]);
  expect(lines[2]?.at(-1)).toBe('"Summer; Winter; Spring"');
});

describe('a tracker of another currency', () => {
  /** Sweeps: $450 of K and €90 of B's Spring. Dating: $600. Own: $21. */
  const order = ['Dating', 'Sweeps', 'Own', 'Theirs'];
  const euro: Rate = { from: 'EUR', to: 'USD', rate: 2, day: '2026-08-01' };
  const exported = (csv: string, name: string): string | undefined =>
    csv
      .split(/\r?\n/)
      .find((line) => line.startsWith(`${name},`))
      ?.split(',')[8];

  test('counts at its rate in every figure and in the order', async () => {
    const { model, names } = await open('#sort=sent:revenue', 'k', {
      currency: 'EUR',
      rates: [euro],
    });
    // $450 and 2 × €90 are $630, which Dating's $600 are below.
    expect(names()).toEqual(['Sweeps', 'Dating', 'Own', 'Theirs']);
    const sweeps = model.rows.value.find(({ name }) => name === 'Sweeps');
    expect(sweeps?.sent?.metrics.revenue).toBe(630);
    expect(exported(model.csv(), 'Sweeps')).toBe('630');
    expect(model.look.value.revenue).toBe(270);
    expect(model.unrated.value).toEqual([]);
  });

  test('has no place in an order by money without a rate, nor in what is apart', async () => {
    const { model, names, go } = await open('#sort=sent:revenue', 'k', { currency: 'EUR' });
    expect(names()).toEqual(['Dating', 'Own', 'Sweeps', 'Theirs']);
    expect(model.unrated.value).toEqual(['b main (EUR)']);
    expect(exported(model.csv(), 'Sweeps')).toBe('450');
    const [line] = model
      .csv()
      .split(/\r?\n/)
      .filter((one) => one.startsWith('Sweeps,'));
    // Named in the column of what is partial.
    expect(line?.split(',').at(-2)).toContain('metric_revenue');
    // Its conversions are 33 % apart, its revenue nobody can tell.
    expect(model.look.value).toMatchObject({ count: 1, revenue: 0 });
    go('#sort=sent:conversions');
    expect(names()).toEqual(order);
  });
});
