import type { Figures, Ledger } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, json } from '../server.ts';
import { pageOf, unknownIn } from '../web.ts';
import { DAY, daysIn, idOf, listIn, offerObject, PAGING, pagination, refuse } from './parts.ts';

type Field = (click: Click, day: string, hour: number) => Record<string, unknown>;
/**
 * API 3.0, slices; those of admins are refused to an affiliate's key. Each stands for itself: `day` is
 * the day of the month, `month` the month of any year.
 */
const SLICES: Readonly<Record<string, Field>> = {
  hour: (_, __, hour) => ({ hour }),
  day: (_, day) => ({ day: Number(day.slice(8, 10)) }),
  month: (_, day) => ({ month: Number(day.slice(5, 7)) }),
  quarter: (_, day) => ({ quarter: Math.ceil(Number(day.slice(5, 7)) / 3) }),
  year: (_, day) => ({ year: Number(day.slice(0, 4)) }),
  offer: (click) => ({ offer: offerObject(click.offer) }),
  country: (click) => ({ country: click.country }),
  os: (click) => ({ os: click.os }),
  device: (click) => ({ device: click.device }),
  browser: (click) => ({ browser: click.browser }),
  sub1: (click) => ({ sub1: click.id }),
  sub2: (click) => ({ sub2: click.sourceCampaign }),
  sub3: (click) => ({ sub3: click.placement }),
};
/** What the buyer passes in `sub4` of an offer's link, if anything. */
export type CampaignSub = ((campaign: number) => string) | null;

const fieldOf = (name: string, campaignSub: CampaignSub): Field | undefined =>
  name === 'sub4' && campaignSub
    ? (click) => ({ sub4: campaignSub(click.campaign) })
    : SLICES[name];

for (const slice of [
  'city',
  'conn_type',
  'isp',
  'goal',
  'landing',
  'sub4',
  'sub5',
  'sub6',
  'sub7',
  'sub8',
]) {
  Object.assign(SLICES, { [slice]: () => ({ [slice]: '' }) });
}
const ADMIN_SLICES = ['advertiser', 'affiliate', 'manager', 'smart_id'];
/** API 3.0, parameters of each call; `[]` where they are lists. */
const FILTERS = [
  'offer',
  'country',
  'os',
  'goal',
  'device',
  'currency',
  'advertiser',
  'manager',
  'partner',
  'smart_id',
  'sub1',
  'sub2',
  'sub3',
  'sub4',
  'sub5',
  'sub6',
  'sub7',
  'sub8',
];
const CUSTOM_PARAMETERS = [
  ...PAGING,
  'slice[]',
  'fields[]',
  'conversionTypes[]',
  'order[]',
  'orderType',
  'locale',
  'filter[date_from]',
  'filter[date_to]',
  'filter[nonzero]',
  ...FILTERS.flatMap((name) => [`filter[${name}]`, `filter[${name}][]`]),
];

const TYPES = ['total', 'confirmed', 'pending', 'declined', 'hold'];

/** "About 6 months" a question; nothing is told of a longer one. */
const MOST_DAYS = 184;

/** Traffic is text, actions are a tree; "1:NaN" where nothing converted. */
function statRow(
  slice: Record<string, unknown>,
  figures: Figures,
  types: readonly string[],
  currency: string,
) {
  const { sales, leads, hold, rejected, conversions, revenue } = figures;
  const each = conversions > rejected ? revenue / (conversions - rejected) : 0;
  const part = (count: number) => ({
    revenue: Math.round(count * each * 10_000) / 10_000,
    charge: 0,
    earning: 0,
    null: 0,
    count,
  });
  const all: Record<string, object> = {
    total: part(conversions),
    confirmed: part(sales),
    pending: part(leads),
    declined: part(rejected),
    hold: part(hold),
  };
  return {
    slice,
    traffic: { raw: String(figures.clicks), uniq: String(figures.uniqueClicks) },
    actions: Object.fromEntries(types.map((type) => [type, all[type]])),
    views: 0,
    ctr: 0,
    ecpm: 0,
    epc: figures.clicks ? revenue / figures.clicks : 0,
    ratio: conversions > 0 ? `1:${Math.round(figures.clicks / conversions)}` : '1:NaN',
    currency,
  };
}

/** GET /3.0/stats/custom. */
export function custom(
  ledger: Ledger,
  query: URLSearchParams,
  {
    admin,
    old,
    shifting,
    campaignSub,
  }: { admin: boolean; old: boolean; shifting: boolean; campaignSub: CampaignSub },
): Answered {
  const field = (name: string) => fieldOf(name, campaignSub);
  const parameter = unknownIn(query, CUSTOM_PARAMETERS);
  if (parameter) return refuse(400, `Unknown parameter ${parameter}`);
  const slices = listIn(query, 'slice');
  if (slices.length === 0) return refuse(400, 'slice is required');
  const forbidden = admin ? undefined : slices.find((name) => ADMIN_SLICES.includes(name));
  if (forbidden) return refuse(403, `Slice ${forbidden} is not allowed`);
  const unknown = slices.find((name) => !field(name) && !ADMIN_SLICES.includes(name));
  if (unknown) return refuse(400, `Unknown slice ${unknown}`);
  const [from, to] = [query.get('filter[date_from]') ?? '', query.get('filter[date_to]') ?? ''];
  if (!DAY.test(from) || !DAY.test(to)) return refuse(400, 'date_from and date_to are required');
  const zoneName = query.get('timezone') ?? ledger.options.zone;
  if (!isZoneName(zoneName)) return refuse(400, 'Wrong timezone');
  const types = listIn(query, 'conversionTypes');
  const wrongType = types.find((type) => !TYPES.includes(type));
  if (wrongType) return refuse(400, `Unknown conversion type ${wrongType}`);
  const limit = Number(query.get('limit') ?? '100');
  const page = Number(query.get('page') ?? '1');
  if (!(limit >= 1 && limit <= 500) || !(page >= 1)) return refuse(400, 'Wrong page or limit');

  const currencies = listIn(query, 'filter[currency]');
  const offers = listIn(query, 'filter[offer]');
  const countries = listIn(query, 'filter[country]');
  const subs = Array.from({ length: 8 }, (_, at) => {
    const name = `sub${at + 1}`;
    return [name, listIn(query, `filter[${name}]`)] as const;
  });
  const wanted = (click: Click): boolean =>
    (offers.length === 0 || offers.includes(idOf(click.offer))) &&
    (countries.length === 0 || countries.includes(click.country)) &&
    subs.every(
      ([name, values]) =>
        values.length === 0 || values.includes(String(field(name)?.(click, '', 0)[name])),
    );
  const converted = currencies.length === 0 || currencies.includes(ledger.options.currency);
  const told = converted && daysIn(from, to) <= MOST_DAYS;
  const question = new URLSearchParams(query);
  question.delete('page');
  const rows = ledger.remembered(`${question}`, () => {
    const groups = told
      ? ledger.group(
          { from, to, zone: createZone(zoneName), campaign: null, only: wanted },
          (click, day, hour) =>
            JSON.stringify(
              Object.assign({}, ...slices.map((name) => field(name)?.(click, day, hour))),
            ),
        )
      : new Map<string, Figures>();
    const nonzero = query.get('filter[nonzero]') === '1';
    return [...groups]
      .filter(([, figures]) => !nonzero || figures.conversions > 0)
      .map(([key, figures]) =>
        statRow(
          JSON.parse(key),
          // A filter by currency drops the clicks: they have none.
          currencies.length === 0 ? figures : { ...figures, clicks: 0, uniqueClicks: 0 },
          types.length === 0 ? TYPES : types,
          ledger.options.currency,
        ),
      );
  });
  const { shown, total } = pageOf(rows, (page - 1) * limit, limit, shifting);
  return json(200, { status: 1, stats: shown, pagination: pagination(limit, page, total, old) });
}
