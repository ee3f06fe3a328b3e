import { campaignAt, campaignIdOf, OFFERS, objectId, offerLink } from '../model/campaigns.ts';
import { noFigures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, json } from '../server.ts';
import type { MakeContext, TrackerSimulator } from '../start.ts';
import { hasSession, pageOf, daysIn as shownDays, type UiRow, uiData, unknownIn } from '../web.ts';
import { importConversions } from './import.ts';
import {
  DAY,
  daysIn,
  idOf,
  listIn,
  offerObject,
  PAGING,
  pagination,
  refuse,
  STATUSES,
} from './parts.ts';
import { custom } from './stats.ts';
import { app, LOGIN } from './ui.ts';

/** Versions live side by side. */
const API = /^\/(3\.0|3\.1|4\.0)\//;

/** How far back the logs go. */
const CLICK_DAYS = 7;
const CONVERSION_DAYS = 365;

const OFFER_PARAMETERS = [
  ...PAGING,
  'q',
  'ids[]',
  'int_id[]',
  'countries[]',
  'os[]',
  'categories[]',
  'sort[id]',
  'sort[title]',
];
/** States of offers, which an administrator's list takes; without any it has the active ones. */
const OFFER_STATES = ['active', 'stopped', 'suspended'];
const LOG_PARAMETERS = [
  ...PAGING,
  'date_from',
  'date_to',
  'hour',
  'offer[]',
  'country[]',
  'partner[]',
  'status[]',
  'action_id',
  'clickid',
  'goal',
  'update_from_date',
  'update_from_hour',
  ...['1', '2', '3', '4', '5'].map((n) => `subid${n}`),
];

const POSTBACK_PARAMETERS = [
  ...PAGING.filter((name) => name !== 'timezone'),
  'date_from',
  'date_to',
  'offer[]',
  'partner[]',
  'goal',
  'status',
  'http_code',
];

/** Caps of offers by their index, as the document shows them. */
const CAPS: Readonly<Record<number, object>> = {
  2: {
    caps: [
      { period: 'day', type: 'conversions', value: 5, goal_type: 'all', goals: {} },
      { period: 'month', type: 'budget', value: 100_000, goal_type: 'each', goals: [] },
    ],
    caps_status: ['confirmed', 'pending', 'hold'],
  },
};

/** What the buyer's tracker passed: its click id, the source's campaign, the placement. */
const subsOf = (click: Click): string[] => [
  click.id,
  click.sourceCampaign,
  click.placement,
  '',
  '',
];

/** To an administrator the last offer is stopped; an affiliate sees those that run. */
const stateOf = (index: number, admin: boolean): string =>
  admin && index === OFFERS.length - 1 ? 'stopped' : 'active';

function offers(
  query: URLSearchParams,
  { admin, old }: { admin: boolean; old: boolean },
): Answered {
  const parameter = unknownIn(query, [...OFFER_PARAMETERS, ...(admin ? ['status[]'] : [])]);
  const states = query.has('status[]') ? query.getAll('status[]') : ['active'];
  if (states.some((state) => !OFFER_STATES.includes(state))) return refuse(400, 'Wrong status');
  if (parameter) return refuse(400, `Unknown parameter ${parameter}`);
  const limit = Number(query.get('limit') ?? '100');
  const page = Number(query.get('page') ?? '1');
  if (!(limit >= 1 && limit <= 500) || !(page >= 1)) return refuse(400, 'Wrong page or limit');
  const rows = OFFERS.map(({ payout }, index) => ({
    ...offerObject(index),
    ...(admin ? {} : { link: offerLink(index) }),
    status: stateOf(index, admin),
    payments: [{ revenue: payout, currency: 'usd', type: 'fixed' }],
    ...(CAPS[index] ?? { caps: [] }),
  })).filter(({ status }) => states.includes(status));
  return json(200, {
    status: 1,
    offers: rows.slice((page - 1) * limit, page * limit),
    pagination: pagination(limit, page, rows.length, old),
  });
}

export function affiseSimulator({ ledger, apiKey, options, modes }: MakeContext): TrackerSimulator {
  let loggedIn = options.loggedIn ?? true;
  /** An administrator's key beside the affiliate's. */
  const adminKey = `${apiKey}admin`;
  const old = () => modes.has('old');

  const windowOf = (query: URLSearchParams) => {
    const [from, to] = [query.get('date_from') ?? '', query.get('date_to') ?? ''];
    const zone = query.get('timezone') ?? ledger.options.zone;
    return DAY.test(from) && DAY.test(to) && isZoneName(zone)
      ? { from, to, zone: createZone(zone) }
      : null;
  };
  const log = (
    query: URLSearchParams,
    kind: 'conversions' | 'clicks',
    admin: boolean,
  ): Answered => {
    const parameter = unknownIn(query, LOG_PARAMETERS);
    if (parameter) return refuse(400, `Unknown parameter ${parameter}`);
    const window = windowOf(query);
    if (!window) return refuse(400, 'date_from and date_to are required');
    const limit = Number(query.get('limit') ?? '100');
    const page = Number(query.get('page') ?? '1');
    if (!(limit >= 1 && limit <= 500) || !(page >= 1)) return refuse(400, 'Wrong page or limit');
    const offers = listIn(query, 'offer');
    const clickid = query.get('clickid');
    const slice = {
      ...window,
      campaign: null,
      only: (click: Click) =>
        (offers.length === 0 || offers.includes(idOf(click.offer))) &&
        (clickid === null || objectId(click.id) === clickid) &&
        subsOf(click).every((sub, at) => [null, sub].includes(query.get(`subid${at + 1}`))),
    };
    const common = (click: Click) => ({
      id: objectId(click.id),
      cbid: objectId(click.id),
      offer: offerObject(click.offer),
      country: click.country,
      ...Object.fromEntries(subsOf(click).map((sub, at) => [`sub${at + 1}`, sub])),
    });
    const today = window.zone.local(ledger.now()).day;
    const told =
      kind === 'clicks'
        ? daysIn(window.from, today) <= CLICK_DAYS
        : daysIn(window.from, window.to) <= CONVERSION_DAYS;
    const rows: readonly object[] = !told
      ? []
      : kind === 'clicks'
        ? ledger.clicks(slice).map((click) => ({
            ...common(click),
            uniq: click.unique ? 1 : 0,
            created_at: window.zone.text(click.at),
          }))
        : ledger.converted(slice).map((click) => {
            const [number, word] = STATUSES[click.conversion.status] ?? [4, 'not_found'];
            return {
              ...common(click),
              conversion_id: objectId(`conversion${click.id}`),
              action_id: objectId(`action${click.id}`),
              clickid: objectId(click.id),
              // A number by the documents, its name in newer versions.
              status: old() ? number : word,
              payouts: Math.round(ledger.payoutOf(click) * 1e4) / 1e4,
              ...(admin ? { revenue: Math.round(ledger.payoutOf(click) * 1.2e4) / 1e4 } : {}),
              currency: ledger.options.currency,
              click_time: window.zone.text(click.at),
              created_at: window.zone.text(click.conversion.at),
              is_paid: '1',
              goal: '',
              ...(admin ? { partner: { id: 2, name: 'Buyer' } } : {}),
            };
          });
    const { shown, total } = pageOf(rows, (page - 1) * limit, limit, modes.has('shifting'));
    return json(200, {
      status: 1,
      [kind]: shown,
      pagination: pagination(limit, page, total, old()),
    });
  };

  /** GET /3.0/stats/affiliatepostbacks: a call each conversion; days of the platform's own zone. */
  const postbacks = (query: URLSearchParams): Answered => {
    const parameter = unknownIn(query, POSTBACK_PARAMETERS);
    if (parameter) return refuse(400, `Unknown parameter ${parameter}`);
    const window = windowOf(query);
    if (!window) return refuse(400, 'date_from and date_to are required');
    const limit = Number(query.get('limit') ?? '100');
    const page = Number(query.get('page') ?? '1');
    if (!(limit >= 1 && limit <= 500) || !(page >= 1)) return refuse(400, 'Wrong page or limit');
    const offers = listIn(query, 'offer');
    const only = (click: Click) => offers.length === 0 || offers.includes(idOf(click.offer));
    const rows = ledger
      .converted({ ...window, campaign: null, only })
      .map((click, index) => ({
        _id: { $id: objectId(`postback${click.id}`) },
        _get: null,
        _post: null,
        date: { sec: Math.floor(click.conversion.at / 1000), usec: 662_000 },
        pid: 2,
        lead_id: objectId(`conversion${click.id}`),
        // Some trackers do not know the click, or are not there at all.
        http_code: index % 9 === 4 ? 404 : index % 9 === 7 ? 0 : 200,
        postback_url: `https://t.example.com/postback?cid=${click.id}`,
        offer_id: offerObject(click.offer).offer_id,
        job_id: objectId(`job${click.id}`),
        goal: '1',
        status: STATUSES[click.conversion.status]?.[0] ?? 4,
      }))
      .filter(({ http_code: code }) => [null, String(code)].includes(query.get('http_code')));
    const { shown, total } = pageOf(rows, (page - 1) * limit, limit, modes.has('shifting'));
    return json(200, {
      status: 1,
      postbacks: shown,
      pagination: pagination(limit, page, total, old()),
    });
  };

  /** A user's own data; an administrator is no partner. */
  const user = (admin: boolean) => ({
    id: objectId(admin ? 'manager' : 'affiliate'),
    email: admin ? 'manager@example.com' : 'buyer@example.com',
    api_key: admin ? adminKey : apiKey,
    timezone: null,
    type: admin ? 'common_manager' : 'affiliate',
    permissions: { stats: { 'conversions-import': { level: 'write' } } },
  });

  const api = (asked: Asked): Answered => {
    const { query, method } = asked;
    const key = asked.headers['api-key'] ?? query.get('API-Key');
    if (!key) return refuse(401, 'API-Key is required');
    const admin = key === adminKey;
    if (key !== apiKey && !admin) return refuse(403, 'Access denied');
    const { path } = asked;
    if (path.startsWith('/3.0/admin/') && !admin) return refuse(403, 'Access denied');
    const offer = /^\/3\.0\/offer\/(\w+)$/.exec(path)?.[1];
    if (method === 'GET' && offer) {
      const index = OFFERS.findIndex((_, at) => idOf(at) === offer);
      return index < 0
        ? refuse(404, 'Offer not found')
        : json(200, { status: 1, offer: offerObject(index) });
    }
    switch (`${method} ${path}`) {
      case 'GET /3.0/stats/custom':
        return custom(ledger, query, {
          admin,
          old: old(),
          shifting: modes.has('shifting'),
          campaignSub: options.campaignSub ? campaignIdOf[options.campaignSub] : null,
        });
      case 'GET /3.0/stats/conversions':
        return log(query, 'conversions', admin);
      case 'GET /3.0/stats/clicks':
        return log(query, 'clicks', admin);
      case 'GET /3.0/stats/affiliatepostbacks':
        return postbacks(query);
      case 'GET /3.0/admin/currency':
        return json(200, { status: 1, currency: [{ code: 'USD', active: true }] });
      case 'POST /3.0/admin/conversions/import':
        return importConversions(ledger, asked, true);
      case 'POST /4.0/affiliate/conversions/import':
        if (old()) return refuse(404, 'Not found');
        return admin ? refuse(403, 'Auth Denied') : importConversions(ledger, asked, false);
      case 'GET /3.1/partner/me':
        if (old()) return refuse(404, 'Not found');
        return admin ? refuse(403, 'Auth Denied') : json(200, { status: 1, user: user(false) });
      case 'GET /3.1/user/me':
        return old() ? refuse(404, 'Not found') : json(200, { status: 1, user: user(admin) });
      case 'GET /3.0/offers':
        return admin ? offers(query, { admin, old: old() }) : refuse(403, 'Access denied');
      case 'GET /3.0/partner/offers':
        return admin ? refuse(403, 'Access denied') : offers(query, { admin, old: old() });
      case 'GET /3.0/balance':
        if (admin) return refuse(403, 'Access denied');
        return json(200, {
          status: 1,
          balance: { USD: { balance: '1204.10', hold: '88.00', available: '1116.10' } },
        });
      default:
        return refuse(404, 'Not found');
    }
  };

  const uiRows = (query: URLSearchParams): UiRow[] => {
    const range = shownDays(query, ledger, ['date_from', 'date_to']);
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
    isApi: ({ path }) => API.test(path),
    answer(asked) {
      const { path, query } = asked;
      if (API.test(path)) return api(asked);
      if (path === '/ui/data') return hasSession(asked) ? uiData(uiRows(query)) : json(401, {});
      if (path.startsWith('/v2/sign/') || !loggedIn) return LOGIN;
      if (path === '/' || path.startsWith('/v2')) return app();
      return { status: 404, body: 'Not found' };
    },
    isWrite: ({ method }) => method !== 'GET',
    denied: refuse(403, 'Access denied'),
    reset() {},
    advance() {},
    setLoggedIn(on) {
      loggedIn = on;
    },
    // A network knows offers, not campaigns: the first offer of the campaign.
    campaignId: (index) => idOf(campaignAt(index)?.offers[0] ?? 0),
    campaignPath: (index) => `/v2/offers/${idOf(campaignAt(index)?.offers[0] ?? 0)}`,
    listPath: '/v2/offers',
    loginPath: '/v2/sign/in',
  };
}
