import { GROUPINGS, type Grouping } from '../../lib/compare/groupings.ts';
import { LINK_KINDS, type LinkKind } from '../../lib/compare/link-kinds.ts';
import { PRESETS, type Preset, presetRange, type Range } from '../../lib/report/range.ts';
import { COMPARED_METRICS, type CompareColumns } from '../../lib/settings/compare-columns.ts';
import type { JournalFilter } from './select-records.ts';

export const VIEWS = ['compare', 'offers', 'links', 'clicks', 'journal', 'lists'] as const;
export type View = (typeof VIEWS)[number];

/** The dashboard's state, kept in the URL hash so that Back and bookmarks work. */
export interface PageState {
  readonly view: View;
  readonly days: Preset | { readonly from: string; readonly to: string };
  /** What the rows of the comparison are. */
  readonly by: Grouping;
  /** What a row can be opened to; null = nothing. */
  readonly inner: Grouping | null;
  /** What the figures are held against, besides the base: the days before. */
  readonly versus: 'before' | null;
  readonly search: string;
  /** Column id and direction. */
  readonly sort: string;
  readonly descending: boolean;
  /** Which columns the comparison has; null = those last chosen. */
  readonly columns: CompareColumns | null;
  /** Id of the connection that gaps are measured from; '' = the first. */
  readonly base: string;
  /** Only rows with a red gap. */
  readonly red: boolean;
  /** What the shown links join. */
  readonly kind: LinkKind;
  /** The click id that is looked up; '' = none. */
  readonly click: string;
  /** Which records the journal shows; its campaign is `search`. */
  readonly journal: Omit<JournalFilter, 'campaign'>;
  /** Id of the opened record of the journal; '' = none. */
  readonly record: string;
}

/** Every record of the journal. */
export const NO_FILTER: PageState['journal'] = { connection: '', state: '', day: '', surface: '' };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function readState(hash: string): PageState {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const preset = PRESETS.find((one) => one === params.get('days'));
  const [from, to] = (params.get('days') ?? '').split('..');
  const custom = from && to && DAY.test(from) && DAY.test(to) && from <= to ? { from, to } : null;
  return {
    view: VIEWS.find((one) => one === params.get('view')) ?? 'compare',
    days: preset ?? custom ?? 'today',
    by: GROUPINGS.find((one) => one === params.get('by')) ?? 'campaign',
    inner: GROUPINGS.find((one) => one === params.get('then')) ?? null,
    versus: params.get('vs') === 'before' ? 'before' : null,
    search: params.get('q') ?? '',
    sort: params.get('sort') ?? '',
    descending: params.get('order') !== 'asc',
    columns: columnsIn(params),
    base: params.get('base') ?? '',
    red: params.get('red') === '1',
    kind: LINK_KINDS.find((one) => one === params.get('kind')) ?? 'campaign',
    click: params.get('click') ?? '',
    journal: {
      connection: params.get('on') ?? '',
      state: params.get('state') ?? '',
      day: DAY.exec(params.get('day') ?? '')?.[0] ?? '',
      surface: params.get('surface') ?? '',
    },
    record: params.get('record') ?? '',
  };
}

function columnsIn(params: URLSearchParams): CompareColumns | null {
  const named = (params.get('metrics') ?? '').split(',');
  const metrics = COMPARED_METRICS.filter((metric) => named.includes(metric));
  if (metrics.length === 0) return null;
  return {
    metrics,
    without: params.getAll('without'),
    layout: params.get('layout') === 'tracker' ? 'tracker' : 'metric',
  };
}

export function writeState(state: PageState): string {
  const hash = new URLSearchParams({ view: state.view });
  hash.set(
    'days',
    typeof state.days === 'string' ? state.days : `${state.days.from}..${state.days.to}`,
  );
  if (state.by !== 'campaign') hash.set('by', state.by);
  if (state.inner) hash.set('then', state.inner);
  if (state.versus) hash.set('vs', state.versus);
  if (state.search) hash.set('q', state.search);
  if (state.sort) hash.set('sort', state.sort);
  if (!state.descending) hash.set('order', 'asc');
  if (state.base) hash.set('base', state.base);
  if (state.columns) {
    hash.set('metrics', state.columns.metrics.join());
    for (const id of state.columns.without) hash.append('without', id);
    if (state.columns.layout === 'tracker') hash.set('layout', 'tracker');
  }
  if (state.red) hash.set('red', '1');
  if (state.view === 'links' && state.kind !== 'campaign') hash.set('kind', state.kind);
  if (state.view === 'clicks' && state.click) hash.set('click', state.click);
  if (state.view !== 'journal') return `#${hash}`;
  const { connection, state: journalState, day, surface } = state.journal;
  if (connection) hash.set('on', connection);
  if (journalState) hash.set('state', journalState);
  if (day) hash.set('day', day);
  if (surface) hash.set('surface', surface);
  if (state.record) hash.set('record', state.record);
  return `#${hash}`;
}

export const rangeIn = ({ days }: PageState, now: number, zone: string): Range =>
  typeof days === 'string' ? presetRange(days, now, zone) : { ...days, zone };
