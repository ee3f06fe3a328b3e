import { expect, test } from 'vitest';
import { isInner } from '../../../components/dashboard/table-rows.ts';
import type { Link } from '../../../lib/compare/links.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import { type InnerBooks, openTable } from './compare-world.ts';

const books = {
  k: {
    Summer: { clicks: 1000, conversions: 100, cost: 50, revenue: 200 },
    Winter: { clicks: 500, conversions: 50, cost: 20, revenue: 100 },
  },
  b: {
    Summer: { clicks: 1000, conversions: 40, cost: 50, revenue: 80 },
  },
};
/** The countries of Summer: all that is lost is lost in one of them. */
const countries: InnerBooks = ({ connection }) => ({
  DE: { clicks: 600, conversions: 60, cost: 30, revenue: 120 },
  FR:
    connection === 'k'
      ? { clicks: 400, conversions: 40, cost: 20, revenue: 80 }
      : { clicks: 400, conversions: 4, cost: 20, revenue: 8 },
});
const HASH = '#then=country&sort=name&order=asc';

test('a row opens to what is within it, joined and judged as the rows of the first level', async () => {
  const { model, shown, toggle } = await openTable(books, HASH, { inner: countries });
  expect(shown()).toEqual(['Summer', 'Winter']);
  await toggle('Summer');
  expect(shown()).toEqual(['Summer', '> France (FR)', '> Germany (DE)', 'Winter']);
  const states = model.tableRows.value.flatMap((each) =>
    isInner(each) && each.row ? each.part.comparison.gap(each.row, 1, 'conversions').state : [],
  );
  expect(states).toEqual(['red', 'green']);
  await toggle('Summer');
  expect(shown()).toEqual(['Summer', 'Winter']);
});

test('what is within halves of split traffic is judged as halves, too', async () => {
  const member = (connection: string) => ({ connection, campaignId: '#Summer', name: 'Summer' });
  const link = { id: '1', members: [member('k'), member('b')], how: 'hand', createdAt: 0 } as const;
  const statesIn = async (split: Pick<Link, 'split'>) => {
    const links = [{ ...link, members: [...link.members], ...split }];
    const { model, toggle } = await openTable(books, HASH, {
      links,
      inner: ({ connection }) => ({
        // 2·√(100 + 75) = 26.5, and 2·√(100 + 70) = 26.1.
        DE: { conversions: connection === 'k' ? 100 : 75 },
        FR: { conversions: connection === 'k' ? 100 : 70 },
      }),
    });
    await toggle('Summer');
    return model.tableRows.value.flatMap((each) =>
      isInner(each) && each.row ? each.part.comparison.gap(each.row, 1, 'conversions').state : [],
    );
  };
  expect(await statesIn({ split: true })).toEqual(['red', 'chance']);
  expect(await statesIn({})).toEqual(['red', 'red']);
});

test('only what is within the opened row is asked for, of the sides that have it, and once', async () => {
  const asked: unknown[] = [];
  const inner: InnerBooks = (question) => {
    asked.push([question.connection, question.by, question.ids]);
    return countries(question);
  };
  const { toggle, settle } = await openTable(books, HASH, { inner });
  await settle();
  expect(asked).toEqual([]);
  await toggle('Winter');
  expect(asked).toEqual([['k', 'country', ['#Winter']]]);
  await toggle('Summer');
  expect(asked.slice(1)).toEqual([
    ['k', 'country', ['#Summer']],
    ['b', 'country', ['#Summer']],
  ]);
});

test('all campaigns of a side that a link holds are asked for', async () => {
  const asked: Array<readonly string[]> = [];
  const member = (connection: string, name: string) => ({
    connection,
    campaignId: `#${name}`,
    name,
  });
  const members = [member('k', 'Summer'), member('k', 'Winter'), member('b', 'Summer')];
  const { toggle } = await openTable(books, HASH, {
    links: [{ id: '1', members, how: 'hand', createdAt: 0 }],
    inner: ({ ids }) => {
      asked.push(ids);
      return {};
    },
  });
  await toggle('Summer');
  expect(asked).toEqual([['#Summer', '#Winter'], ['#Summer']]);
});

test('spellings of one value are asked for together', async () => {
  const asked: Array<readonly string[]> = [];
  const spelt = { k: { DE: { clicks: 1 }, Germany: { clicks: 2 } }, b: { Germany: { clicks: 3 } } };
  const { toggle, shown } = await openTable(spelt, '#by=country&then=os', {
    inner: ({ ids }) => {
      asked.push(ids);
      return { iOS: { clicks: 1 } };
    },
  });
  await toggle('Germany (DE)');
  expect(asked).toEqual([['#DE', '#Germany'], ['#Germany']]);
  expect(shown()).toEqual(['Germany (DE)', '> iOS']);
});

test('a side that fails or tells only a part is named in a line, and no row counts as whole', async () => {
  const off = await openTable(books, HASH, {
    inner: (question) => (question.connection === 'b' ? 'off' : countries(question)),
  });
  await off.toggle('Summer');
  expect(off.shown()).toEqual([
    'Summer',
    '> b main: problem_network',
    '> France (FR)',
    '> Germany (DE)',
    'Winter',
  ]);
  const part = await openTable(books, HASH, {
    inner: (question) => (question.connection === 'b' ? 'part' : countries(question)),
  });
  await part.toggle('Summer');
  expect(part.shown()).toContain('> b main: incomplete');
  const nothing = await openTable(books, HASH);
  await nothing.toggle('Summer');
  expect(nothing.shown()).toEqual(['Summer', '> innerNone', 'Winter']);
});

test('rows within are in the chosen order, and stay within their row', async () => {
  const { go, shown, toggle } = await openTable(books, HASH, { inner: countries });
  await toggle('Summer');
  await toggle('Winter');
  go('#then=country&sort=k:clicks');
  expect(shown()).toEqual([
    'Summer',
    '> Germany (DE)',
    '> France (FR)',
    'Winter',
    '> Germany (DE)',
    '> France (FR)',
  ]);
  go('#then=country&sort=k:clicks&q=win');
  expect(shown()).toEqual(['Winter', '> Germany (DE)', '> France (FR)']);
});

test('another pair of groupings begins with closed rows', async () => {
  const { go, shown, toggle, settle } = await openTable(books, HASH, { inner: countries });
  await toggle('Summer');
  go('#then=os&sort=name&order=asc');
  await settle();
  expect(shown()).toEqual(['Summer', 'Winter']);
  go('#then=campaign&sort=name&order=asc');
  expect(shown()).toEqual(['Summer', 'Winter']);
});

test('a day is held against the day as many days before', async () => {
  const asked: Array<[string, readonly string[]]> = [];
  const days = { k: { '2026-08-03': { clicks: 9 } } };
  const { model, page, settle } = await openTable(days, '#by=day&then=country&vs=before', {
    before: { k: { '2026-07-27': { clicks: 8 } } },
    inner: ({ range, ids }) => {
      asked.push([range.from, ids]);
      return { DE: { clicks: range.from < '2026-08-01' ? 4 : 6 } };
    },
  });
  expect(page.range.value).toMatchObject({ from: '2026-08-01', to: '2026-08-07' });
  const [row] = model.rows.value;
  if (row) model.toggle(row);
  await settle();
  expect(asked).toEqual([
    ['2026-08-01', ['2026-08-03']],
    ['2026-07-25', ['2026-07-27']],
  ]);
  const spec = model.specs.value.find(({ id }) => id === 'k:change:clicks');
  const inner = model.tableRows.value.find((one) => isInner(one) && one.row);
  expect(
    spec && inner && isInner(inner) && inner.row && inner.part.figures.shownIn(inner.row, spec),
  ).toMatchObject({ gap: { difference: 2 } });
});

test('the CSV has the opened rows as they are on the screen, and says what is missing', async () => {
  const { model, toggle } = await openTable(books, HASH, {
    inner: (question) => (question.connection === 'b' ? 'off' : countries(question)),
  });
  await toggle('Summer');
  const [head = '', ...lines] = model.csv().split('\r\n');
  const clicks = head.split(',').indexOf('k main metric_clicks');
  expect(head.split(',').slice(0, 2)).toEqual(['group_campaign', 'group_country']);
  const cells = lines.filter(Boolean).map((line) => line.split(','));
  expect(cells.map((line) => [line[0], line[1], line[clicks]])).toEqual([
    ['Summer', '', '1000'],
    ['Summer', 'France (FR)', '400'],
    ['Summer', 'Germany (DE)', '600'],
    ['Winter', '', '500'],
  ]);
  expect(cells.map((line) => line.at(-1))).toEqual([
    '',
    'b main: problem_network',
    'b main: problem_network',
    '',
  ]);
});

test('rows are divided by what some side can report, and the others are named', async () => {
  const { model, page } = await openTable(books, '#by=country');
  const template = { placement: 2 };
  const capabilities = { dimensions: ['campaign', 'country', 'os'], tokens: 2, levels: 3 };
  page.trackers.value = ['k', 'b'].map((id) => ({
    ...{ id, side: 'tracker' },
    capabilities: { ...capabilities, ...(id === 'b' ? { dimensions: ['country'] } : {}) },
  })) as never;
  page.compared.value = page.compared.value.map((one) => ({
    ...one,
    templates: one.id === 'k' ? [template] : [],
  })) as never;
  page.base.value = page.compared.value[0] ?? null;
  const of = (by: Input<'campaigns.grouped'>['by']) =>
    model.divisions.value.find((one) => one.by === by);
  expect(of('country')).toBeUndefined();
  expect(of('os')).toEqual({
    by: 'os',
    possible: true,
    missing: [{ name: 'b main', reason: 'group_missing' }],
  });
  expect(of('placement')).toMatchObject({
    possible: true,
    missing: [{ reason: 'group_no_placement' }],
  });
  expect(of('browser')?.possible).toBe(false);
});
