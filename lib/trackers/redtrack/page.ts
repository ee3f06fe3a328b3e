import { PRESETS, type Preset } from '../../report/range.ts';
import type { PageRecogniser, PageView } from '../page-recogniser.ts';
import { daysIn, groupingIn, listed, listIn, nameIn } from '../shown.ts';
import { connected, has, recognised, SIGN_IN, type Sign, VETO } from '../signs.ts';

const HOST = 'app.redtrack.io';

/** First path segment of public pages, which show nothing of the account. */
const PUBLIC =
  /^(?:api$|(?:sign|log)[-_]?(?:in|up|out)|(?:create|new)[-_]?account|regist(?:er|ration)|(?:free[-_]?)?trial|auth|invite|verify|confirm|activat|forgot|recover|restore|reset|password)/i;

/** First path segment → the view of its list and of a single object. */
const SECTIONS: Readonly<Record<string, readonly [PageView['view'], PageView['view']]>> = {
  campaigns: ['campaigns', 'campaign'],
  offers: ['offers', 'offer'],
  landers: ['landers', 'lander'],
  landings: ['landers', 'lander'],
  sources: ['sources', 'source'],
  reports: ['statistics', 'statistics'],
  report: ['statistics', 'statistics'],
};

const OBJECT_ID = /^[0-9a-f]{24}$/i;
/** Second path segment of pages about an object. */
const VERB = /report|^(?:edit|new|create|view)$/i;
const DATES = [
  ['dateFrom', 'dateTo'],
  ['date_from', 'date_to'],
] as const;
const INTERVALS: Readonly<Record<string, Preset>> = {
  last7days: 'last7',
  last30days: 'last30',
  thismonth: 'thisMonth',
  ...Object.fromEntries(PRESETS.map((preset) => [preset.toLowerCase(), preset])),
};

const partsOf = (url: URL): string[] => url.pathname.split('/').filter((part) => part !== '');
const sectionOf = (url: URL) => listed(SECTIONS, partsOf(url)[0]?.toLowerCase() ?? '');
const idIn = (url: URL): string | null =>
  partsOf(url)
    .slice(1)
    .find((part) => OBJECT_ID.test(part)) ?? null;

/**
 * The app's own host is proof enough. On a white-label domain the path could be
 * that of any site with campaigns, so title, a report's id or the menu must
 * confirm it.
 */
const SIGNS: readonly Sign[] = [
  {
    sign: ({ url }) => url.hostname !== HOST && /(?:^|\.)redtrack\.io$/.test(url.hostname),
    weight: VETO,
  },
  { sign: ({ url }) => PUBLIC.test(partsOf(url)[0] ?? ''), weight: VETO },
  { sign: ({ url }) => url.hostname === HOST, weight: 10 },
  {
    sign({ url }) {
      const [, second] = partsOf(url);
      const ours = second === undefined || VERB.test(second) || idIn(url) !== null;
      return ours && sectionOf(url) !== undefined;
    },
    weight: 4,
  },
  { sign: ({ title }) => /(?:^|[|–—-]\s*)redtrack(?:\.io)?$/i.test(title), weight: 6 },
  { sign: ({ url }) => idIn(url) !== null, weight: 3 },
  {
    sign: ({ url }) => idIn(url) !== null && partsOf(url).some((part) => /report/i.test(part)),
    weight: 3,
  },
  connected(6),
  SIGN_IN,
  { sign: has('a[href^="/landers"]'), weight: 3 },
];

function rangeOf(query: URLSearchParams): PageView['range'] {
  const preset = listed(
    INTERVALS,
    (query.get('time_interval') ?? '').replaceAll('_', '').toLowerCase(),
  );
  return daysIn(query, DATES) ?? (preset === undefined ? null : { preset });
}

/** "Summer push DE | RedTrack" → "Summer push DE"; null for titles of the app itself. */
function nameOf(title: string): string | null {
  // Matching a very long title is slow.
  if (title.length > 1_000) return null;
  return nameIn(/^(.+?)\s*[|–—-]\s*RedTrack(?:\.io)?\s*$/i.exec(title)?.[1]);
}

/**
 * RedTrack's web app, with path routes on app.redtrack.io or a white-label
 * origin. Days and grouping are read from the query if it has the API's
 * parameters.
 */
export const page: PageRecogniser = {
  tracker: 'redtrack',
  recognise(evidence) {
    if (!recognised(SIGNS, evidence)) return null;
    const { url, title } = evidence;
    const [list = 'other', one = 'other'] = sectionOf(url) ?? [];
    const id = idIn(url);
    // A path below a list without an object's id is a form for a new one, or the like.
    const isList = partsOf(url).length === 1 || list === 'statistics';
    const view = id !== null ? one : isList ? list : 'other';
    const campaign = view === 'campaign';
    return {
      view,
      campaignId: campaign ? (id?.toLowerCase() ?? null) : null,
      campaignName: campaign ? nameOf(title) : null,
      range: rangeOf(url.searchParams),
      groupBy: groupingIn(listIn(url.searchParams, ['group', 'group[]']), 20, {
        source: 'source',
      }),
    };
  },
};
