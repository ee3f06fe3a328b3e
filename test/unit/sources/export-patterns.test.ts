import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportList, placeAt } from '../../../lib/sources/export.ts';
import { formats } from '../../../lib/sources/formats.ts';
import { CHANNEL, HASH } from './export-world.ts';

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
