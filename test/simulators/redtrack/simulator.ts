import {
  campaignAt,
  campaignIdOf,
  indexById,
  OFFERS,
  objectId,
  offerIdOf,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import type { Figures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, bodyJson, json } from '../server.ts';
import { type MakeContext, RATES, type TrackerSimulator } from '../start.ts';
import { campaignRows, daysIn, hasSession, pageOf, uiData, unknownIn } from '../web.ts';
import { app, LOGIN } from './ui.ts';

const idOf = campaignIdOf.redtrack;
const nameOf = (index: number) => campaignAt(index)?.names.redtrack ?? null;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** RFC 3339 with seconds and an offset. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/;

type Field = (click: Click, day: string, hour: number) => Record<string, string>;
const sourceOf = (click: Click) => campaignAt(click.campaign)?.source ?? 0;

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
const SUBS: Readonly<Record<string, 'ad' | 'sourceCampaign' | 'placement'>> = {
  sub1: 'ad',
  sub2: 'sourceCampaign',
  sub3: 'placement',
};
const subValue = (click: Click, sub: string): string => {
  const field = SUBS[sub];
  return field ? click[field] : '';
};
const groupOf = (name: string): Field | undefined =>
  GROUPS[name] ??
  (/^sub([1-9]|1\d|20)$/.test(name) ? (click) => ({ [name]: subValue(click, name) }) : undefined);

const FILTERS: Readonly<Record<string, (click: Click) => string>> = {
  campaign_id: (click) => idOf(click.campaign),
  offer_id: (click) => offerIdOf.redtrack(click.offer),
  source_id: (click) => sourceIdOf.redtrack(sourceOf(click)),
};

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

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

/** Parameters of each read; the interface description has no others. */
const REPORT_FILTERS = [
  'campaign_id',
  'source_id',
  'offer_id',
  'landing_id',
  'network_id',
  'country_code',
  'os',
  'rt_source',
  'rt_medium',
  'rt_campaign',
  'rt_adgroup',
  'rt_ad',
  'rt_placement',
  'rt_keyword',
  ...Array.from({ length: 20 }, (_, index) => `sub${index + 1}`),
];
const DATES = ['date_from', 'date_to', 'timezone', 'tz', 'page', 'per', 'api_key'];
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  '/report': [...DATES, ...REPORT_FILTERS, 'group', 'sortby', 'direction', 'total', 'tracks_view'],
  '/conversions': [
    ...DATES,
    'campaign_id',
    'offer_id',
    'source_id',
    'network_id',
    'country_code',
    'clickid',
  ],
  '/tracks': [...DATES, 'campaign_id', 'clickid'],
  '/campaigns': [...DATES, 'title', 'ids', 'sources', 'status', 'tags', 'total_stat'],
  '/sources': [...DATES, 'title', 'ids'],
  '/offers': [...DATES, 'title', 'ids', 'status'],
  '/landings': [...DATES, 'title', 'ids', 'status'],
};

const LIMITS = { report: { most: 20, ms: 60_000 }, cost: { most: 1, ms: 60_000 } } as const;

export function redtrackSimulator({
  ledger,
  apiKey,
  options,
  modes,
}: MakeContext): TrackerSimulator {
  const indexOf = indexById(ledger.options.campaigns, idOf);
  let states = new Map<number, number>();
  let loggedIn = options.loggedIn ?? true;
  const limited = options.limits ?? true;
  let clock = 0;
  let calls: Record<keyof typeof LIMITS, number[]> = { report: [], cost: [] };
  const started = performance.now();
  const time = () => performance.now() - started + clock;

  /** `{"error"}` today, `{"errors":[…]}` in the old document. */
  const refuse = (status: number, error: string): Answered =>
    json(status, modes.has('old') ? { errors: [error] } : { error });

  const overLimit = (name: keyof typeof LIMITS): Answered | null => {
    if (!limited) return null;
    const { most, ms } = LIMITS[name];
    const at = time();
    const recent = calls[name].filter((call) => call > at - ms);
    calls = { ...calls, [name]: [...recent, at] };
    if (recent.length < most) return null;
    const wait = Math.ceil(((recent[0] ?? at) + ms - at) / 1000);
    return {
      ...json(429, { error: 'Too many requests' }),
      headers: { 'Retry-After': String(wait), 'Content-Type': 'application/json' },
    };
  };

  const report = (query: URLSearchParams): Answered => {
    const over = overLimit('report');
    if (over) return over;
    const groups = (query.get('group') ?? '').split(',').filter((name) => name !== '');
    if (groups.length === 0) return refuse(400, 'group is required');
    if (groups.some((name) => !groupOf(name))) return refuse(500, 'Problem with loading report');
    const [from, to] = [query.get('date_from') ?? '', query.get('date_to') ?? ''];
    if (!DAY.test(from) || !DAY.test(to)) return refuse(400, 'Wrong dates');
    const zoneName = query.get('timezone') ?? query.get('tz') ?? ledger.options.zone;
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
    const rows = ledger.remembered(`${question}`, () => {
      const figures = ledger.group(
        {
          from,
          to,
          zone: createZone(zoneName),
          campaign: null,
          only: (click) => tests.every((test) => test(click)),
        },
        (click, day, hour) =>
          JSON.stringify(
            Object.assign({}, ...groups.map((name) => groupOf(name)?.(click, day, hour))),
          ),
      );
      return [...figures]
        .map(([key, of]) => ({ ...(JSON.parse(key) as Record<string, string>), ...reportRow(of) }))
        .sort((a, b) => b.clicks - a.clicks);
    });
    const { shown, total } = pageOf(rows, (page - 1) * per, per, modes.has('shifting'));
    return json(200, query.get('total') === 'true' ? { items: shown, total } : shown);
  };

  const setCost = (query: URLSearchParams): Answered => {
    const over = overLimit('cost');
    if (over) return over;
    const [from, to] = [query.get('time_from') ?? '', query.get('time_to') ?? ''];
    if (!INSTANT.test(from) || !INSTANT.test(to)) return refuse(400, 'Wrong time');
    const campaign = indexOf(query.get('campaign_id') ?? '');
    if (campaign < 0) return refuse(400, 'Wrong campaign_id');
    const cost = Number(query.get('cost') ?? Number.NaN);
    if (!Number.isFinite(cost) || cost < 0) return refuse(400, 'Wrong cost');
    const currency = query.get('currency') ?? ledger.options.currency;
    const rate = RATES[currency];
    if (rate === undefined) return refuse(400, 'Wrong currency');
    const [sub, value] = [query.get('sub_name'), query.get('sub_value')];
    if ((sub === null) !== (value === null))
      return refuse(400, 'sub_name and sub_value go together');
    const [start, end] = [Date.parse(from), Date.parse(to) + 1000];
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const clicks = ledger.clicks({
      from: day(start - 86_400_000),
      to: day(end + 86_400_000),
      zone: ledger.zone,
      campaign,
      only: (click) =>
        click.at >= start &&
        click.at < end &&
        (sub === null || subValue(click, sub) === value) &&
        (!query.get('country_code') || click.country === query.get('country_code')),
    });
    ledger.spread(clicks, (cost / rate) * ledger.options.rate);
    // Success of writes is an empty body.
    return { status: 200, body: '' };
  };

  const paged = (query: URLSearchParams, rows: readonly object[], most: number): Answered => {
    const per = Number(query.get('per') ?? '100');
    const page = Number(query.get('page') ?? '1');
    if (!(per >= 1 && per <= most) || !(page >= 1)) return refuse(400, 'Wrong page');
    return json(200, pageOf(rows, (page - 1) * per, per, modes.has('shifting')).shown);
  };

  const daysOf = (query: URLSearchParams) => {
    const today = ledger.zone.local(ledger.options.clock ?? Date.now()).day;
    const [from, to] = [query.get('date_from') ?? today, query.get('date_to') ?? today];
    const zone = query.get('timezone') ?? query.get('tz') ?? ledger.options.zone;
    return DAY.test(from) && DAY.test(to) && isZoneName(zone)
      ? { from, to, zone: createZone(zone) }
      : null;
  };
  const subsOf = (click: Click) =>
    Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `sub${index + 1}`,
        subValue(click, `sub${index + 1}`),
      ]),
    );
  const wanted = (query: URLSearchParams) => (click: Click) =>
    (!query.get('campaign_id') || idOf(click.campaign) === query.get('campaign_id')) &&
    (!query.get('clickid') || click.id === query.get('clickid')) &&
    (!query.get('country_code') || click.country === query.get('country_code'));

  const STATUS: Readonly<Record<string, string>> = {
    sale: 'approved',
    lead: 'pending',
    hold: 'pending',
    rejected: 'declined',
  };
  const conversions = (query: URLSearchParams): Answered => {
    const days = daysOf(query);
    if (!days) return refuse(400, 'Wrong dates');
    const per = Number(query.get('per') ?? '100');
    const page = Number(query.get('page') ?? '1');
    if (!(per >= 1 && per <= 10_000) || !(page >= 1)) return refuse(400, 'Wrong page');
    const rows = ledger
      .converted({ ...days, campaign: null, only: wanted(query) })
      .map((click) => ({
        id: objectId(`conversion${click.id}`),
        clickid: click.id,
        campaign: nameOf(click.campaign),
        campaign_id: idOf(click.campaign),
        offer: OFFERS[click.offer]?.name,
        offer_id: offerIdOf.redtrack(click.offer),
        source: SOURCES[sourceOf(click)]?.name,
        country: click.country,
        ...(modes.has('old')
          ? { created_at: new Date(click.conversion.at).toISOString() }
          : {
              type: 'Conversion',
              status: STATUS[click.conversion.status],
              currency: ledger.options.currency,
              track_time: new Date(click.at).toISOString(),
              conv_time: new Date(click.conversion.at).toISOString(),
              external_id: '',
              ...subsOf(click),
            }),
        payout: rounded(ledger.payoutOf(click)),
      }));
    const { shown, total } = pageOf(rows, (page - 1) * per, per, modes.has('shifting'));
    // A bare list in the old document, with the total now.
    return json(200, modes.has('old') ? shown : { items: shown, total });
  };

  const tracks = (query: URLSearchParams): Answered => {
    const days = daysOf(query);
    if (!days) return refuse(400, 'Wrong dates');
    const rows = ledger.clicks({ ...days, campaign: null, only: wanted(query) }).map((click) => ({
      id: click.id,
      campaign: nameOf(click.campaign),
      campaign_id: idOf(click.campaign),
      country: click.country,
      cost: rounded(ledger.costOf(click)),
      created_at: new Date(click.at).toISOString(),
      ...subsOf(click),
    }));
    return paged(query, rows, 10_000);
  };

  const upload = (asked: Asked): Answered => {
    const body = bodyJson(asked);
    if (!Array.isArray(body)) return refuse(400, 'Wrong body');
    for (const entry of body as Array<Record<string, unknown>>) {
      const { clickid, payout, created_at: at } = entry;
      if (typeof clickid !== 'string' || clickid === '') return refuse(400, 'clickid is required');
      if (payout !== undefined && typeof payout !== 'number') return refuse(400, 'Wrong payout');
      const conversion = {
        at: typeof at === 'string' ? Date.parse(at) : Date.now(),
        status: 'sale' as const,
        payout: payout ?? 0,
      };
      if (!ledger.upload(clickid, conversion)) return refuse(404, `Click ${clickid} not found`);
    }
    return { status: 201, body: '' };
  };

  const setStatus = (query: URLSearchParams): Answered => {
    const status = Number(query.get('status'));
    const indexes = (query.get('ids') ?? '').split(',').map(indexOf);
    if (![1, 2, 3].includes(status)) return refuse(400, 'Wrong status');
    if (indexes.some((index) => index < 0)) return refuse(404, 'Campaign not found');
    for (const index of indexes) states.set(index, status);
    return { status: 200, body: '' };
  };

  const api = (asked: Asked, path: string): Answered => {
    const { query, method } = asked;
    if (query.get('api_key') !== apiKey) return refuse(401, 'Unauthorized');
    const known = method === 'GET' ? PARAMETERS[path] : undefined;
    const unknown = known && unknownIn(query, known);
    if (unknown) return refuse(400, `Unknown parameter ${unknown}`);
    switch (`${method} ${path}`) {
      case 'GET /auth':
        return json(200, {
          id: objectId('me'),
          email: 'buyer@example.com',
          api_key: apiKey,
          password: '842e918e652bc3010a32e43423572aacca0e9221',
          timezone: { id: objectId('zone'), zone: ledger.options.zone, alias: '', offset: -5 },
          plan_id: 'free',
        });
      case 'GET /me/settings':
        return json(200, { currency: ledger.options.currency });
      case 'GET /report':
        return report(query);
      case 'POST /tracks/cost':
        return setCost(query);
      case 'GET /conversions':
        return conversions(query);
      case 'POST /conversions':
        return upload(asked);
      case 'GET /tracks':
        return tracks(query);
      case 'PATCH /campaigns/status':
        return setStatus(query);
      case 'GET /landings':
        return paged(query, [{ id: objectId('lander'), title: 'Main lander', status: 1 }], 1000);
      case 'GET /campaigns': {
        const ids = query.get('ids')?.split(',');
        const rows = ledger.options.campaigns.flatMap((model, index) =>
          nameOf(index) === null || (ids && !ids.includes(idOf(index)))
            ? []
            : [
                {
                  id: idOf(index),
                  serial_number: 100 + index,
                  title: nameOf(index),
                  status: states.get(index) ?? (model.active ? 1 : 2),
                  source_id: sourceIdOf.redtrack(model.source),
                  source_title: SOURCES[model.source]?.name,
                  cost_model: 'CPC',
                  cpc: model.cpc,
                  tags: null,
                },
              ],
        );
        return paged(query, rows, 100);
      }
      case 'GET /sources':
        return paged(
          query,
          SOURCES.map(({ name }, index) => ({
            id: sourceIdOf.redtrack(index),
            title: name,
            alias: name.toLowerCase(),
            currency: 'USD',
            ...(modes.has('old')
              ? {
                  sub1: '{bannerid}',
                  sub2: '{campaignid}',
                  sub3: '{zoneid}',
                  hints: { sub1: 'Banner', sub2: 'Campaign', sub3: 'Zone' },
                }
              : {
                  subs: [
                    { alias: 'sub1', hint: 'Banner', role: 'aid', value: '{bannerid}' },
                    { alias: 'sub2', hint: 'Campaign', role: 'cid', value: '{campaignid}' },
                    { alias: 'sub3', hint: 'Zone', role: 'pid', value: '{zoneid}' },
                  ],
                }),
          })),
          1000,
        );
      case 'GET /offers':
        return paged(
          query,
          OFFERS.map(({ name, payout }, index) => ({
            id: offerIdOf.redtrack(index),
            title: name,
            ...(modes.has('old') ? { payment: { amount: payout } } : { payout }),
            network_title: 'Main network',
            status: 1,
          })),
          1000,
        );
      default:
        return refuse(404, 'Not found');
    }
  };

  /** The API lives at `/api` of the app, and bare on a host that begins with `api.`. */
  const apiPath = ({ path, host }: Asked): string | null =>
    path.startsWith('/api/') ? path.slice(4) : host.startsWith('api.') ? path : null;

  return {
    isApi: (asked) => apiPath(asked) !== null,
    answer(asked) {
      const path = apiPath(asked);
      if (path !== null) return api(asked, path);
      if (asked.path === '/ui/data') {
        if (!hasSession(asked)) return json(401, {});
        return uiData(
          campaignRows(ledger, daysIn(asked.query, ledger, ['dateFrom', 'dateTo']), idOf, nameOf),
        );
      }
      if (asked.path === '/signin' || !loggedIn) return LOGIN;
      return app();
    },
    isWrite: ({ method }) => method !== 'GET',
    denied: json(403, { error: 'Unauthorized to manage the resource' }),
    reset() {
      states = new Map();
      calls = { report: [], cost: [] };
    },
    advance(ms) {
      clock += ms;
    },
    setLoggedIn(on) {
      loggedIn = on;
    },
    campaignId: idOf,
    campaignPath: (index, range) =>
      `/campaigns/report/${idOf(index)}${range ? `?dateFrom=${range.from}&dateTo=${range.to}` : ''}`,
    listPath: '/campaigns',
    loginPath: '/signin',
  };
}
