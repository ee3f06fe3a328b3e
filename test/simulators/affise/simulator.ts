import { campaignAt, OFFERS, objectId } from '../model/campaigns.ts';
import { noFigures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, json } from '../server.ts';
import type { MakeContext, TrackerSimulator } from '../start.ts';
import { daysIn, hasSession, pageOf, type UiRow, uiData, unknownIn } from '../web.ts';
import { DAY, idOf, listIn, offerObject, PAGING, pagination, refuse } from './parts.ts';
import { custom } from './stats.ts';
import { app, LOGIN } from './ui.ts';

const API = '/3.0';

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
    status: stateOf(index, admin),
    payments: [{ revenue: payout, currency: 'usd', type: 'fixed' }],
    caps: [],
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
  const STATUSES: Readonly<Record<string, readonly [number, string]>> = {
    sale: [1, 'confirmed'],
    lead: [2, 'pending'],
    rejected: [3, 'declined'],
    hold: [5, 'hold'],
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
        (clickid === null || objectId(click.id) === clickid),
    };
    const common = (click: Click) => ({
      id: objectId(click.id),
      cbid: objectId(click.id),
      offer: offerObject(click.offer),
      country: click.country,
      sub1: click.id,
      sub2: click.sourceCampaign,
      sub3: click.placement,
      sub4: '',
      sub5: '',
    });
    const rows: readonly object[] =
      kind === 'clicks'
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

  /** POST /3.0/admin/conversions/import: `list[0][offer]` and the like, form-encoded. */
  const importConversions = (asked: Asked): Answered => {
    if (!(asked.headers['content-type'] ?? '').includes('form-urlencoded')) {
      return refuse(400, 'Wrong content type');
    }
    const list = new Map<string, Record<string, string>>();
    for (const [name, value] of new URLSearchParams(asked.body)) {
      const [, at, field] =
        /^list\[(\d+)\]\[(offer|pid|action_id|goal|ip|ua|sum|status)\]$/.exec(name) ?? [];
      if (at === undefined || field === undefined) return refuse(400, `Unknown parameter ${name}`);
      list.set(at, { ...list.get(at), [field]: value });
    }
    if (list.size === 0) return refuse(400, 'list is required');
    for (const { offer, pid, action_id: clickId = '', sum, status } of list.values()) {
      if (!offer || !pid) return refuse(400, 'offer and pid are required');
      if (!OFFERS.some((_, index) => idOf(index) === offer)) return refuse(404, 'Offer not found');
      const found = Object.entries(STATUSES).find(
        ([, [, word]]) => word === (status ?? 'confirmed'),
      );
      if (!found) return refuse(400, 'Wrong status');
      ledger.upload(clickId, {
        at: ledger.options.clock ?? Date.now(),
        status: found[0] as 'sale',
        payout: Number(sum ?? 0),
      });
    }
    return json(200, {
      status: 1,
      data: { list: [...list.values()] },
      message: 'Conversion import will take a few minutes',
    });
  };

  const api = (asked: Asked): Answered => {
    const { query, method } = asked;
    const key = asked.headers['api-key'] ?? query.get('API-Key');
    if (!key) return refuse(401, 'API-Key is required');
    const admin = key === adminKey;
    if (key !== apiKey && !admin) return refuse(403, 'Access denied');
    const path = asked.path.slice(API.length);
    if (path.startsWith('/admin/') && !admin) return refuse(403, 'Access denied');
    const offer = /^\/offer\/(\w+)$/.exec(path)?.[1];
    if (method === 'GET' && offer) {
      const index = OFFERS.findIndex((_, at) => idOf(at) === offer);
      return index < 0
        ? refuse(404, 'Offer not found')
        : json(200, { status: 1, offer: offerObject(index) });
    }
    switch (`${method} ${path}`) {
      case 'GET /stats/custom':
        return custom(ledger, query, { admin, old: old(), shifting: modes.has('shifting') });
      case 'GET /stats/conversions':
        return log(query, 'conversions', admin);
      case 'GET /stats/clicks':
        return log(query, 'clicks', admin);
      case 'GET /stats/affiliatepostbacks':
        return postbacks(query);
      case 'GET /admin/currency':
        return json(200, { status: 1, currency: [{ code: 'USD', active: true }] });
      case 'POST /admin/conversions/import':
        return importConversions(asked);
      case 'GET /offers':
        return admin ? offers(query, { admin, old: old() }) : refuse(403, 'Access denied');
      case 'GET /partner/offers':
        return admin ? refuse(403, 'Access denied') : offers(query, { admin, old: old() });
      case 'GET /balance':
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
