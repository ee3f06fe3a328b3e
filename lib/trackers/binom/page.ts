import type { Preset } from '../../report/range.ts';
import type { PageEvidence, PageRecogniser, PageView } from '../page-recogniser.ts';
import { daysBetween, listed, nameOn } from '../shown.ts';
import { connected, has, recognised, SIGN_IN, type Sign, VETO } from '../signs.ts';
import { dimensionOf, NO_GROUP } from './groups.ts';

/** `page=` → what is shown. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  campaigns: 'campaigns',
  stats: 'campaign',
  edit_camp: 'campaign',
  offers: 'offers',
  landings: 'landers',
  sources: 'sources',
  traffic_sources: 'sources',
  affiliate_networks: 'other',
  users: 'other',
  trends: 'statistics',
  settings: 'other',
};

/** Values of the date select that are presets of ours; 12 is custom days. */
const PRESETS: Readonly<Record<string, Preset>> = {
  1: 'today',
  2: 'yesterday',
  3: 'last7',
  5: 'thisMonth',
};
const CUSTOM_DAYS = '12';
/** Names in the panel's own links; a list row opens `?page=Stats&camp_id=…&date=…&date_s=…&date_e=…`. */
const OWN_NAMES = [
  'camp_id',
  'group1',
  'date',
  'date_s',
  'user_group',
  'traffic_source',
  'val_page',
];

const sectionOf = (url: URL): string => url.searchParams.get('page')?.toLowerCase() ?? '';

/** Ids in `camp_id` (one), `camps` (several reported together) or `id` (the form of one). */
function campaignsOf(url: URL): string[] {
  const query = url.searchParams;
  const written =
    sectionOf(url) === 'stats' ? (query.get('camp_id') ?? query.get('camps')) : query.get('id');
  return (written ?? '').split(',').filter((id) => /^\d+$/.test(id));
}

/**
 * A word in the address is no proof: a shop may have pages named so, and the
 * title is a text like any other. The strongest are the panel's own files.
 */
const SIGNS: readonly Sign[] = [
  {
    sign: ({ url }) => !/\.php$|\/$/i.test(url.pathname) || !/^[a-z_]+$/.test(sectionOf(url)),
    weight: VETO,
  },
  {
    sign: ({ url }) =>
      listed(SECTIONS, sectionOf(url)) === 'campaign' && campaignsOf(url).length === 0,
    weight: VETO,
  },
  { sign: ({ url }) => listed(SECTIONS, sectionOf(url)) !== undefined, weight: 4 },
  { sign: ({ title }) => /^binom\b/i.test(title), weight: 5 },
  { sign: ({ title }) => /^binom\s*(?:$|[-–—|:·]|v?\d)/i.test(title), weight: 1 },
  {
    sign: ({ url }) => OWN_NAMES.filter((name) => url.searchParams.has(name)).length >= 2,
    weight: 5,
  },
  connected(3),
  {
    sign: (evidence) => evidence.connected === true && has('#date_filter')(evidence),
    weight: 3,
  },
  SIGN_IN,
  {
    sign: has('#custom_date_pol1', '#bnm-awesome-calendar-start', '#timedate'),
    weight: 4,
  },
  { sign: has('link[href*="templates/standart"]', 'img[src*="templates/standart"]'), weight: 6 },
  { sign: has('a[href*="page=Landings"]', 'a[href*="page=Stats&camp_id="]'), weight: 4 },
];

/**
 * Binom v1: one script of any name with `?page=`. The address says the days
 * and the grouping when it names them; else the page's own controls do, as the
 * tracker remembers both.
 */
export const page: PageRecogniser = {
  tracker: 'binom',
  recognise(evidence) {
    if (!recognised(SIGNS, evidence)) return null;
    const { url, document } = evidence;
    const view = listed(SECTIONS, sectionOf(url)) ?? 'other';
    const range = rangeOf(evidence);
    if (view !== 'campaign') {
      return { view, campaignId: null, campaignName: null, range, groupBy: null };
    }
    const report = sectionOf(url) === 'stats';
    const groupBy = report ? groupingOf(evidence) : null;
    const [campaignId = null, second] = campaignsOf(url);
    if (second !== undefined) {
      return { view: 'statistics', campaignId: null, campaignName: null, range, groupBy };
    }
    const campaignName = nameOn(document, '#camp_name', '.camp_name', 'h1');
    return { view, campaignId, campaignName, range, groupBy };
  },
};

/** What the address says, else the value of the first control there is. */
function controlValue({ url, document }: PageEvidence, name: string, controls: readonly string[]) {
  const inAddress = url.searchParams.get(name);
  if (inAddress !== null) return inAddress;
  for (const control of controls) {
    const element = document.querySelector(control);
    if (element && 'value' in element && typeof element.value === 'string') return element.value;
  }
  return null;
}

function groupingOf(evidence: PageEvidence): PageView['groupBy'] {
  const groups = ['group1', 'group2', 'group3'].flatMap((name) => {
    const value = controlValue(evidence, name, [`#${name}`]);
    return value !== null && /^\d+$/.test(value) ? Number(value) : [];
  });
  if (groups.length === 0) return null;
  const grouping = groups.filter((group) => group !== NO_GROUP);
  const known = grouping.map(dimensionOf).filter((dimension) => dimension !== null);
  return grouping.length > 0 && known.length === 0 ? null : [...new Set(known)];
}

function rangeOf(evidence: PageEvidence): PageView['range'] {
  const date = controlValue(evidence, 'date', ['#date_filter', '#timedate']) ?? '';
  if (date === CUSTOM_DAYS) {
    return daysBetween(
      controlValue(evidence, 'date_s', ['#custom_date_pol1', '#bnm-awesome-calendar-start']),
      controlValue(evidence, 'date_e', ['#custom_date_pol2', '#bnm-awesome-calendar-end']),
    );
  }
  const preset = listed(PRESETS, date);
  return preset === undefined ? null : { preset };
}
