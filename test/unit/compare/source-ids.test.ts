import { expect, test } from 'vitest';
import { matchSourceIds, type SourceId, sourceIdsOf } from '../../../lib/compare/source-ids.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const row = (campaign: string, token: string, clicks: number | null) => ({
  values: [
    { id: campaign, name: `Campaign ${campaign}` },
    { id: token, name: token },
  ],
  metrics: metricsOf({ clicks }),
});
const idsIn = (...rows: ReturnType<typeof row>[]) =>
  sourceIdsOf({ rows }, 'source').map(({ campaign, value }) => `${campaign.id}:${value}`);
const held = (source: string, value: string, ...campaigns: string[]): SourceId[] =>
  campaigns.map((id) => ({ campaign: { id, name: id }, source, value }));
const pairs = (a: SourceId[], b: SourceId[]) =>
  matchSourceIds(a, b).map(({ a: one, b: other, value }) => `${one.id}-${other.id}: ${value}`);

test('the ids of a campaign are those of its clicks, without strays and what is none', () => {
  expect(idsIn(row('1', '880', 90), row('1', '881', 10), row('1', '882', 9))).toEqual(['1:880']);
  expect(idsIn(row('1', '880', 90), row('1', ' 881 ', 10))).toEqual(['1:880', '1:881']);
  expect(idsIn(row('1', '{campaignid}', 50), row('1', '', 20), row('1', 'Unknown', 20))).toEqual(
    [],
  );
  expect(idsIn(row('1', '880', 0), row('2', '881', null))).toEqual([]);
  const { values, metrics } = row('1', '880', 90);
  expect(idsIn({ values: values.slice(0, 1), metrics }, { values: [], metrics })).toEqual([]);
});

test('the same id at the same source is the same campaign', () => {
  expect(pairs(held('prop', '88', 'a'), held('prop', '88', 'x', 'y'))).toEqual([
    'a-x: 88',
    'a-y: 88',
  ]);
  expect(pairs(held('prop', '88', 'a'), held('rich', '88', 'x'))).toEqual([]);
});

test('an id that many share tells nobody', () => {
  expect(pairs(held('prop', '1', 'a', 'b', 'c', 'd'), held('prop', '1', 'x'))).toEqual([]);
  expect(pairs(held('prop', '1', 'x'), held('prop', '1', 'a', 'b', 'c', 'd'))).toEqual([]);
  expect(pairs(held('prop', '1', 'a', 'b', 'c'), held('prop', '1', 'x', 'y', 'z'))).toHaveLength(9);
  // Twice in a report is still one.
  expect(pairs(held('prop', '1', 'a', 'a', 'a', 'a'), held('prop', '1', 'x'))).toEqual(['a-x: 1']);
  expect(pairs(held('prop', '1', 'a', 'b', 'a'), held('prop', '1', 'x'))).toEqual([
    'a-x: 1',
    'b-x: 1',
  ]);
});
