import type { Ability, Capabilities, TrackerAdapter } from '../../lib/trackers/adapter.ts';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };

const TEXTS: Record<string, { message: string }> = en;

/** What a cell says of an ability that is there. */
type Said = (of: Capabilities) => string;
const YES: Said = () => 'yes';

const ROWS: ReadonlyArray<readonly [string, keyof Capabilities, Said]> = [
  [
    'reports by',
    'dimensions',
    ({ dimensions, tokens }) => `${dimensions.length} dimensions, ${tokens} tokens`,
  ],
  [
    'all campaigns by',
    'dimensions',
    ({ together }) => (together ? together.join(', ') : 'the same'),
  ],
  ['levels of grouping', 'levels', ({ levels }) => String(levels)],
  [
    'days cut in',
    'reportZone',
    ({ reportZone }) => (reportZone === 'any' ? 'any zone' : 'its own zone'),
  ],
  ['all campaigns by hour', 'hourlyTotals', ({ hourlyTotals }) => (hourlyTotals ? 'yes' : 'no')],
  ['all campaigns by day', 'dailyTotals', ({ dailyTotals }) => (dailyTotals ? 'yes' : 'no')],
  ['offers', 'offers', YES],
  ['landers', 'landers', YES],
  ['sources and tokens', 'sources', YES],
  ['conversion log', 'conversions', YES],
  ['click log', 'clicks', YES],
  ['click look-up', 'clickLookup', YES],
  ['postback log', 'postbacks', YES],
  [
    'cost update',
    'cost',
    ({ cost }) =>
      cost.can
        ? [
            cost.modes.map((mode) => (mode === 'cpc' ? 'CPC' : mode)).join(', '),
            cost.byToken > 0 ? 'per token value' : '',
            cost.uniqueOnly ? 'unique only' : '',
            cost.currency === 'any' ? 'any currency' : 'own currency',
            cost.bulk > 1 ? `${cost.bulk} a call` : '',
            cost.applied,
          ]
            .filter((part) => part !== '')
            .join('; ')
        : '',
  ],
  ['pause, resume', 'pause', YES],
  [
    'marks of placements',
    'marks',
    ({ marks }) => (marks.can ? (marks.write.can ? 'read, write' : 'read, by saved filter') : ''),
  ],
  [
    'conversion upload',
    'upload',
    ({ upload }) =>
      upload.can
        ? [
            `${upload.most} a call`,
            upload.needs.length > 0 ? `needs ${upload.needs.join(', ')}` : '',
          ]
            .filter((part) => part !== '')
            .join('; ')
        : '',
  ],
  ['campaign page', 'campaignPage', YES],
];

const isAbility = (value: unknown): value is Ability =>
  typeof value === 'object' && value !== null && 'can' in value;

/** The table of `lib/trackers/README.md`: a row an ability, a column a tracker; what cannot be done has its reason below. */
export function capabilityTable(trackers: readonly TrackerAdapter[]): string {
  const reasons: string[] = [];
  const noteOf = (reason: string): string => {
    if (!reasons.includes(reason)) reasons.push(reason);
    return `no [${reasons.indexOf(reason) + 1}]`;
  };
  const cells = ROWS.map(([name, key, said]) => [
    name,
    ...trackers.map(({ capabilities }) => {
      const ability: unknown = capabilities[key];
      return isAbility(ability) && !ability.can ? noteOf(ability.reason) : said(capabilities);
    }),
  ]);
  const head = ['', ...trackers.map(({ name }) => name)];
  const table = [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`);
  const notes = reasons.map((reason, at) => `${at + 1}. ${TEXTS[reason]?.message ?? reason}`);
  return [...table, '', ...notes].join('\n');
}
