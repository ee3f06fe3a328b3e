import { CrosstrackError } from '../../errors.ts';
import { BASE_METRICS, type BaseMetric, metricsOf } from '../../report/metrics.ts';
import type { Dimension, DimensionValue, Question, Report } from '../../report/question.ts';
import { addDays, dayOf, instantsOf } from '../../report/range.ts';
import type { Ask } from '../adapter.ts';
import { CAMPAIGNS, chance, type MadeUpCampaign, partBy, placementsOf } from './model.ts';
import { type SetCost, setCostSchema } from './schema.ts';

/** How the sides differ: what each counts of the same clicks and conversions. */
interface Side {
  /** Added to a campaign's number to make its id here. */
  readonly ids: number;
  readonly clicks: number;
  readonly conversions: number;
  /** Number of a campaign that loses clicks here, so that there is a gap to find. */
  readonly leaks?: number;
  /** Number of a campaign with another name here, to be linked by hand. */
  readonly renamed?: { readonly campaign: number; readonly name: string };
}
const SIDES: Readonly<Record<string, Side>> = {
  'demo-b': {
    ids: 101,
    clicks: 0.975,
    conversions: 0.98,
    leaks: 3,
    renamed: { campaign: 1, name: 'BR VPN Android v2' },
  },
  'demo-network': { ids: 501, clicks: 0.97, conversions: 0.96 },
};
const FIRST: Side = { ids: 1, clicks: 1, conversions: 1 };
const sideOf = (ask: Ask): Side => SIDES[ask.connection.id] ?? FIRST;

export interface Known {
  readonly id: string;
  readonly name: string;
  readonly campaign: MadeUpCampaign;
}

/** The campaigns (in the network: offers) of a side. */
export function campaignsOf(ask: Ask): Known[] {
  const { ids, renamed } = sideOf(ask);
  return CAMPAIGNS.map((campaign, index) => ({
    id: String(ids + index),
    name: renamed?.campaign === index ? renamed.name : campaign.name,
    campaign,
  }));
}

export const costsIn = (memory: Ask['memory']): SetCost[] =>
  [...memory.values()]
    .flatMap((text) => setCostSchema.safeParse(JSON.parse(text)).data ?? [])
    .sort((a, b) => b.at - a.at);

type Counts = Partial<Record<BaseMetric, number>>;
type Attributes = Partial<Record<Dimension, DimensionValue>>;
const same = (text: string): DimensionValue => ({ id: text, name: text });

/**
 * Figures from the model alone. A day's count grows with the hours, so that the
 * hours add up to the day and today goes on. Days are cut in the connection's zone.
 */
export function report(
  ask: Ask,
  { range, groupBy, filters }: Question,
  dimensions: readonly Dimension[],
): Report {
  const foreign = [...groupBy, ...filters.map(({ dimension }) => dimension)].find(
    (dimension) => !dimensions.includes(dimension),
  );
  if (foreign)
    throw new CrosstrackError({ kind: 'unsupported', text: 'demo_dimension', values: [foreign] });
  const { connection, now } = ask;
  const side = sideOf(ask);
  const network = !dimensions.includes('token1');
  const costs = costsIn(ask.memory);
  const at = now();
  const today = dayOf(at, connection.zone);
  const { start } = instantsOf({ from: today, to: today, zone: connection.zone });
  const hourNow = Math.min(24, (at - start) / 3_600_000);
  const byHour = groupBy.concat(filters.map(({ dimension }) => dimension)).includes('hour');
  const rows = new Map<string, { values: DimensionValue[]; sums: Counts }>();

  const add = (attributes: Attributes, known: Counts) => {
    const fits = filters.every(({ dimension, value }) => attributes[dimension]?.id === value);
    if (!fits || !Object.values(known).some((count) => count > 0)) return;
    const values = groupBy.map((dimension) => attributes[dimension] ?? same(''));
    const key = JSON.stringify(values.map(({ id }) => id));
    const row = rows.get(key) ?? { values, sums: {} };
    rows.set(key, row);
    for (const metric of BASE_METRICS) {
      const value = known[metric];
      if (value !== undefined) row.sums[metric] = (row.sums[metric] ?? 0) + value;
    }
  };

  const days: string[] = [];
  for (let day = range.from; day <= range.to && day <= today; day = addDays(day, 1)) days.push(day);
  for (const [index, { id, name, campaign }] of campaignsOf(ask).entries()) {
    if (filters.some(({ dimension, value }) => dimension === 'campaign' && value !== id)) continue;
    const received = side.clicks * (side.leaks === index ? 0.78 : 1);
    for (const placement of placementsOf(campaign)) {
      for (const day of days) {
        const luck = chance(`${day} ${campaign.name} ${placement.id}`);
        const clicks =
          campaign.clicks * placement.share * (0.7 + 0.6 * chance(day + campaign.name));
        const conversions = clicks * campaign.rate * placement.quality;
        const expected: Counts = network
          ? { clicks: clicks * 0.21 * received }
          : {
              clicks: clicks * received,
              uniqueClicks: clicks * received * 0.9,
              landerViews: clicks * received * 0.97,
              // Some of the bad placements are bots: nobody leaves the lander.
              landerClicks: placement.quality < 0.06 ? 0 : clicks * received * 0.22,
            };
        expected.conversions = conversions * side.conversions;
        if (network) {
          expected.hold = conversions * 0.05;
          expected.rejected = conversions * 0.04;
        }
        const attributes: Attributes = {
          campaign: { id, name },
          offer: { id: String(501 + index), name: campaign.name },
          source: same(campaign.source),
          country: same(campaign.country),
          day: same(day),
          token1: same(String(700_001 + index)),
          token2: same(placement.id),
          token3: same(placement.banner),
        };
        const set = costs.find(
          (cost) =>
            cost.campaign === id &&
            cost.from <= day &&
            day <= cost.to &&
            (!cost.token || attributes[`token${cost.token.slot}`]?.id === cost.token.value),
        );
        const cpc = set?.cpc ?? campaign.cpc * (0.9 + luck / 5);
        const end = day === today ? hourNow : 24;
        for (let hour = 0; hour < (byHour ? end : 1); hour++) {
          const [from, to] = byHour ? [hour, Math.min(hour + 1, end)] : [0, end];
          // One phase for all counts of a placement's day: never more conversions than clicks.
          const count = (whole: number) =>
            Math.floor(whole * partBy(to) + luck) - Math.floor(whole * partBy(from) + luck);
          const counted: Counts = {};
          for (const metric of BASE_METRICS) {
            const whole = expected[metric];
            if (whole !== undefined) counted[metric] = count(whole);
          }
          counted.revenue = (counted.conversions ?? 0) * campaign.payout;
          if (!network) counted.cost = (counted.clicks ?? 0) * cpc;
          add({ ...attributes, hour: { id: String(hour), name: `${hour}:00` } }, counted);
        }
      }
    }
  }
  const nothing: Counts = {
    clicks: 0,
    conversions: 0,
    ...(network ? {} : { cost: 0 }),
    revenue: 0,
  };
  if (groupBy.length === 0 && rows.size === 0) rows.set('', { values: [], sums: nothing });
  return {
    rows: [...rows.values()].map(({ values, sums }) => ({
      values,
      metrics: metricsOf(sums),
    })),
    zone: connection.zone,
    currency: connection.currency,
    basis: connection.basis,
    fetchedAt: at,
    complete: true,
  };
}
