import { expect, test } from 'vitest';
import { pairKey, type Rejection } from '../../../lib/compare/rejections.ts';
import { findOverlaps, type TrackedSide } from '../../../lib/sources/overlaps.ts';

const side = (
  connection: string,
  tracker: string,
  ...campaigns: Array<[name: string, source: string | null, id?: string]>
): TrackedSide => ({
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
  expect(findOverlaps(sides)).toEqual([{ connections: ['a', 'b'], campaigns: ['Summer push DE'] }]);
});

test('so is the same id at the source, whatever the names', () => {
  const sides = [side('a', 'k', ['One', 'MGID', '77']), side('b', 'k', ['Two', 'MGID', '77'])];
  expect(findOverlaps(sides)).toEqual([{ connections: ['a', 'b'], campaigns: ['One ↔ Two'] }]);
});

test.each<[why: string, TrackedSide, TrackedSide]>([
  ['another kind of tracker', side('a', 'k', ['X', 'MGID']), side('b', 'r', ['X', 'MGID'])],
  ['another source', side('a', 'k', ['X', 'MGID', '1']), side('b', 'k', ['X', 'Kadam', '1'])],
  ['no source', side('a', 'k', ['X', null]), side('b', 'k', ['X', null])],
  ['no name', side('a', 'k', ['()', 'MGID']), side('b', 'k', ['?', 'MGID'])],
  ['another campaign', side('a', 'k', ['X', 'MGID', '1']), side('b', 'k', ['Y', 'MGID', '2'])],
])('%s is none', (_, a, b) => {
  expect(findOverlaps([a, b])).toEqual([]);
});

test('what the user told apart is no overlap, what else they share is', () => {
  const campaign = (id: string, name: string) => ({ id, name, source: { name: 'MGID' } });
  const sides = ['a', 'b'].map(
    (connection): TrackedSide => ({
      ...{ connection, tracker: 'k' },
      campaigns: [campaign('1', 'Summer'), campaign('2', 'Winter')],
    }),
  );
  const member = (connection: string) => ({ connection, campaignId: '1', name: 'Summer' });
  const pair = { a: member('b'), b: member('a') };
  const rejected: Rejection = {
    ...{ id: pairKey('campaign', pair), rejectedAt: 0 },
    members: [pair.a, pair.b],
  };
  expect(findOverlaps(sides, [rejected])).toEqual([
    { connections: ['a', 'b'], campaigns: ['Winter'] },
  ]);
});

test('of three, each pair is told', () => {
  const pairs = findOverlaps(['a', 'b', 'c'].map((id) => side(id, 'k', ['X', 'MGID'])));
  expect(pairs.map(({ connections }) => connections)).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
});

test('of three, those that share nothing are not told', () => {
  const [shared, other] = ['X', 'Y'].map((name): [string, string] => [name, 'My own source']);
  const three = [shared, other, shared].map((one, at) =>
    side('abc'[at] ?? '', 'k', one ?? ['', '']),
  );
  expect(findOverlaps(three)).toEqual([{ connections: ['a', 'c'], campaigns: ['X'] }]);
});

test('of campaigns with several ids at the source each id counts, and each pair is told once', () => {
  const sides = [
    side('a', 'k', ['One', 'MGID', '1'], ['One', 'MGID', '2'], ['One', 'MGID', '3']),
    side('b', 'k', ['Two', 'MGID', '3'], ['Two', 'MGID', '2'], ['Three', 'MGID', '9']),
  ];
  expect(findOverlaps(sides)).toEqual([{ connections: ['a', 'b'], campaigns: ['One ↔ Two'] }]);
});

test('the same name says more than the same id', () => {
  const sides = [
    side('a', 'k', ['Push DE', 'MGID', '1']),
    side('b', 'k', ['push de', 'MGID'], ['Other', 'MGID', '1']),
  ];
  expect(findOverlaps(sides)[0]?.campaigns).toEqual(['Push DE']);
});

const MACROS = [
  '{campaign_id}',
  '{{campaign.id}}',
  '[ID]',
  '##CAMPAIGN##',
  '#CAMPAIGN#',
  '%id%',
  '%%ID%%',
  '$id$',
  '__CAMPAIGN_ID__',
  '<cid>',
];

test.each([
  ...MACROS,
  ...MACROS.map((one) => `${one}-${one}`),
  'c_{id}',
  '',
  '  ',
  '-',
  '___',
  '—',
])('“%s” is nobody’s id', (id) => {
  const sides = [side('a', 'k', ['One', 'MGID', id]), side('b', 'k', ['Two', 'MGID', id])];
  expect(findOverlaps(sides)).toEqual([]);
});

test.each(['77', '0f3a', 'a-b_c', 'кампания', ' 77 '])(
  '“%s” is an id, with or without spaces around it',
  (id) => {
    const sides = [
      side('a', 'k', ['One', 'MGID', id]),
      side('b', 'k', ['Two', 'MGID', ` ${id.trim()} `]),
    ];
    expect(findOverlaps(sides)[0]?.campaigns).toEqual(['One ↔ Two']);
  },
);

test('whatever there is, overlaps share an id or a name, and who comes first changes nothing', () => {
  let seed = 7;
  const pick = <T>(...of: [T, ...T[]]): T => {
    seed = (seed * 48_271) % 2_147_483_647;
    return of[seed % of.length] ?? of[0];
  };
  let found = 0;
  for (let run = 0; run < 500; run++) {
    const campaigns = (): Array<[string, string | null, string]> =>
      Array.from({ length: pick(0, 1, 2, 3) }, () => [
        pick('A', 'B', 'C', '()'),
        pick('MGID', 'Kadam', null),
        pick('1', '2', '3', '', '{id}'),
      ]);
    const [ours, theirs] = [campaigns(), campaigns()];
    const [a, b] = [side('a', pick('k', 'r'), ...ours), side('b', 'k', ...theirs)];
    const alike = ours.some(([name, source, id]) =>
      theirs.some(
        ([otherName, otherSource, otherId]) =>
          source !== null &&
          source === otherSource &&
          ((name !== '()' && name === otherName) || (/\d/.test(id) && id === otherId)),
      ),
    );
    const expected = a.tracker === b.tracker && alike ? 1 : 0;
    expect(findOverlaps([a, b])).toHaveLength(expected);
    expect(findOverlaps([b, a])).toHaveLength(expected);
    found += expected;
  }
  expect(found).toBeGreaterThan(50);
  expect(found).toBeLessThan(450);
});
