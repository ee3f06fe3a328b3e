import { expect, test } from 'vitest';
import { createMatch } from '../../../lib/background/campaigns/match.ts';
import type { Link } from '../../../lib/compare/links.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import type { Match } from '../../../lib/contract/figures.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const DAYS = { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' };

/** The campaign that `k`'s first one is taken for on `b`, and what is proposed besides. */
async function matchOf(
  lists: Record<string, readonly string[]>,
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
): Promise<[member: string | null, proposals: string[]]> {
  const match = await fullMatchOf(lists, links, rejected);
  return [match.member?.name ?? null, match.proposals.map(({ name }) => name)];
}

const listOf = (names: readonly string[] | undefined) =>
  names
    ? {
        campaigns: names.map((name, at) => ({ id: String(at), name, active: true, source: null })),
        fetchedAt: 0,
      }
    : null;

function fullMatchOf(
  lists: Record<string, readonly string[]>,
  links: readonly Link[],
  rejected: readonly Rejection[] = [],
  { campaign, target = 'b' }: { campaign?: string; target?: string } = {},
): Promise<Match> {
  const handlers = createMatch(
    {
      connections: {
        get: async (id: string) => ({ id, tracker: id, demo: false }),
        list: async () => Object.keys(lists).map((id) => ({ id, tracker: id, demo: false })),
      },
      clients: { adapter: () => ({ side: 'tracker' }) },
      reports: {},
    } as never,
    { all: async () => [...links], rejections: async () => [...rejected] },
    async (connection) => {
      const list = listOf(lists[connection]);
      if (!list || !['k', target].includes(connection))
        throw new Error(`${connection} does not answer`);
      return list;
    },
    async (connection) => listOf(lists[connection]),
  );
  const campaignId = String(lists.k?.indexOf(campaign ?? '') ?? 0).replace('-1', '0');
  const from = { connection: 'k', campaignId, name: campaign ?? lists.k?.[0] ?? 'Summer DE' };
  return handlers['side.match']({ from, target, range: DAYS }, {
    signal: new AbortController().signal,
  } as never);
}

test('a campaign is found by its name, the same one first', async () => {
  expect(await matchOf({ k: ['Summer DE'], b: ['Winter', 'Summer DE'] })).toEqual([
    'Summer DE',
    [],
  ]);
  expect(await matchOf({ k: ['Summer DE'], b: ['summer-de', 'Winter'] })).toEqual([
    'summer-de',
    [],
  ]);
  expect(await matchOf({ k: ['Summer DE'], b: ['summer-de', 'Summer DE'] })).toEqual([
    'Summer DE',
    ['summer-de'],
  ]);
});

test('names that fold alike on either side join nothing, and are proposed', async () => {
  expect(await matchOf({ k: ['Summer DE', 'SUMMER DE'], b: ['summer-de'] })).toEqual([
    null,
    ['summer-de'],
  ]);
  expect(await matchOf({ k: ['Summer DE'], b: ['summer-de', 'SUMMER DE'] })).toEqual([
    null,
    ['summer-de', 'SUMMER DE'],
  ]);
});

test('what was told apart is not taken by its name', async () => {
  const member = (connection: string) => ({ connection, campaignId: '0', name: 'Summer DE' });
  const rejected: Rejection[] = [{ id: '', members: [member('b'), member('k')], rejectedAt: 0 }];
  const lists = { k: ['Summer DE'], b: ['Summer DE'] };
  expect((await matchOf(lists, [], rejected))[0]).toBeNull();
  expect((await matchOf(lists))[0]).toBe('Summer DE');
});

test('what is linked elsewhere is not taken by name', async () => {
  const members = [
    { connection: 'k', campaignId: '1', name: '' },
    { connection: 'b', campaignId: '0', name: '' },
  ];
  const links: Link[] = [{ id: 'l', how: 'hand', createdAt: 0, members }];
  expect(await matchOf({ k: ['Summer DE', 'Other'], b: ['Summer DE'] }, links)).toEqual([
    null,
    ['Summer DE'],
  ]);
});

test('a link of several campaigns of a side names all of both, whichever of them is asked for', async () => {
  const member = (connection: string, campaignId: string) => ({
    connection,
    campaignId,
    name: campaignId,
  });
  const linked = (...members: Link['members']): Link[] => [
    { id: 'l', how: 'hand', createdAt: 0, members },
  ];
  const severalIn = async (names: Record<string, readonly string[]>, links: Link[]) => {
    const { member: found, several } = await fullMatchOf(names, links);
    const ids = (all: readonly { readonly id: string }[] = []) => all.map(({ id }) => id);
    return [found?.campaignId ?? null, ids(several?.from), ids(several?.target)];
  };
  const names = { k: ['Summer', 'Other'], b: ['x', 'y'] };
  expect(await severalIn(names, linked(member('k', '0'), member('b', '1')))).toEqual(['1', [], []]);
  expect(
    await severalIn(names, linked(member('k', '0'), member('b', '0'), member('b', '1'))),
  ).toEqual(['0', ['0'], ['0', '1']]);
  expect(
    await severalIn(names, linked(member('k', '1'), member('k', '0'), member('b', '1'))),
  ).toEqual(['1', ['1', '0'], ['1']]);
  // The third joins by the name of one of the two that a link holds.
  expect(
    await severalIn(
      { k: ['Summer', 'Other'], b: ['Other'] },
      linked(member('k', '1'), member('k', '0'), member('r', '7')),
    ),
  ).toEqual(['0', ['0', '1'], ['0']]);
});

test('a link of split traffic says so, and joins nothing by name', async () => {
  const member = (connection: string) => ({ connection, campaignId: '0', name: '' });
  const link = { id: 'l', how: 'hand', createdAt: 0, members: [member('k'), member('b')] } as const;
  const lists = { k: ['Summer'], b: ['Half'], r: ['Summer'] };
  const matchOn = async (target: string, split: Pick<Link, 'split'>) => {
    const links = [{ ...link, members: [...link.members], ...split }];
    const found = await fullMatchOf(lists, links, [], { target });
    return [found.member?.campaignId ?? null, found.split ?? false];
  };
  expect(await matchOn('b', { split: true })).toEqual(['0', true]);
  expect(await matchOn('r', { split: true })).toEqual([null, false]);
  expect(await matchOn('b', {})).toEqual(['0', false]);
  expect(await matchOn('r', {})).toEqual(['0', false]);
});

test('a list of siblings that cannot be had does not keep it from being found', async () => {
  expect(await matchOf({ b: ['Summer DE'] })).toEqual(['Summer DE', []]);
});

test('a link by hand brings in the third that bears the name of the second, and keeps out its namesake', async () => {
  const members = [
    { connection: 'k', campaignId: '0', name: 'Bar' },
    { connection: 'b', campaignId: '0', name: 'Foo' },
  ];
  const links: Link[] = [{ id: 'l', how: 'hand', createdAt: 0, members }];
  const lists = { k: ['Bar', 'Foo'], b: ['Foo'], r: ['Foo'] };
  const onR = async (campaign: string, of: Record<string, readonly string[]>) =>
    (await fullMatchOf(of, links, [], { campaign, target: 'r' })).member?.campaignId ?? null;
  expect(await onR('Bar', lists)).toBe('0');
  expect(await onR('Foo', lists)).toBeNull();
  expect(await onR('Bar', { ...lists, k: ['Bar'] })).toBe('0');
  // The link knows its name before its list was read.
  expect(await onR('Bar', { k: ['Bar'], b: [], r: ['Foo'] })).toBe('0');
});

/** What a campaign of a tracker, which sends these clicks to its offers, is taken for on a network. */
async function matchOn(
  campaign: string,
  sent: ReadonlyArray<readonly [offer: string, clicks: number]>,
  offers: readonly string[],
): Promise<string | null> {
  const report = {
    rows: sent.map(([name, clicks]) => ({
      values: [{ id: `k ${name}`, name }],
      metrics: metricsOf({ clicks }),
    })),
    ...{ zone: 'UTC', currency: 'USD', basis: 'visit', complete: true, fetchedAt: 0 },
  };
  const handlers = createMatch(
    {
      connections: { get: async (id: string) => ({ id, tracker: id, demo: false }) },
      clients: {
        adapter: (id: string) => ({
          side: id === 'n' ? 'network' : 'tracker',
          capabilities: { dimensions: ['campaign', 'offer'] },
        }),
      },
      reports: { known: async () => report },
    } as never,
    { all: async () => [], rejections: async () => [] },
    async () => ({
      campaigns: offers.map((name) => ({ id: name, name, active: true, source: null })),
      fetchedAt: 0,
    }),
    async () => null,
  );
  const from = { connection: 'k', campaignId: '0', name: campaign };
  const { member } = await handlers['side.match']({ from, target: 'n', range: DAYS }, {
    signal: new AbortController().signal,
  } as never);
  return member && `${member.name} by ${member.how}`;
}

test('in a network a campaign is found by the offer that it sends most clicks to', async () => {
  const sent = [
    ['Sweeps', 10],
    ['Keto', 90],
    ['Unknown there', 500],
  ] as const;
  expect(await matchOn('Summer DE', sent, ['Sweeps', 'Keto'])).toBe('Keto by offer');
  expect(await matchOn('Summer DE', [['Offer #71', 5]], ['71', 'Sweeps'])).toBe('71 by offer');
});

test('in a network it is never found by its own name, which is no offer’s', async () => {
  expect(await matchOn('Sweeps', [['Keto', 90]], ['Sweeps', 'Keto'])).toBe('Keto by offer');
  expect(await matchOn('Sweeps', [], ['Sweeps'])).toBeNull();
});
