import { describe, expect, test } from 'vitest';
import { exportList, type Judged, placeAt } from '../../../lib/sources/export.ts';
import { CHANNEL, cut, format, HASH, keep, listed, outcome, wait } from './export-world.ts';

describe('what leaves never blocks more than what was judged', () => {
  test.each<[source: string, id: string, why: string]>([
    // A part of a site where the source takes whole sites only.
    ['exoclick', 'https://shop.example/path', 'rejected_wider'],
    ['exoclick', 'shop.example/?x=1', 'rejected_wider'],
    ['mgid', 'news.example/sport', 'rejected_wider'],
    ['yandexdirect', 'news.example/sport', 'rejected_wider'],
    ['googleads', 'example.com/a/b/c', 'rejected_wider'],
    ['googleads', 'example.com/a?b', 'rejected_wider'],
    ['googleads', 'example.com#b', 'rejected_wider'],
    ['microsoftads', 'example.com/a?b=1', 'rejected_wider'],
    ['googleads', 'youtube.com', 'rejected_wider'],
    ['googleads', 'https://www.youtube.com/', 'rejected_wider'],
    ['googleads', 'm.youtube.com/@someone', 'rejected_wider'],
    ['googleads', `youtube.com/channel/${CHANNEL}/videos`, 'rejected_wider'],
    ['googleads', `youtube.com/tv/channel/${CHANNEL}`, 'rejected_wider'],
    ['googleads', 'youtube.com/tv/watch?v=abcDEF12345', 'rejected_wider'],
    ['googleads', 'youtube.com/watch?v=abcDEF12345&t=5', 'rejected_wider'],
    // PPCmate's help: with fewer parts each is another thing, mostly of all publishers.
    ['ppcmate', 'blogspot.com', 'rejected_wider'],
    ['ppcmate', '12345', 'rejected_wider'],
    ['ppcmate', '1', 'rejected_wider'],
    ['ppcmate', '34567', 'rejected_wider'],
    ['ppcmate', '1234:1', 'rejected_wider'],
    ['ppcmate', '34567:blogspot.com', 'rejected_wider'],
    ['admachine', 'com.Game.x', 'rejected_wider'],
    ['traffco', '34567:com.Game.x', 'rejected_wider'],
    // It does not say what a placement without a name is.
    ['ppcmate', '34567::', 'rejected_wider'],
    ['ppcmate', '34567:12345:', 'rejected_wider'],
    ['googleads', 'adsenseformobileapps.com', 'rejected_refused'],
    ['googleads', '2-com.game.adsenseformobileapps.com', 'rejected_refused'],
    // Ids of other kinds.
    // Sites and apps whose names could be the other's; with a word that tells, they would leave.
    ...['googleads', 'yandexdirect', 'microsoftads', 'meta', 'tiktok', 'mgid', 'other'].flatMap(
      (source) =>
        ['my.casino.games', 'us.best.deals', 'sg.bigo.live', 'kik.android', 'ru.yandex.pro'].map(
          (id): [string, string, string] => [source, id, 'rejected_unclear'],
        ),
    ),
    ['tiktok', 'news.example', 'rejected_kind'],
    ['yandexdirect', '1234567890', 'rejected_kind'],
    ['googleads', '1234567890', 'rejected_kind'],
    ['googleads', 'mobileapp::3-com.x.y', 'rejected_kind'],
    ['googleads', 'mobileapp::2-12', 'rejected_kind'],
    ['googleads', 'mobileapp::1-com.x.y', 'rejected_kind'],
    ['googleads', 'mobileapp::1-12345', 'rejected_kind'],
    ['googleads', 'mobileapp::1-1234567890123', 'rejected_kind'],
    ['googleads', 'x-mobileapp::1-1234567890', 'rejected_kind'],
    ['googleads', 'com.mobileapp::2-example.game', 'rejected_kind'],
    ['tiktok', '12345', 'rejected_kind'],
    ['tiktok', '1234567890123', 'rejected_kind'],
    ['tiktok', 'x1234567890', 'rejected_kind'],
    ['tiktok', '1234567890x', 'rejected_kind'],
    ['yandexdirect', 'bidswitch', 'rejected_kind'],
    ['yandexdirect', 'Bid/Switch', 'rejected_kind'],
    ['yandexdirect', 'Bid+Switch', 'rejected_kind'],
    ['yandexdirect', 'Bid Switch!', 'rejected_kind'],
    ['yandexdirect', 'Bid Swi/tch', 'rejected_kind'],
    ['microsoftads', '1234567890', 'rejected_kind'],
    ['meta', 'facebook.com', 'rejected_kind'],
    ['meta', 'https://www.facebook.com/', 'rejected_kind'],
    ['meta', 'https://play.google.com', 'rejected_kind'],
    ['meta', 'Facebook_Mobile_Feed', 'rejected_kind'],
    ['meta', 'com.example.puzzle', 'rejected_kind'],
    ['mgid', 'com.example.puzzle', 'rejected_kind'],
    ['taboola', '1234567', 'rejected_kind'],
    ['taboola', 'news.example', 'rejected_kind'],
    ['richads', '123', 'rejected_kind'],
    ['richads', `${HASH}0`, 'rejected_kind'],
    ['propellerads', 'x1', 'rejected_kind'],
    ['propellerads', '2 3', 'rejected_kind'],
    ['mintegral', '123', 'rejected_kind'],
    ['mintegral', 'xmtg123', 'rejected_kind'],
    ['mintegral', 'mtg123x', 'rejected_kind'],
    ['googleads', 'mobileapp::2-sg', 'rejected_kind'],
    ['googleads', 'mobileapp::2-my-casino.games', 'rejected_kind'],
    ['googleads', 'mobileapp::2-mobileapp::2-com.x.y', 'rejected_kind'],
    ['mgid', '123s', 'rejected_kind'],
    ['mgid', '123s456s7', 'rejected_kind'],
    ['outbrain', 'xyz123', 'rejected_kind'],
    ['outbrain', 'abc123xyz', 'rejected_kind'],
    ['meta', 'https://m.facebook.com/1234567890', 'rejected_kind'],
    ['ppcmate', ':news.example:1', 'rejected_kind'],
    ['ppcmate', '1:2:3:4', 'rejected_kind'],
    ['ppcmate', '::1', 'rejected_kind'],
    ['ppcmate', '34567:news.example/a:1', 'rejected_kind'],
    ['exoclick', '10.0.0.1', 'rejected_kind'],
    ['exoclick', 'shop.example:8080', 'rejected_kind'],
    ['exoclick', '-shop.example', 'rejected_kind'],
    ['exoclick', 'localhost', 'rejected_kind'],
    ['other', '=1+1', 'rejected_kind'],
    ['other', '-5', 'rejected_kind'],
    ['other', '@x', 'rejected_kind'],
    ['other', '＝1', 'rejected_kind'],
    ['other', 'a\u200bb', 'rejected_kind'],
    ['other', 'a b', 'rejected_kind'],
    ['other', 'a,b', 'rejected_kind'],
    ['other', 'a{', 'rejected_kind'],
    // Anybody can send a token that reads like a wildcard.
    ['ppcmate', '*', 'rejected_wildcard'],
    ['ppcmate', '34567:*:1', 'rejected_wildcard'],
    ['ppcmate', '*::*', 'rejected_wildcard'],
    ['exoclick', '*.example.com', 'rejected_wildcard'],
    ['other', '*', 'rejected_wildcard'],
    // Clicks without a placement.
    ['propellerads', '', 'rejected_empty'],
    ['propellerads', '  ', 'rejected_empty'],
    ['other', 'Unknown', 'rejected_empty'],
    ['other', '{zoneid}', 'rejected_empty'],
    ['zeropark', 'null', 'rejected_empty'],
  ])('%s: “%s” stays behind: %s', (source, id, why) => {
    expect(outcome(source, [id])).toEqual({ lists: [], left: [`${id}: ${why}`] });
  });

  test('case is kept where it may matter, and hosts have none', () => {
    expect(outcome('googleads', ['WWW.Example.COM/News']).lists).toEqual([
      'site: example.com/News',
    ]);
    expect(outcome('other', ['AbC', 'abc']).lists).toEqual(['other: AbC\nabc']);
  });

  test.each<[source: string, bad: string, good: string]>([
    ['googleads', 'www.x.example', 'news.x.example'],
    ['googleads', 'x.example', 'a.b.x.example'],
    ['googleads', 'x.example', 'x.example/good'],
    ['googleads', 'x.example/a', 'x.example/a/b'],
    // The good one is no entry of a list itself, but would go with the bad one all the same.
    ['googleads', 'x.example/a', 'x.example/a/b/c/d'],
    ['googleads', 'x.example/a', 'x.example/a?page=2'],
    ['googleads', 'x.example', 'x.example#good'],
    ['meta', 'x.example/a', 'https://x.example/a#good/b'],
    ['meta', 'x.example', 'https://news.x.example#good'],
    ['exoclick', 'x.example', 'https://x.example/good'],
    ['meta', 'https://x.example/', 'http://www.x.example/good?a'],
    ['mgid', '123', '123s456'],
    // The same id twice, with two verdicts.
    ['googleads', 'www.x.example', 'x.example'],
    ['popcash', '7', ' 7'],
    ['mgid', '123s4', '123s4 '],
    ['ppcmate', '1:2:3', ' 1:2:3'],
    ['traffco', '1::3', '1::3 '],
    ['tiktok', 'id284708449', '284708449'],
    ['googleads', 'youtube.com/watch?v=abcDEF12345', 'youtube.com/video/abcDEF12345'],
    ['googleads', 'mobileapp::2-com.example.puzzle', 'com.example.puzzle'],
    ['microsoftads', 'com.example.puzzle', 'com.example.puzzle '],
    // It may be a site, and then it would go along.
    ['yandexdirect', 'bigo.live', 'sg.bigo.live'],
    ['meta', 'casino.games', 'my.casino.games'],
  ])('%s: “%s” would also block “%s”, which earns', (source, bad, good) => {
    const { parts, leftOut } = exportList([cut(bad), keep(good)], format(source));
    expect(parts).toEqual([]);
    expect(leftOut).toEqual([{ id: bad, why: 'rejected_covers', values: [good] }]);
  });

  test('of several that earn, the first is named', () => {
    const rows = [cut('x.example'), keep('a.x.example'), keep('b.x.example')];
    expect(exportList(rows, format('googleads')).leftOut[0]?.values).toEqual(['a.x.example']);
  });

  test.each<[source: string, bad: string, other: Judged]>([
    ['googleads', 'news.x.example', keep('x.example')],
    ['googleads', 'x.example/a', keep('x.example/ab')],
    ['googleads', 'x.example', keep('ax.example')],
    ['googleads', 'x.example', wait('news.x.example')],
    ['mgid', '123', keep('1234s5')],
    ['ppcmate', '1:2:3', keep('1:2:34')],
    ['ppcmate', '1::3', keep('1:2:3')],
    ['exoclick', '5', keep('5.x.example')],
  ])('%s: “%s” blocks nothing else', (source, bad, other) => {
    expect(exportList([cut(bad), other], format(source)).parts).toHaveLength(1);
  });

  test.each<[source: string, ids: [string, string]]>([
    ['googleads', ['https://www.x.example/', 'x.example']],
    ['exoclick', ['X.example', 'http://x.example']],
    ['meta', ['https://x.example/a/', 'http://www.x.example/a']],
    ['yandexdirect', ['пример.рф', 'xn--e1afmkfd.xn--p1ai']],
    ['popcash', [' 7', '7']],
  ])('%s cannot tell %j apart: one place, listed once', (source, ids) => {
    const [one, two] = ids.map((id) => placeAt(id, format(source)));
    expect(one).toBe(two);
    expect(one).not.toBeNull();
    const { parts, leftOut } = listed(source, ids);
    expect(parts.flatMap(({ items }) => items)).toHaveLength(1);
    expect(leftOut).toEqual([{ id: ids[1], why: 'rejected_twice', values: [] }]);
  });

  test.each<[source: string, ids: [string, string]]>([
    ['googleads', ['x.example/A', 'x.example/a']],
    ['googleads', ['x.example', 'news.x.example']],
    ['meta', ['https://x.example/a', 'https://x.example/b']],
    ['richads', [HASH, HASH.toLowerCase()]],
    ['exoclick', ['5', '05']],
  ])('%s tells %j apart', (source, ids) => {
    const [one, two] = ids.map((id) => placeAt(id, format(source)));
    expect(one).not.toBe(two);
    expect(listed(source, ids).parts.flatMap(({ items }) => items)).toHaveLength(2);
  });

  test('what the source does not take has no place there', () => {
    expect(placeAt('x1', format('popcash'))).toBeNull();
    expect(placeAt('adsenseformobileapps.com', format('googleads'))).toBeNull();
  });
});

describe('kinds that look alike are told by the token', () => {
  test('site ids are none of ExoClick’s lists', () => {
    expect(outcome('exoclick', ['123'], { kind: 'siteId' })).toEqual({
      lists: [],
      left: ['123: rejected_kind'],
    });
    expect(placeAt('123', format('exoclick'), { kind: 'siteId' })).toBeNull();
  });

  test('a host name is a site, whatever it looks like', () => {
    expect(outcome('exoclick', ['my.casino.games'], { kind: 'site' })).toEqual({
      lists: ['site: my.casino.games'],
      left: [],
    });
    expect(placeAt('my.casino.games', format('exoclick'), { kind: 'site' })).not.toBeNull();
    expect(outcome('exoclick', ['my.casino.games']).left).toEqual([
      'my.casino.games: rejected_unclear',
    ]);
    expect(outcome('exoclick', ['com.example.puzzle'], { kind: 'site' }).left).toEqual([
      'com.example.puzzle: rejected_kind',
    ]);
    const kept = exportList([cut('casino.games'), keep('my.casino.games')], format('exoclick'), {
      kind: 'site',
    });
    expect(kept.leftOut.map(({ why }) => why)).toEqual(['rejected_covers']);
  });

  test('sub-zones of PropellerAds have a field of their own', () => {
    const { parts, kindUntold } = listed('propellerads', ['5'], { kind: 'subzone' });
    expect(parts.map(({ kind }) => kind)).toEqual(['subzone']);
    expect(kindUntold).toBe(false);
  });

  test('where the token does not tell, that is said', () => {
    expect(listed('propellerads', ['5']).kindUntold).toBe(true);
    expect(listed('propellerads', ['x']).kindUntold).toBe(false);
    expect(listed('exoclick', ['5', 'x.example']).kindUntold).toBe(false);
    expect(listed('popcash', ['5']).kindUntold).toBe(false);
  });
});
