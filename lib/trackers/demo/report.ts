import { CrosstrackError } from '../../errors.ts';
import { BASE_METRICS, type BaseMetric, metricsOf } from '../../report/metrics.ts';
import type { Dimension, DimensionValue, Question, Report } from '../../report/question.ts';
import { addDays, dayOf, instantsOf } from '../../report/range.ts';
import type { Campaign, TrackerClient } from '../adapter.ts';
import { reportOf } from '../reports.ts';
import { CAMPAIGNS, chance, partBy, placementsOf } from './model.ts';
import { setCostSchema } from './schema.ts';

/** How the sides differ: what each counts of the same clicks and conversions. */
interface Side {
  /** Id of its first campaign. */
  readonly ids: number;
  readonly network?: true;
  readonly clicks: number;
  readonly conversions: number;
  /** Number of a campaign that loses clicks here, so that there is a gap to find. */
  readonly leaks?: number;
  /** Number of a campaign with another name here, to be linked by hand. */
  readonly renamed?: number;
}
const SIDES: Readonly<Record<string, Side>> = {
  'demo-b': { ids: 101, clicks: 0.975, conversions: 0.98, leaks: 3, renamed: 1 },
  'demo-network': { ids: 501, network: true, clicks: 0.2, conversions: 0.96 },
};
const sideOf = ({ connection }: TrackerClient): Side =>
  SIDES[connection.id] ?? { ids: 1, clicks: 1, conversions: 1 };

export const OFFER_DIMENSIONS: readonly Dimension[] = [
  'campaign',
  'offer',
  'country',
  'day',
  'hour',
];
export const DIMENSIONS: readonly Dimension[] = [...OFFER_DIMENSIONS, 'source'];
/** Id of a tracker's first offer; each campaign has its own. */
const OFFER_IDS = 31;
/** Slots: the source's campaign id, its placement id, its banner id. */
const TOKENS: readonly Dimension[] = ['token1', 'token2', 'token3'];

/** The campaigns (in the network: offers) of a side. */
export function campaignsOf(client: TrackerClient): Campaign[] {
  const { ids, renamed, network } = sideOf(client);
  return CAMPAIGNS.map(({ name, source }, index) => ({
    id: String(ids + index),
    name: renamed === index ? `${name} v2` : name,
    active: true,
    source: network ? null : same(source),
  }));
}

const countedBy = ({ network }: Side): readonly BaseMetric[] =>
  network
    ? ['clicks', 'conversions', 'hold', 'revenue']
    : ['clicks', 'uniqueClicks', 'landerViews', 'landerClicks', 'conversions', 'cost', 'revenue'];

type Counts = Partial<Record<BaseMetric, number>>;
const same = (text: string): DimensionValue => ({ id: text, name: text });

/**
 * Figures from the model alone. A day's count grows with the hours, so that the
 * hours add up to the day and today goes on. Days are cut in the connection's zone.
 */
export function report(client: TrackerClient, question: Question): Report {
  const { range, groupBy, filters } = question;
  const side = sideOf(client);
  const { network } = side;
  const { zone } = client.connection;
  const asked = [...groupBy, ...filters.map(({ dimension }) => dimension)];
  const able = network ? OFFER_DIMENSIONS : [...DIMENSIONS, ...TOKENS];
  const foreign = asked.find((dimension) => !able.includes(dimension));
  if (foreign) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'demo_dimension', values: [foreign] });
  }
  const costs = [...client.memory.values()]
    .flatMap((text) => setCostSchema.safeParse(JSON.parse(text)).data ?? [])
    .sort((a, b) => b.at - a.at);
  const now = Math.min(client.now(), question.until ?? Number.POSITIVE_INFINITY);
  const today = dayOf(now, zone);
  const hourNow = (now - instantsOf({ from: today, to: today, zone }).start) / 3_600_000;
  const byHour = asked.includes('hour');
  const days: string[] = [];
  for (let day = range.from; day <= range.to && day <= today; day = addDays(day, 1)) days.push(day);
  const rows = new Map<string, { values: DimensionValue[]; counts: Counts }>();

  campaignsOf(client).forEach(({ id, name }, index) => {
    const campaign = CAMPAIGNS[index];
    if (!campaign) return;
    for (const placement of placementsOf(campaign)) {
      for (const day of days) {
        const values: Partial<Record<Dimension, DimensionValue>> = {
          campaign: { id, name },
          offer: network ? { id, name } : { id: String(OFFER_IDS + index), name: campaign.name },
          source: same(campaign.source),
          country: same(campaign.country),
          day: same(day),
          token1: same(String(700_001 + index)),
          token2: same(placement.id),
          token3: same(placement.banner),
        };
        const fits = (dimension: Dimension, value: string) => values[dimension]?.id === value;
        const others = filters.filter(({ dimension }) => dimension !== 'hour');
        if (!others.every(({ dimension, value }) => fits(dimension, value))) continue;
        const luck = chance(day + campaign.name + placement.id);
        const busy = 0.7 + 0.6 * chance(day + campaign.name);
        const sent = campaign.clicks * placement.share * busy;
        const clicks = sent * side.clicks * (side.leaks === index ? 0.78 : 1);
        const conversions = sent * campaign.rate * placement.quality * side.conversions;
        const expected: Counts = {
          clicks,
          conversions,
          ...(network
            ? { hold: conversions / 20 }
            : {
                uniqueClicks: clicks * 0.9,
                landerViews: clicks * 0.97,
                // The worst are bots: nobody leaves the lander.
                landerClicks: placement.quality < 0.06 ? 0 : clicks * 0.22,
              }),
        };
        const set = costs.find(
          ({ campaign: of, from, to, token }) =>
            of === id &&
            from <= day &&
            day <= to &&
            (!token || fits(`token${token.slot}`, token.value)),
        );
        const cpc = set?.cpc ?? campaign.cpc * (0.9 + luck / 5);
        const end = day === today ? Math.min(24, hourNow) : 24;
        for (let hour = 0; hour < (byHour ? end : 1); hour++) {
          values.hour = { id: String(hour), name: `${hour}:00` };
          if (!filters.every(({ dimension, value }) => fits(dimension, value))) continue;
          const [from, to] = byHour
            ? [partBy(hour), partBy(Math.min(hour + 1, end))]
            : [0, partBy(end)];
          const group = groupBy.map((dimension) => values[dimension] ?? same(''));
          const key = JSON.stringify(group);
          const counts: Counts = rows.get(key)?.counts ?? {};
          rows.set(key, { values: group, counts });
          const add = (metric: BaseMetric, count: number) => {
            counts[metric] = (counts[metric] ?? 0) + count;
          };
          for (const metric of BASE_METRICS) {
            const whole = expected[metric];
            if (whole === undefined) continue;
            // One phase for all counts of a placement's day: never more conversions than clicks.
            const count = Math.floor(whole * to + luck) - Math.floor(whole * from + luck);
            add(metric, count);
            if (metric === 'clicks' && !network) add('cost', count * cpc);
            if (metric === 'conversions') add('revenue', count * campaign.payout);
          }
        }
      }
    }
  });
  const seen = [...rows.values()]
    .filter(({ counts }) => counts.clicks || counts.conversions)
    .map(({ values, counts }) => ({ values, metrics: metricsOf(counts) }));
  return reportOf(client, question, { rows: seen, complete: true }, countedBy(side), zone);
}
