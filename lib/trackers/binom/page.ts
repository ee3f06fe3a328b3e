import type { Preset } from '../../report/range.ts';
import type { PageView, TrackerPage } from '../page.ts';

/** `page=` → what is shown. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  campaigns: 'campaigns',
  stats: 'campaign',
  offers: 'offers',
  landings: 'landers',
  sources: 'sources',
  trends: 'statistics',
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
const DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * Binom v1: one script of any name with `?page=`. The address says the days
 * when it says `date`; else the page's own controls do.
 */
export const page: TrackerPage = {
  tracker: 'binom',
  recognise({ url, title, document }) {
    const section = url.searchParams.get('page')?.toLowerCase() ?? '';
    if (!/\.php$|\/$/i.test(url.pathname) || section === '') return null;
    if (document.querySelector('input[type="password"]') !== null) return null;
    const view = SECTIONS[section];
    // A word in the address is no proof: a shop may have pages named so. One more sign is asked for.
    const signs = [
      /^binom/i.test(title),
      document.querySelector('#date_filter, #custom_date_pol1') !== null,
      document.querySelector('link[href*="templates/standart"], img[src*="templates/standart"]') !==
        null,
      OWN_NAMES.filter((name) => url.searchParams.has(name)).length >= 2,
    ].filter(Boolean).length;
    if (signs === 0 || (view === undefined && signs < 2)) return null;

    const range = rangeOf(url, document);
    const campaignId = url.searchParams.get('camp_id');
    if (view === 'campaign') {
      if (campaignId === null || !/^\d+$/.test(campaignId)) return null;
      return { view, campaignId, campaignName: nameOn(document), range };
    }
    return { view: view ?? 'other', campaignId: null, campaignName: null, range };
  },
};

function nameOn(document: ParentNode): string | null {
  const name = document.querySelector('#camp_name, .camp_name, h1')?.textContent?.trim();
  return name ? name : null;
}

function rangeOf(url: URL, document: ParentNode): PageView['range'] {
  const inAddress = url.searchParams.get('date');
  const control = (selector: string): string => fieldValue(document.querySelector(selector)) ?? '';
  const date = inAddress ?? control('#date_filter');
  if (date === CUSTOM_DAYS) {
    const from = DAY.exec(url.searchParams.get('date_s') ?? control('#custom_date_pol1'))?.[0];
    const to = DAY.exec(url.searchParams.get('date_e') ?? control('#custom_date_pol2'))?.[0];
    return from && to && from <= to ? { from, to } : null;
  }
  const preset = PRESETS[date];
  return preset === undefined ? null : { preset };
}

function fieldValue(element: Element | null): string | null {
  return element && 'value' in element && typeof element.value === 'string' ? element.value : null;
}
