import { expect, test } from 'vitest';
import type { Grouping } from '../../../lib/compare/groupings.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import type { Capabilities, TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { folded } from '../../../lib/trackers/reports.ts';
import { testDatabase } from '../test-database.ts';
import { fakeReport, fakeTracker, startWorker } from './transfer-world.ts';

const range = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };
const problem = (text: string) => ({ report: null, problem: { kind: 'unsupported', text } });

/** Clicks of two campaigns by country; a third has none. */
const BOOKS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '1': { DE: 10, FR: 5 },
  '2': { DE: 1 },
  '3': {},
};
/** Each campaign's source; all its clicks are of one system. */
const SOURCES: Readonly<Record<string, string>> = { '1': 'pops', '2': 'push', '3': 'push' };
const SYSTEMS: Readonly<Record<string, string>> = { '1': 'iOS', '2': 'Android', '3': 'iOS' };
const CELLS = Object.entries(BOOKS).flatMap(([campaign, by]) =>
  Object.entries(by).map(([country, clicks]) => ({
    ...{ campaign, country, clicks },
    source: SOURCES[campaign] ?? '',
    os: SYSTEMS[campaign] ?? '',
    token2: country,
  })),
);

async function open(
  change: Partial<Capabilities>,
  answer: (question: Question) => Partial<Report> = () => ({}),
  side: TrackerAdapter['side'] = 'tracker',
) {
  const asked: Question[] = [];
  const adapter: TrackerAdapter = {
    ...fakeTracker,
    side,
    capabilities: { ...fakeTracker.capabilities, dimensions: ['campaign', 'country'], ...change },
    report: async (client, question) => {
      asked.push(question);
      const valueIn = (cell: (typeof CELLS)[number], dimension: string): string =>
        dimension in cell ? String(cell[dimension as keyof typeof cell]) : '';
      const rows = CELLS.filter((cell) =>
        question.filters.every(({ dimension, value }) => valueIn(cell, dimension) === value),
      ).map((cell) => ({
        values: question.groupBy.map((dimension) => {
          const id = valueIn(cell, dimension);
          return { id, name: id };
        }),
        metrics: metricsOf({ clicks: cell.clicks }),
      }));
      return fakeReport(client, folded(rows), answer(question));
    },
  };
  const { database } = testDatabase();
  const { call, connect } = startWorker(database, {}, { trackers: [adapter] });
  const connection = await connect('https://a.example', 'key-of-a-0123456789');
  const grouped = (by: Grouping, within?: { by: Grouping; ids: string[] }) =>
    call('campaigns.grouped', {
      connection,
      range,
      by,
      fresh: true,
      ...(within ? { within } : {}),
    });
  /** Says that placements are in this token. */
  const template = (sourceId: string, placement: number) =>
    call('connections.template', {
      id: connection,
      template: {
        ...{ sourceId, sourceName: sourceId, campaign: null, adSet: null, ad: null },
        placement,
      },
    });
  return { grouped, asked, template };
}
const clicksIn = ({ report }: { report: Report | null }) =>
  report &&
  Object.fromEntries(report.rows.map(({ values, metrics }) => [values[0]?.id, metrics.clicks]));

const CANNOT_TOGETHER = { together: ['campaign'] } as const;

test('all campaigns are asked together where the tracker can', async () => {
  const { grouped, asked } = await open({});
  expect(clicksIn(await grouped('country'))).toEqual({ DE: 11, FR: 5 });
  expect(asked).toHaveLength(1);
});

test('where it cannot, each campaign with traffic is asked, and summed', async () => {
  const { grouped, asked } = await open(CANNOT_TOGETHER);
  const { report } = await grouped('country');
  expect(clicksIn({ report })).toEqual({ DE: 11, FR: 5 });
  expect(report?.complete).toBe(true);
  expect(asked.map(({ filters }) => filters[0]?.value ?? null)).toEqual([null, '1', '2']);
});

test('a sum of campaigns one of which is cut off is not complete', async () => {
  const { grouped } = await open(CANNOT_TOGETHER, ({ filters }) => ({
    complete: filters[0]?.value !== '2',
  }));
  expect((await grouped('country')).report?.complete).toBe(false);
});

test('a campaign that cannot be asked leaves the rest, incomplete, with the reason', async () => {
  const { grouped } = await open(CANNOT_TOGETHER, ({ filters }) => {
    if (filters[0]?.value === '2') throw new CrosstrackError({ kind: 'network', status: 502 });
    return {};
  });
  const answer = await grouped('country');
  expect(clicksIn(answer)).toEqual({ DE: 10, FR: 5 });
  expect(answer).toMatchObject({ report: { complete: false }, problem: { kind: 'network' } });
});

test('a campaign’s row is asked for by its campaigns, whose figures are summed', async () => {
  const { grouped, asked } = await open(CANNOT_TOGETHER);
  const country = (...ids: string[]) => grouped('country', { by: 'campaign', ids });
  expect(clicksIn(await country('1'))).toEqual({ DE: 10, FR: 5 });
  expect(asked).toHaveLength(1);
  expect(clicksIn(await country('1', '2'))).toEqual({ DE: 11, FR: 5 });
});

test('a row of several campaigns one of which cannot be asked is not complete, with the reason', async () => {
  const { grouped } = await open({}, ({ filters }) => {
    if (filters[0]?.value === '2') throw new CrosstrackError({ kind: 'network', status: 502 });
    return {};
  });
  const answer = await grouped('country', { by: 'campaign', ids: ['1', '2'] });
  expect(answer).toMatchObject({ report: { complete: false }, problem: { kind: 'network' } });
});

const ALL = { dimensions: ['campaign', 'source', 'country', 'os'], levels: 2, tokens: 2 } as const;

test('one report of two groupings answers for every row that is opened', async () => {
  const { grouped, asked } = await open(ALL);
  const os = (...ids: string[]) => grouped('os', { by: 'country', ids });
  expect(clicksIn(await os('DE'))).toEqual({ iOS: 10, Android: 1 });
  expect(clicksIn(await os('FR'))).toEqual({ iOS: 5 });
  expect(clicksIn(await os('DE', 'FR'))).toEqual({ iOS: 15, Android: 1 });
  expect(new Set(asked.map(({ groupBy }) => groupBy.join()))).toEqual(new Set(['country,os']));
});

const TOGETHER = { ...ALL, together: ['campaign', 'source'] } as const;

test('where a tracker has two groupings of one campaign only, each with traffic is asked', async () => {
  const { grouped, asked } = await open(TOGETHER);
  expect(clicksIn(await grouped('os', { by: 'country', ids: ['DE'] }))).toEqual({
    iOS: 10,
    Android: 1,
  });
  expect(asked.map(({ groupBy }) => groupBy.join())).toEqual([
    'campaign',
    'country,os',
    'country,os',
  ]);
});

test('only the campaigns of an opened source are asked', async () => {
  const { grouped, asked } = await open(TOGETHER);
  expect(clicksIn(await grouped('country', { by: 'source', ids: ['push'] }))).toEqual({ DE: 1 });
  expect(asked.map(({ filters }) => filters[0]?.value ?? null)).toEqual([null, '2']);
});

test('campaigns and sources within a country are told by whose reports have it', async () => {
  const { grouped } = await open(TOGETHER);
  const within = { by: 'country', ids: ['DE'] } as const;
  const campaigns = await grouped('campaign', { by: 'country', ids: ['DE'] });
  expect(clicksIn(campaigns)).toEqual({ 1: 10, 2: 1 });
  expect(clicksIn(await grouped('source', { ...within, ids: ['DE'] }))).toEqual({
    pops: 10,
    push: 1,
  });
});

test('a placement’s row is asked for alone, one that is not known with all others', async () => {
  const { grouped, asked, template } = await open(ALL);
  await template('1', 2);
  const os = (id: string) => grouped('os', { by: 'placement', ids: [id] });
  expect(clicksIn(await os('DE'))).toEqual({ iOS: 10, Android: 1 });
  expect(clicksIn(await os(''))).toEqual({});
  expect(
    asked.map(({ groupBy, filters }) => [...groupBy, ...filters.map((one) => one.value)]),
  ).toEqual([
    ['os', 'DE'],
    ['token2', 'os'],
  ]);
});

test('a pair that cannot be had is said, and not asked', async () => {
  const { grouped, asked } = await open({ ...ALL, levels: 1 });
  const within = (by: Grouping, of: Grouping) => grouped(by, { by: of, ids: ['DE'] });
  expect(await within('os', 'country')).toEqual(problem('group_missing'));
  expect(await within('browser', 'campaign')).toEqual(problem('group_missing'));
  expect(await within('os', 'placement')).toEqual(problem('group_no_placement'));
  expect(asked).toEqual([]);
  const network = await open(ALL, undefined, 'network');
  expect(await network.grouped('offer', { by: 'campaign', ids: ['1'] })).toEqual(
    problem('group_same'),
  );
});

test('what a tracker does not have is said, and not asked', async () => {
  const { grouped, asked } = await open({});
  expect(await grouped('hour')).toEqual(problem('group_missing'));
  expect(await grouped('offer')).toEqual(problem('group_missing'));
  expect(asked).toEqual([]);
});

test('a network’s offers are its campaigns', async () => {
  const { grouped } = await open({}, undefined, 'network');
  expect(clicksIn(await grouped('offer'))).toEqual({ 1: 15, 2: 1 });
});

test('placements are in the token that the source templates name, if they name one', async () => {
  const { grouped, asked, template } = await open({});
  expect(await grouped('placement')).toEqual(problem('group_no_placement'));
  await template('1', 2);
  await template('2', 2);
  await grouped('placement');
  expect(asked.map(({ groupBy }) => groupBy)).toEqual([['token2']]);
  await template('2', 3);
  expect(await grouped('placement')).toEqual(problem('group_placements_differ'));
});
