import {
  CAMPAIGNS,
  campaignIdOf,
  hexAlias,
  OFFERS,
  offerIdOf,
  SOURCES,
  sourceIdOf,
} from '../model/campaigns.ts';
import { createZone, isZoneName } from '../model/zones.ts';
import { type Answered, type Asked, bodyJson, json } from '../server.ts';
import { type MakeContext, RATES, type TrackerSimulator } from '../start.ts';
import { campaignRows, daysIn, hasSession, uiData } from '../web.ts';
import { buildReport } from './report.ts';
import { appHtml, LOGIN } from './ui.ts';

const API = '/admin_api/v1';
const idOf = campaignIdOf.keitaro;
const nameOf = (index: number) => CAMPAIGNS[index]?.names.keitaro ?? null;
const indexOf = (id: unknown): number =>
  CAMPAIGNS.findIndex((_, index) => idOf(index) === String(id));

/** Admin API page: a campaign object as shown there; `token` is the Click API's secret. */
const campaignObject = (index: number) => ({
  id: Number(idOf(index)),
  alias: hexAlias(index),
  name: nameOf(index),
  type: 'position',
  cookies_ttl: 24,
  position: index + 1,
  state: CAMPAIGNS[index]?.active ? 'active' : 'disabled',
  updated_at: '2026-02-13 16:48:19',
  cost_type: 'CPC',
  cost_value: (CAMPAIGNS[index]?.cpc ?? 0).toFixed(4),
  cost_currency: 'USD',
  group_id: null,
  bind_visitors: null,
  traffic_source_id: Number(sourceIdOf.keitaro(CAMPAIGNS[index]?.source ?? 0)),
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
  cost?: unknown;
  filters?: unknown;
}

/** Token of the click that a cost filter names. */
const TOKENS: Readonly<Record<string, 'placement' | 'sourceCampaign' | 'ad'>> = {
  sub_id_1: 'placement',
  sub_id_2: 'sourceCampaign',
  sub_id_3: 'ad',
};

const WALL = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/;

export function keitaroSimulator({ ledger, apiKey, options }: MakeContext): TrackerSimulator {
  let loggedIn = options.loggedIn ?? true;
  /** `success` means scheduled: applied when the second report after it is asked for. */
  let scheduled: Array<{ reports: number; apply(): void }> = [];

  const schedule = (
    ids: number[],
    entries: CostEntry[],
    zoneName: string,
    currency: string,
    unique: boolean,
  ): string | null => {
    if (!isZoneName(zoneName)) return 'timezone';
    if (RATES[currency] === undefined) return 'currency';
    const zone = createZone(zoneName);
    for (const entry of entries) {
      const { start_date: start, end_date: end, cost, filters } = entry;
      if (typeof start !== 'string' || !WALL.test(start)) return 'start_date';
      if (typeof end !== 'string' || !WALL.test(end)) return 'end_date';
      const amount = Number(cost);
      if (cost === undefined || cost === '' || !Number.isFinite(amount) || amount < 0)
        return 'cost';
      const wanted = Object.entries(Object(filters)) as Array<[string, unknown]>;
      const unknown = wanted.find(
        ([name]) =>
          !/^(sub_id_([1-9]|1[0-5])|keyword|external_id|creative_id|ad_campaign_id|source|cost|currency)$/.test(
            name,
          ),
      );
      if (unknown) return `filters.${unknown[0]}`;
      const from = zone.instant(start);
      const until = zone.instant(end) + 60_000;
      scheduled.push({
        reports: 2,
        apply() {
          const share = amount / ids.length / (RATES[currency] ?? 1);
          for (const id of ids) {
            const clicks = ledger.clicks({
              from: start.slice(0, 10),
              to: end.slice(0, 10),
              zone,
              campaign: indexOf(id),
              only: (click) =>
                click.at >= from &&
                click.at < until &&
                !click.bot &&
                (!unique || click.unique) &&
                wanted.every(([name, value]) => {
                  const token = TOKENS[name];
                  return token !== undefined && click[token] === String(value);
                }),
            });
            ledger.spread(clicks, share * ledger.options.rate);
          }
        },
      });
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
      String(body.timezone ?? ledger.options.zone),
      String(body.currency ?? ledger.options.currency),
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
    if (route === 'GET /campaigns') {
      return json(
        200,
        CAMPAIGNS.flatMap((_, index) => (nameOf(index) ? [campaignObject(index)] : [])),
      );
    }
    const one = /^GET \/campaigns\/(\d+)$/.exec(route)?.[1];
    if (one) {
      const index = indexOf(one);
      return index < 0
        ? json(404, { error: 'Campaign not found' })
        : json(200, campaignObject(index));
    }
    if (route === 'GET /traffic_sources')
      return json(
        200,
        SOURCES.map((_, index) => sourceObject(index)),
      );
    if (route === 'GET /offers') {
      return json(
        200,
        OFFERS.map(({ name, payout }, index) => ({
          id: Number(offerIdOf.keitaro(index)),
          name,
          payout_value: payout.toFixed(4),
          payout_currency: 'USD',
          state: 'active',
          created_at: { date: '2017-08-10 13:38:41.000000', timezone_type: 3, timezone: 'UTC' },
        })),
      );
    }
    if (route === 'GET /groups') return json(200, []);
    const body = bodyJson(asked);
    if (route === 'POST /report/build') {
      for (const update of scheduled) update.reports -= 1;
      for (const update of scheduled) if (update.reports <= 0) update.apply();
      scheduled = scheduled.filter(({ reports }) => reports > 0);
      return buildReport(ledger, body as object | undefined, options.vocabulary === 'old');
    }
    if (route === 'POST /clicks/update_costs') {
      return updateCosts(Object(body));
    }
    return json(404, { error: 'Not found' });
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
    reset() {
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
