import { describe, expect, test } from 'vitest';
import { formats } from '../../../lib/sources/formats.ts';

type Known = {
  /** Kinds of ids, each a list of its own. */
  readonly kinds: string;
  /** How a list is written; `?` = the source does not say. */
  readonly text: 'lines' | 'lines?' | 'commas' | 'commas?';
  /** What its help says of lists. */
  readonly notes?: string;
};

/** What the sources' help pages and API references say. */
const PUBLISHED: Readonly<Record<string, Known>> = {
  PropellerAds: { kinds: 'zone subzone', text: 'lines?', notes: 'appends' },
  RichAds: { kinds: 'publisher siteId', text: 'lines' },
  HilltopAds: { kinds: 'zone', text: 'commas', notes: 'one_campaign takes_hour' },
  EvaDav: { kinds: 'source', text: 'lines?', notes: 'audience replaces' },
  Kadam: { kinds: 'zone', text: 'commas', notes: 'all_or_nothing' },
  MGID: { kinds: 'widget site', text: 'commas' },
  Taboola: { kinds: 'publisher', text: 'lines?', notes: 'replaces' },
  Outbrain: { kinds: 'publisher section', text: 'lines?', notes: 'replaces' },
  Zeropark: { kinds: 'target', text: 'commas' },
  PopAds: { kinds: 'siteId', text: 'commas?' },
  PopCash: { kinds: 'siteId', text: 'lines' },
  ExoClick: { kinds: 'zone site', text: 'lines', notes: 'intersects' },
  Bidvertiser: { kinds: 'source', text: 'lines' },
  Mondiad: { kinds: 'zone subzone', text: 'lines?', notes: 'audience' },
  PPCmate: { kinds: 'source', text: 'lines' },
  AdMachine: { kinds: 'source', text: 'lines' },
  'traff.co': { kinds: 'source', text: 'lines' },
  Mintegral: { kinds: 'app', text: 'commas' },
  'Google Ads': { kinds: 'app video site', text: 'lines', notes: 'account_limit' },
  Meta: { kinds: 'page app site', text: 'lines' },
  'Microsoft Ads': { kinds: 'app site', text: 'lines', notes: 'replaces' },
  'Yandex Direct': { kinds: 'app site network', text: 'lines', notes: 'replaces video_limit' },
  TikTok: { kinds: 'app', text: 'lines', notes: 'xlsx replaces_untold apps_alone' },
  Adsterra: { kinds: 'zone', text: 'lines?' },
  Clickadu: { kinds: 'zone', text: 'lines?' },
  TrafficStars: { kinds: 'spot', text: 'lines?' },
  TrafficJunky: { kinds: 'spot', text: 'lines?' },
  Galaksion: { kinds: 'zone', text: 'lines?' },
  RollerAds: { kinds: 'zone', text: 'lines?' },
  RevContent: { kinds: 'widget', text: 'lines?' },
};

describe('a source’s format', () => {
  const known = formats.filter(({ id }) => id !== 'other');

  test('is there for every source whose help was read, and for no other', () => {
    expect(known.map(({ name }) => name).sort()).toEqual(Object.keys(PUBLISHED).sort());
  });

  test.each(known.map((format) => [format.name, format] as const))('%s', (name, format) => {
    const { kinds = '', text = '', notes } = PUBLISHED[name] ?? {};
    expect(format.rules.map(({ kind }) => kind)).toEqual(kinds.split(' '));
    expect(format.separator).toBe(text.startsWith('commas') ? 'comma' : 'newline');
    expect(format.sure).toBe(!text.endsWith('?'));
    expect(format.notes).toEqual([
      ...(notes?.split(' ').map((note) => `note_${note}`) ?? []),
      ...(text.endsWith('?') ? ['note_separator_untold'] : []),
    ]);
  });

  test('is limited where the source limits it', () => {
    const limited = known.filter(({ most, perList }) => most !== null || perList !== null);
    expect(limited.map(({ name, perList, most }) => [name, perList, most])).toEqual([
      ['Taboola', null, 1500],
      ['Google Ads', 20_000, 65_000],
      ['Microsoft Ads', null, 2500],
      ['Yandex Direct', null, 1000],
    ]);
  });
});
