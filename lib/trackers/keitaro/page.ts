import type { Preset } from '../../report/range.ts';
import type { PageRecogniser, PageView } from '../page-recogniser.ts';
import { daysIn, groupingIn, listed, listIn, nameOn } from '../shown.ts';
import { connected, has, recognised, SIGN_IN, type Sign, VETO } from '../signs.ts';

/** First part of a route that only a tracker would name so → its list, and one of it. */
const OBJECTS: Readonly<Record<string, readonly [PageView['view'], PageView['view']]>> = {
  campaigns: ['campaigns', 'campaign'],
  offers: ['offers', 'offer'],
  landings: ['landers', 'lander'],
  landing_pages: ['landers', 'lander'],
  traffic_sources: ['sources', 'source'],
  affiliate_networks: ['other', 'other'],
  streams: ['other', 'other'],
};

/** First parts that other admin panels have as well. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  reports: 'statistics',
  report: 'statistics',
  dashboard: 'statistics',
  trends: 'statistics',
  conversions: 'statistics',
  clicks: 'statistics',
  custom_metrics: 'other',
  conversion_types: 'other',
  geo_dbs: 'other',
  geo_profiles: 'other',
  domains: 'other',
  groups: 'other',
  users: 'other',
  settings: 'other',
  integrations: 'other',
  maintenance: 'other',
  logs: 'other',
  archive: 'other',
};

/** May stand between an object and its id. */
const VERB = /^(?:edit|show|view|reports?|stats)$/;
/** A form for an object that is not there yet. */
const NEW = /^(?:new|create|add)$/;
/** Routes of the sign-in: the same path without the app's data. */
const PUBLIC = /^(?:login|sign-?in|auth|password|restore|recover)/i;

/** Intervals of the API that are presets of ours. */
const PRESETS: Readonly<Record<string, Preset>> = {
  today: 'today',
  yesterday: 'yesterday',
  first_day_of_this_month: 'thisMonth',
};
const DATES = [
  ['from', 'to'],
  ['range[from]', 'range[to]'],
] as const;

interface Route {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** `#!/campaigns/12?…`, in older versions `?object=campaigns.show&id=12`; no parts where neither is. */
function routeOf(url: URL): Route {
  if (url.hash.startsWith('#!/')) {
    const [path = '', query = ''] = url.hash.slice(3).split('?');
    return {
      parts: path.split('/').filter((part) => part !== ''),
      query: new URLSearchParams(query),
    };
  }
  const [object = ''] = (url.searchParams.get('object') ?? '').split('.');
  const parts = [object, url.searchParams.get('id') ?? ''].filter((part) => part !== '');
  return { parts, query: url.searchParams };
}

const sectionOf = (url: URL): string => routeOf(url).parts[0] ?? '';

/**
 * The owner's brand may stand for the title, and a shop's admin may be an
 * Angular app under the same path: the routes weigh most where they are a
 * tracker's, and the menu tells it from others.
 */
const SIGNS: readonly Sign[] = [
  { sign: ({ url }) => !/\/admin\/?(?:index\.php)?$/i.test(url.pathname), weight: VETO },
  { sign: ({ url }) => PUBLIC.test(sectionOf(url)), weight: VETO },
  { sign: ({ url }) => listed(OBJECTS, sectionOf(url)) !== undefined, weight: 6 },
  { sign: ({ url }) => listed(SECTIONS, sectionOf(url)) !== undefined, weight: 3 },
  { sign: ({ title }) => /\bkeitaro\b/i.test(title), weight: 4 },
  connected(5),
  SIGN_IN,
  {
    sign: has(
      'a[href*="#!/traffic_sources"]',
      'a[href*="#!/affiliate_networks"]',
      'a[href*="#!/landings"]',
      'a[href*="object=landings"]',
    ),
    weight: 5,
  },
  // Newer versions draw some sections, reports among them, in an app of their own without that menu.
  {
    sign: has('[ng-app]', '[data-ng-app]', '[ng-view]', '[ui-view]', 'ui-view', 'app-root'),
    weight: 2,
  },
];

/**
 * Keitaro's admin panel: `/admin/` with hash routes (`#!/campaigns/12`), in
 * older versions with `?object=campaigns.index`. Days and grouping are read
 * where a version puts them into the route; the page's own controls do not say
 * them in a documented way.
 */
export const page: PageRecogniser = {
  tracker: 'keitaro',
  recognise(evidence) {
    if (!recognised(SIGNS, evidence)) return null;
    const { parts, query } = routeOf(evidence.url);
    const [section = '', second = '', third = ''] = parts;
    const object = listed(OBJECTS, section);
    const id = VERB.test(second) ? third : second;
    const one = object !== undefined && /^\d+$/.test(id);
    const [list, single] = (NEW.test(second) ? null : object) ?? [];
    const view = (one ? single : list) ?? listed(SECTIONS, section) ?? 'other';
    const campaign = view === 'campaign';
    const preset = listed(PRESETS, query.get('interval') ?? query.get('range[interval]') ?? '');
    return {
      view,
      campaignId: campaign ? id : null,
      campaignName: campaign
        ? nameOn(evidence.document, '[data-campaign-name]', '.campaign-name', 'h1')
        : null,
      range: preset === undefined ? daysIn(query, DATES) : { preset },
      groupBy: groupingIn(
        listIn(query, ['grouping', 'grouping[]', 'dimensions', 'dimensions[]']),
        30,
        { ts: 'source', tsid: 'source' },
      ),
    };
  },
};
