import type { TokenRole } from '../trackers/adapter.ts';
import type { IdKind } from './id-rules.ts';
import { guessSource } from './names.ts';

/**
 * What a macro's value is: one of the source's own ids, a placement of a kind, a placement whose
 * kind only its form tells, or none of these (a click, a user, an impression, a type).
 */
export type Meaning =
  | Exclude<TokenRole, 'placement'>
  | { readonly placement: IdKind | null }
  | 'none';

const place = (placement: IdKind | null): Meaning => ({ placement });

/** Each source's macros by bare name without underscores, the most precise placement first. */
const MACROS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  propellerads: {
    zoneid: place('zone'),
    subzoneid: place('subzone'),
    campaignid: 'campaign',
    bannerid: 'ad',
  },
  richads: {
    publisherid: place('publisher'),
    siteid: place('siteId'),
    campaignid: 'campaign',
    creativeid: 'ad',
  },
  hilltopads: { zoneid: place('zone'), campaignid: 'campaign', adid: 'ad', bannerid: 'ad' },
  evadav: {
    sourceid: place('source'),
    campaignid: 'campaign',
    creativeid: 'ad',
  },
  kadam: {
    sid: place('zone'),
    siteid: place('zone'),
    cid: 'campaign',
    campaignid: 'campaign',
    id: 'ad',
    adid: 'ad',
  },
  mgid: { widgetid: place('widget'), campaignid: 'campaign', teaserid: 'ad' },
  taboola: {
    site: place('publisher'),
    campaignid: 'campaign',
    campaignitemid: 'ad',
  },
  outbrain: {
    publisherid: place('publisher'),
    sectionid: place('section'),
    campaignid: 'campaign',
    adid: 'ad',
  },
  zeropark: { target: place('target'), campaignid: 'campaign', longcampaignid: 'campaign' },
  popads: { websiteid: place('siteId'), campaignid: 'campaign' },
  popcash: { siteid: place('siteId'), campaignid: 'campaign' },
  exoclick: {
    zoneid: place('zone'),
    srchostname: place('site'),
    // The lists take neither site ids nor their numbers under another name.
    siteid: place('siteId'),
    campaignid: 'campaign',
    variationid: 'ad',
  },
  bidvertiser: { bvsrcid: place('source'), bvcampid: 'campaign' },
  mondiad: { zoneid: place('zone'), subid: place('subzone'), campaignid: 'campaign' },
  googleads: {
    placement: place(null),
    campaignid: 'campaign',
    adgroupid: 'adSet',
    creative: 'ad',
  },
  // Its placements are a few types ("Facebook_Mobile_Feed").
  meta: { campaignid: 'campaign', adsetid: 'adSet', adid: 'ad' },
  microsoftads: { campaignid: 'campaign', adgroupid: 'adSet', adid: 'ad' },
  yandexdirect: {
    source: place(null),
    campaignid: 'campaign',
    gbid: 'adSet',
    adid: 'ad',
    bannerid: 'ad',
  },
  tiktok: { campaignid: 'campaign', aid: 'adSet', cid: 'ad' },
  adsterra: { placementid: place('zone'), campaignid: 'campaign', bannerid: 'ad' },
  clickadu: { zoneid: place('zone'), campaignid: 'campaign', bannerid: 'ad' },
  trafficstars: {
    adspotid: place('spot'),
    spotid: place('spot'),
    campaignid: 'campaign',
    creativeid: 'ad',
  },
};

/** A click, a user, an impression or a type. Whatever else is in the name, it is none of the ids. */
const NO_ID = /click|sub_?id|impression|user|visitor|device|type|format|categor|time_?zone/;

/** Words in the macros of other sources; the first match decides. */
const WORDS: ReadonlyArray<readonly [TokenRole, RegExp]> = [
  [
    'placement',
    /zone|placement|publisher|^pub|site|widget|spot|source_?id|domain|app_?id|bundle|teaser_?source|target(?!ing)|section/,
  ],
  ['adSet', /ad_?set|ad_?group|line_?item|flight|strategy/],
  ['campaign', /camp/],
  ['ad', /banner|creative|teaser|(?:^|_)ad(?:_?(?:id|name|title))?$|variant|material|image_?id/],
];

/** The notations of macros: {x} {{x}} ${x} [x] ##x## #x# %x% %%x%% $x$ __X__ <x>. */
const NOTATIONS =
  '\\$?\\{\\{?[^{}]*\\}\\}?|\\[[^\\[\\]]*\\]|##?[A-Za-z_][\\w().-]*##?|%%?[A-Za-z_]\\w*%%?|\\$[A-Za-z_]\\w*\\$|__[A-Z][A-Z_]*__|<[A-Za-z_]\\w*>';

/** Every macro in a text. */
export const MACRO = new RegExp(NOTATIONS, 'g');
const ONE_MACRO = new RegExp(`^(?:${NOTATIONS})$`);
const MACROS_ALONE = new RegExp(`^(?:(?:${NOTATIONS})[^\\p{L}\\p{N}]*)+$`, 'u');

/** Is a text a macro that nobody replaced? Percent signs in an address are none. */
export const isMacro = (text: string): boolean =>
  /\{[^{}]+\}/.test(text) || MACROS_ALONE.test(text);

/** A macro's bare name: `zone_id` for `[zoneId]`, `campaign_id` for `{{campaign.id}}`. */
const bareName = (text: string): string =>
  text
    .replace(/[(:].*/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** Macros whose names reveal nothing: one source's ad group and ad. */
const WHOLE: Readonly<Record<string, TokenRole>> = { __AID__: 'adSet', __CID__: 'ad' };

/**
 * What a macro of a source without a table holds, by the words that sources use:
 * `{zoneid}`, `{{campaign.id}}`, `[bannerid]`, `##WIDGET_ID##`, `$zone$`, `%site%`.
 * null = unknown.
 */
export function roleOfMacro(name: string, macro: string | null): TokenRole | null {
  for (const text of [macro, name]) {
    if (!text) continue;
    const whole = WHOLE[text];
    if (whole) return whole;
    const plain = bareName(text);
    // A token called "zone" that holds a click id is none.
    if (NO_ID.test(plain)) return null;
    const found = WORDS.find(([, words]) => words.test(plain));
    if (found) return found[0];
  }
  return null;
}

/**
 * What a macro is at its source, and its place in the source's table (from 0, the most precise
 * first). null = the source has no table, or there is no macro.
 */
export function meaningOf(
  sourceName: string,
  macro: string | null,
): { readonly meaning: Meaning; readonly rank: number } | null {
  const source = guessSource(sourceName);
  const table = source && MACROS[source.id];
  const text = macro?.trim() ?? '';
  if (!table || text === '') return null;
  // Several macros in one value, or one with text around it, are the id of none of them.
  const name = ONE_MACRO.test(text) ? bareName(text).replaceAll('_', '') : '';
  return { meaning: table[name] ?? 'none', rank: Object.keys(table).indexOf(name) };
}
