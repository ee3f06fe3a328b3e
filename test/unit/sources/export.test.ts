import { describe, expect, test } from 'vitest';
import { exportList, whyNothing } from '../../../lib/sources/export.ts';
import { formats } from '../../../lib/sources/formats.ts';
import { CHANNEL, cut, format, HASH, keep, listed, outcome, wait } from './export-world.ts';

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
