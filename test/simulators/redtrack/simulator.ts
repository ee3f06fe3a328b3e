import {
  indexById,
  OFFERS,
  objectId,
  offerIdOf,
  offerUrl,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import type { Click } from '../model/traffic.ts';
import { type Answered, type Asked, json } from '../server.ts';
import { type MakeContext, RATES, type TrackerSimulator } from '../start.ts';
import { campaignRows, daysIn, hasSession, pageOf, uiData, unknownIn } from '../web.ts';
import { conversions, tracks, upload } from './logs.ts';
import { idOf, nameOf, type Parts, SUB_NAMES, subValue } from './parts.ts';
import { report } from './report.ts';
import { app, LOGIN } from './ui.ts';

/** RFC 3339 with seconds and an offset. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/;

/** Parameters of each read; the interface description has no others. */
const REPORT_FILTERS = [
  'campaign_id',
  'source_id',
  'offer_id',
  'landing_id',
  'network_id',
  'rt_source',
  'rt_medium',
  'rt_campaign',
  'rt_adgroup',
  'rt_ad',
  'rt_placement',
  'rt_keyword',
  ...SUB_NAMES,
];
const PAGES = ['page', 'per', 'api_key'];
const DATES = [...PAGES, 'date_from', 'date_to', 'time_interval'];
const LISTED = [...DATES, 'title', 'ids', 'total_stat'];
const LOG_FILTERS = [
  'clickid',
  'country_code',
  'campaign_id',
  'source_id',
  'offer_id',
  'network_id',
  'fingerprint',
];
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  '/report': [
    ...DATES,
    ...REPORT_FILTERS,
    'timezone',
    'group',
    'sortby',
    'direction',
    'total',
    'tracks_view',
    'table_settings_name',
  ],
  '/conversions': [...DATES, ...LOG_FILTERS, 'type', 'type_role'],
  '/tracks': [...DATES, ...LOG_FILTERS],
  '/campaigns': [...LISTED, 'timezone', 'sources', 'status', 'tags'],
  '/sources': LISTED,
  '/offers': [...LISTED, 'networks', 'countries', 'status', 'tags'],
  '/landings': [...LISTED, 'type', 'tags'],
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
  // A clock that stands still is for the traffic alone.
  const time = () =>
    typeof options.clock === 'function' ? options.clock() : performance.now() - started + clock;

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

  const parts: Parts = { ledger, modes, refuse };

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
    const slice = {
      from: day(start - 86_400_000),
      to: day(end + 86_400_000),
      zone: ledger.zone,
      campaign,
      only: (click: Click) =>
        click.at >= start &&
        click.at < end &&
        (sub === null || subValue(click, sub) === value) &&
        (!query.get('country_code') || click.country === query.get('country_code')),
    };
    ledger.setCost(slice, () => (cost / rate) * ledger.options.rate);
    // Success of writes is an empty body.
    return { status: 200, body: '' };
  };

  const paged = (query: URLSearchParams, rows: readonly object[], most: number): Answered => {
    const per = Number(query.get('per') ?? '100');
    const page = Number(query.get('page') ?? '1');
    if (!(per >= 1 && per <= most) || !(page >= 1)) return refuse(400, 'Wrong page');
    return json(200, pageOf(rows, (page - 1) * per, per, modes.has('shifting')).shown);
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
        // In the old document only.
        if (!modes.has('old')) return refuse(404, 'Not found');
        return json(200, {
          id: objectId('me'),
          email: 'buyer@example.com',
          api_key: apiKey,
          password: '842e918e652bc3010a32e43423572aacca0e9221',
          timezone: { id: objectId('zone'), zone: ledger.options.zone, alias: '', offset: -5 },
          plan_id: 'free',
        });
      case 'GET /me/settings':
        return json(200, [
          {
            id: objectId('settings'),
            table_campaigns_report: {
              templates: [{ id: '1', enabled: true, columns: [{ id: 'clicks', enabled: true }] }],
            },
          },
        ]);
      case 'GET /report':
        return overLimit('report') ?? report(parts, query);
      case 'POST /tracks/cost':
        return setCost(query);
      case 'GET /conversions':
        return conversions(parts, query);
      case 'POST /conversions':
        return upload(parts, asked);
      case 'GET /tracks':
        return tracks(parts, query);
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
            url: offerUrl(index, '{clickid}'),
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
