import {
  CAMPAIGNS,
  campaignIdOf,
  OFFERS,
  objectId,
  offerIdOf,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import type { Figures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, json } from '../server.ts';
import { type MakeContext, RATES, type TrackerSimulator } from '../start.ts';
import { campaignRows, daysIn, hasSession, uiData } from '../web.ts';
import { app, LOGIN } from './ui.ts';

const idOf = campaignIdOf.redtrack;
const nameOf = (index: number) => CAMPAIGNS[index]?.names.redtrack ?? null;
const indexOf = (id: string): number => CAMPAIGNS.findIndex((_, index) => idOf(index) === id);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** RFC 3339 with seconds and an offset. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/;

type Field = (click: Click, day: string, hour: number) => Record<string, string>;
const sourceOf = (click: Click) => CAMPAIGNS[click.campaign]?.source ?? 0;

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

const LIMITS = { report: { most: 20, ms: 60_000 }, cost: { most: 1, ms: 60_000 } } as const;

export function redtrackSimulator({ ledger, apiKey, options }: MakeContext): TrackerSimulator {
  let loggedIn = options.loggedIn ?? true;
  const limited = options.limits ?? true;
  let clock = 0;
  let calls: Record<keyof typeof LIMITS, number[]> = { report: [], cost: [] };
  const started = performance.now();
  const time = () => performance.now() - started + clock;

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
    if (groups.length === 0) return json(400, { error: 'group is required' });
    if (groups.some((name) => !groupOf(name)))
      return json(500, { error: 'Problem with loading report' });
    const [from, to] = [query.get('date_from') ?? '', query.get('date_to') ?? ''];
    if (!DAY.test(from) || !DAY.test(to)) return json(400, { error: 'Wrong dates' });
    const zoneName = query.get('timezone') ?? query.get('tz') ?? ledger.options.zone;
    if (!isZoneName(zoneName)) return json(400, { error: 'Wrong timezone' });
    const per = Number(query.get('per') ?? '100');
    const page = Number(query.get('page') ?? '1');
    if (!(per >= 1 && per <= 1000) || !(page >= 1)) return json(400, { error: 'Wrong page' });
    const tests = [...query].flatMap(([name, value]) => {
      const field =
        FILTERS[name] ?? (/^sub\d+$/.test(name) ? (click: Click) => subValue(click, name) : null);
      const wanted = new Set(value.split(','));
      return field ? [(click: Click) => wanted.has(field(click))] : [];
    });
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
    const rows = [...figures]
      .map(([key, of]) => ({ ...(JSON.parse(key) as Record<string, string>), ...reportRow(of) }))
      .sort((a, b) => b.clicks - a.clicks);
    const shown = rows.slice((page - 1) * per, page * per);
    return json(200, query.get('total') === 'true' ? { items: shown, total: rows.length } : shown);
  };

  const setCost = (query: URLSearchParams): Answered => {
    const over = overLimit('cost');
    if (over) return over;
    const [from, to] = [query.get('time_from') ?? '', query.get('time_to') ?? ''];
    if (!INSTANT.test(from) || !INSTANT.test(to)) return json(400, { error: 'Wrong time' });
    const campaign = indexOf(query.get('campaign_id') ?? '');
    if (campaign < 0) return json(400, { error: 'Wrong campaign_id' });
    const cost = Number(query.get('cost') ?? Number.NaN);
    if (!Number.isFinite(cost) || cost < 0) return json(400, { error: 'Wrong cost' });
    const currency = query.get('currency') ?? ledger.options.currency;
    const rate = RATES[currency];
    if (rate === undefined) return json(400, { error: 'Wrong currency' });
    const [sub, value] = [query.get('sub_name'), query.get('sub_value')];
    if ((sub === null) !== (value === null))
      return json(400, { error: 'sub_name and sub_value go together' });
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
    const per = Math.min(Number(query.get('per') ?? '100'), most);
    const page = Number(query.get('page') ?? '1');
    return json(200, rows.slice((page - 1) * per, page * per));
  };

  const api = (asked: Asked, path: string): Answered => {
    const { query, method } = asked;
    if (query.get('api_key') !== apiKey) return json(401, { error: 'Unauthorized' });
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
      case 'GET /campaigns':
        return paged(
          query,
          CAMPAIGNS.flatMap((model, index) =>
            nameOf(index) === null
              ? []
              : [
                  {
                    id: idOf(index),
                    serial_number: 100 + index,
                    title: nameOf(index),
                    status: model.active ? 1 : 2,
                    source_id: sourceIdOf.redtrack(model.source),
                    source_title: SOURCES[model.source]?.name,
                    cost_model: 'CPC',
                    cpc: model.cpc,
                    tags: null,
                  },
                ],
          ),
          100,
        );
      case 'GET /sources':
        return paged(
          query,
          SOURCES.map(({ name }, index) => ({
            id: sourceIdOf.redtrack(index),
            title: name,
            alias: name.toLowerCase(),
            currency: 'USD',
            subs: [
              { alias: 'sub1', hint: 'Banner', role: 'aid', value: '{bannerid}' },
              { alias: 'sub2', hint: 'Campaign', role: 'cid', value: '{campaignid}' },
              { alias: 'sub3', hint: 'Zone', role: 'pid', value: '{zoneid}' },
            ],
          })),
          1000,
        );
      case 'GET /offers':
        return paged(
          query,
          OFFERS.map(({ name, payout }, index) => ({
            id: offerIdOf.redtrack(index),
            title: name,
            payout,
            status: 1,
          })),
          1000,
        );
      default:
        return json(404, { error: 'Not found' });
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
    reset() {
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
