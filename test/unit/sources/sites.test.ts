import { describe, expect, test } from 'vitest';
import { isPackage, pathLevels, readSite } from '../../../lib/sources/sites.ts';

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

describe('the name of an Android package', () => {
  test.each([
    'com.example.game',
    'com.Example.Game_2',
    'com.example',
    'com.vk.app',
    'com.example.ru',
    'net.example.client',
    'org.example',
    'air.com.example.game',
    'ru.yandex.games',
    'de.example.wetter',
    'jp.co.example.Puzzle',
    `com.example.${'a'.repeat(188)}`,
  ])('%s', (text) => {
    expect(isPackage(text)).toBe(true);
  });

  test.each([
    'example.com',
    'www.example.com',
    'ru.wikipedia.org',
    'de.example.net',
    'my.game.app',
    'network.example.game',
    'telecom.example.game',
    'example.com.game',
    'eu1.example.game',
    'go.shop.xyz',
    'com.ru',
    'net.ru',
    'org.uk',
    'news.example',
    'com',
    '',
    'com.example.2game',
    'com..game',
    'com.example/game',
    'com.example-x.game',
    'пример.рф',
    `com.example.${'a'.repeat(189)}`,
  ])('“%s” is none', (text) => {
    expect(isPackage(text)).toBe(false);
  });
});
