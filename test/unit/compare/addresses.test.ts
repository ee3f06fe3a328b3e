import { describe, expect, test } from 'vitest';
import { type Addressed, matchAddresses } from '../../../lib/compare/addresses.ts';

const one = (id: string, url?: string): Addressed => ({ id, name: id, url });
const pairs = (tracker: readonly Addressed[], network: readonly Addressed[]) =>
  matchAddresses(tracker, network).map(({ a, b }) => `${a.id}=${b.id}`);

const LINK = 'https://net.example/click?pid=14&offer_id=';
const network = ['7', '70', '71'].map((id) => one(id, LINK + id));

describe('an offer of a tracker sends to the one whose link it has', () => {
  test.each([
    [`${LINK}70`],
    [`http://NET.example/click/?sub1={clickid}&offer_id=70&pid=14&sub2={sub2}#x`],
    [`${LINK}70&sub1={subid}`],
  ])('%s', (url) => {
    expect(pairs([one('a', url)], network)).toEqual(['a=70']);
  });
});

describe('it sends to none of them', () => {
  test.each([
    ['https://net.example/click?pid=14&offer_id=72'],
    ['https://net.example/click?pid=15&offer_id=70'],
    ['https://net.example/click?offer_id=70'],
    ['https://net.example/other?pid=14&offer_id=70'],
    ['https://sub.net.example/click?pid=14&offer_id=70'],
    ['https://net.example.evil/click?pid=14&offer_id=70'],
    ['https://net.example:8080/click?pid=14&offer_id=70'],
    ['offer_id=70'],
    [''],
  ])('%s', (url) => {
    expect(pairs([one('a', url)], network)).toEqual([]);
  });

  test('without an address on one side', () => {
    expect(pairs([one('a')], network)).toEqual([]);
    expect(pairs([one('a', `${LINK}7`)], [one('7')])).toEqual([]);
  });
});

test('several offers of a tracker may send to one, and one may fit several links', () => {
  expect(pairs([one('a', `${LINK}7`), one('b', `${LINK}7`)], network)).toEqual(['a=7', 'b=7']);
  const landed = [...network, one('7 landing 2', `${LINK}7&landing=2`)];
  expect(pairs([one('a', `${LINK}7&landing=2`)], landed)).toEqual(['a=7', 'a=7 landing 2']);
});

test('a link without parameters is told by its path', () => {
  const short = [one('x', 'https://go.example/abc'), one('y', 'https://go.example/abd')];
  expect(pairs([one('a', 'https://go.example/abc/?s={clickid}')], short)).toEqual(['a=x']);
});

test('10,000 offers of each side take no time to speak of', () => {
  // All have the first parameter and the last.
  const many = Array.from({ length: 10_000 }, (_, at) => one(String(at), `${LINK}${at}&lang=en`));
  const start = performance.now();
  expect(matchAddresses(many, many)).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(5_000);
});
