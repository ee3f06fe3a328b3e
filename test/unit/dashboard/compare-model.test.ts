import { expect, test } from 'vitest';
import { openTable } from './compare-world.ts';

/** Red is what differs by half, green what agrees. */
const books = {
  k: {
    agrees: { clicks: 9000, conversions: 100, cost: 100, revenue: 300 },
    differs: { clicks: 1000, conversions: 100, cost: 50, revenue: 200 },
    alone: { clicks: 5, cost: 1, revenue: 0 },
  },
  b: {
    agrees: { clicks: 9000, conversions: 100, cost: 100, revenue: 300 },
    differs: { clicks: 1000, conversions: 40, cost: 50, revenue: 80 },
  },
};

test('what needs a look comes first, and is counted with the money that it is apart', async () => {
  const { model, names } = await openTable(books);
  expect(names()).toEqual(['differs', 'agrees', 'alone']);
  expect(model.look.value).toEqual({ count: 1, compared: 2, revenue: 120 });
});

test('rows are found by name and by red gaps, and sorted by any figure or gap', async () => {
  const { go, names } = await openTable(books);
  go('#q=AGR');
  expect(names()).toEqual(['agrees']);
  go('#red=1');
  expect(names()).toEqual(['differs']);
  go('#sort=b:clicks&order=asc');
  expect(names()).toEqual(['differs', 'agrees', 'alone']);
  go('#sort=b:gap:conversions');
  expect(names()).toEqual(['agrees', 'differs', 'alone']);
  go('#sort=name&order=asc');
  expect(names()).toEqual(['agrees', 'alone', 'differs']);
});

test('a change of the order asks nobody again and joins nothing anew', async () => {
  const { model, go, asked } = await openTable(books);
  const [before, comparison] = [asked.length, model.comparison.value];
  go('#sort=name');
  model.rows.value;
  expect(asked).toHaveLength(before);
  expect(model.comparison.value).toBe(comparison);
});

test('gaps of totals are over the rows that both sides have', async () => {
  const { model } = await openTable(books);
  const spec = (id: string) => model.specs.value.find((one) => one.id === id);
  const [clicks, gap] = [spec('k:clicks'), spec('b:gap:clicks')];
  expect(clicks && model.totalOf(clicks)).toMatchObject({ metrics: { clicks: 10_005 } });
  expect(gap && model.totalOf(gap)).toMatchObject({ gap: { gap: 0 } });
});

test('the CSV has the rows in the order of the screen, with plain figures', async () => {
  const { model, go } = await openTable(books);
  go('#sort=name&order=asc&q=a');
  const [head = '', ...lines] = model.csv().split('\r\n');
  const clicks = head.split(',').indexOf('k main metric_clicks');
  expect(clicks).toBe(1);
  expect(lines.map((line) => [line.split(',')[0], line.split(',')[clicks]])).toEqual([
    ['agrees', '9000'],
    ['alone', '5'],
    ['', undefined],
  ]);
});

test('an opened row stays open while it is among the rows', async () => {
  const { model, go } = await openTable(books);
  const [first] = model.rows.value;
  if (first) model.open(first);
  go('#sort=name');
  expect(model.opened.value?.name).toBe('differs');
  go('#q=agrees');
  expect(model.opened.value).toBeNull();
});
