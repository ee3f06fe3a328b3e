import type { Preset } from '../../report/range.ts';
import type { PageRecogniser, PageView } from '../page-recogniser.ts';
import { daysIn, groupingIn, listed, listIn, nameOn } from '../shown.ts';
import { connected, has, recognised, SIGN_IN, type Sign, VETO } from '../signs.ts';

/** First part of a route that names an object → its list, and one of it when digits follow. */
const OBJECTS: Readonly<Record<string, readonly [PageView['view'], PageView['view']]>> = {
  campaign: ['campaigns', 'campaign'],
  offer: ['offers', 'offer'],
  landing: ['landers', 'lander'],
  lander: ['landers', 'lander'],
  traffic_source: ['sources', 'source'],
  source: ['sources', 'source'],
  trend: ['statistics', 'statistics'],
  affiliate_network: ['other', 'other'],
  rotation: ['other', 'other'],
};
/** Routes of no object. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  dashboard: 'statistics',
  report: 'statistics',
  stat: 'statistics',
  statistic: 'statistics',
  conversion: 'statistics',
  click: 'statistics',
  domain: 'other',
  rule: 'other',
  setting: 'other',
  user: 'other',
};
/** May stand between an object and its id. */
const VERB = /^(?:reports?|stats?|statistics?|edit|view|details?)$/;
/** A form for an object that is not there yet. */
const NEW = /^(?:new|create|add)$/;
const PUBLIC = /^(?:log-?(?:in|out)|sign|auth|password|reset|restore|recover|forgot)/;

const PRESETS: Readonly<Record<string, Preset>> = {
  today: 'today',
  yesterday: 'yesterday',
  last_7_days: 'last7',
  last_30_days: 'last30',
  this_month: 'thisMonth',
};

interface Route {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** What comes after `/panel`, in the path or in a hash below it; null where there is no panel. */
function routeOf(url: URL): Route | null {
  const path = url.pathname.split('/').filter((part) => part !== '');
  const root = path.indexOf('panel');
  if (root < 0) return null;
  const hash = /^#!?\/([^?]*)\??(.*)$/.exec(url.hash);
  const inHash = root === path.length - 1 && hash !== null;
  const parts = inHash ? (hash[1] ?? '').split('/') : path.slice(root + 1);
  return {
    parts: parts.filter((part) => part !== '').map((part) => part.toLowerCase()),
    query: inHash && hash[2] ? new URLSearchParams(hash[2]) : url.searchParams,
  };
}

/** `traffic-sources`, `trafficSources` in lower case and `traffic_source` are one word. */
const wordOf = (part: string): string =>
  part
    .replaceAll('-', '_')
    .replace(/^(traffic|affiliate)(?=[a-z])/, '$1_')
    .replace(/s$/, '');

function placeIn({ parts }: Route): { view: PageView['view']; id: string | null } | null {
  const words = parts.map(wordOf);
  const at = words.findIndex((word) => listed(OBJECTS, word) !== undefined);
  const object = listed(OBJECTS, words[at] ?? '');
  // Only `report/campaign/7`-like routes name the object second.
  if (object === undefined || at > 1 || (at === 1 && !VERB.test(parts[0] ?? ''))) {
    const view = listed(SECTIONS, words[0] ?? '');
    return view === undefined ? null : { view, id: null };
  }
  const [next = '', afterNext = ''] = parts.slice(at + 1);
  if (NEW.test(next)) return { view: 'other', id: null };
  const id = VERB.test(next) ? afterNext : next;
  return /^\d+$/.test(id) ? { view: object[1], id } : { view: object[0], id: null };
}

const SIGNS: readonly Sign[] = [
  { sign: ({ url }) => routeOf(url) === null, weight: VETO },
  // The first generation's pages, wherever its script lies; `?page=2` is a list's second page.
  {
    sign: ({ url }) =>
      /\.php$/i.test(url.pathname) || /\D/.test(url.searchParams.get('page') ?? ''),
    weight: VETO,
  },
  { sign: ({ url }) => PUBLIC.test(routeOf(url)?.parts[0] ?? ''), weight: VETO },
  {
    sign({ url }) {
      const route = routeOf(url);
      return route !== null && placeIn(route) !== null;
    },
    weight: 5,
  },
  { sign: ({ title }) => /^binom\b/i.test(title), weight: 4 },
  { sign: ({ title }) => /^binom\s*(?:$|[-–—|:·]|v?\d)/i.test(title), weight: 1 },
  { sign: ({ url }) => routeOf(url)?.query.has('datePreset') === true, weight: 2 },
  connected(5),
  SIGN_IN,
  { sign: has('a[href*="panel/campaign"]', 'a[href^="#/campaign"]'), weight: 2 },
  { sign: has('a[href*="panel/traffic"]', 'a[href^="#/traffic"]'), weight: 2 },
];

/**
 * Binom v2: one page below `/panel`, by path or by hash, in any sub-folder. The
 * routes are known by their shape alone (unconfirmed): digits after the
 * campaign's word are its id. Days and grouping are read where the address
 * has them under the API's names.
 */
export const page: PageRecogniser = {
  tracker: 'binom2',
  recognise(evidence) {
    if (!recognised(SIGNS, evidence)) return null;
    const route = routeOf(evidence.url);
    const { view, id } = (route && placeIn(route)) ?? { view: 'other' as const, id: null };
    const query = route?.query ?? evidence.url.searchParams;
    const preset = listed(PRESETS, query.get('datePreset') ?? '');
    const campaign = view === 'campaign';
    return {
      view,
      campaignId: campaign ? id : null,
      campaignName: campaign ? nameOn(evidence.document, 'h1') : null,
      range: preset === undefined ? daysIn(query, [['dateFrom', 'dateTo']]) : { preset },
      groupBy: groupingIn(listIn(query, ['groupings[]', 'groupings']), 30, {
        trafficsource: 'source',
        osname: 'os',
        browsername: 'browser',
      }),
    };
  },
};
