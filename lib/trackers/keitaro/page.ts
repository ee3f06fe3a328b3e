import type { PageView, TrackerPage } from '../page.ts';

/** Second part of a hash route, or the object of an old address, → what is shown. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  campaigns: 'campaigns',
  offers: 'offers',
  landings: 'landers',
  landing_pages: 'landers',
  traffic_sources: 'sources',
  reports: 'statistics',
  report: 'statistics',
  dashboard: 'statistics',
  trends: 'statistics',
  conversions: 'statistics',
  clicks: 'statistics',
  streams: 'other',
  affiliate_networks: 'other',
  domains: 'other',
  groups: 'other',
  users: 'other',
  settings: 'other',
  integrations: 'other',
  maintenance: 'other',
};

/** Attributes of the app's root, by which a section of unknown name is told from another app's. */
const APP = '[ng-app], [data-ng-app], [ng-view], [ui-view], ui-view';

const NOTHING = { campaignId: null, campaignName: null, range: null } as const;

/** Routes of the sign-in: the same path without the app's data. */
const PUBLIC = /^(login|sign-?in|auth|password|restore|recover)/i;

/**
 * Keitaro's admin panel: `/admin/` with hash routes (`#!/campaigns/12`), in
 * older versions with `?object=campaigns.index`. The range is not in the
 * address; the page's own control does not say it in a documented way.
 */
export const page: TrackerPage = {
  tracker: 'keitaro',
  recognise({ url, document }) {
    if (!/\/admin\/?(index\.php)?$/i.test(url.pathname)) return null;
    if (document.querySelector('input[type="password"]') !== null) return null;

    const old = url.searchParams.get('object');
    const route = url.hash.startsWith('#!/') ? url.hash.slice(3) : null;
    const app = () => document.querySelector(APP) !== null;
    if (route === null && old === null) {
      // The panel's address alone: the app has to be there, as a lookalike's would not be.
      return app() ? { view: 'other', ...NOTHING } : null;
    }
    const [path = '', query = ''] = (route ?? '').split('?');
    const parts = route === null ? (old ?? '').split('.') : path.split('/');
    const [section = '', second = ''] = parts;
    if (PUBLIC.test(section)) return null;
    const known = SECTIONS[section];
    if (known === undefined && !app()) return null;
    const view = known ?? 'other';
    const id = route === null ? (url.searchParams.get('id') ?? '') : second;
    const range = rangeIn(new URLSearchParams(query));
    if (view === 'campaigns' && /^\d+$/.test(id)) {
      const heading = document.querySelector('[data-campaign-name], .campaign-name, h1');
      const name = heading?.textContent?.trim() ?? '';
      return { view: 'campaign', campaignId: id, campaignName: name || null, range };
    }
    return { view, ...NOTHING, range };
  },
};

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** Days in a route's query, where a version puts them there. */
function rangeIn(query: URLSearchParams): PageView['range'] {
  const from = DAY.exec(query.get('from') ?? query.get('range[from]') ?? '')?.[0];
  const to = DAY.exec(query.get('to') ?? query.get('range[to]') ?? '')?.[0];
  return from && to && from <= to ? { from, to } : null;
}
