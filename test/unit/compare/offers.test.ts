import { expect, test } from 'vitest';
import { joinOffers, type OfferSide } from '../../../lib/compare/offers.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import {
  idsByRow,
  joined,
  link,
  networkSide,
  type Rows,
  rejectionOf,
  sentOf,
  trackerSide,
} from './offers-world.ts';

test.each([
  ['#701 Sweeps'],
  ['Sweeps [701]'],
  ['Sweeps (701) DE'],
  ['Sweeps id 701'],
  ['Sweeps ID:701'],
  ['Sweeps ID: 701'],
  ['Sweeps #701 (2026)'],
  ['offer 701'],
  ['Offer #701'],
  ['701 - Sweeps'],
  ['701|Sweeps'],
])('a network’s offer id in a name joins: %s', (name) => {
  const tracker = trackerSide('k', [[`9=${name}`, 'A', {}]]);
  expect(joined([tracker, networkSide('n', { '701=Other name': {} })])).toEqual({ 701: ['9'] });
});

test.each([
  ['Sweeps 701'],
  ['701 Sweeps'],
  ['#7012 Sweeps'],
  ['#17015'],
  ['Sweeps701'],
  ['Sweeps idx701'],
  ['Sweeps (v701)'],
  ['#701 or #702'],
  ['android 701'],
  ['701-799 Dating'],
  ['701 – 799'],
  ['[701-799] Dating'],
  ['[701 – 799] Dating'],
  ['Sweeps 701 - DE'],
])('a number that is no id, or is one of two, joins nothing: %s', (name) => {
  const tracker = trackerSide('k', [[`9=${name}`, 'A', {}]]);
  const network = networkSide('n', { '701=Other name': {}, '702=Another': {} });
  expect(joined([tracker, network])).toEqual({});
});

test('only a network’s ids count, and only in the names of trackers', () => {
  const sides = [
    trackerSide('k', [['9=#701 Sweeps', 'A', {}]]),
    // Its own offer 701 is another one.
    trackerSide('b', [['701=Keto', 'B', {}]]),
    networkSide('m', { '5=#701 VPN': {} }),
    networkSide('n', { '701=Other name': {} }),
  ];
  expect(idsByRow(sides)).toEqual([
    ['9', null, null, '701'],
    [null, '701', null, null],
    [null, null, '5', null],
  ]);
});

test('rows that ids or campaigns joined have keys of their own, whatever the order of the sides', () => {
  const k = trackerSide('k', [
    ['7=#701 Sweeps', 'A', {}],
    ['8=#702 Keto', 'B', {}],
    ['9=Own name', 'C', {}],
    ['10=Another', 'D', {}],
  ]);
  const b = trackerSide('b', [
    ['x=701 - Sweeps', 'E', {}],
    ['y=702 - Keto', 'F', {}],
  ]);
  const n = networkSide('n', { 701: {}, 702: {}, 703: {}, 704: {} });
  const links = [
    { ...link(undefined, ['k', 'C'], ['n', '703']), id: 'l1' },
    { ...link(undefined, ['k', 'D'], ['n', '704']), id: 'l2' },
  ];
  const keys = (...sides: OfferSide[]) =>
    joinOffers(sides, links)
      .map(({ key }) => key)
      .sort();
  expect(new Set(keys(k, b, n)).size).toBe(4);
  expect(keys(b, k, n)).toEqual(keys(k, b, n));
});

test('an id that two networks have joins neither', () => {
  const sides = [
    trackerSide('k', [['9=#701 Sweeps', 'A', {}]]),
    networkSide('m', { '701=One': {} }),
    networkSide('n', { '701=Two': {} }),
  ];
  expect(joinOffers(sides, []).filter(({ cells }) => cells[0] && (cells[1] || cells[2]))).toEqual(
    [],
  );
});

test('names join when each side has them once; similar ones never', () => {
  const network = networkSide('n', { '1=Sweeps DE': {}, '2=Keto FR': {}, '3=VPN': {} });
  const tracker = trackerSide('k', [
    ['a=Sweeps DE', 'A', {}],
    ['b=keto-fr', 'A', {}],
    ['c=VPN', 'A', {}],
    ['d=VPN', 'B', {}],
    ['e=Sweeps DE 2', 'B', {}],
  ]);
  expect(joined([tracker, network])).toEqual({ 1: ['a'], 2: ['b'] });
});

test('several offers of a tracker may carry one network’s id', () => {
  const tracker = trackerSide('k', [
    ['a=#701 Sweeps DE', 'A', { clicks: 3 }],
    ['b=#701 Sweeps FR', 'B', { clicks: 4 }],
  ]);
  const sides = [tracker, networkSide('n', { '701=Sweeps': {} })];
  expect(joined(sides)).toEqual({ 701: ['a', 'b'] });
  const [row] = joinOffers(sides, []);
  expect(row?.senders.map(({ id, metrics }) => [id, metrics.clicks])).toEqual([
    ['A', 3],
    ['B', 4],
  ]);
});

test('a link of offers by hand overrides the id in a name; links of campaigns are others’', () => {
  const tracker = trackerSide('k', [['9=#701 Sweeps', 'A', {}]]);
  const network = networkSide('n', { '701=One': {}, '702=Two': {} });
  const sides = [tracker, network];
  expect(joined(sides, [link('offer', ['k', '9'], ['n', '702'])])).toEqual({ 702: ['9'] });
  // Campaign 9 is not offer 9.
  expect(joined(sides, [link(undefined, ['k', '9'], ['n', '702'])])).toEqual({ 701: ['9'] });
});

test('a campaign that is linked to a network’s offer says which offer its only one is', () => {
  const network = networkSide('n', { '701=One': {}, '702=Two': {} });
  const linked = [link(undefined, ['k', 'A'], ['n', '702'])];
  const one = trackerSide('k', [['9=Own name', 'A', {}]]);
  expect(joined([one, network], linked)).toEqual({ 702: ['9'] });
  const two = trackerSide('k', [
    ['9=Own name', 'A', {}],
    ['8=Another', 'A', {}],
  ]);
  expect(joined([two, network], linked)).toEqual({});
});

test('its only one is told by its own clicks alone, and by those that reached an offer', () => {
  const k = trackerSide('k', [
    ['7=Of another campaign', 'B', {}],
    ['9=Own name', 'A', {}],
    ['', 'A', {}],
  ]);
  const network = networkSide('n', { '701=One': {}, '702=Two': {} });
  expect(joined([k, network], [link(undefined, ['k', 'A'], ['n', '702'])])).toEqual({ 702: ['9'] });
});

test('campaigns of several trackers that are linked to an offer each bring their own', () => {
  const sides = [
    trackerSide('k', [['9=Own name', 'A', {}]]),
    trackerSide('b', [['x=Its name', 'B', {}]]),
    networkSide('n', { '702=Two': {} }),
  ];
  // A connection that is not compared, and a campaign without clicks, bring nothing.
  const all = link(undefined, ['k', 'A'], ['z', 'A'], ['k', 'Z'], ['b', 'B'], ['n', '702']);
  expect(idsByRow(sides, [all])).toEqual([['9', 'x', '702']]);
});

test('a campaign that is linked to several offers says that they are one, on one network or more', () => {
  const one = trackerSide('k', [['9=Own name', 'A', { conversions: 100 }]]);
  const sides = [
    one,
    networkSide('n', { '702=Two': { conversions: 60 }, '703=Three': { conversions: 40 } }),
    networkSide('m', { '5=Five': {} }),
  ];
  const onOne = link(undefined, ['k', 'A'], ['n', '702'], ['n', '703']);
  expect(idsByRow(sides, [onOne])).toEqual([
    ['9', '702,703', null],
    [null, null, '5'],
  ]);
  expect(joinOffers(sides, [onOne])[0]?.cells[1]?.metrics.conversions).toBe(100);
  const onTwo = link(undefined, ['k', 'A'], ['n', '702'], ['m', '5']);
  expect(idsByRow(sides, [onTwo])).toEqual([
    ['9', '702', '5'],
    [null, '703', null],
  ]);
});

test('campaigns that are linked to no offer of a network say nothing of their own offers', () => {
  const sides = [
    trackerSide('k', [['9=Own name', 'A', {}]]),
    trackerSide('b', [['x=Its name', 'B', {}]]),
    networkSide('n', {}),
  ];
  expect(idsByRow(sides, [link(undefined, ['k', 'A'], ['b', 'B'])])).toEqual([
    ['9', null, null],
    [null, 'x', null],
  ]);
});

test.each<[string, Rows]>([
  [
    'sends to several',
    [
      ['9=Own name', 'A', {}],
      ['8=Another', 'A', {}],
    ],
  ],
  ['sends to one that is linked by hand', [['7=Own name', 'A', {}]]],
  ['has no clicks', [['9=Own name', 'B', {}]]],
])('the offers of a network that are linked to a campaign stay apart if it %s', (_, rows) => {
  const network = networkSide('n', { '701=One': {}, '702=Two': {}, '703=Three': {} });
  const links = [
    link('offer', ['k', '7'], ['n', '701']),
    link(undefined, ['k', 'A'], ['n', '702'], ['n', '703']),
  ];
  const rowsOf = idsByRow([trackerSide('k', rows), network], links);
  expect(rowsOf.filter(([ours]) => ours === null).map(([, theirs]) => theirs)).toEqual(
    expect.arrayContaining(['702', '703']),
  );
});

test('clicks without an offer are no offer', () => {
  const sides = [
    trackerSide('k', [
      ['', 'A', { clicks: 5 }],
      ['a=Sweeps', 'A', { clicks: 7 }],
    ]),
    networkSide('n', { '': {}, '1=Sweeps': {} }),
  ];
  expect(idsByRow(sides)).toEqual([['a', '1']]);
  expect(sentOf(sides)?.metrics.clicks).toBe(7);
});

test('offers that the user told apart are not joined by name; campaigns are others’', () => {
  const sides = [trackerSide('k', [['a=Sweeps', 'A', {}]]), networkSide('n', { '1=Sweeps': {} })];
  const apart = (kind: Pick<Rejection, 'kind'>): Rejection[] => [
    { ...rejectionOf(['k', 'a'], ['n', '1']), ...kind },
  ];
  expect(idsByRow(sides, [], apart({ kind: 'offer' }))).toEqual([
    ['a', null],
    [null, '1'],
  ]);
  expect(idsByRow(sides, [], apart({}))).toEqual([['a', '1']]);
});

test('a link of offers says nothing of the campaigns with the same ids', () => {
  const sides = [
    trackerSide('k', [['1=Sweeps', '1=Summer', { clicks: 10 }]]),
    trackerSide('b', [['2=Keto', '2=Winter', { clicks: 20 }]]),
  ];
  expect(sentOf(sides, [link('offer', ['k', '1'], ['b', '2'])])?.metrics.clicks).toBe(30);
  // Nor of a network's offer with the id of a campaign.
  const network = networkSide('n', { '7=Other': {} });
  const other = trackerSide('k', [['1=Sweeps', '8', {}]]);
  expect(joined([other, network], [link('offer', ['k', '8'], ['n', '7'])])).toEqual({});
});
