import { CAMPAIGNS, OFFERS, objectId, offerIdOf } from '../model/campaigns.ts';
import { type Figures, type Ledger, noFigures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, json } from '../server.ts';
import type { MakeContext, TrackerSimulator } from '../start.ts';
import { daysIn, hasSession, type UiRow, uiData } from '../web.ts';
import { app, LOGIN } from './ui.ts';

const API = '/3.0';
const idOf = offerIdOf.affise;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const refuse = (status: number, error: string): Answered => json(status, { status: 2, error });

type Field = (click: Click, day: string, hour: number) => Record<string, unknown>;
const offerObject = (index: number) => ({
  id: Number(idOf(index)),
  offer_id: objectId(`offer${index}`),
  title: OFFERS[index]?.name ?? '',
});

/** API 3.0, slices; those of admins are refused to an affiliate's key. */
const SLICES: Readonly<Record<string, Field>> = {
  hour: (_, day, hour) => ({ ...dayParts(day), hour }),
  day: (_, day) => dayParts(day),
  month: (_, day) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) }),
  offer: (click) => ({ offer: offerObject(click.offer) }),
  country: (click) => ({ country: click.country }),
  os: (click) => ({ os: click.os }),
  device: (click) => ({ device: click.device }),
  browser: (click) => ({ browser: click.browser }),
  sub1: (click) => ({ sub1: click.id }),
  sub2: (click) => ({ sub2: click.sourceCampaign }),
  sub3: (click) => ({ sub3: click.placement }),
};
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
const TYPES = ['total', 'confirmed', 'pending', 'declined', 'hold', 'not_found'];

function dayParts(day: string) {
  const [year, month, date] = day.split('-').map(Number);
  return { year, month, day: date };
}

/** Values of an array parameter in its spellings: `slice[]`, `slice[0]`, `slice`. */
const listIn = (query: URLSearchParams, name: string): string[] =>
  [...query].flatMap(([key, value]) =>
    key === name || (key.startsWith(`${name}[`) && /^\d*\]$/.test(key.slice(name.length + 1)))
      ? [value]
      : [],
  );

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
    not_found: part(0),
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
function custom(ledger: Ledger, query: URLSearchParams): Answered {
  const slices = listIn(query, 'slice');
  if (slices.length === 0) return refuse(400, 'slice is required');
  const admin = slices.find((name) => ADMIN_SLICES.includes(name));
  if (admin) return refuse(403, `Slice ${admin} is not allowed`);
  const unknown = slices.find((name) => !SLICES[name]);
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
  const subs = ['sub1', 'sub2', 'sub3'].map(
    (name) => [name, listIn(query, `filter[${name}]`)] as const,
  );
  const wanted = (click: Click): boolean =>
    (offers.length === 0 || offers.includes(idOf(click.offer))) &&
    (countries.length === 0 || countries.includes(click.country)) &&
    subs.every(
      ([name, values]) =>
        values.length === 0 || values.includes(String(SLICES[name]?.(click, '', 0)[name])),
    );
  const shown = currencies.length === 0 || currencies.includes(ledger.options.currency);
  const groups = shown
    ? ledger.group(
        { from, to, zone: createZone(zoneName), campaign: null, only: wanted },
        (click, day, hour) =>
          JSON.stringify(
            Object.assign({}, ...slices.map((name) => SLICES[name]?.(click, day, hour))),
          ),
      )
    : new Map<string, Figures>();
  const nonzero = query.get('filter[nonzero]') === '1';
  const rows = [...groups]
    .filter(([, figures]) => !nonzero || figures.conversions > 0)
    .map(([key, figures]) =>
      statRow(
        JSON.parse(key),
        figures,
        types.length === 0 ? TYPES : types,
        ledger.options.currency,
      ),
    );
  return json(200, {
    status: 1,
    stats: rows.slice((page - 1) * limit, page * limit),
    pagination: { per_page: limit, total_count: rows.length, page },
  });
}

function offers(query: URLSearchParams): Answered {
  const limit = Number(query.get('limit') ?? '100');
  const page = Number(query.get('page') ?? '1');
  if (!(limit >= 1 && limit <= 500) || !(page >= 1)) return refuse(400, 'Wrong page or limit');
  const rows = OFFERS.map(({ payout }, index) => ({
    ...offerObject(index),
    status: 'active',
    payments: [{ revenue: payout, currency: 'usd', type: 'fixed' }],
    caps: [],
  }));
  return json(200, {
    status: 1,
    offers: rows.slice((page - 1) * limit, page * limit),
    pagination: { per_page: limit, total_count: rows.length, page },
  });
}

export function affiseSimulator({ ledger, apiKey, options }: MakeContext): TrackerSimulator {
  let loggedIn = options.loggedIn ?? true;

  const api = (asked: Asked): Answered => {
    const { query, method } = asked;
    const key = asked.headers['api-key'] ?? query.get('API-Key');
    if (!key) return refuse(401, 'API-Key is required');
    if (key !== apiKey) return refuse(403, 'Access denied');
    const path = asked.path.slice(API.length);
    if (path.startsWith('/admin/')) return refuse(403, 'Access denied');
    const offer = /^\/offer\/(\w+)$/.exec(path)?.[1];
    if (method === 'GET' && offer) {
      const index = OFFERS.findIndex((_, at) => idOf(at) === offer);
      return index < 0
        ? refuse(404, 'Offer not found')
        : json(200, { status: 1, offer: offerObject(index) });
    }
    switch (`${method} ${path}`) {
      case 'GET /stats/custom':
        return custom(ledger, query);
      case 'GET /offers':
      case 'GET /partner/offers':
        return offers(query);
      case 'GET /balance':
        return json(200, {
          status: 1,
          balance: { USD: { balance: '1204.10', hold: '88.00', available: '1116.10' } },
        });
      default:
        return refuse(404, 'Not found');
    }
  };

  const uiRows = (query: URLSearchParams): UiRow[] => {
    const range = daysIn(query, ledger, ['date_from', 'date_to']);
    const groups = ledger.group({ ...range, zone: ledger.zone, campaign: null }, (click) =>
      String(click.offer),
    );
    return OFFERS.map(({ name }, index) => ({
      id: idOf(index),
      name,
      figures: groups.get(String(index)) ?? noFigures(),
    }));
  };

  return {
    isApi: ({ path }) => path.startsWith(`${API}/`),
    answer(asked) {
      const { path, query } = asked;
      if (path.startsWith(`${API}/`)) return api(asked);
      if (path === '/ui/data') return hasSession(asked) ? uiData(uiRows(query)) : json(401, {});
      if (path.startsWith('/v2/sign/') || !loggedIn) return LOGIN;
      if (path === '/' || path.startsWith('/v2')) return app();
      return { status: 404, body: 'Not found' };
    },
    reset() {},
    advance() {},
    setLoggedIn(on) {
      loggedIn = on;
    },
    // A network knows offers, not campaigns: the first offer of the campaign.
    campaignId: (index) => idOf(CAMPAIGNS[index]?.offers[0] ?? 0),
    campaignPath: (index) => `/v2/offers/${idOf(CAMPAIGNS[index]?.offers[0] ?? 0)}`,
    listPath: '/v2/offers',
    loginPath: '/v2/sign/in',
  };
}
