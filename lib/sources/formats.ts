import type { MessageKey } from '../i18n.ts';
/** A traffic source's blacklist format. */
export interface SourceFormat {
  readonly id: string;
  readonly name: string;
  /** Pattern of its ids; others are rejected. */
  readonly pattern: RegExp;
  /** Strip scheme, `www.` and path before matching the pattern? */
  readonly domains: boolean;
  readonly separator: 'newline' | 'comma';
  /** Most ids per list; null = no known limit. */
  readonly limit: number | null;
  /** Message keys of notes: it replaces, appends, or takes time. */
  readonly notes: readonly MessageKey[];
  /** false = the separator is a guess, which the user may change. */
  readonly sure: boolean;
}

const DIGITS = /^\d{1,20}$/;
const HEX = /^[0-9a-f]{6,64}$/i;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9_](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;
const DOMAIN_OR_APP = new RegExp(`${DOMAIN.source}|^\\d{6,12}$`, 'i');
const SLUG = /^[a-z0-9][a-z0-9._-]{1,99}$/i;

type Row = readonly [
  name: string,
  pattern: RegExp,
  separator: 'newline' | 'comma',
  sure: boolean,
  more?: Partial<Pick<SourceFormat, 'limit' | 'notes' | 'domains'>>,
];

const ROWS: readonly Row[] = [
  ['PropellerAds', DIGITS, 'newline', false, { notes: ['note_appends'] }],
  ['RichAds', /^[0-9a-f]{32}$/i, 'newline', true],
  ['HilltopAds', DIGITS, 'comma', true, { notes: ['note_one_campaign', 'note_takes_hour'] }],
  ['EvaDav', DIGITS, 'newline', false, { notes: ['note_audience', 'note_replaces'] }],
  ['Kadam', DIGITS, 'comma', true, { notes: ['note_all_or_nothing'] }],
  ['MGID', /^\d{1,20}(s\d{1,20})?$/, 'comma', true],
  ['Taboola', SLUG, 'newline', false, { limit: 1500, notes: ['note_replaces'] }],
  ['Outbrain', HEX, 'newline', false, { notes: ['note_replaces'] }],
  ['Zeropark', SLUG, 'comma', true],
  ['PopAds', DIGITS, 'comma', false],
  ['PopCash', DIGITS, 'newline', true],
  [
    'ExoClick',
    new RegExp(`${DIGITS.source}|${DOMAIN.source}`, 'i'),
    'newline',
    true,
    { domains: true, notes: ['note_intersects'] },
  ],
  ['Bidvertiser', SLUG, 'newline', true],
  ['Mondiad', SLUG, 'newline', false, { notes: ['note_audience'] }],
  ['PPCmate', /^(\d+|\*)(:(\d+|\*)){0,2}$/, 'newline', true],
  ['AdMachine', /^(\d+|\*)(:(\d+|\*)){0,2}$/, 'newline', true],
  ['traff.co', /^(\d+|\*)(:(\d+|\*)){0,2}$/, 'newline', true],
  ['Mintegral', /^mtg\d+$/i, 'comma', true],
  [
    'Google Ads',
    DOMAIN_OR_APP,
    'newline',
    true,
    { domains: true, limit: 20_000, notes: ['note_account_limit'] },
  ],
  ['Meta', DOMAIN, 'newline', true, { domains: true }],
  [
    'Microsoft Ads',
    DOMAIN_OR_APP,
    'newline',
    true,
    { domains: true, limit: 2500, notes: ['note_replaces'] },
  ],
  [
    'Yandex Direct',
    DOMAIN_OR_APP,
    'newline',
    true,
    { domains: true, limit: 1000, notes: ['note_replaces'] },
  ],
  ['Adsterra', DIGITS, 'newline', false],
  ['Clickadu', DIGITS, 'newline', false],
  ['TrafficStars', DIGITS, 'newline', false],
  ['TrafficJunky', DIGITS, 'newline', false],
  ['Galaksion', DIGITS, 'newline', false],
  ['RollerAds', DIGITS, 'newline', false],
  ['RevContent', DIGITS, 'newline', false],
];

const idOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** The known formats, and a general one for all other sources. */
export const formats: readonly SourceFormat[] = [
  ...ROWS.map(
    ([name, pattern, separator, sure, more]): SourceFormat => ({
      id: idOf(name),
      name,
      pattern,
      separator,
      sure,
      domains: more?.domains ?? false,
      limit: more?.limit ?? null,
      notes: more?.notes ?? [],
    }),
  ),
  {
    id: 'other',
    name: '…',
    pattern: /^[^\s,;"']{1,300}$/,
    separator: 'newline',
    sure: false,
    domains: false,
    limit: null,
    notes: [],
  },
];

/** The format of a traffic source by its name in a tracker ("Propeller Ads #2"); null = unknown. */
export function guessSource(name: string): SourceFormat | null {
  const plain = idOf(name);
  return (
    formats.find(({ id }) => id !== 'other' && plain.includes(id)) ??
    formats.find(
      ({ id }) =>
        id !== 'other' &&
        id.replace(/ads$/, '').length > 3 &&
        plain.startsWith(id.replace(/ads$/, '')),
    ) ??
    null
  );
}
