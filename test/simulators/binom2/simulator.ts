import {
  campaignAt,
  campaignIdOf,
  indexById,
  nameIn,
  OFFERS,
  offerIdOf,
  offerUrl,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import { noFigures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName, type Zone } from '../model/zones.ts';
import { type Answered, type Asked, bodyJson, json } from '../server.ts';
import { type MakeContext, RATES, type TrackerSimulator } from '../start.ts';
import { campaignRows, daysIn, hasSession, pageOf, uiData, unknownIn } from '../web.ts';
import { type Field, figuresOf, treeRows } from './rows.ts';
import { app, LOGIN } from './ui.ts';

const API = '/public/api/v1';
const idOf = campaignIdOf.binom2;
const nameOf = (index: number) => nameIn('binom2', campaignAt(index));
const sourceOf = (index: number) => campaignAt(index)?.source ?? 0;

/** `errors.detail` in most calls. */
const refuse = (status: number, detail: string): Answered => json(status, { errors: { detail } });

const PRESETS = ['today', 'yesterday', 'last_7_days', 'last_14_days', 'last_30_days', 'this_month'];
const CUSTOM = 'custom_time';
const WALL = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const DAYS = ['datePreset', 'dateFrom', 'dateTo', 'timezone'];
const PAGING = ['limit', 'offset', 'sortColumn', 'sortType'];

/** A campaign's groupings; tokens appear by the names that its source gives them. */
const GROUPINGS: ReadonlyArray<readonly [string, string, Field]> = [
  [
    'offer',
    'Offer',
    ({ offer }) => ({ name: OFFERS[offer]?.name ?? '', id: offerIdOf.binom2(offer) }),
  ],
  ['landing', 'Landing', () => ({ name: 'Main lander', id: '11' })],
  ['rotation', 'Rotation', () => ({ name: 'Rotation 1', id: '1' })],
  ['geoCountry', 'Country', ({ country }) => ({ name: country })],
  ['geoRegion', 'Region', () => ({ name: 'Unknown' })],
  ['geoCity', 'City', () => ({ name: 'Unknown' })],
  ['deviceType', 'Device type', ({ device }) => ({ name: device })],
  ['osName', 'OS', ({ os }) => ({ name: os })],
  ['browserName', 'Browser', ({ browser }) => ({ name: browser })],
  ['language', 'Language', () => ({ name: 'Unknown' })],
  ['isp', 'ISP / Carrier', () => ({ name: 'Unknown' })],
  ['connectionType', 'Connection type', () => ({ name: 'Unknown' })],
  ['day', 'Days', (_, day) => ({ name: day })],
  ['hour', 'Hours', (_, __, hour) => ({ name: `${String(hour).padStart(2, '0')}:00` })],
  ['weekDay', 'Day of week', () => ({ name: 'Unknown' })],
  ['tokenOne', 'campaignid', ({ sourceCampaign }) => ({ name: sourceCampaign })],
  ['tokenTwo', 'zone', ({ placement }) => ({ name: placement })],
  ['tokenThree', 'bannerid', ({ ad }) => ({ name: ad })],
];
const TOKENS = [
  { name: 'campaignid', field: 'sourceCampaign', macro: '{campaignid}' },
  { name: 'zone', field: 'placement', macro: '{zoneid}' },
  { name: 'bannerid', field: 'ad', macro: '{bannerid}' },
] as const;

/** How many tokens there are; the model has values for the first three. */
const SLOTS = 30;

/** A source's tokens as an object by slot, in others as a list; `[]` where PHP has an empty map. */
function tokensOf(source: number) {
  if (source === 2) return [];
  const tokens = TOKENS.map(({ name, macro }, index) => ({
    id: String(index + 1),
    parameter: name,
    placeholder: macro,
    name: '',
  }));
  if (source === 1) return tokens;
  return {
    ...Object.fromEntries(tokens.map((token) => [token.id, token])),
    external_id: { parameter: 'subid', placeholder: '{subid}', name: 'External ID' },
    cost: { parameter: 'cost', placeholder: '{cost}', name: 'Cost' },
  };
}

/** A cost update in the queue of background tasks. */
interface Task {
  readonly id: number;
  /** Reports that are still to be asked before it is applied. */
  reports: number;
  apply(): void;
}

interface Window {
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  /** Within the times of the day, to the second. */
  readonly only?: (click: Click) => boolean;
}

export function binom2Simulator({ ledger, apiKey, options, modes }: MakeContext): TrackerSimulator {
  let loggedIn = options.loggedIn ?? true;
  let marks = new Map<string, Map<string, string>>();
  let tasks: Task[] = [];
  /** Costs wait in a queue: each is applied when the second report after it is asked for. */
  const workOn = () => {
    for (const task of tasks.filter(({ reports }) => reports > 0)) {
      task.reports -= 1;
      if (task.reports === 0) task.apply();
    }
  };
  const indexOf = indexById(ledger.options.campaigns, idOf);
  const shifting = () => modes.has('shifting');
  const today = (zone: Zone) => zone.local(ledger.now()).day;
  const shift = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

  /** Most calls refuse to work without `datePreset` and an IANA `timezone`. */
  const windowOf = (of: { get(name: string): unknown }): Window | Answered => {
    const preset = String(of.get('datePreset') ?? '');
    const timezone = String(of.get('timezone') ?? '');
    if (preset === '') return refuse(400, 'datePreset should not be blank');
    if (!isZoneName(timezone)) return refuse(400, 'timezone is not valid');
    const zone = createZone(timezone);
    const day = today(zone);
    if (preset === CUSTOM) {
      const [from, to] = [String(of.get('dateFrom') ?? ''), String(of.get('dateTo') ?? '')];
      if (!WALL.test(from) || !WALL.test(to) || from > to)
        return refuse(400, 'dates are not valid');
      const [first, after] = [zone.instant(from), zone.instant(to) + 1_000];
      const only = ({ at }: Click) => at >= first && at < after;
      return { from: from.slice(0, 10), to: to.slice(0, 10), zone, only };
    }
    if (!PRESETS.includes(preset)) return refuse(400, 'datePreset is not valid');
    const back: Readonly<Record<string, number>> = {
      last_7_days: -6,
      last_14_days: -13,
      last_30_days: -29,
    };
    if (preset === 'yesterday') return { from: shift(day, -1), to: shift(day, -1), zone };
    const from = preset === 'this_month' ? `${day.slice(0, 8)}01` : shift(day, back[preset] ?? 0);
    return { from, to: day, zone };
  };

  const pagingOf = (query: URLSearchParams) => {
    const [limit, offset] = [Number(query.get('limit') ?? 100), Number(query.get('offset') ?? 0)];
    return limit >= 1 && limit <= 5000 && offset >= 0 ? { limit, offset } : null;
  };

  /** A list with its total as the last element. */
  const withTotals = (query: URLSearchParams, rows: readonly object[], sums: object): Answered => {
    const paging = pagingOf(query);
    if (!paging) return refuse(400, 'limit is not valid');
    const { shown, total } = pageOf(rows, paging.offset, paging.limit, shifting());
    const all = [...shown, { id: 'totals', ...sums, total_count: total }];
    return json(200, modes.has('old') ? { data: all } : all);
  };

  const campaignsIn = (window: Window) => {
    const groups = ledger.group({ ...window, campaign: null }, (click) => String(click.campaign));
    return ledger.options.campaigns.flatMap((_, index) =>
      nameOf(index) === null ? [] : [{ index, figures: groups.get(String(index)) ?? noFigures() }],
    );
  };

  const info = (query: URLSearchParams, window: Window): Answered =>
    withTotals(
      query,
      campaignsIn(window).map(({ index, figures }) => ({
        id: Number(idOf(index)),
        name: nameOf(index),
        is_deleted: false,
        current_cpc: (campaignAt(index)?.cpc ?? 0).toFixed(5),
        group_name: 'All',
        clicks: String(figures.clicks),
        link: `https://click.example/click?key=key${index}`,
        is_noted: false,
        is_domain_banned: false,
      })),
      {},
    );

  const stats = (query: URLSearchParams, window: Window): Answered =>
    withTotals(
      query,
      campaignsIn(window)
        .sort((a, b) => b.figures.clicks - a.figures.clicks)
        .map(({ index, figures }) => ({
          id: idOf(index),
          name: nameOf(index),
          group_name: 'All',
          traffic_source: SOURCES[sourceOf(index)]?.name,
          ...figuresOf(figures),
          'Trials::4adcb8e3-0d51-4f0e-a1c4-1b1d7b6a2f10': '0',
        })),
      {},
    );

  const simple = (query: URLSearchParams, rows: readonly object[]): Answered =>
    withTotals(query, rows, {});

  const report = (query: URLSearchParams, window: Window): Answered => {
    const ids = query.getAll('ids[]');
    const indexes = ids.map(indexOf);
    if (ids.length === 0) return refuse(400, 'ids should not be blank');
    if (indexes.some((index) => index < 0)) return refuse(404, 'Campaign not found');
    const groupings = query.getAll('groupings[]');
    if (groupings.length === 0 || groupings.length > 3)
      return refuse(400, 'groupings are not valid');
    const fields = groupings.map((name) => GROUPINGS.find(([value]) => value === name)?.[2]);
    const known = fields.filter((field) => field !== undefined);
    if (known.length < fields.length) return refuse(400, 'groupings are not valid');
    const paging = pagingOf(query);
    if (!paging) return refuse(400, 'limit is not valid');
    const token = groupings.length === 1 ? tokenOf(groupings[0]) : null;
    const marked = token === null ? undefined : marks.get(`${ids[0]}:${token}`);
    const question = new URLSearchParams(query);
    question.delete('offset');
    const tree = ledger.remembered(`${question}`, () => treeRows(ledger, window, indexes, known));
    const rows = tree.map((row) => {
      const mark = marked?.get(row.name);
      return mark === undefined ? row : { ...row, mark };
    });
    const { shown } = pageOf(rows, paging.offset, paging.limit, shifting());
    return json(200, modes.has('old') ? shown : { report: shown });
  };
  const tokenOf = (grouping: string | undefined): number | null => {
    const at = ['tokenOne', 'tokenTwo', 'tokenThree'].indexOf(grouping ?? '');
    return at < 0 ? null : at + 1;
  };

  const trends = (window: Window): Answered => {
    const groups = ledger.group({ ...window, campaign: null }, (_, __, hour) => String(hour));
    return json(200, {
      stats: Array.from({ length: 24 }, (_, hour) => ({
        date: `${String(hour).padStart(2, '0')}:00 - ${String(hour + 1).padStart(2, '0')}:00`,
        ...figuresOf(groups.get(String(hour)) ?? noFigures()),
        key: hour,
      })),
    });
  };

  const conversions = (query: URLSearchParams, window: Window): Answered => {
    const paging = pagingOf(query);
    if (!paging) return refuse(400, 'limit is not valid');
    const { from, to, zone } = window;
    const rows = ledger.converted({ from, to, zone, campaign: null }).map((click) => ({
      id: click.id,
      campaign: modes.has('old')
        ? nameOf(click.campaign)
        : `${nameOf(click.campaign)} (id:${idOf(click.campaign)})`,
      traffic_source: SOURCES[sourceOf(click.campaign)]?.name,
      clicked_at: window.zone.text(click.at),
      conversed_at: window.zone.text(click.conversion.at),
      time_since_click: Math.round((click.conversion.at - click.at) / 1000),
      payout: ledger.payoutOf(click).toFixed(4),
      status: click.conversion.status,
      offer: OFFERS[click.offer]?.name,
      geo: click.country,
    }));
    return json(200, { rows: pageOf(rows, paging.offset, paging.limit, shifting()).shown });
  };

  /** `PUT /clicks/campaign/{id}`. */
  const setCost = (id: string, body: Record<string, unknown>): Answered => {
    const index = indexOf(id);
    if (index < 0) return refuse(404, 'Campaign not found');
    const window = windowOf(new Map(Object.entries(body)));
    if ('status' in window) return window;
    const { tokenId, tokenValue, cost, model, currency } = body;
    if (typeof cost !== 'number' || !Number.isFinite(cost) || cost < 0) {
      return refuse(400, 'cost is not valid');
    }
    if (model !== 'COSTS' && model !== 'CPC') return refuse(400, 'model is not valid');
    const rate = RATES[String(currency).toUpperCase()];
    if (typeof currency !== 'string' || currency !== currency.toLowerCase() || rate === undefined) {
      return refuse(400, 'currency is not valid');
    }
    if ((tokenId === undefined) !== (tokenValue === undefined)) {
      return refuse(400, 'tokenId and tokenValue go together');
    }
    if (tokenId !== undefined && !(Number(tokenId) >= 1 && Number(tokenId) <= SLOTS)) {
      return refuse(400, 'tokenId is not valid');
    }
    const field = TOKENS[Number(tokenId) - 1]?.field;
    const amount = (cost / rate) * ledger.options.rate;
    const only = (click: Click) =>
      (window.only?.(click) ?? true) &&
      (tokenId === undefined || (field !== undefined && click[field] === tokenValue));
    const apply = () =>
      ledger.setCost({ ...window, campaign: index, only }, (clicks) =>
        model === 'COSTS' ? amount : amount * clicks,
      );
    const isTimed = typeof options.clock === 'function';
    tasks.push({ id: tasks.length + 1, reports: isTimed ? 0 : 2, apply });
    if (isTimed) apply();
    return { status: 204, body: '' };
  };

  const marksAt = (key: string): Map<string, string> => {
    const known = marks.get(key) ?? new Map<string, string>();
    marks.set(key, known);
    return known;
  };

  const mark = (id: string, body: Record<string, unknown>, remove: boolean): Answered => {
    if (indexOf(id) < 0) return refuse(404, 'Campaign not found');
    const { tokenId, tokenValue, tokenValues, mark: colour } = body;
    const values = remove ? [tokenValue] : tokenValues;
    if (!TOKENS[Number(tokenId) - 1]) return refuse(400, 'tokenId is not valid');
    if (!Array.isArray(values) || values.some((value) => typeof value !== 'string')) {
      return refuse(400, 'tokenValues are not valid');
    }
    if (!remove && typeof colour !== 'string') return refuse(400, 'mark is not valid');
    const known = marksAt(`${id}:${Number(tokenId)}`);
    const taken = modes.has('halving') ? values.slice(0, Math.ceil(values.length / 2)) : values;
    for (const value of taken as string[]) {
      if (remove) known.delete(value);
      else known.set(value, String(colour));
    }
    return { status: 204, body: '' };
  };

  /** Path of a read that needs days → what it answers, and its other parameters. */
  const DATED: Readonly<
    Record<string, readonly [(query: URLSearchParams, window: Window) => Answered, string[]]>
  > = {
    '/info/campaign': [info, [...PAGING, 'id[]']],
    '/stats/campaign': [stats, PAGING],
    '/info/offer': [
      (query) =>
        simple(
          query,
          OFFERS.map(({ name, payout }, index) => ({
            id: Number(offerIdOf.binom2(index)),
            name,
            payout: modes.has('old')
              ? payout.toFixed(2)
              : { money: { amount: payout, currency: 'USD' }, isAuto: false, upsell: false },
            url: offerUrl(index, '{clickid}'),
            affiliate_network: 'Main network',
            is_deleted: false,
          })),
        ),
      PAGING,
    ],
    '/info/landing': [
      (query) => simple(query, [{ id: 11, name: 'Main lander', is_deleted: false }]),
      PAGING,
    ],
    '/report/campaign': [report, [...PAGING, 'ids[]', 'groupings[]']],
    '/report/campaign/groupings': [
      () =>
        json(
          200,
          GROUPINGS.map(([value, label]) => ({ value, label })),
        ),
      ['ids[]'],
    ],
    '/trends': [(_, window) => trends(window), []],
    '/conversions/log': [conversions, PAGING],
  };

  const api = (asked: Asked): Answered => {
    const { method, query, headers } = asked;
    if (!headers['api-key'] || headers['api-key'] !== apiKey) {
      return json(401, { error: 'Unauthorized' });
    }
    const path = asked.path.slice(API.length);
    const dated = DATED[path];
    if (dated) {
      if (method !== 'GET') return refuse(405, 'Method not allowed');
      const [answer, parameters] = dated;
      const unknown = unknownIn(query, [...DAYS, ...parameters]);
      if (unknown) return refuse(400, `${unknown} is not expected`);
      const window = windowOf(query);
      if (/^\/(stats|report|trends)/.test(path)) workOn();
      return 'status' in window ? window : answer(query, window);
    }
    const [, cost] = /^\/clicks\/campaign\/(\d+)$/.exec(path) ?? [];
    if (cost && method === 'PUT') return setCost(cost, Object(bodyJson(asked)));
    const [, marked, multiple] = /^\/report\/mark\/campaign\/(\d+)(\/multiple)?$/.exec(path) ?? [];
    if (marked && method === 'POST' && multiple)
      return mark(marked, Object(bodyJson(asked)), false);
    if (marked && method === 'DELETE' && !multiple)
      return mark(marked, Object(bodyJson(asked)), true);
    const [, source] = /^\/traffic_source\/(\d+)$/.exec(path) ?? [];
    if (source && method === 'GET') {
      const index = SOURCES.findIndex((_, at) => sourceIdOf.binom2(at) === source);
      if (index < 0) return refuse(404, 'Traffic source not found');
      return json(200, {
        id: Number(source),
        name: SOURCES[index]?.name,
        tokens: tokensOf(index),
      });
    }
    switch (`${method} ${path}`) {
      case 'GET /monitor/background_tasks':
        return json(
          200,
          tasks.map(({ id, reports }) => ({
            id,
            type: 'update_cost',
            status: reports === 0 ? 'finished' : 'processing',
            progress: reports === 0 ? 100 : 50 * (2 - reports),
          })),
        );
      case 'GET /user/role':
        return json(200, { id: 2, role: modes.has('read-only') ? 'viewer' : 'admin' });
      case 'GET /traffic_source/list/filtered':
        return json(
          200,
          SOURCES.map(({ name }, index) => ({
            id: Number(sourceIdOf.binom2(index)),
            name,
            groupId: null,
            accessLevel: 'FULL',
          })),
        );
      default:
        return refuse(404, 'Not found');
    }
  };

  return {
    isApi: ({ path }) => path.startsWith(`${API}/`),
    answer(asked) {
      const { path, query } = asked;
      if (path.startsWith(`${API}/`)) return api(asked);
      if (path === '/panel/data') {
        if (!hasSession(asked)) return json(401, {});
        return uiData(
          campaignRows(ledger, daysIn(query, ledger, ['dateFrom', 'dateTo']), idOf, nameOf),
        );
      }
      if (path === '/login' || ((path === '/' || path.startsWith('/panel')) && !loggedIn))
        return LOGIN;
      if (path === '/' || path === '/panel' || path.startsWith('/panel/')) return app();
      return { status: 404, body: 'Not found' };
    },
    marksOf: (index) => marksAt(`${idOf(index)}:2`),
    isWrite: ({ method }) => method !== 'GET',
    denied: refuse(403, 'Access Denied.'),
    reset() {
      marks = new Map();
      tasks = [];
    },
    advance() {},
    setLoggedIn(on) {
      loggedIn = on;
    },
    campaignId: idOf,
    campaignPath: (index, range) =>
      `/panel/campaigns/${idOf(index)}/report${
        range ? `?datePreset=custom_time&dateFrom=${range.from}&dateTo=${range.to}` : ''
      }`,
    listPath: '/panel/campaigns',
    loginPath: '/login',
  };
}
