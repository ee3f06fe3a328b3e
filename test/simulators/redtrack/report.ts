import { OFFERS, objectId, offerIdOf, SOURCES, sourceIdOf } from '../model/campaigns.ts';
import type { Figures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, json } from '../server.ts';
import { pageOf } from '../web.ts';
import {
  DAY,
  FILTERS,
  idOf,
  nameOf,
  type Parts,
  rounded,
  sourceOf,
  subValue,
  type Type,
  typesOf,
} from './parts.ts';

type Field = (click: Click, day: string, hour: number) => Record<string, string>;

/** Report groups of the interface description; a group's value stands under its own name. */
const GROUPS: Readonly<Record<string, Field>> = {
  date: (_, day) => ({ date: day }),
  hour_of_day: (_, __, hour) => ({ hour_of_day: String(hour) }),
  campaign: (click) => ({
    campaign: nameOf(click.campaign) ?? '',
    campaign_id: idOf(click.campaign),
  }),
  offer: (click) => ({
    offer: OFFERS[click.offer]?.name ?? '',
    offer_id: offerIdOf.redtrack(click.offer),
  }),
  landing: () => ({ landing: 'Main lander', landing_id: objectId('lander') }),
  source: (click) => ({
    source: SOURCES[sourceOf(click)]?.name ?? '',
    source_id: sourceIdOf.redtrack(sourceOf(click)),
  }),
  country: (click) => ({ country: click.country }),
  device: (click) => ({ device: click.device }),
  os: (click) => ({ os: click.os }),
  browser: (click) => ({ browser: click.browser }),
};
for (const group of ['region', 'city', 'language', 'isp', 'connection_type', 'day_of_week']) {
  Object.assign(GROUPS, { [group]: () => ({ [group]: '' }) });
}
const groupOf = (name: string): Field | undefined =>
  GROUPS[name] ??
  (/^sub([1-9]|1\d|20)$/.test(name) ? (click) => ({ [name]: subValue(click, name) }) : undefined);

/** Conversions and money by type. */
type ByType = Record<Type, { count: number; revenue: number }>;
const noTypes = (): ByType => ({
  default_type: { count: 0, revenue: 0 },
  type1: { count: 0, revenue: 0 },
  type2: { count: 0, revenue: 0 },
});

/** Interface description, row fields: numbers are numbers, roi and cr are ratios here. */
const reportRow = (figures: Figures) => ({
  clicks: figures.clicks,
  unique_clicks: figures.uniqueClicks,
  conversions: figures.conversions,
  cost: rounded(figures.cost),
  revenue: rounded(figures.revenue),
  profit: rounded(figures.revenue - figures.cost),
  roi: figures.cost ? rounded((figures.revenue - figures.cost) / figures.cost) : 0,
  cr: figures.clicks ? rounded(figures.conversions / figures.clicks) : 0,
  lp_views: figures.landerViews,
  lp_clicks: figures.landerClicks,
});

const DEFAULT = 'default_type';

/**
 * By type: `revenue` and `conversions` are the default type's, `total_` those
 * of all. Only types that have conversions are in a row.
 */
function typeFields(figures: Figures, types: ByType) {
  const all = Object.values(types);
  const numbered = Object.entries(types).filter(([name, { count }]) => name !== DEFAULT && count);
  return {
    revenue: rounded(types[DEFAULT].revenue),
    total_conversions: all.reduce((sum, { count }) => sum + count, 0),
    total_revenue: rounded(figures.revenue),
    ...Object.fromEntries(numbered.map(([name, { count }]) => [`conv${name}`, count])),
    ...Object.fromEntries(
      numbered.map(([name, { revenue }]) => [`revenue${name}`, rounded(revenue)]),
    ),
  };
}

/** GET /report. */
export function report({ ledger, modes, refuse }: Parts, query: URLSearchParams): Answered {
  const groups = (query.get('group') ?? '').split(',').filter((name) => name !== '');
  if (groups.length === 0) return refuse(400, 'group is required');
  if (groups.some((name) => !groupOf(name))) return refuse(500, 'Problem with loading report');
  const [from, to] = [query.get('date_from') ?? '', query.get('date_to') ?? ''];
  if (!DAY.test(from) || !DAY.test(to)) return refuse(400, 'Wrong dates');
  const zoneName = query.get('timezone') ?? ledger.options.zone;
  if (!isZoneName(zoneName)) return refuse(400, 'Wrong timezone');
  const per = Number(query.get('per') ?? '100');
  const page = Number(query.get('page') ?? '1');
  if (!(per >= 1 && per <= 1000) || !(page >= 1)) return refuse(400, 'Wrong page');
  const tests = [...query].flatMap(([name, value]) => {
    const field =
      FILTERS[name] ?? (/^sub\d+$/.test(name) ? (click: Click) => subValue(click, name) : null);
    const wanted = new Set(value.split(','));
    return field ? [(click: Click) => wanted.has(field(click))] : [];
  });
  const question = new URLSearchParams(query);
  question.delete('page');
  const old = modes.has('old');
  const rows = ledger.remembered(`${question} ${old}`, () => {
    const types = new Map<string, ByType>();
    const keyOf = (click: Click, day: string, hour: number): string => {
      const key = JSON.stringify(
        Object.assign({}, ...groups.map((name) => groupOf(name)?.(click, day, hour))),
      );
      const counted = types.get(key) ?? noTypes();
      types.set(key, counted);
      const paid = ledger.conversionOf(click)?.status !== 'rejected';
      for (const { type, payout } of typesOf(ledger, click)) {
        counted[type].count += 1;
        if (paid) counted[type].revenue += payout;
      }
      return key;
    };
    const figures = ledger.group(
      {
        from,
        to,
        zone: createZone(zoneName),
        campaign: null,
        only: (click) => tests.every((test) => test(click)),
      },
      keyOf,
    );
    return [...figures]
      .map(([key, of]) => ({
        ...(JSON.parse(key) as Record<string, string>),
        ...reportRow(of),
        // The old document knows one type, which has everything.
        ...(old ? {} : typeFields(of, types.get(key) ?? noTypes())),
      }))
      .sort((a, b) => b.clicks - a.clicks);
  });
  const { shown, total } = pageOf(rows, (page - 1) * per, per, modes.has('shifting'));
  return json(200, query.get('total') === 'true' ? { items: shown, total } : shown);
}
