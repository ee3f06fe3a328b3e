import type { MessageKey } from '../i18n.ts';
import type { IdRule } from './id-rules.ts';
import * as ids from './id-rules.ts';

export type Separator = 'newline' | 'comma';

/** A traffic source's blacklist format. */
export interface SourceFormat {
  readonly id: string;
  readonly name: string;
  /** Its kinds of ids; the first rule that reads an id decides. Each kind has lists of its own. */
  readonly rules: readonly IdRule[];
  readonly separator: Separator;
  /** false = the separator is a guess, which the user may change. */
  readonly sure: boolean;
  /** Most ids in one list; longer ones are split. null = no known limit. */
  readonly perList: number | null;
  /** Most ids in all; what loses least is left out. null = no known limit. */
  readonly most: number | null;
  /** Message keys of notes: it replaces, appends, takes time, or does not say what it wants. */
  readonly notes: readonly MessageKey[];
}

type Row = readonly [
  name: string,
  rules: readonly IdRule[],
  separator: Separator,
  sure: boolean,
  more?: Partial<Pick<SourceFormat, 'perList' | 'most' | 'notes'>>,
];

const { digits, hash32, hex, site, slug, triple, widgetUid, word } = ids;

/** Read in the sources' help pages and API references, November 2026. */
const ROWS: readonly Row[] = [
  [
    'PropellerAds',
    [digits('zone'), digits('subzone')],
    'newline',
    false,
    { notes: ['note_appends'] },
  ],
  ['RichAds', [hash32('publisher'), hash32('siteId')], 'newline', true],
  [
    'HilltopAds',
    [digits('zone')],
    'comma',
    true,
    { notes: ['note_one_campaign', 'note_takes_hour'] },
  ],
  ['EvaDav', [digits('source')], 'newline', false, { notes: ['note_audience', 'note_replaces'] }],
  ['Kadam', [digits('zone')], 'comma', true, { notes: ['note_all_or_nothing'] }],
  ['MGID', [widgetUid, site()], 'comma', true],
  ['Taboola', [slug('publisher')], 'newline', false, { most: 1500, notes: ['note_replaces'] }],
  ['Outbrain', [hex('publisher'), hex('section')], 'newline', false, { notes: ['note_replaces'] }],
  ['Zeropark', [word('target')], 'comma', true],
  ['PopAds', [digits('siteId')], 'comma', false],
  ['PopCash', [digits('siteId')], 'newline', true],
  ['ExoClick', [digits('zone'), site()], 'newline', true, { notes: ['note_intersects'] }],
  ['Bidvertiser', [word('source')], 'newline', true],
  ['Mondiad', [word('zone'), word('subzone')], 'newline', false, { notes: ['note_audience'] }],
  ['PPCmate', [triple], 'newline', true],
  ['AdMachine', [triple], 'newline', true],
  ['traff.co', [triple], 'newline', true],
  ['Mintegral', [ids.mtgApp], 'comma', true],
  [
    'Google Ads',
    [ids.googleApp, ids.youtube, ids.without(site({ levels: 2 }), 'adsenseformobileapps.com')],
    'newline',
    true,
    { perList: 20_000, most: 65_000, notes: ['note_account_limit'] },
  ],
  ['Meta', [ids.pageAddress, ids.storeAddress, ids.webAddress], 'newline', true],
  [
    'Microsoft Ads',
    [ids.androidApp, site({ levels: 20 })],
    'newline',
    true,
    { most: 2500, notes: ['note_replaces'] },
  ],
  [
    'Yandex Direct',
    [ids.androidApp, site(), ids.networkName],
    'newline',
    true,
    { most: 1000, notes: ['note_replaces', 'note_video_limit'] },
  ],
  // Only its list for apps of others has ids (help page of May 2025).
  [
    'TikTok',
    [ids.app],
    'newline',
    true,
    { notes: ['note_xlsx', 'note_replaces_untold', 'note_apps_alone'] },
  ],
  ['Adsterra', [digits('zone')], 'newline', false],
  ['Clickadu', [digits('zone')], 'newline', false],
  ['TrafficStars', [digits('spot')], 'newline', false],
  ['TrafficJunky', [digits('spot')], 'newline', false],
  ['Galaksion', [digits('zone')], 'newline', false],
  ['RollerAds', [digits('zone')], 'newline', false],
  ['RevContent', [digits('widget')], 'newline', false],
];

/** A source's id from its name: `googleads` for "Google Ads". */
const idOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** The known formats, and a general one for all other sources. */
export const formats: readonly SourceFormat[] = [
  ...ROWS.map(
    ([name, rules, separator, sure, more]): SourceFormat => ({
      id: idOf(name),
      name,
      rules,
      separator,
      sure,
      perList: more?.perList ?? null,
      most: more?.most ?? null,
      notes: [...(more?.notes ?? []), ...(sure ? [] : (['note_separator_untold'] as const))],
    }),
  ),
  {
    id: 'other',
    name: '…',
    rules: [ids.androidApp, digits('zone'), site({ levels: 20 }), ids.anyWord],
    separator: 'newline',
    sure: false,
    perList: null,
    most: null,
    notes: ['note_format_untold', 'note_describe_source'],
  },
];
