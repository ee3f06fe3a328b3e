import { expect, test } from 'vitest';
import { type TwinSide, twinSources } from '../../../lib/sources/twins.ts';

const side = (
  connection: string,
  tracker: string,
  ...campaigns: Array<[name: string, source: string | null, id?: string]>
): TwinSide => ({
  connection,
  tracker,
  campaigns: campaigns.map(([name, source, id]) => ({
    name,
    source: source === null ? null : { name: source },
    ...(id === undefined ? {} : { sourceCampaignId: id }),
  })),
});

test('the same campaign of the same source on two connections of a kind is one too many', () => {
  const sides = [
    side('a', 'k', ['Summer push DE', 'PropellerAds'], ['Other', 'PropellerAds']),
    side('b', 'k', ['summer  PUSH-de', 'Propeller Ads #2']),
  ];
  expect(twinSources(sides)).toEqual([{ connections: ['a', 'b'], campaigns: ['Summer push DE'] }]);
});

test('so is the same id at the source, whatever the names', () => {
  const sides = [side('a', 'k', ['One', 'MGID', '77']), side('b', 'k', ['Two', 'MGID', '77'])];
  expect(twinSources(sides)).toEqual([{ connections: ['a', 'b'], campaigns: ['One'] }]);
});

test.each<[why: string, TwinSide, TwinSide]>([
  ['another kind of tracker', side('a', 'k', ['X', 'MGID']), side('b', 'r', ['X', 'MGID'])],
  ['another source', side('a', 'k', ['X', 'MGID', '1']), side('b', 'k', ['X', 'Kadam', '1'])],
  ['no source', side('a', 'k', ['X', null]), side('b', 'k', ['X', null])],
  ['no name', side('a', 'k', ['!', 'MGID']), side('b', 'k', ['?', 'MGID'])],
  ['another campaign', side('a', 'k', ['X', 'MGID', '1']), side('b', 'k', ['Y', 'MGID', '2'])],
])('%s is none', (_, a, b) => {
  expect(twinSources([a, b])).toEqual([]);
});

test('of three, each pair is told', () => {
  const pairs = twinSources(['a', 'b', 'c'].map((id) => side(id, 'k', ['X', 'MGID'])));
  expect(pairs.map(({ connections }) => connections)).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
});
