import { describe, expect, test } from 'vitest';
import { formats } from '../../../lib/sources/formats.ts';
import { guessSource } from '../../../lib/sources/names.ts';

describe('a source by its name in a tracker', () => {
  test.each([
    ['PropellerAds', 'propellerads'],
    ['Propeller Ads #2', 'propellerads'],
    ['propellerads_push', 'propellerads'],
    ['MGID main', 'mgid'],
    ['mgid2', 'mgid'],
    ['mgid12', 'mgid'],
    ['[MGID] – push!', 'mgid'],
    ['Tik – Tok / Ads', 'tiktok'],
    ['Kadam.net', 'kadam'],
    ['Traff.co', 'traffco'],
    ['Traffic Stars', 'trafficstars'],
    ['Traffic-Junky RON', 'trafficjunky'],
    ['RichPush', 'richads'],
    ['Facebook', 'meta'],
    ['FB | DE', 'meta'],
    ['fb-ads 3', 'meta'],
    ['Meta Ads', 'meta'],
    ['Instagram', 'meta'],
    ['TikTok', 'tiktok'],
    ['Tik Tok Ads', 'tiktok'],
    ['G.D.N. search', 'googleads'],
    ['Bing', 'microsoftads'],
    ['Microsoft Ads', 'microsoftads'],
    ['Яндекс', 'yandexdirect'],
    ['Яндекс.Директ', 'yandexdirect'],
    ['Yandex Direct RU', 'yandexdirect'],
    ['Google', 'googleads'],
    ['google-ads', 'googleads'],
    ['ＭＧＩＤ', 'mgid'],
    ['Google Ads (Google)', 'googleads'],
  ])('“%s” is %s', (name, id) => {
    expect(guessSource(name)?.id).toBe(id);
  });

  test.each([
    'MetaTrader offers',
    'Meta Trader offers',
    'MetaMask',
    'Meta Mask wallets',
    'mg2id',
    'Google Play installs',
    'Bingo push',
    'My own source',
    'Fabric',
    'Metallica',
    'A propelleradship',
    '2',
    '',
    // Two sources in one name are none.
    'Google via Taboola',
  ])('“%s” is none of those known', (name) => {
    expect(guessSource(name)).toBeNull();
  });

  test.each(formats.filter(({ id }) => id !== 'other').map(({ name, id }) => [name, id]))(
    '“%s” is known by its own name',
    (name, id) => {
      expect(guessSource(name)?.id).toBe(id);
      expect(guessSource(name.toLowerCase())?.id).toBe(id);
      expect(guessSource(`${name} – EU`)?.id).toBe(id);
    },
  );
});
