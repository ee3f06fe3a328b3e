import { PRESETS, type Preset } from '../../report/range.ts';
import type { PageView, TrackerPage } from '../page.ts';

/** First part of the path of pages that anyone can see; nothing of the account is on them. */
const PUBLIC =
  /^(sign|log)-?(in|up|out)$|^(register|registration|auth|invite|verify|forgot|recover|restore)|^reset|^password/i;

/** First part of the path → what is listed there. */
const SECTIONS: Readonly<Record<string, PageView['view']>> = {
  campaigns: 'campaigns',
  offers: 'offers',
  landers: 'landers',
  landings: 'landers',
  sources: 'sources',
  reports: 'statistics',
  report: 'statistics',
};

const OBJECT_ID = /^[0-9a-f]{24}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
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

function rangeOf(query: URLSearchParams): PageView['range'] {
  for (const [first, last] of DATES) {
    const from = query.get(first)?.slice(0, 10) ?? '';
    const to = query.get(last)?.slice(0, 10) ?? '';
    if (DAY.test(from) && DAY.test(to) && from <= to) return { from, to };
  }
  const preset = INTERVALS[(query.get('time_interval') ?? '').replaceAll('_', '').toLowerCase()];
  return preset === undefined ? null : { preset };
}

/** "Summer push DE | RedTrack" → "Summer push DE"; null for the app's own titles. */
function nameIn(title: string): string | null {
  const name = /^(.+?)\s*[|–—-]\s*RedTrack(\.io)?\s*$/i.exec(title)?.[1]?.trim() ?? '';
  return name === '' || /^(campaigns?|reports?|campaigns? report)$/i.test(name) ? null : name;
}

/**
 * RedTrack's web app: path routes below app.redtrack.io, or below a white-label
 * origin that the user connected. There the path must be one of the app's and
 * the title must say RedTrack, or the path must hold a campaign's id.
 */
export const page: TrackerPage = {
  tracker: 'redtrack',
  recognise({ url, title, document }) {
    const parts = url.pathname.split('/').filter((part) => part !== '');
    const section = parts[0] ?? '';
    const id = parts.slice(1).find((part) => OBJECT_ID.test(part)) ?? null;
    const own = url.hostname === 'app.redtrack.io';
    if (!own && /(^|\.)redtrack\.io$/.test(url.hostname)) return null;
    if (section === 'api' || PUBLIC.test(section)) return null;
    if (document.querySelector('input[type="password"]') !== null) return null;

    const view = SECTIONS[section.toLowerCase()];
    const campaignId = view === 'campaigns' ? id?.toLowerCase() : undefined;
    if (!own && !/redtrack/i.test(title) && campaignId === undefined) return null;
    const range = rangeOf(url.searchParams);
    if (campaignId !== undefined) {
      return { view: 'campaign', campaignId, campaignName: nameIn(title), range };
    }
    const one = view === 'offers' && id !== null ? 'offer' : view;
    const listed = parts.length === 1 || one === 'offer' || view !== 'campaigns';
    return {
      view: listed ? (one ?? 'other') : 'other',
      campaignId: null,
      campaignName: null,
      range,
    };
  },
};
