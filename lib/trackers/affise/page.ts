import type { PageRecogniser, PageView } from '../page-recogniser.ts';
import { daysIn, groupingIn, listed, listIn, nameOn } from '../shown.ts';
import { connected, has, recognised, SIGN_IN, type Sign, VETO } from '../signs.ts';
import { networkAt } from './hosts.ts';

/** Public routes under /v2, which show nothing of the account. */
const PUBLIC = /^(?:sign|public|terms|privacy|login|register|restore|recovery|reset|password)/i;

/** Routes under /v2 → their view. On a network's own domain only these count. */
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
/** First path segments of an administrator's routes, which begin at the root, beside `/v2`. */
const ADMINISTRATORS: Readonly<Record<string, PageView['view']>> = {
  statistics: 'statistics',
  stats: 'statistics',
  'users-management': 'other',
};

const DATES = [
  ['date_from', 'date_to'],
  ['filter[date_from]', 'filter[date_to]'],
  ['dateFrom', 'dateTo'],
] as const;

const isOwn = (url: URL): boolean => networkAt(url.hostname)?.serves === 'panel';

/** The path after `/v2`, or an administrator's route; null = this cannot be the panel. */
function routeOf(url: URL): string[] | null {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (listed(ADMINISTRATORS, parts[0]?.toLowerCase() ?? '') !== undefined) return parts;
  const root = parts.indexOf('v2');
  // The panel begins at the root or, on a network's own domain, in one sub-folder.
  return root < 0 || root > (isOwn(url) ? 0 : 1) ? null : parts.slice(root + 1);
}

function viewOf(url: URL): PageView['view'] | undefined {
  const word = routeOf(url)?.[0]?.toLowerCase() ?? '';
  return listed(SECTIONS, word) ?? listed(ADMINISTRATORS, word);
}

/**
 * A host of affise.com is proof enough. Elsewhere `/v2/offers` could be version
 * two of any site, and networks choose their own titles, so the menu, the files
 * or a connection to the domain must confirm the route.
 */
const SIGNS: readonly Sign[] = [
  {
    sign: ({ url }) => !isOwn(url) && /(?:^|\.)affise\.com$/.test(url.hostname),
    weight: VETO,
  },
  { sign: ({ url }) => routeOf(url) === null, weight: VETO },
  { sign: ({ url }) => PUBLIC.test(routeOf(url)?.[0] ?? ''), weight: VETO },
  { sign: ({ url }) => isOwn(url), weight: 10 },
  { sign: ({ url }) => viewOf(url) !== undefined, weight: 4 },
  { sign: ({ title }) => /\baffise\b/i.test(title), weight: 2 },
  connected(6),
  SIGN_IN,
  { sign: has('a[href*="/v2/statistic"]'), weight: 3 },
  { sign: has('a[href*="/v2/offer"]'), weight: 2 },
  {
    sign: has('script[src*="affise"]', 'link[href*="affise"]', 'img[src*="affise"]'),
    weight: 2,
  },
];

/**
 * The Affise panel on {network}.affise.com or a network's own domain: routes
 * under `/v2/`, for administrators also beside it. An offer is identified by its
 * number only; statistics do not use the 24-hex id that some addresses have.
 */
export const page: PageRecogniser = {
  tracker: 'affise',
  recognise(evidence) {
    if (!recognised(SIGNS, evidence)) return null;
    const { url, document } = evidence;
    const id = routeOf(url)?.[1] ?? '';
    const list = viewOf(url) ?? 'other';
    const one = list === 'offers' && /^\d+$/.test(id);
    return {
      view: one ? 'offer' : list,
      campaignId: one ? id : null,
      campaignName: one ? nameOn(document, 'h1') : null,
      range: daysIn(url.searchParams, DATES),
      groupBy: groupingIn(listIn(url.searchParams, ['slice[]', 'slice']), 8),
    };
  },
};
