import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ExportOptions,
  exportList,
  type Judged,
  placeAt,
  whyNothing,
} from '../../../lib/sources/export.ts';
import { formats, type SourceFormat } from '../../../lib/sources/formats.ts';

const format = (id: string): SourceFormat => {
  const found = formats.find((one) => one.id === id);
  if (!found) throw new Error(`no format ${id}`);
  return found;
};
const cut = (id: string): Judged => ({ id, cut: true, keep: false });
const keep = (id: string): Judged => ({ id, cut: false, keep: true });
const wait = (id: string): Judged => ({ id, cut: false, keep: false });
const listed = (id: string, ids: readonly string[], options?: ExportOptions) =>
  exportList(ids.map(cut), format(id), options);
/** The lists as texts by kind, and what was left out with its reason. */
const outcome = (id: string, ids: readonly string[], options?: ExportOptions) => {
  const { parts, leftOut } = listed(id, ids, options);
  return {
    lists: parts.map(({ kind, text }) => `${kind}: ${text}`),
    left: leftOut.map((one) => `${one.id}: ${one.why}`),
  };
};

const HASH = '0123456789abcdef0123456789ABCDEF';
const CHANNEL = 'UCabcdefghijklmnopqrstuv';

describe('a list in the words of its source', () => {
  test.each<[source: string, ids: string[], lists: string[]]>([
    ['propellerads', ['123', '456'], ['zone: 123\n456']],
    ['hilltopads', ['123', '456'], ['zone: 123,456']],
    ['evadav', ['7', '8'], ['source: 7\n8']],
    ['kadam', ['7', '8'], ['zone: 7,8']],
    ['mgid', ['123s456', '9'], ['widget: 123s456,9']],
    ['mgid', ['9', 'news.example'], ['widget: 9', 'site: news.example']],
    ['richads', [HASH], [`publisher: ${HASH}`]],
    [
      'taboola',
      ['msn-us', 'example_news', '1234-us'],
      ['publisher: msn-us\nexample_news\n1234-us'],
    ],
    ['outbrain', ['00f4b02153ee75f3', 'ABCDEF'], ['publisher: 00f4b02153ee75f3\nABCDEF']],
    ['zeropark', ['kilo-alfa-5WkVd4gR', 'x1'], ['target: kilo-alfa-5WkVd4gR,x1']],
    ['popads', ['1', '2'], ['siteId: 1,2']],
    ['popcash', ['1', '2'], ['siteId: 1\n2']],
    ['bidvertiser', ['a1', 'B2'], ['source: a1\nB2']],
    ['mondiad', ['1', '2'], ['zone: 1\n2']],
    ['mintegral', ['mtg1', 'mtg22'], ['app: mtg1,mtg22']],
    ['exoclick', ['123', 'https://www.Shop.example/'], ['zone: 123', 'site: shop.example']],
    // The examples of PPCmate's help: a site may be a number, a domain, a bundle, or blank.
    ...['ppcmate', 'admachine', 'traffco'].map((one): [string, string[], string[]] => [
      one,
      ['34567:12345:1', '34567:blogspot.com:1', '34567:com.Game.x:1', '34567::1'],
      ['source: 34567:12345:1\n34567:blogspot.com:1\n34567:com.Game.x:1\n34567::1'],
    ]),
    [
      'googleads',
      [
        'example.com/a/B/',
        'www.example.org',
        `www.youtube.com/channel/${CHANNEL}`,
        'https://youtube.com/video/abcDEF12345',
        'youtube.com/watch?v=abcDEF1234_',
        'mobileapp::2-com.Example.puzzle',
        'MobileApp::1-1234567890',
        'mobileapp::1-123456',
        'com.other.Puzzle',
      ],
      [
        'site: example.com/a/B\nexample.org',
        `video: youtube.com/channel/${CHANNEL}\nyoutube.com/video/abcDEF12345\nyoutube.com/video/abcDEF1234_`,
        'app: mobileapp::2-com.Example.puzzle\nmobileapp::1-1234567890\nmobileapp::1-123456\nmobileapp::2-com.other.Puzzle',
      ],
    ],
    // Google Ads API, MobileApplicationInfo.app_id: `2-` and the package's name, whatever it is.
    [
      'googleads',
      [
        'mobileapp::2-com.labpixies.colordrips',
        'mobileapp::2-sg.bigo.live',
        'MobileApp::2-free.vpn.unblock.proxy.turbovpn',
        'mobileapp::2-video.like',
        'mobileapp::2-kik.android',
        'mobileapp::2-ru.yandex.pro',
        'https://my.casino.games',
        'us.best.deals/',
      ],
      [
        'app: mobileapp::2-com.labpixies.colordrips\nmobileapp::2-sg.bigo.live\nmobileapp::2-free.vpn.unblock.proxy.turbovpn\nmobileapp::2-video.like\nmobileapp::2-kik.android\nmobileapp::2-ru.yandex.pro',
        'site: my.casino.games\nus.best.deals',
      ],
    ],
    [
      'meta',
      [
        'https://Site.example/Path/x?y=Z#a',
        'other.example',
        'HTTP://WWW.Third.example?Q',
        'https://www.facebook.com/1234567890',
        'FB.com/Some.Page',
        'https://play.google.com/store/apps/details?id=com.Game',
        'https://apps.apple.com/us/app/x/id123456789',
        'https://itunes.apple.com/us/app/x/id987654321',
      ],
      [
        'site: https://site.example/Path/x?y=Z#a\nother.example\nhttp://www.third.example?Q',
        'page: https://www.facebook.com/1234567890\nfb.com/Some.Page',
        'app: https://play.google.com/store/apps/details?id=com.Game\nhttps://apps.apple.com/us/app/x/id123456789\nhttps://itunes.apple.com/us/app/x/id987654321',
      ],
    ],
    [
      'microsoftads',
      ['https://news.example/sport/a/b/c', 'www.msn.example', 'com.Example.puzzle'],
      ['site: news.example/sport/a/b/c\nmsn.example', 'app: com.Example.puzzle'],
    ],
    [
      'yandexdirect',
      [
        'Сайт.рф',
        'ru.wikipedia.org',
        'com.example.Puzzle',
        'ru.yandex.taximeter',
        'BidSwitch',
        'Between Exchange',
        'Media-Nova 24 EU',
      ],
      [
        'site: сайт.рф\nru.wikipedia.org',
        'app: com.example.Puzzle\nru.yandex.taximeter',
        'network: BidSwitch\nBetween Exchange\nMedia-Nova 24 EU',
      ],
    ],
    [
      'tiktok',
      ['com.example.puzzle', '1234567890', 'id284708449'],
      ['app: com.example.puzzle\n1234567890\n284708449'],
    ],
    ['trafficstars', ['7'], ['spot: 7']],
    ['revcontent', ['7'], ['widget: 7']],
    [
      'other',
      ['A-1', '77', 'site.example/x', 'com.Game.x'],
      ['other: A-1', 'zone: 77', 'site: site.example/x', 'app: com.Game.x'],
    ],
  ])('%s takes %j', (source, ids, lists) => {
    const { lists: got, left } = outcome(source, ids);
    expect(got.toSorted()).toEqual(lists.toSorted());
    expect(left).toEqual([]);
  });
});

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

describe('lists and their limits', () => {
  test('keep the order, and leave what waits, is kept or is protected', () => {
    const rows = [cut('3'), keep('4'), cut('1'), wait('5'), cut('2')];
    const { parts, leftOut } = exportList(rows, format('popcash'), {
      protectedIds: new Set(['1']),
    });
    expect(parts.map(({ text }) => text)).toEqual(['3\n2']);
    expect(parts[0]?.items.map(({ row }) => row)).toEqual([rows[0], rows[4]]);
    expect(leftOut).toEqual([{ id: '1', why: 'rejected_protected', values: [] }]);
  });

  test.each<[source: string, saved: string, id: string]>([
    ['exoclick', 'x.example', 'www.x.example'],
    ['exoclick', 'http://WWW.x.example/', 'x.example'],
    ['yandexdirect', 'xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    // It would go with what is above it.
    ['exoclick', 'news.x.example', 'x.example'],
    ['googleads', 'x.example/a/b/c/d', 'x.example/a'],
    ['mgid', '123s456', '123'],
  ])('%s: with “%s” protected, “%s” stays behind', (source, saved, id) => {
    const protectedIds = new Set(['other.example', saved]);
    expect(outcome(source, [id], { protectedIds }).left).toEqual([`${id}: rejected_protected`]);
  });

  test.each<[source: string, off: string, id: string]>([
    ['exoclick', 'x.example', 'www.x.example'],
    ['googleads', 'news.x.example', 'x.example'],
    ['mgid', '123s456', '123'],
  ])('%s: with “%s” taken from the list by hand, “%s” stays behind', (source, off, id) => {
    const { parts, leftOut } = listed(source, [id, '7'], { unticked: new Set([off]) });
    expect(parts.flatMap(({ items }) => items).map((item) => item.id)).not.toContain(id);
    expect(leftOut[0]).toEqual({ id, why: 'rejected_unticked', values: [off] });
  });

  test('of a list that replaces the one before, those stay that lose most', () => {
    const ids = Array.from({ length: 1502 }, (_, index) => `account-${index}`);
    const { parts, leftOut } = listed('taboola', ids);
    expect(parts.map(({ items }) => items.length)).toEqual([1500]);
    expect(parts[0]?.text).toBe(ids.slice(0, 1500).join('\n'));
    expect(leftOut).toEqual(
      ids.slice(1500).map((id) => ({ id, why: 'rejected_beyond', values: ['1500'] })),
    );
  });

  test('a list that is added to is split at what one entry takes', () => {
    const small = { ...format('googleads'), perList: 20, most: 65 };
    const ids = Array.from({ length: 66 }, (_, index) => `site${index}.example`);
    const { parts, leftOut } = exportList(ids.map(cut), small);
    expect(parts.map(({ items }) => items.length)).toEqual([20, 20, 20, 5]);
    expect(parts.map(({ text }) => text).join('\n')).toBe(ids.slice(0, 65).join('\n'));
    expect(leftOut.map(({ id }) => id)).toEqual(['site65.example']);
    const whole = exportList(ids.slice(0, 60).map(cut), small);
    expect(whole.parts.map(({ items }) => items.length)).toEqual([20, 20, 20]);
  });

  test.each([
    ['microsoftads', 2500],
    ['yandexdirect', 1000],
  ])('%s takes %i', (source, most) => {
    const ids = Array.from({ length: most + 1 }, (_, index) => `site${index}.example`);
    expect(listed(source, ids).parts.map(({ items }) => items.length)).toEqual([most]);
  });

  test('take another separator on the user’s word', () => {
    expect(outcome('popads', ['1', '2'], { separator: 'newline' }).lists).toEqual(['siteId: 1\n2']);
    expect(outcome('popcash', ['1', '2'], { separator: 'comma' }).lists).toEqual(['siteId: 1,2']);
  });

  test('an id with the separator in it is no entry of that list', () => {
    const [id] = ['https://x.example/a,b'];
    expect(outcome('meta', [id]).lists).toEqual([`site: ${id}`]);
    expect(outcome('meta', [id], { separator: 'comma' }).left).toEqual([`${id}: rejected_kind`]);
  });
});

describe('a list of nothing says why', () => {
  test.each<[source: string, ids: string[], are: string | null, wants: string[]]>([
    ['richads', ['1', '2', 'x'], 'form_digits', ['form_hash']],
    ['propellerads', [` ${HASH} `], 'form_hash', ['form_digits']],
    ['propellerads', [`${HASH}0`], null, ['form_digits']],
    ['popcash', ['x.example', 'http://news.y.example/'], 'form_site', ['form_digits']],
    [
      'popcash',
      ['x.example/a', 'http://y.example/?a', 'пример.рф/я'],
      'form_address',
      ['form_digits'],
    ],
    ['popcash', ['com.example.puzzle', 'ru.yandex.taximeter'], 'form_package', ['form_digits']],
    ['popcash', ['https://apps.apple.com/us/app/x/id123456789'], 'form_store', ['form_digits']],
    ['popcash', ['1x', '2 3'], null, ['form_digits']],
    ['popcash', ['1x', 'x.example'], null, ['form_digits']],
    // Their form is not what is wrong with most of them.
    ['richads', ['1', '*', '{id}', ''], null, ['form_hash']],
    ['exoclick', ['x.example/a'], null, ['form_digits', 'form_site']],
  ])('%s of %j', (source, ids, are, wants) => {
    expect(whyNothing(listed(source, ids), format(source))).toEqual({
      count: ids.length,
      are,
      wants,
      kind: null,
    });
  });

  test('the kind that the token tells, where the source has no list of such', () => {
    const nothing = listed('exoclick', ['123', '456'], { kind: 'siteId' });
    expect(whyNothing(nothing, format('exoclick'))).toEqual({
      count: 2,
      are: null,
      wants: ['form_digits', 'form_site'],
      kind: 'siteId',
    });
  });

  test('only what the token’s kind wants, where the source has a list of such', () => {
    const nothing = listed('exoclick', ['x.example', 'y.example'], { kind: 'zone' });
    expect(whyNothing(nothing, format('exoclick'))).toEqual({
      count: 2,
      are: 'form_site',
      wants: ['form_digits'],
      kind: null,
    });
  });

  test('never that ids are what is wanted', () => {
    const nothing = listed('meta', ['https://x.example/a,b'], { separator: 'comma' });
    expect(whyNothing(nothing, format('meta'))).toMatchObject({ are: null, kind: null });
  });

  test('but not where there is a list, or nothing was to be cut', () => {
    expect(whyNothing(listed('popcash', ['1', 'x']), format('popcash'))).toBeNull();
    expect(whyNothing(listed('popcash', []), format('popcash'))).toBeNull();
  });
});

test.each([
  ['outbrain', ['form_hex']],
  ['bidvertiser', ['form_word']],
  ['taboola', ['form_slug']],
  ['mintegral', ['form_mtg']],
  ['mgid', ['form_widget', 'form_site']],
  ['ppcmate', ['form_triple']],
  ['tiktok', ['form_app']],
  ['yandexdirect', ['form_package', 'form_site', 'form_network']],
  ['microsoftads', ['form_package', 'form_site_path']],
  ['googleads', ['form_google_app', 'form_youtube', 'form_site_path']],
  ['meta', ['form_page', 'form_store', 'form_address']],
  ['other', ['form_package', 'form_digits', 'form_site_path', 'form_any']],
])('%s wants %j, and says so', (source, wants) => {
  const nothing = listed(source, ['{placement}']);
  expect(whyNothing(nothing, format(source))?.wants).toEqual(wants);
});

/** What each source takes, in a pattern of its own that knows nothing of the rules. */
const NAMES = String.raw`(?:[^\s./:?#*,"']+\.)+(?:xn--[a-z0-9-]+|[^\s./:?#*,"'\d]{2,})`;
const HOST = String.raw`(?!www\.)${NAMES}`;
const WANTED: Readonly<Record<string, RegExp>> = {
  propellerads: /^[0-9]+$/,
  richads: /^[0-9a-fA-F]{32}$/,
  hilltopads: /^[0-9]+$/,
  evadav: /^[0-9]+$/,
  kadam: /^[0-9]+$/,
  mgid: new RegExp(`^(?:[0-9]+(?:s[0-9]+)?|${HOST})$`),
  taboola: /^(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9_-]+$/,
  outbrain: /^[0-9a-fA-F]+$/,
  zeropark: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
  popads: /^[0-9]+$/,
  popcash: /^[0-9]+$/,
  exoclick: new RegExp(`^(?:[0-9]+|${HOST})$`),
  bidvertiser: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
  mondiad: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
  ppcmate: /^[\w.-]+:[\w.-]*:[\w.-]+$/,
  admachine: /^[\w.-]+:[\w.-]*:[\w.-]+$/,
  traffco: /^[\w.-]+:[\w.-]*:[\w.-]+$/,
  mintegral: /^mtg[0-9]+$/i,
  googleads: new RegExp(
    `^(?:mobileapp::1-[0-9]+|mobileapp::2-[A-Za-z][\\w.]+|youtube\\.com/(?:channel|video)/[\\w-]+|(?!(?:.*\\.)?youtube\\.com)(?!.*adsenseformobileapps)${HOST}(?:/[^/?#\\s]+){0,2})$`,
  ),
  meta: new RegExp(`^(?:https?://)?${NAMES}(?:[/?#]\\S*)?$`),
  microsoftads: new RegExp(`^${HOST}(?:/[^?#\\s]+)?$`),
  yandexdirect: new RegExp(`^(?:${HOST}|\\p{Lu}[\\p{L}\\p{N} -]*)$`, 'u'),
  tiktok: /^(?:[0-9]{6,}|[A-Za-z]\w*(?:\.[A-Za-z]\w*)+)$/,
  adsterra: /^[0-9]+$/,
  clickadu: /^[0-9]+$/,
  trafficstars: /^[0-9]+$/,
  trafficjunky: /^[0-9]+$/,
  galaksion: /^[0-9]+$/,
  rollerads: /^[0-9]+$/,
  revcontent: /^[0-9]+$/,
  other: new RegExp(`^(?:[^\\s,;"'*=+@-][^\\s,;"'*]*|${HOST}(?:/[^?#\\s]+)?)$`),
};

test('what is not known of a source is said with its list', () => {
  for (const { id, sure, notes } of formats) {
    const said = notes.some((note) => /^note_(separator|format)_untold$/.test(note));
    expect(said, id).toBe(!sure);
  }
  expect(formats.find(({ id }) => id === 'tiktok')?.notes).toEqual([
    'note_xlsx',
    'note_replaces_untold',
    'note_apps_alone',
  ]);
});

test('every source has its pattern', () => {
  expect(Object.keys(WANTED).toSorted()).toEqual(formats.map(({ id }) => id).toSorted());
});

describe('whatever the tokens hold', () => {
  const host = fc.constantFrom(
    'x.example',
    'www.x.example',
    'News.X.example',
    'пример.рф',
    'xn--e1afmkfd.xn--p1ai',
    'youtube.com',
    'www.youtube.com',
    'adsenseformobileapps.com',
    'www.facebook.com',
    'play.google.com',
    'com.Example.puzzle',
    'my.casino.games',
    'sg.bigo.live',
    '1.2.3.4',
  );
  const path = fc.constantFrom(
    '',
    '/',
    '/a',
    '/A/b',
    '/a/b/c',
    '/a,b',
    '/*',
    '?x=1',
    '#y',
    `/channel/${CHANNEL}`,
    '/watch?v=abcDEF12345',
  );
  const address = fc
    .tuple(fc.constantFrom('', 'http://', 'HTTPS://', '//', '*.'), host, path)
    .map((parts) => parts.join(''));
  const marks = fc.string({
    unit: fc.constantFrom(...'0123456789abcdefXs:.*-_=+@＝ \t\n,;"\'{}[]#%\u200b\u202eЖ'),
    maxLength: 12,
  });
  const plain = fc.constantFrom(
    HASH,
    '123',
    '123s4',
    'mtg12',
    'msn-us',
    '1:x.example:2',
    '1::2',
    '1:*:2',
    'mobileapp::2-com.Game.x',
    'mobileapp::2-sg.bigo.live',
    'mobileapp::1-123456789',
    'BidSwitch',
    'Unknown',
    '{zoneid}',
    '*',
    '',
  );
  const padded = fc
    .tuple(
      fc.constantFrom('', ' ', '\t', '='),
      fc.oneof(address, marks, plain),
      fc.constantFrom('', ' ', '\n'),
    )
    .map((parts) => parts.join(''));
  const judged = fc.record({ id: padded, cut: fc.boolean(), keep: fc.boolean() });
  const rows = fc
    .array(judged, { maxLength: 30 })
    .map((some) => some.map((row) => ({ ...row, keep: row.keep && !row.cut })));
  const options = fc.record({
    separator: fc.constantFrom(null, 'newline' as const, 'comma' as const),
  });

  test('only whole ids of the source leave: none twice, no blank, wildcard or formula', () => {
    let left = 0;
    fc.assert(
      fc.property(rows, fc.constantFrom(...formats), options, (some, one, chosen) => {
        const { parts, leftOut } = exportList(some, one, chosen);
        const between = (chosen.separator ?? one.separator) === 'comma' ? ',' : '\n';
        const ids = parts.flatMap(({ text }) => text.split(between));
        left += ids.length;
        expect(ids).toEqual(parts.flatMap(({ items }) => items.map(({ id }) => id)));
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) {
          expect(id).toMatch(WANTED[one.id] ?? /^$/);
          expect(id).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]|\*|^\s*$|[\r\n\t{}]/u);
        }
        // Everything to be cut is either in a list or named, and nothing else is.
        expect(ids.length + leftOut.length).toBe(some.filter((row) => row.cut).length);
        for (const { items } of parts) for (const { row } of items) expect(row.cut).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(left).toBeGreaterThan(50);
  });

  test('no list holds two kinds, and none is longer than its limit', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...formats), (some, one) => {
        const small = { ...one, perList: 2, most: 5 };
        const { parts } = exportList(some, small);
        expect(parts.flatMap(({ items }) => items).length).toBeLessThanOrEqual(5);
        for (const { kind, items } of parts) {
          expect(items.length).toBeGreaterThan(0);
          expect(items.length).toBeLessThanOrEqual(2);
          for (const { row } of items) {
            expect(placeAt(row.id, one)?.split('\n')[0]).toBe(kind);
          }
        }
      }),
    );
  });
});
