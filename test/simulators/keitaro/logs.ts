import { campaignAt, campaignIdOf, OFFERS, offerIdOf } from '../model/campaigns.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName, type Zone } from '../model/zones.ts';
import { type Answered, json } from '../server.ts';
import { pageOf } from '../web.ts';
import { DAY, fieldOf, OPERATORS, refuse, sortOf, texts } from './report.ts';

type Column = (click: Click, zone: Zone, ledger: Ledger) => string | number | null;

/** Admin API page, "Columns"; the conversion's as public clients ask for them. */
const COMMON: Readonly<Record<string, Column>> = {
  sub_id: ({ id }) => id,
  campaign_id: ({ campaign }) => Number(campaignIdOf.keitaro(campaign)),
  campaign: ({ campaign }) => campaignAt(campaign)?.names.keitaro ?? '',
  offer_id: ({ offer }) => Number(offerIdOf.keitaro(offer)),
  offer: ({ offer }) => OFFERS[offer]?.name ?? '',
  country_code: ({ country }) => country,
  cost: (click, _, ledger) => ledger.costOf(click).toFixed(4),
};
const CONVERSION: Readonly<Record<string, Column>> = {
  ...COMMON,
  conversion_id: ({ seed }) => seed,
  revenue: (click, _, ledger) =>
    ledger.conversionOf(click)?.status === 'rejected'
      ? '0.0000'
      : ledger.payoutOf(click).toFixed(4),
  status: (click, _, ledger) => {
    const status = ledger.conversionOf(click)?.status;
    return status === 'hold' ? 'lead' : (status ?? '');
  },
  click_datetime: ({ at }, zone) => zone.text(at),
  postback_datetime: (click, zone, ledger) => zone.text(ledger.conversionOf(click)?.at ?? 0),
  tid: ({ seed, offer }) => (offer === 1 ? '' : `t${seed}`),
};
/** An older version names two of them otherwise. */
const { conversion_id: event_id, postback_datetime: datetime, ...NAMED_ALIKE } = CONVERSION;
const OLD_CONVERSION = { ...NAMED_ALIKE, event_id, datetime };
const CLICK: Readonly<Record<string, Column>> = {
  ...COMMON,
  click_id: ({ seed }) => seed,
  datetime: ({ at }, zone) => zone.text(at),
};

interface Body {
  range?: { from?: unknown; to?: unknown; timezone?: unknown };
  columns?: unknown;
  filters?: unknown;
  sort?: unknown;
  limit?: unknown;
  offset?: unknown;
}
const KNOWN = ['range', 'columns', 'filters', 'sort', 'limit', 'offset'];

/** POST /conversions/log and /clicks/log: the same parameters as a report, with `columns`. */
export function buildLog(
  ledger: Ledger,
  kind: 'conversions' | 'clicks',
  body: Body | undefined,
  { old, shifting }: { old: boolean; shifting: boolean },
): Answered {
  if (typeof body !== 'object' || body === null) return json(400, { error: 'Bad request' });
  const unknown = Object.keys(body).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0)
    return refuse(Object.fromEntries(unknown.map((name) => [name, 'unknown'])));
  if (body.range === undefined && body.limit === undefined) {
    return refuse({ range: 'range or limit is required' });
  }
  const tables = { conversions: old ? OLD_CONVERSION : CONVERSION, clicks: CLICK };
  const table: Readonly<Record<string, Column | undefined>> = tables[kind];
  const subIds = old ? /^sub_id_([1-9]|10)$/ : /^sub_id_([1-9]|[12]\d|30)$/;
  const columnOf = (name: string): Column | undefined =>
    table[name] ?? (subIds.test(name) ? (click) => fieldOf(name)?.(click, '', 0) ?? '' : undefined);
  const columns = texts(body.columns);
  if (!columns || columns.length === 0) return refuse({ columns: 'is required' });
  const bad = columns.find((name) => !columnOf(name));
  if (bad) return refuse({ columns: `unknown field ${bad}` });
  if (!sortOf(body.sort)) return refuse({ sort: 'order must be ASC or DESC' });
  const { from, to, timezone } = body.range ?? {};
  if (typeof from !== 'string' || typeof to !== 'string' || !DAY.test(from) || !DAY.test(to)) {
    return refuse({ range: 'from and to must be dates' });
  }
  if (timezone !== undefined && (typeof timezone !== 'string' || !isZoneName(timezone))) {
    return refuse({ range: 'unknown timezone' });
  }
  const zone = typeof timezone === 'string' ? createZone(timezone) : ledger.zone;
  const tests: Array<(click: Click) => boolean> = [];
  for (const { name, operator, expression } of (Array.isArray(body.filters)
    ? body.filters
    : []) as Array<Record<string, unknown>>) {
    const column = columnOf(String(name));
    const matches = OPERATORS[String(operator)];
    if (!column || !matches) return refuse({ filters: `unknown ${String(name)}` });
    tests.push((click) => matches(column(click, zone, ledger) ?? '', expression));
  }
  const slice = {
    from: from.slice(0, 10),
    to: to.slice(0, 10),
    zone,
    campaign: null,
    only: (click: Click) => tests.every((test) => test(click)),
  };
  const clicks = kind === 'conversions' ? ledger.converted(slice) : ledger.clicks(slice);
  const { shown, total } = pageOf(
    clicks,
    Number(body.offset ?? 0),
    body.limit === undefined ? clicks.length : Number(body.limit),
    shifting,
  );
  return json(200, {
    rows: shown.map((click) =>
      Object.fromEntries(columns.map((name) => [name, columnOf(name)?.(click, zone, ledger)])),
    ),
    total,
  });
}
