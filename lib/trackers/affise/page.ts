import type { PageView, TrackerPage } from '../page.ts';

/** Routes under /v2 that anyone can see; nothing of the account is on them. */
const PUBLIC = /^(sign|public|terms|privacy|login|register|restore|recovery|reset|password)/i;

/** Routes under /v2 → what they show; these alone are trusted on a network's own domain. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  statistics: 'statistics',
  statistic: 'statistics',
  stats: 'statistics',
  reports: 'statistics',
  offers: 'offers',
  offer: 'offers',
  dashboard: 'other',
  conversions: 'other',
  postbacks: 'other',
  billing: 'other',
  news: 'other',
  profile: 'other',
  settings: 'other',
};

const OWN_HOST = /^(?!api[-.]|www\.|help\.|support\.|docs\.)[a-z0-9-]+\.affise\.com$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DATES = [
  ['date_from', 'date_to'],
  ['filter[date_from]', 'filter[date_to]'],
  ['dateFrom', 'dateTo'],
] as const;

function rangeOf(query: URLSearchParams): PageView['range'] {
  for (const [first, last] of DATES) {
    const from = query.get(first) ?? '';
    const to = query.get(last) ?? '';
    if (DAY.test(from) && DAY.test(to) && from <= to) return { from, to };
  }
  return null;
}

/**
 * The Affise panel: routes under `/v2/`, on {network}.affise.com or on a
 * domain of the network's own that the user connected. Never known by its
 * title: networks write their own there. An offer is told by its number only;
 * the 24-hex id in some addresses is not what statistics call it.
 */
export const page: TrackerPage = {
  tracker: 'affise',
  recognise({ url, document }) {
    const own = OWN_HOST.test(url.hostname);
    if (!own && /(^|\.)affise\.com$/.test(url.hostname)) return null;
    const parts = url.pathname.split('/').filter((part) => part !== '');
    const root = parts.indexOf('v2');
    // The panel begins at the root, or in one sub-folder of a domain of the network's own.
    if (root < 0 || root > (own ? 0 : 1)) return null;
    const [section = '', id = ''] = parts.slice(root + 1);
    if (PUBLIC.test(section)) return null;
    if (document.querySelector('input[type="password"]') !== null) return null;

    const view = SECTIONS[section.toLowerCase()];
    if (view === undefined && !own) return null;
    const range = rangeOf(url.searchParams);
    if (view === 'offers' && /^\d+$/.test(id)) {
      const name = document.querySelector('h1')?.textContent?.trim() ?? '';
      return { view: 'offer', campaignId: id, campaignName: name || null, range };
    }
    return { view: view ?? 'other', campaignId: null, campaignName: null, range };
  },
};
