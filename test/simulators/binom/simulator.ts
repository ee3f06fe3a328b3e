import {
  campaignIdOf,
  indexById,
  OFFERS,
  offerIdOf,
  offerUrl,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import type { Figures } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, type Zone } from '../model/zones.ts';
import { type Answered, type Asked, json } from '../server.ts';
import type { MakeContext, TrackerSimulator } from '../start.ts';
import { campaignRows, hasSession, pageOf, uiData, unknownIn } from '../web.ts';
import { campaignObject, groupField, oldCampaign, statRows, TOKENS } from './reports.ts';
import { LOGIN, page } from './ui.ts';

const SCRIPT = '/index.php';
const idOf = campaignIdOf.binom;

const DAYS = ['date', 'date_s', 'date_e', 'page', 'api_key'];
/** Binom API page, parameters of each call. */
const CAMPAIGN_PARAMETERS = [
  ...DAYS,
  'timezone',
  'val_page',
  'num_page',
  'order_name',
  'order_type',
  'search_name',
  'status',
  'group',
  'traffic_source',
  'user_group',
];
const STATS_PARAMETERS = [
  ...DAYS,
  'timezone',
  'camp_id',
  'val_page',
  'num_page',
  'group1',
  'group2',
  'group3',
  'fid',
];
const COST_PARAMETERS = [
  ...DAYS,
  'camp_id',
  'type',
  'order_type',
  'timezone',
  'token_number',
  'token_value',
  'token_id',
  'token_val',
  'cost',
  'cpc',
  'value',
];

/** Saved filters by their number, as an owner made them: clicks without a conversion; anything at all. */
const FILTERS: Readonly<Record<string, (figures: Figures) => boolean>> = {
  3: ({ clicks, conversions }) => clicks >= 40 && conversions === 0,
  4: () => true,
};

/** Errors are JSON with 200. */
const refuse = (error: string): Answered => json(200, { error });
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINUTE = /^(\d{4}-\d{2}-\d{2}) \| (\d{2}:\d{2})$/;
/** Rows of a page where not all are asked for. */
const PAGE_ROWS = 100;

/** The span of a request, in the zone that its days are cut in. */
interface Span {
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  /** Where it is cut to the minute. */
  readonly only?: (click: { readonly at: number }) => boolean;
}
const HOUR_MS = 3_600_000;

export function binomSimulator({ ledger, apiKey, options, modes }: MakeContext): TrackerSimulator {
  const nameOf = (index: number) => ledger.options.campaigns[index]?.names.binom ?? null;
  const byId = indexById(ledger.options.campaigns, idOf);
  const indexOf = (id: string | null): number => {
    const index = byId(id);
    return nameOf(index) === null ? -1 : index;
  };
  let loggedIn = options.loggedIn ?? true;
  let secret: string | null = null;
  const { now } = ledger;
  const today = () => ledger.zone.local(now()).day;
  const shift = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

  /** Reports take `+3:00`; unsent, some other zone is taken, and mode `old` passes over it. null = none of its form. */
  const zoneOf = (query: URLSearchParams): Zone | null => {
    const [, sign, hours, minutes] =
      /^([+-])(\d{1,2}):(\d{2})$/.exec(query.get('timezone') ?? '+0:00') ?? [];
    if (modes.has('old')) return ledger.zone;
    return hours === undefined ? null : createZone(`${sign}${hours.padStart(2, '0')}:${minutes}`);
  };

  /** The span of a report. null = no such dates or no such zone. */
  const spanOf = (query: URLSearchParams): Span | null => {
    const zone = zoneOf(query);
    if (zone === null) return null;
    if (query.get('date') !== '10') {
      const range = rangeOf(query);
      return range && { ...range, zone };
    }
    const [, from, start] = MINUTE.exec(query.get('date_s') ?? '') ?? [];
    const [, to, end] = MINUTE.exec(query.get('date_e') ?? '') ?? [];
    if (from === undefined || to === undefined) return null;
    const [first, after] = [
      zone.instant(`${from} ${start}`),
      zone.instant(`${to} ${end}`) + 60_000,
    ];
    return { from, to, zone, only: ({ at }) => at >= first && at < after };
  };

  /** Binom API page, `date`. null = not one of its values, or days missing. */
  const rangeOf = (query: URLSearchParams): { from: string; to: string } | null => {
    const day = today();
    switch (query.get('date')) {
      case '1':
        return { from: day, to: day };
      case '2':
        return { from: shift(day, -1), to: shift(day, -1) };
      case '3':
        return { from: shift(day, -6), to: day };
      case '4':
        return { from: shift(day, -13), to: day };
      case '5':
        return { from: `${day.slice(0, 8)}01`, to: day };
      case '12': {
        const [from, to] = [query.get('date_s') ?? '', query.get('date_e') ?? ''];
        return DAY.test(from) && DAY.test(to) && from <= to ? { from, to } : null;
      }
      default:
        return null;
    }
  };

  const campaigns = (query: URLSearchParams): Answered => {
    const unknown = unknownIn(query, CAMPAIGN_PARAMETERS);
    if (unknown) return refuse(`Unknown parameter ${unknown}`);
    const span = spanOf(query);
    if (!span) return refuse('Wrong date');
    const status = query.get('status') ?? 'all';
    if (!['all', '2', '1', '0'].includes(status)) return refuse('Wrong status');
    const source = query.get('traffic_source') ?? 'all';
    const groups = ledger.group({ ...span, campaign: null }, (click) => String(click.campaign));
    const rows = ledger.options.campaigns.flatMap((model, index) => {
      const figures = groups.get(String(index));
      if (nameOf(index) === null || status === '0') return [];
      if (status === '2' && !figures) return [];
      if (source !== 'all' && source !== sourceIdOf.binom(model.source)) return [];
      const row = campaignObject(index, model, figures);
      return [modes.has('old') ? oldCampaign(row, figures) : row];
    });
    return paged(query, rows);
  };

  /** All rows, or a page of them. */
  const paged = (query: URLSearchParams, rows: object[]): Answered => {
    if (query.get('val_page')?.toLowerCase() === 'all') return json(200, rows);
    const page = Number(query.get('num_page') ?? '1');
    if (!(page >= 1)) return refuse('Wrong page');
    const offset = (page - 1) * PAGE_ROWS;
    return json(200, pageOf(rows, offset, PAGE_ROWS, modes.has('shifting')).shown);
  };

  const stats = (query: URLSearchParams): Answered => {
    const unknown = unknownIn(query, STATS_PARAMETERS);
    if (unknown) return refuse(`Unknown parameter ${unknown}`);
    const filter = query.get('fid');
    if (filter !== null && !FILTERS[filter]) return refuse('Filter not found');
    const campaign = indexOf(query.get('camp_id'));
    if (campaign < 0) return refuse('Campaign not found');
    const span = spanOf(query);
    if (!span) return refuse('Wrong date');
    const groups = ['group1', 'group2', 'group3']
      .map((name) => Number(query.get(name) ?? '1'))
      .filter((group) => group !== 1);
    if (groups.length === 0) return refuse('Choose a grouping');
    if (groups.some((group) => !groupField(group))) return refuse('Wrong grouping');
    const rows = statRows(ledger, campaign, span, groups, {
      filter: (filter === null ? null : FILTERS[filter]) ?? (() => true),
      old: modes.has('old'),
    });
    return paged(query, rows);
  };

  /** Binom API page, "Update costs". The window is shifted when the zone differs from the tracker's. */
  const saveCosts = (query: URLSearchParams): Answered => {
    const unknown = unknownIn(query, COST_PARAMETERS);
    if (unknown) return refuse(`Unknown parameter ${unknown}`);
    const campaign = indexOf(query.get('camp_id'));
    if (campaign < 0) return refuse('Campaign not found');
    const type = query.get('type') ?? query.get('order_type');
    if (type !== '1' && type !== '2') return refuse('Wrong type');
    const range = rangeOf(query);
    if (!range) return refuse('Wrong date');
    const timezone = query.get('timezone');
    if (timezone === null || !/^-?\d{1,2}$/.test(timezone) || Math.abs(Number(timezone)) > 12) {
      return refuse('Wrong timezone');
    }
    // Each generation knows its own names, and leaves the other's unread.
    const old = modes.has('old');
    const named = old ? null : query.get(type === '1' ? 'cost' : 'cpc');
    const amount = Number(named ?? query.get('value') ?? Number.NaN);
    if (!Number.isFinite(amount) || amount < 0) return refuse('Wrong cost');
    const token = query.get(old ? 'token_id' : 'token_number');
    const value = query.get(old ? 'token_val' : 'token_value');
    if ((token === null) !== (value === null)) return refuse('Wrong token');
    const field = token === null ? null : TOKENS[Number(token)];
    if (token !== null && !field && !/^([1-9]|10)$/.test(token)) return refuse('Wrong token');

    const from = Date.parse(`${range.from}T00:00Z`) - Number(timezone) * HOUR_MS;
    const until = Date.parse(`${shift(range.to, 1)}T00:00Z`) - Number(timezone) * HOUR_MS;
    const slice = {
      from: shift(range.from, -2),
      to: shift(range.to, 2),
      zone: ledger.zone,
      campaign,
      only: (click: Click) =>
        click.at >= from &&
        click.at < until &&
        (token === null || (field ? click[field] === value : value === '')),
    };
    ledger.setCost(slice, (clicks) => (type === '1' ? amount : amount * clicks));
    return json(200, { check_status: 'true' });
  };

  const offers = OFFERS.map(({ name, payout }, index) => ({
    id: offerIdOf.binom(index),
    name,
    url: offerUrl(index, '{clickid}'),
    payout: payout.toFixed(2),
    auto_payout: index === 1 ? '1' : '0',
    status: '1',
  }));
  const landers = [
    { id: '11', name: 'Main lander', status: '1' },
    { id: '12', name: 'Old lander', status: '0' },
  ];
  const one = (rows: ReadonlyArray<{ id: string }>, id: string | null): Answered => {
    const found = rows.find((row) => row.id === id);
    return found ? json(200, found) : refuse('Object not found');
  };

  /** Binom API page, "List of possible actions"; those that change something are refused here. */
  const actions = (query: URLSearchParams): Answered => {
    switch (query.get('action')) {
      case 'source_getall':
        return json(
          200,
          SOURCES.map(({ name }, index) => ({ id: sourceIdOf.binom(index), name })),
        );
      case 'offer_getall':
        return json(200, offers);
      case 'offer_get':
        return one(offers, query.get('id'));
      case 'landing_getall':
        return json(200, landers);
      case 'landing_get':
        return one(landers, query.get('id'));
      default:
        return refuse('Unknown action');
    }
  };

  const api = (asked: Asked): Answered => {
    const query = new URLSearchParams(asked.query);
    if (query.get('api_key') !== apiKey) return refuse('Wrong api_key');
    if (secret) {
      const name = secret.slice(0, secret.indexOf('='));
      if (`${name}=${query.get(name)}` !== secret) return refuse('Wrong secret');
      query.delete(name);
    }
    if (query.has('action')) return actions(query);
    switch (query.get('page')) {
      case 'Campaigns':
        return campaigns(query);
      case 'Stats':
        return stats(query);
      case 'save_update_costs':
        return saveCosts(query);
      default:
        return refuse('Unknown page');
    }
  };

  return {
    isApi: ({ query, path, body }) =>
      path.startsWith('/public/api/') ||
      (path.endsWith('.php') &&
        (query.has('api_key') || /(^|&)api_key=/.test(body) || query.has('action'))),
    answer(asked) {
      const { path, query } = asked;
      if (path !== SCRIPT && path !== '/') return { status: 404, body: 'Not found' };
      const inBody = new URLSearchParams(asked.body);
      if (inBody.has('api_key')) {
        return api({ ...asked, query: new URLSearchParams([...query, ...inBody]) });
      }
      if (query.has('api_key') || query.has('action')) return api(asked);
      if (query.has('ui')) {
        if (!hasSession(asked)) return json(401, {});
        const range = rangeOf(query) ?? { from: today(), to: today() };
        return uiData(campaignRows(ledger, range, idOf, nameOf));
      }
      if (!loggedIn || !query.has('page')) return LOGIN;
      return page(query);
    },
    isWrite: ({ query }) => query.get('page') === 'save_update_costs',
    denied: refuse('Access denied: read only'),
    reset() {},
    advance() {},
    setLoggedIn(on) {
      loggedIn = on;
    },
    setSecret(wanted) {
      secret = wanted;
    },
    campaignId: idOf,
    campaignPath: (index, range) =>
      `${SCRIPT}?page=Stats&camp_id=${idOf(index)}&group1=282&group2=1&group3=1&date=${
        range ? `12&date_s=${range.from}&date_e=${range.to}` : '1'
      }`,
    listPath: `${SCRIPT}?page=Campaigns&date=1`,
    loginPath: SCRIPT,
  };
}
