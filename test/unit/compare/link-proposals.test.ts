import { describe, expect, test } from 'vitest';
import { joinSides } from '../../../lib/compare/join.ts';
import {
  pairsOf,
  partedIn,
  proposalsFrom,
  type Reason,
  type Suspected,
  suspectNames,
} from '../../../lib/compare/link-proposals.ts';
import type { Link, Member } from '../../../lib/compare/links.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import { finish } from '../../../lib/compare/steps.ts';
import { NO_METRICS } from '../../../lib/report/metrics.ts';

type Names = Readonly<Record<string, readonly string[]>>;

/** Each campaign's id is its name. */
const member = (connection: string, name: string): Member => ({
  connection,
  campaignId: name,
  name,
});
const link = (...members: Member[]): Link => ({ id: 'l', members, how: 'hand', createdAt: 0 });

function apartIn(names: Names, links: readonly Link[] = []) {
  const sides = Object.entries(names).map(([connection, own]) => ({
    connection,
    currency: '',
    rows: own.map((name) => ({ id: name, name, metrics: NO_METRICS })),
  }));
  return partedIn(joinSides(sides, links), Object.keys(names));
}

function proposed(
  names: Names,
  {
    links = [],
    more = [],
    rejected = [],
  }: {
    links?: readonly Link[];
    more?: readonly Suspected[];
    rejected?: readonly Rejection[];
  } = {},
) {
  const apart = apartIn(names, links);
  const suspected = [...finish(suspectNames(apart, Object.keys(names))), ...more];
  return proposalsFrom(suspected, apart, rejected).map(
    ({ a, b, reasons, clear }) =>
      `${a.connection} ${a.name} – ${b.connection} ${b.name}: ${reasons.map(({ by }) => by).join('+')}${clear ? '' : '?'}`,
  );
}

const FIGURES: Reason = { by: 'figures', correlation: 0.98, level: 0.01 };

describe('by name', () => {
  test('what is joined already is not proposed', () => {
    expect(proposed({ k: ['Summer push'], b: ['summer-push'] })).toEqual([]);
    const links = [link(member('k', 'Summer push'), member('b', 'Sumer push'))];
    expect(proposed({ k: ['Summer push'], b: ['Sumer push'] }, { links })).toEqual([]);
  });

  test('a similar name is, and so is the same one that joins nothing', () => {
    expect(proposed({ k: ['Summer push DE'], b: ['Sumer push DE'] })).toEqual([
      'k Summer push DE – b Sumer push DE: similar',
    ]);
    expect(proposed({ k: ['Twin', 'TWIN'], b: ['twin'] })).toEqual([
      'k Twin – b twin: name?',
      'k TWIN – b twin: name?',
    ]);
  });

  test('members of one row are proposed once, and none that would double a connection', () => {
    const names = { k: ['Summer push'], b: ['Summer push'], r: ['Sumer push'] };
    expect(proposed(names)).toEqual(['k Summer push – r Sumer push: similar']);
    const links = [
      link(member('k', 'Alpha push'), member('r', 'Gamma')),
      { ...link(member('b', 'Alfa push'), member('r', 'Delta')), id: 'm' },
    ];
    expect(
      proposed({ k: ['Alpha push'], b: ['Alfa push'], r: ['Gamma', 'Delta'] }, { links }),
    ).toEqual([]);
  });

  test('one that was rejected never comes again, in neither order, nor by another of its row', () => {
    const names = { k: ['Summer push'], b: ['Sumer push'] };
    const [a, b] = [member('k', 'Summer push'), member('b', 'Sumer push')];
    const rejection = (...members: [Member, Member]): Rejection => ({
      id: 'x',
      members,
      rejectedAt: 0,
    });
    expect(proposed(names, { rejected: [rejection(a, b)] })).toEqual([]);
    expect(proposed(names, { rejected: [rejection(b, a)] })).toEqual([]);
    // The third bears the name of the first: it is the same campaign.
    const more = { ...names, r: ['Summer push'] };
    expect(proposed(more)).toHaveLength(1);
    expect(proposed(more, { rejected: [rejection(a, b)] })).toEqual([]);
    // A campaign that is gone rejects nothing.
    expect(proposed(names, { rejected: [rejection(a, member('b', 'gone'))] })).toHaveLength(1);
  });
});

test('reasons for the same pair are put together, and the surest pair comes first', () => {
  const names = { k: ['Alpha', 'Summer push'], b: ['Omega', 'Sumer push'] };
  const more: Suspected[] = [
    { a: member('k', 'Summer push'), b: member('b', 'Sumer push'), reason: FIGURES },
    { a: member('k', 'Alpha'), b: member('b', 'Omega'), reason: { by: 'id', value: '88' } },
    { a: member('k', 'Alpha'), b: member('b', 'Omega'), reason: { by: 'id', value: '89' } },
    { a: member('k', 'gone'), b: member('b', 'Omega'), reason: FIGURES },
  ];
  expect(proposed(names, { more })).toEqual([
    'k Alpha – b Omega: id',
    'k Summer push – b Sumer push: figures+similar',
  ]);
});

test('of several reasons of a kind the strongest stays, whichever comes first', () => {
  const [a, b] = [member('k', 'Alpha'), member('b', 'Omega')];
  const likes = [0.5, 0.9, 0.7].map((likeness): Suspected => {
    return { a, b, reason: { by: 'similar', likeness } };
  });
  const apart = apartIn({ k: ['Alpha'], b: ['Omega'] });
  for (const suspected of [likes, likes.toReversed()]) {
    expect(proposalsFrom(suspected, apart, []).map(({ reasons }) => reasons)).toEqual([
      [{ by: 'similar', likeness: 0.9 }],
    ]);
  }
  const ids = ['88', '89'].map((value): Suspected => ({ a, b, reason: { by: 'id', value } }));
  expect(proposalsFrom(ids, apart, [])[0]?.reasons).toEqual([{ by: 'id', value: '88' }]);
});

test('each two of a list are a pair once', () => {
  expect(pairsOf(['a', 'b', 'c'])).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
  expect(pairsOf(['a'])).toEqual([]);
});

test('a pair is clear when neither has another candidate on the other’s connection', () => {
  expect(proposed({ k: ['Summer push DE'], b: ['Sumer push DE', 'Summer pushh DE'] })).toEqual([
    expect.stringMatching(/\?$/),
    expect.stringMatching(/\?$/),
  ]);
  expect(proposed({ k: ['Summer push DE'], b: ['Sumer push DE'], r: ['Summr push DE'] })).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/\?$/)]),
  );
});
