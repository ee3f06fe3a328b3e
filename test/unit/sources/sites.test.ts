import { describe, expect, test } from 'vitest';
import { isPackageName, kindOfName, pathLevels, readSite } from '../../../lib/sources/sites.ts';

describe('the address of a site', () => {
  test.each([
    ['x.example', { host: 'x.example', ascii: 'x.example', path: '', query: '' }],
    ['WWW.X.example', { host: 'x.example', ascii: 'x.example', path: '', query: '' }],
    ['my.www.example', { host: 'my.www.example', ascii: 'my.www.example', path: '', query: '' }],
    ['http://x.example/', { host: 'x.example', ascii: 'x.example', path: '', query: '' }],
    [
      'HTTPS://My_site.x.example/A/b//?Q=1#f',
      { host: 'my_site.x.example', ascii: 'my_site.x.example', path: '/A/b', query: '?Q=1#f' },
    ],
    ['x.example#f', { host: 'x.example', ascii: 'x.example', path: '', query: '#f' }],
    ['Пример.РФ', { host: 'пример.рф', ascii: 'xn--e1afmkfd.xn--p1ai', path: '', query: '' }],
    [
      'xn--e1afmkfd.xn--p1ai',
      { host: 'xn--e1afmkfd.xn--p1ai', ascii: 'xn--e1afmkfd.xn--p1ai', path: '', query: '' },
    ],
    ['例え.テスト', { host: '例え.テスト', ascii: 'xn--r8jz45g.xn--zckzah', path: '', query: '' }],
    ['ｘ.example', { host: 'x.example', ascii: 'x.example', path: '', query: '' }],
    // IANA's test domain for Devanagari, whose labels have combining marks.
    [
      'उदाहरण.परीक्षा',
      {
        host: 'उदाहरण.परीक्षा',
        ascii: 'xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g',
        path: '',
        query: '',
      },
    ],
  ])('%s', (text, site) => {
    expect(readSite(text)).toEqual(site);
  });

  test.each([
    '',
    'example',
    'localhost',
    '1.2.3.4',
    '[::1]',
    'x.example:80',
    'user@x.example',
    'ftp://x.example',
    'mobileapp::2-com.x',
    '-x.example',
    'x-.example',
    'x..example',
    '.example',
    'x.e',
    'x.e1',
    'x y.example',
    'x.example/a b',
    '*.example.com',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(124)}example`,
    'x.example.',
    'й\u0338\u200d.xn--\u0338',
    // IDNA forbids them: both directions of writing in a label, and ASCII that is no Punycode.
    'ж\u05d0.рф',
    'ж.xn--0',
  ])('“%s” is none', (text) => {
    expect(readSite(text)).toBeNull();
  });

  test.each([
    ['x.example', 0],
    ['x.example/', 0],
    ['x.example/a', 1],
    ['x.example/a/b/', 2],
    ['x.example/a/b/c?d/e', 3],
  ])('%s has %i levels', (text, levels) => {
    const site = readSite(text);
    expect(site && pathLevels(site)).toBe(levels);
  });
});

// The rules that Android's documentation has for application ids.
describe('the shape of an Android package’s name', () => {
  test.each([
    'com.example.puzzle',
    'com.Example.Game_2',
    'sg.bigo.live',
    'kik.android',
    'video.like',
    'free.vpn.unblock.proxy.turbovpn',
    'example.com',
    `com.example.${'a'.repeat(188)}`,
  ])('%s has it', (text) => {
    expect(isPackageName(text)).toBe(true);
  });

  test.each([
    'com',
    '',
    'com.example.2game',
    'com..game',
    '.com.game',
    'com.game.',
    'com.example/game',
    'com.example-x.game',
    'пример.рф',
    `com.example.${'a'.repeat(189)}`,
  ])('“%s” has not', (text) => {
    expect(isPackageName(text)).toBe(false);
  });
});

describe('a name without a scheme or path', () => {
  test.each([
    // No top-level domain ends them, so no site has them.
    'com.king.candycrushsaga',
    'com.labpixies.colordrips',
    'COM.Example.Puzzle_2',
    'net.example.client',
    'air.com.example.puzzle',
    'com.whatsapp',
    'org.telegram.messenger',
    'ru.yandex.taximeter',
    'de.example.wetter',
    'jp.co.example.Puzzle',
    'app.example.wetter',
    // One that is a company's own does.
    'com.easybrain.sudoku.android',
    'com.google.android.youtube',
    'tv.pluto.android',
    'app.example.android',
  ])('%s is an app', (text) => {
    expect(kindOfName(text)).toBe('app');
  });

  test.each([
    'example.com',
    'www.example.com',
    'ru.wikipedia.org',
    'de.example.net',
    'us.example.com',
    'my.mail.ru',
    'app.example.com',
    'dev.example.de',
    'go.shop.xyz',
    'en.example.live',
    'network.example.game',
    'telecom.example.game',
    'example.com.game',
    'games.mail.ru',
    'news.site.online',
    'my.games',
    'com.ru',
    'net.ru',
    'org.uk',
    'news.example',
    'eu1.example.game',
    'com.example-x.game',
    'пример.рф',
    // Not in the list of top-level domains, which may be older.
    'shop.newdomain',
    'x.shop.newdomain',
  ])('%s is a site', (text) => {
    expect(kindOfName(text)).toBe('site');
  });

  test.each([
    // Sites.
    'my.casino.games',
    'tv.movies.stream',
    'uk.news.world',
    'us.best.deals',
    'id.hotel.travel',
    // Apps.
    'sg.bigo.live',
    'ru.yandex.pro',
    'ru.rt.video.app.tv',
    'kik.android',
    'video.like',
    'free.vpn.unblock.proxy.turbovpn',
    'ru.mail',
    // A host may begin with it all the same.
    'com.vk.app',
    'com.example.ru',
    'net.example.com',
    'app.example.live',
    'SG.Bigo.Live',
  ])('%s could be either', (text) => {
    expect(kindOfName(text)).toBe('either');
  });
});
