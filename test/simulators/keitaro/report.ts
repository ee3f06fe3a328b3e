import {
  campaignAt,
  campaignIdOf,
  OFFERS,
  offerIdOf,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import type { Figures, Ledger } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, json } from '../server.ts';
import { pageOf } from '../web.ts';

/** Admin API page, "Metrics"; the two last are current vocabulary. */
const METRICS: Readonly<Record<string, (figures: Figures) => number | string>> = {
  clicks: ({ clicks }) => clicks,
  campaign_unique_clicks: ({ uniqueClicks }) => uniqueClicks,
  stream_unique_clicks: ({ uniqueClicks }) => uniqueClicks,
  global_unique_clicks: ({ uniqueClicks }) => uniqueClicks,
  bots: ({ bots }) => bots,
  lp_clicks: ({ landerClicks }) => landerClicks,
  conversions: ({ conversions }) => String(conversions),
  leads: ({ leads, hold }) => leads + hold,
  sales: ({ sales }) => sales,
  rejected: ({ rejected }) => rejected,
  // Numbers come as numbers or strings by version; money rounded to 2–4 places.
  cost: ({ cost }) => cost.toFixed(4),
  revenue: ({ revenue }) => Math.round(revenue * 100) / 100,
  profit: ({ revenue, cost }) => Math.round((revenue - cost) * 100) / 100,
  cpc: ({ cost, clicks }) => (clicks ? (cost / clicks).toFixed(4) : '0.0000'),
  roi: ({ revenue, cost }) => (cost ? Math.round(((revenue - cost) / cost) * 1e4) / 100 : 0),
  cr: ({ conversions, clicks }) => (clicks ? Math.round((conversions / clicks) * 1e4) / 100 : 0),
  confirmed_revenue: ({ revenue }) => revenue,
  confirmed_profit: ({ revenue, cost }) => revenue - cost,
};

type Field = (click: Click, day: string, hour: number) => string | number;

/** Admin API page, "Groupings"; only those that the model has values for. */
const FIELDS: Readonly<Record<string, Field>> = {
  campaign: (click) => campaignAt(click.campaign)?.names.keitaro ?? '',
  campaign_id: (click) => Number(campaignIdOf.keitaro(click.campaign)),
  offer: (click) => OFFERS[click.offer]?.name ?? '',
  offer_id: (click) => Number(offerIdOf.keitaro(click.offer)),
  landing: () => 'Main lander',
  landing_id: () => 5,
  ts: (click) => SOURCES[campaignAt(click.campaign)?.source ?? 0]?.name ?? '',
  ts_id: (click) => Number(sourceIdOf.keitaro(campaignAt(click.campaign)?.source ?? 0)),
  country: (click) => click.country,
  country_code: (click) => click.country,
  device_type: (click) => click.device,
  os: (click) => click.os,
  browser: (click) => click.browser,
  day: (_, day) => day,
  hour: (_, __, hour) => String(hour).padStart(2, '0'),
  sub_id_1: (click) => click.placement,
  sub_id_2: (click) => click.sourceCampaign,
  sub_id_3: (click) => click.ad,
};
for (const empty of [
  'region',
  'city',
  'language',
  'isp',
  'connection_type',
  'weekday',
  'keyword',
  'source',
]) {
  Object.assign(FIELDS, { [empty]: () => '' });
}

export const OPERATORS: Readonly<
  Record<string, (value: string | number, against: unknown) => boolean>
> = {
  EQUALS: (value, against) => String(value) === String(against),
  NOT_EQUAL: (value, against) => String(value) !== String(against),
  CONTAINS: (value, against) => String(value).includes(String(against)),
  NOT_CONTAIN: (value, against) => !String(value).includes(String(against)),
  BEGINS_WITH: (value, against) => String(value).startsWith(String(against)),
  ENDS_WITH: (value, against) => String(value).endsWith(String(against)),
  IN_LIST: (value, against) =>
    Array.isArray(against) && against.map(String).includes(String(value)),
  NOT_IN_LIST: (value, against) =>
    Array.isArray(against) && !against.map(String).includes(String(value)),
};

export const fieldOf = (name: string): Field | undefined =>
  FIELDS[name] ?? (/^sub_id_([1-9]|[12]\d|30)$/.test(name) ? () => '' : undefined);

export const refuse = (fields: Record<string, string>): Answered =>
  json(406, { error: 'Validation failed', errors: fields });

interface Body {
  range?: { from?: unknown; to?: unknown; interval?: unknown; timezone?: unknown };
  dimensions?: unknown;
  measures?: unknown;
  grouping?: unknown;
  metrics?: unknown;
  columns?: unknown;
  filters?: unknown;
  sort?: unknown;
  limit?: unknown;
  offset?: unknown;
}

const KNOWN = [
  'range',
  'dimensions',
  'measures',
  'grouping',
  'metrics',
  'columns',
  'filters',
  'sort',
  'limit',
  'offset',
  'summary',
];
export const DAY = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?$/;
export const texts = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;

/** The orders of `sort`; null = one of them is neither `ASC` nor `DESC`. */
export function sortOf(sort: unknown): Array<{ name: string; order: string }> | null {
  const orders = (Array.isArray(sort) ? sort : []) as Array<{ name: string; order: string }>;
  return orders.every(({ order }) => order === 'ASC' || order === 'DESC') ? orders : null;
}

/** POST /report/build in both vocabularies, or in the old one alone. */
export function buildReport(
  ledger: Ledger,
  body: Body | undefined,
  { old, shifting }: { old: boolean; shifting: boolean },
): Answered {
  if (typeof body !== 'object' || body === null) return json(400, { error: 'Bad request' });
  const unknown = Object.keys(body).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0)
    return refuse(Object.fromEntries(unknown.map((name) => [name, 'unknown'])));
  // An older version passes over words that it does not know, and has nothing to say then.
  if (old && body.grouping === undefined) return json(200, { rows: [], total: 0, meta: {} });
  const dimensions = texts(body.dimensions ?? body.grouping ?? []);
  const measures = texts(body.measures ?? body.metrics);
  if (!dimensions || !measures) return refuse({ metrics: 'must be a list' });
  const badField = dimensions.find((name) => !fieldOf(name));
  if (badField) return refuse({ grouping: `unknown field ${badField}` });
  const badMetric = measures.find((name) => !METRICS[name]);
  if (badMetric) return refuse({ metrics: `unknown field ${badMetric}` });

  const { from, to, timezone } = body.range ?? {};
  if (body.range === undefined && body.limit === undefined) {
    return refuse({ range: 'range or limit is required' });
  }
  if (typeof from !== 'string' || typeof to !== 'string' || !DAY.test(from) || !DAY.test(to)) {
    return refuse({ range: 'from and to must be dates' });
  }
  if (timezone !== undefined && (typeof timezone !== 'string' || !isZoneName(timezone))) {
    return refuse({ range: 'unknown timezone' });
  }
  const filters = (Array.isArray(body.filters) ? body.filters : []) as Array<
    Record<string, unknown>
  >;
  const tests: Array<(click: Click) => boolean> = [];
  for (const { name, operator, expression } of filters) {
    const field = fieldOf(String(name));
    const matches = OPERATORS[String(operator)];
    if (!field) return refuse({ filters: `unknown field ${String(name)}` });
    if (!matches) return refuse({ filters: `unknown operator ${String(operator)}` });
    tests.push((click) => matches(field(click, '', 0), expression));
  }

  const sort = sortOf(body.sort);
  if (!sort) return refuse({ sort: 'order must be ASC or DESC' });
  const zone = typeof timezone === 'string' ? createZone(timezone) : ledger.zone;
  // Times of the day count, to the second.
  const first = zone.instant(from.length > 10 ? from : `${from} 00:00:00`);
  const after = zone.instant(to.length > 10 ? to : `${to} 23:59:59`) + 1_000;
  const { limit: _, offset: __, ...question } = body;
  const rows = ledger.remembered(JSON.stringify(question), () => {
    const groups = ledger.group(
      {
        from: from.slice(0, 10),
        to: to.slice(0, 10),
        zone,
        campaign: null,
        only: (click) =>
          click.at >= first && click.at < after && tests.every((test) => test(click)),
      },
      (click, day, hour) =>
        JSON.stringify(dimensions.map((name) => fieldOf(name)?.(click, day, hour))),
    );
    const made = [...groups].map(([key, figures]) => {
      const values: unknown[] = JSON.parse(key);
      return {
        ...Object.fromEntries(dimensions.map((name, index) => [name, values[index]])),
        ...Object.fromEntries(measures.map((name) => [name, METRICS[name]?.(figures)])),
      } as Record<string, string | number>;
    });
    made.sort((a, b) => {
      for (const { name, order } of sort) {
        const [left, right] = [a[name] ?? '', b[name] ?? ''];
        const numeric = !Number.isNaN(Number(left)) && !Number.isNaN(Number(right));
        const difference = numeric
          ? Number(left) - Number(right)
          : String(left).localeCompare(String(right));
        if (difference !== 0) return order === 'DESC' ? -difference : difference;
      }
      return 0;
    });
    return made;
  });
  const offset = Number(body.offset ?? 0);
  const limit = body.limit === undefined ? rows.length : Number(body.limit);
  if (!Number.isInteger(offset) || offset < 0 || !Number.isInteger(limit) || limit < 0) {
    return refuse({ limit: 'must be a number' });
  }
  const { shown, total } = pageOf(rows, offset, limit, shifting);
  return json(200, {
    rows: shown,
    total,
    meta: { datetime: '2026-01-01T00:00:00+00:00', execution_time: '0.0001' },
  });
}
