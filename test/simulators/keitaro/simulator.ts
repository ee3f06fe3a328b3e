import {
  campaignAt,
  campaignIdOf,
  hexAlias,
  indexById,
  OFFERS,
  offerIdOf,
  offerUrl,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import type { Click } from '../model/traffic.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, bodyJson, json } from '../server.ts';
import { type MakeContext, RATES, type TrackerSimulator } from '../start.ts';
import { campaignRows, daysIn, hasSession, pageOf, uiData } from '../web.ts';
import { buildLog } from './logs.ts';
import { buildReport, refuse } from './report.ts';
import { appHtml, LOGIN } from './ui.ts';

const API = '/admin_api/v1';
const idOf = campaignIdOf.keitaro;
const nameOf = (index: number) => campaignAt(index)?.names.keitaro ?? null;

/** Admin API page: a campaign object as shown there; `token` is the Click API's secret. */
const campaignObject = (index: number, state?: string) => ({
  id: Number(idOf(index)),
  alias: hexAlias(index),
  name: nameOf(index),
  type: 'position',
  cookies_ttl: 24,
  position: index + 1,
  state: state ?? (campaignAt(index)?.active ? 'active' : 'disabled'),
  updated_at: '2026-02-13 16:48:19',
  cost_type: 'CPC',
  cost_value: (campaignAt(index)?.cpc ?? 0).toFixed(4),
  cost_currency: 'USD',
  group_id: null,
  bind_visitors: null,
  traffic_source_id: Number(sourceIdOf.keitaro(campaignAt(index)?.source ?? 0)),
  token: `clicktoken${index}5552798f1c388c8ade27c13b`,
  cost_auto: false,
});

/** Sources carry the macros of the network in `placeholder`. */
const sourceObject = (index: number) => ({
  id: Number(sourceIdOf.keitaro(index)),
  name: SOURCES[index]?.name,
  postback_url: '',
  traffic_loss: '0.00',
  state: 'active',
  parameters: {
    cost: { name: 'cost', placeholder: '{cost}', alias: '' },
    external_id: { name: 'external_id', placeholder: '{subid}', alias: '' },
    sub_id_1: { name: 'zone', placeholder: index === 0 ? '{zoneid}' : '{widget_id}', alias: '' },
    sub_id_2: { name: 'campaign', placeholder: '{campaignid}', alias: '' },
    sub_id_3: { name: 'banner', placeholder: '{bannerid}', alias: '' },
    sub_id_4: { name: '', placeholder: '', alias: '' },
  },
});

interface CostEntry {
  start_date?: unknown;
  end_date?: unknown;
  timezone?: unknown;
  currency?: unknown;
  cost?: unknown;
  filters?: unknown;
}

/** Token of the click that a cost filter names. */
const TOKENS: Readonly<Record<string, 'placement' | 'sourceCampaign' | 'ad'>> = {
  sub_id_1: 'placement',
  sub_id_2: 'sourceCampaign',
  sub_id_3: 'ad',
};

/** Admin API page, `filters` of a cost; newer versions have twice as many sub ids. */
const OLD_COST_FILTER =
  /^(sub_id_([1-9]|1[0-5])|keyword|external_id|creative_id|ad_campaign_id|source|cost|currency)$/;
const COST_FILTER =
  /^(sub_id_([1-9]|[12]\d|30)|keyword|external_id|creative_id|ad_campaign_id|source|cost|currency)$/;

const WALL = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/;

export function keitaroSimulator({
  ledger,
  apiKey,
  options,
  modes,
}: MakeContext): TrackerSimulator {
  const indexOf = indexById(ledger.options.campaigns, idOf);
  let states = new Map<number, string>();
  let labels = new Map<string, Map<string, string>>();
  let loggedIn = options.loggedIn ?? true;
  /** `success` means scheduled: applied when the second report after it is asked for, or after the time that jobs take on a clock that moves. */
  let scheduled: Array<{ reports: number; apply(): void }> = [];

  const schedule = (
    ids: number[],
    entries: CostEntry[],
    top: { readonly timezone?: unknown; readonly currency?: unknown },
    unique: boolean,
  ): string | null => {
    for (const entry of entries) {
      // An older version reads zone and currency beside the entries alone, a newer one in each entry.
      const told = modes.has('old')
        ? { timezone: ledger.options.zone, currency: ledger.options.currency, ...top }
        : entry;
      const [zoneName, currency] = [told.timezone, told.currency];
      if (typeof zoneName !== 'string' || !isZoneName(zoneName)) return 'timezone';
      if (typeof currency !== 'string' || RATES[currency] === undefined) return 'currency';
      const zone = createZone(zoneName);
      const { start_date: start, end_date: end, cost, filters } = entry;
      if (typeof start !== 'string' || !WALL.test(start)) return 'start_date';
      if (typeof end !== 'string' || !WALL.test(end)) return 'end_date';
      const amount = Number(cost);
      if (cost === undefined || cost === '' || !Number.isFinite(amount) || amount < 0)
        return 'cost';
      const wanted = Object.entries(Object(filters)) as Array<[string, unknown]>;
      const known = modes.has('old') ? OLD_COST_FILTER : COST_FILTER;
      const unknown = wanted.find(([name]) => !known.test(name));
      if (unknown) return `filters.${unknown[0]}`;
      const from = zone.instant(start);
      const until = zone.instant(end) + 1_000;
      const update = {
        reports: 2,
        apply() {
          const share = amount / ids.length / (RATES[currency] ?? 1);
          for (const id of ids) {
            const slice = {
              from: start.slice(0, 10),
              to: end.slice(0, 10),
              zone,
              campaign: indexOf(id),
              only: (click: Click) =>
                click.at >= from &&
                click.at < until &&
                !click.bot &&
                (!unique || click.unique) &&
                wanted.every(([name, value]) => {
                  const token = TOKENS[name];
                  return token !== undefined && String(value).split(',').includes(click[token]);
                }),
            };
            ledger.setCost(slice, () => share * ledger.options.rate);
          }
        },
      };
      if (typeof options.clock === 'function') update.apply();
      else scheduled.push(update);
    }
    return null;
  };

  const updateCosts = (body: Record<string, unknown>): Answered => {
    const ids = body.campaign_ids;
    if (!Array.isArray(ids) || ids.length === 0)
      return json(406, { error: 'campaign_ids is required' });
    if (ids.some((id) => indexOf(id) < 0)) return json(404, { error: 'Campaign not found' });
    if (!Array.isArray(body.costs)) return json(406, { error: 'costs is required' });
    const wrong = schedule(
      ids.map(Number),
      body.costs as CostEntry[],
      { timezone: body.timezone, currency: body.currency },
      [1, '1', true].includes(body.only_campaign_uniques as never),
    );
    return wrong
      ? json(406, { error: 'Validation failed', errors: { [wrong]: 'is invalid' } })
      : json(200, { success: true });
  };

  const api = (asked: Asked): Answered => {
    if (!asked.headers['api-key']) return json(401, { error: 'Api-Key is required' });
    if (asked.headers['api-key'] !== apiKey) return json(401, { error: 'Invalid API key' });
    const path = asked.path.slice(API.length);
    const route = `${asked.method} ${path}`;
    const list = (rows: readonly object[]): Answered => {
      const { query } = asked;
      // Older versions know no paging of lists.
      if (modes.has('old') || !query.has('limit')) return json(200, rows);
      const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset') ?? 0)];
      return json(200, pageOf(rows, offset, limit, modes.has('shifting')).shown);
    };
    const campaign = /^(GET|POST) \/campaigns\/(\d+)(?:\/(enable|disable))?$/.exec(route);
    if (campaign) {
      const [, method, id, deed] = campaign;
      const index = indexOf(id);
      if (index < 0 || !nameOf(index)) return json(404, { error: 'Campaign not found' });
      if (method === 'GET' && deed === undefined) {
        return json(200, campaignObject(index, states.get(index)));
      }
      if (method === 'POST' && deed !== undefined) {
        states.set(index, deed === 'enable' ? 'active' : 'disabled');
        // "some answer an array with one element"
        return json(200, [campaignObject(index, states.get(index))]);
      }
      return json(405, { error: 'Method not allowed' });
    }
    switch (route) {
      case 'GET /campaigns':
        return list(
          ledger.options.campaigns.flatMap((_, index) =>
            nameOf(index) ? [campaignObject(index, states.get(index))] : [],
          ),
        );
      case 'GET /traffic_sources':
        return list(SOURCES.map((_, index) => sourceObject(index)));
      case 'GET /offers':
        return list(
          OFFERS.map(({ name, payout }, index) => ({
            id: Number(offerIdOf.keitaro(index)),
            name,
            group_id: null,
            affiliate_network_id: 1,
            [modes.has('old') ? 'url' : 'action_payload']: offerUrl(index, '{subid}'),
            payout_value: payout.toFixed(4),
            payout_currency: 'USD',
            payout_type: 'CPA',
            state: 'active',
            created_at: { date: '2017-08-10 13:38:41.000000', timezone_type: 3, timezone: 'UTC' },
            payout_auto: index === 1,
            affiliate_network: 'Main network',
          })),
        );
      case 'GET /landing_pages':
        return list([
          { id: 5, name: 'Main lander', state: 'active' },
          { id: 6, name: 'Old lander', state: 'deleted' },
        ]);
      case 'GET /affiliate_networks':
        return list([{ id: 1, name: 'Main network', state: 'active' }]);
      case 'GET /groups':
        return json(200, []);
      case 'GET /report/labels':
        return readLabels(asked.query);
    }
    const body = bodyJson(asked);
    if (route === 'POST /report/build') {
      for (const update of scheduled) update.reports -= 1;
      for (const update of scheduled) if (update.reports <= 0) update.apply();
      scheduled = scheduled.filter(({ reports }) => reports > 0);
      return buildReport(ledger, body as object | undefined, {
        old: modes.has('old'),
        shifting: modes.has('shifting'),
      });
    }
    if (route === 'POST /clicks/update_costs') {
      return updateCosts(Object(body));
    }
    if (route === 'POST /conversions/log' || route === 'POST /clicks/log') {
      const kind = route.includes('conversions') ? 'conversions' : 'clicks';
      return buildLog(ledger, kind, body as object | undefined, {
        old: modes.has('old'),
        shifting: modes.has('shifting'),
      });
    }
    if (route === 'POST /report/labels') return writeLabels(Object(body));
    return json(404, { error: 'Not found' });
  };

  /** Admin API page, "labels": values of these references, in this campaign. */
  const labelKey = (campaign: unknown, ref: unknown): string | null =>
    indexOf(campaign) >= 0 &&
    /^(ip|source|ad_campaign_id|creative_id|keyword|sub_id_([1-9]|10))$/.test(String(ref))
      ? `${campaign}:${ref}`
      : null;

  const labelsAt = (key: string): Map<string, string> => {
    const known = labels.get(key) ?? new Map<string, string>();
    labels.set(key, known);
    return known;
  };

  const readLabels = (query: URLSearchParams): Answered => {
    const key = labelKey(query.get('campaign_id'), query.get('ref_name'));
    if (key === null) return refuse({ ref_name: 'is invalid' });
    const wanted = query.get('label_name');
    const all = [...labelsAt(key)].filter(([, name]) => !wanted || name === wanted);
    // PHP writes an empty map as a list.
    return json(200, all.length === 0 ? [] : Object.fromEntries(all));
  };

  const writeLabels = (body: Record<string, unknown>): Answered => {
    const key = labelKey(body.campaign_id, body.ref_name);
    if (key === null) return refuse({ ref_name: 'is invalid' });
    const items = Object.entries(Object(body.items)) as Array<[string, unknown]>;
    if (items.some(([, name]) => !['', 'blacklist', 'whitelist'].includes(String(name)))) {
      return refuse({ items: 'unknown label' });
    }
    // Whether a list is added to what there is or replaces it is not documented.
    const known = modes.has('replacing') ? new Map<string, string>() : labelsAt(key);
    const taken = modes.has('halving') ? items.slice(0, Math.ceil(items.length / 2)) : items;
    for (const [value, name] of taken) {
      if (name === '') known.delete(value);
      else known.set(value, String(name));
    }
    labels.set(key, known);
    return json(200, { success: true });
  };

  return {
    isApi: ({ path }) => path.startsWith(API),
    answer(asked) {
      if (asked.path.startsWith(API)) return api(asked);
      if (asked.path === '/admin/data') {
        if (!hasSession(asked)) return json(401, {});
        return uiData(
          campaignRows(ledger, daysIn(asked.query, ledger, ['from', 'to']), idOf, nameOf),
        );
      }
      if (asked.path === '/admin' || asked.path === '/admin/') return loggedIn ? appHtml() : LOGIN;
      return { status: 404, body: 'Not found' };
    },
    marksOf: (index) => labelsAt(`${idOf(index)}:sub_id_1`),
    isWrite: ({ method, path }) =>
      method !== 'GET' && !/\/(report\/build|conversions\/log|clicks\/log)$/.test(path),
    denied: json(403, { error: 'Access denied' }),
    reset() {
      states = new Map();
      labels = new Map();
      scheduled = [];
    },
    advance() {},
    setLoggedIn(on) {
      loggedIn = on;
    },
    campaignId: idOf,
    campaignPath: (index, range) =>
      `/admin/#!/campaigns/${idOf(index)}${range ? `?from=${range.from}&to=${range.to}` : ''}`,
    listPath: '/admin/#!/campaigns/',
    loginPath: '/admin/#!/login',
  };
}
