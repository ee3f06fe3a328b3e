import { expect, test } from 'vitest';
import type { Grouping } from '../../../lib/compare/groupings.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import type { Capabilities, TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { fakeReport, fakeTracker, startWorker } from './transfer-world.ts';

const range = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };
const row = (id: string, clicks: number) => ({
  values: [{ id, name: id }],
  metrics: metricsOf({ clicks }),
});
const problem = (text: string) => ({ report: null, problem: { kind: 'unsupported', text } });

/** Clicks of two campaigns by country; a third has none. */
const BOOKS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '1': { DE: 10, FR: 5 },
  '2': { DE: 1 },
  '3': {},
};

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
      const campaign = question.filters.find(({ dimension }) => dimension === 'campaign')?.value;
      const rows = question.groupBy.includes('campaign')
        ? Object.entries(BOOKS).map(([id, by]) =>
            row(
              id,
              Object.values(by).reduce((sum, clicks) => sum + clicks, 0),
            ),
          )
        : Object.entries(BOOKS[campaign ?? '1'] ?? {}).map(([id, clicks]) => row(id, clicks));
      return fakeReport(client, rows, answer(question));
    },
  };
  const { database } = testDatabase();
  const { call, connect } = startWorker(database, {}, { trackers: [adapter] });
  const connection = await connect('https://a.example', 'key-of-a-0123456789');
  const grouped = (by: Grouping, campaignId: string | null = null) =>
    call('campaigns.grouped', { connection, campaignId, range, by, fresh: true });
  return { grouped, asked, call, connection };
}
const clicksIn = ({ report }: { report: Report | null }) =>
  report &&
  Object.fromEntries(report.rows.map(({ values, metrics }) => [values[0]?.id, metrics.clicks]));

const CANNOT_TOGETHER = { together: ['campaign'] } as const;

test('all campaigns are asked together where the tracker can', async () => {
  const { grouped, asked } = await open({});
  expect(clicksIn(await grouped('country'))).toEqual({ DE: 10, FR: 5 });
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

test('one campaign is asked alone', async () => {
  const { grouped, asked } = await open(CANNOT_TOGETHER);
  expect(clicksIn(await grouped('country', '1'))).toEqual({ DE: 10, FR: 5 });
  expect(asked).toHaveLength(1);
});

test('what a tracker does not have is said, and not asked', async () => {
  const { grouped, asked } = await open({});
  expect(await grouped('hour')).toEqual(problem('group_missing'));
  expect(await grouped('offer')).toEqual(problem('group_missing'));
  expect(asked).toEqual([]);
});

test('a network’s offers are its campaigns', async () => {
  const { grouped } = await open({}, undefined, 'network');
  expect(clicksIn(await grouped('offer'))).toEqual({ 1: 15, 2: 1, 3: 0 });
});

test('placements are in the token that the source templates name, if they name one', async () => {
  const { grouped, call, connection, asked } = await open({});
  expect(await grouped('placement')).toEqual(problem('group_no_placement'));
  const template = (sourceId: string, placement: number) =>
    call('connections.template', {
      id: connection,
      template: {
        ...{ sourceId, sourceName: sourceId, campaign: null, adSet: null, ad: null },
        placement,
      },
    });
  await template('1', 2);
  await template('2', 2);
  await grouped('placement');
  expect(asked.map(({ groupBy }) => groupBy)).toEqual([['token2']]);
  await template('2', 3);
  expect(await grouped('placement')).toEqual(problem('group_placements_differ'));
});
