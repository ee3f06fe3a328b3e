import { describe, expect, test } from 'vitest';
import { isInner } from '../../../components/dashboard/table-rows.ts';
import type { Link } from '../../../lib/compare/links.ts';
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
  expect(model.look.value).toEqual({
    count: 1,
    compared: 2,
    revenue: 120,
    missing: { side: 1, count: 60 },
  });
});

test('missing conversions are those of the side that lacks the most, by totals of rows that both have', async () => {
  const of = (conversions: number) => ({ clicks: 9000, conversions });
  const missing = async (...sides: Array<Record<string, number>>) => {
    const books = sides.map((rows, at) => [
      ['k', 'b', 'r'][at] ?? '',
      Object.fromEntries(Object.entries(rows).map(([name, count]) => [name, of(count)])),
    ]);
    const { model } = await openTable(Object.fromEntries(books));
    return model.look.value.missing;
  };
  expect(await missing({ A: 100 }, { A: 80 }, { A: 60 })).toEqual({ side: 2, count: 40 });
  // What others have more, the base lacks.
  expect(await missing({ A: 100 }, { A: 80 }, { A: 150 })).toEqual({ side: 0, count: 50 });
  // Rows may even out, and those of one side alone are no gap.
  expect(await missing({ A: 100, B: 100 }, { A: 60, B: 140 })).toBeNull();
  expect(await missing({ A: 100, B: 500 }, { A: 100 })).toBeNull();
  // Within what is usual, and within chance.
  expect(await missing({ A: 1000 }, { A: 990 })).toBeNull();
  expect(await missing({ A: 4 }, { A: 3 })).toBeNull();
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

test('rows are filtered by their figures, gaps and names at once', async () => {
  const { model, go, names } = await openTable(books);
  const filter = (q: string) => {
    go(`#${new URLSearchParams({ q, sort: 'name', order: 'asc' })}`);
    return names();
  };
  expect(filter('clicks > 500')).toEqual(['agrees', 'differs']);
  expect(filter('clicks > 500 gap red')).toEqual(['differs']);
  expect(filter('gap > 50')).toEqual(['differs']);
  expect(filter('gap green')).toEqual(['agrees']);
  expect(filter('roi < 0 a')).toEqual(['alone']);
  expect(filter('roi > 250')).toEqual(['differs']);
  expect(model.filterProblems.value).toEqual([]);
  expect(filter('rio < 5 agr')).toEqual(['agrees']);
  expect(model.filterProblems.value).toEqual([{ expected: 'metric', at: 'rio' }]);
});

test('a gap from 0 is the largest: found by its size, sorted before all, and no empty cell of the CSV', async () => {
  const { model, go, names } = await openTable({
    k: {
      agrees: { clicks: 9000, conversions: 100 },
      differs: { clicks: 1000, conversions: 100 },
      nothing: { clicks: 900, conversions: 0 },
      lost: { clicks: 900, conversions: 9 },
    },
    b: {
      agrees: { clicks: 9000, conversions: 100 },
      differs: { clicks: 1000, conversions: 190 },
      nothing: { clicks: 900, conversions: 30 },
    },
  });
  go('#sort=b:gap:conversions');
  expect(names()).toEqual(['nothing', 'differs', 'agrees', 'lost']);
  go('#sort=b:gap:conversions&order=asc');
  expect(names()).toEqual(['agrees', 'differs', 'nothing', 'lost']);
  const [head = '', ...lines] = model.csv().split('\r\n');
  // That of clicks comes before that of conversions.
  const gap = head.split(',').indexOf('b main gapOf') + 3;
  const cells = lines.filter(Boolean).map((line) => line.split(','));
  expect(cells.map((line) => [line[0], line[gap]])).toEqual([
    ['agrees', '0'],
    ['differs', '0.9'],
    ['nothing', 'gapFromNothing'],
    ['lost', ''],
  ]);
  go(`#${new URLSearchParams({ q: 'gap > 50', sort: 'name', order: 'asc' })}`);
  expect(names()).toEqual(['differs', 'nothing']);
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
  expect(clicks && model.figures.value.totalOf(clicks, model.rows.value)).toMatchObject({
    metrics: { clicks: 10_005 },
  });
  expect(gap && model.figures.value.totalOf(gap, model.rows.value)).toMatchObject({
    gap: { gap: 0 },
  });
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

test('an opened row is none of another grouping, though one of its rows has the same id', async () => {
  const { model, go, settle } = await openTable(books);
  const [first] = model.rows.value;
  if (first) model.open(first);
  go('#by=offer');
  await settle();
  expect(model.rows.value.flatMap(({ cells: [cell] }) => cell?.id ?? [])).toContain(
    first?.cells[0]?.id,
  );
  expect(model.opened.value).toBeNull();
  go('');
  await settle();
  expect(model.opened.value).toEqual(first);
});

const before = {
  k: {
    agrees: { clicks: 4500, conversions: 100, cost: 50, revenue: 100 },
    differs: { clicks: 2000, cost: 50, revenue: 100 },
    gone: { clicks: 500 },
  },
  b: { agrees: { clicks: 9000, cost: 100, revenue: 100 } },
};

test('each side’s figures are held against its own of as many days before', async () => {
  const { model, go, asked, settle, names } = await openTable(books, '', { before });
  expect(model.specs.value.filter(({ kind }) => kind === 'change')).toEqual([]);
  const once = asked.length;
  go('#vs=before');
  await settle();
  expect(asked.length).toBeGreaterThan(once);
  expect(model.versus.value).toMatchObject({ from: '2026-07-25', to: '2026-07-31', runs: false });
  const spec = (id: string) => model.specs.value.find((one) => one.id === id);
  const change = (name: string, id: string) => {
    const [row, of] = [model.rows.value.find((one) => one.name === name), spec(id)];
    return row && of && model.figures.value.textIn(row, of);
  };
  expect(change('agrees', 'k:change:clicks')).toBe('+100.0 %');
  expect(change('differs', 'k:change:clicks')).toBe('−50.0 %');
  expect(change('agrees', 'b:change:clicks')).toBe('0.0 %');
  expect(change('differs', 'b:change:clicks')).toBe('–');
  expect(change('alone', 'k:change:clicks')).toBe('–');
  go('#vs=before&sort=k:change:clicks&order=asc');
  expect(names()).toEqual(['differs', 'agrees', 'alone']);
});

test('the change of a total counts what is no more; of filtered rows, these rows', async () => {
  const { model, go, settle } = await openTable(books, '#vs=before', { before });
  await settle();
  const total = () => {
    const spec = model.specs.value.find(({ id }) => id === 'k:change:clicks');
    const shown = spec && model.figures.value.totalOf(spec, model.rows.value);
    return shown && 'gap' in shown ? shown.gap.difference : null;
  };
  expect(total()).toBe(10_005 - 7000);
  go('#vs=before&q=agrees');
  expect(total()).toBe(4500);
});

test('campaigns that only share a name are rows of their own once the user said so', async () => {
  const member = (connection: string) => ({ connection, campaignId: '#agrees', name: 'agrees' });
  const rejected = [{ id: '', members: [member('k'), member('b')], rejectedAt: 0 }] as never;
  const { names } = await openTable(books, '#sort=name&order=asc', { rejected });
  expect(names()).toEqual(['agrees', 'agrees', 'alone', 'differs']);
});

test('halves of split traffic need a look beyond chance, but neither lacks what the other has', async () => {
  const of = (conversions: number) => ({ Summer: { conversions, revenue: 2 * conversions } });
  const member = (connection: string) => ({ connection, campaignId: '#Summer', name: 'Summer' });
  const link: Link = {
    ...{ id: 'l', how: 'hand', createdAt: 0 },
    members: [member('k'), member('b')],
  };
  const lookOf = async (links: readonly Link[]) =>
    (await openTable({ k: of(100), b: of(40) }, '', { links })).model.look.value;
  const found = { count: 1, compared: 1 };
  expect(await lookOf([link])).toEqual({
    ...{ ...found, revenue: 120 },
    missing: { side: 1, count: 60 },
  });
  expect(await lookOf([{ ...link, split: true }])).toEqual({ ...found, revenue: 0, missing: null });
});

describe('figures of all campaigns that hold halves of split traffic', () => {
  const half = (connection: string, name = 'Summer') => ({
    ...{ connection, campaignId: `#${name}`, name },
  });
  const linkOf = (members: Link['members'], split?: true): Link => ({
    ...{ id: 'l', how: 'hand', createdAt: 0, members },
    ...(split ? { split } : {}),
  });
  const busy = { Summer: { clicks: 1_000, conversions: 300 }, Winter: { clicks: 10 } };
  const lossy = { Summer: { clicks: 500, conversions: 150 }, Winter: { clicks: 10 } };
  const judgedIn = async (
    links: readonly Link[],
    hash = '#by=country',
    all: Parameters<typeof openTable>[0] = { k: busy, b: lossy, r: lossy },
  ) => {
    const { model, asked } = await openTable(all, hash, { links });
    const { comparison } = model;
    const row = model.rows.value.find(({ name }) => name === 'Summer');
    const gaps = [1, 2].map((side) => row && comparison.value.gap(row, side, 'conversions'));
    return {
      states: gaps.map((gap) => gap?.state),
      reasons: gaps.map((gap) => gap?.hindrances),
      total: comparison.value.shared(1).gap('conversions').state,
      halves: model.halves.value,
      figures: asked.filter((name) => name === 'campaigns.figures').length,
    };
  };

  test('are not judged as the same events, between those two', async () => {
    const split = await judgedIn([linkOf([half('k'), half('b')], true)]);
    expect(split).toMatchObject({
      states: ['unknown', 'red'],
      reasons: [['split'], []],
      total: 'unknown',
      halves: [0, 1, 0],
    });
    expect(await judgedIn([linkOf([half('k'), half('b')])])).toMatchObject({
      states: ['red', 'red'],
      halves: [0, 0, 0],
      figures: 0,
    });
  });

  test('are judged where the halves did nothing in these days, or are others’', async () => {
    const idle = linkOf([half('k', 'Paused'), half('b', 'Paused')], true);
    expect(await judgedIn([idle])).toMatchObject({ states: ['red', 'red'], halves: [0, 0, 0] });
    const others = linkOf([half('b'), half('r')], true);
    expect(await judgedIn([others])).toMatchObject({ states: ['red', 'red'], figures: 0 });
    const network = linkOf([half('k'), half('n')], true);
    const { halves } = await judgedIn([network], '#by=country', { k: busy, n: lossy });
    expect(halves).toEqual([0, 0]);
  });

  test('by campaign are the rows of single campaigns, each judged as it is', async () => {
    const links = [linkOf([half('k'), half('b')], true)];
    expect(await judgedIn(links, '')).toMatchObject({
      states: ['red', 'unknown'],
      reasons: [[], []],
      halves: [0, 1, 0],
    });
  });

  test('within an opened country they are, too; within a campaign they are its own', async () => {
    const links = [linkOf([half('k'), half('b')], true)];
    const inner = () => ({ mobile: { conversions: 100 }, Summer: { conversions: 100 } });
    const innerReasons = async (hash: string) => {
      const { model, toggle } = await openTable({ k: busy, b: lossy }, hash, { links, inner });
      await toggle('Summer');
      const within = model.tableRows.value.flatMap((each) => (isInner(each) ? each : []));
      return within.map(
        ({ row, part }) => row && part.comparison.gap(row, 1, 'conversions').hindrances,
      );
    };
    expect(await innerReasons('#by=country&then=deviceType')).toEqual([['split'], ['split']]);
    expect(await innerReasons('#by=country&then=campaign')).toEqual([[], []]);
    expect(await innerReasons('#then=deviceType')).toEqual([[], []]);
  });
});
