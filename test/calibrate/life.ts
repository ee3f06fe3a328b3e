import { type Arrivals, arrivalsByMean, type Delayed } from '../../lib/blacklist/arrivals.ts';
import { columnsOf } from '../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { learnArrivals } from '../../lib/blacklist/learn-arrivals.ts';
import { arrivedByOffers } from '../../lib/blacklist/offer-mix.ts';
import type { PlacementColumns } from '../../lib/blacklist/placement.ts';
import { daysToJudge, type ToJudge } from '../../lib/blacklist/ripeness.ts';
import { type Metrics, metricsOf, sumMetrics } from '../../lib/report/metrics.ts';
import type { Basis } from '../../lib/report/question.ts';
import { addDays, dayOf, instantsOf, type Range } from '../../lib/report/range.ts';
import type { Chance } from './chance.ts';

/** How a made-up campaign behaves. Money in payouts of 4. */
export interface World {
  readonly placements: number;
  /** True return of a placement per conversion paid at the usual payout. */
  returns(chance: Chance): number;
  /** Payouts that a placement spends over the days that are looked at. */
  spend(chance: Chance): number;
  /**
   * σ of the logarithm of payouts, and the deviation of placements' mean payouts. A share of the
   * placements may bring conversions that pay several times as much, as many times more seldom.
   */
  readonly payouts?: {
    readonly sigma: number;
    readonly between: number;
    readonly rich?: { readonly share: number; readonly times: number };
  };
  /** Share of conversions that are paid, and how the tracker tells. */
  readonly approval?: {
    readonly rate: number;
    readonly told: 'nothing' | 'rejected' | 'approved';
  };
  /** Mean days from click to conversion, days looked at, and what tells the delay. */
  readonly delay?: {
    readonly days: number;
    readonly rangeDays: number;
    readonly known: 'log' | 'mean' | 'setting' | 'nothing';
    /** Did the campaign begin with the range? Then the log has no older conversions either. */
    readonly isYoung?: boolean;
    /** The date that conversions are counted on; missing = that of the click. */
    readonly basis?: Basis;
    /** Another offer, to which all clicks of the last days are sent: its own mean delay. */
    readonly second?: { readonly days: number; readonly since: number };
  };
  /** Conversions of one visitor, where they come in bursts. */
  readonly burst?: number;
}

export interface Life {
  readonly columns: PlacementColumns;
  /** What each placement returns in truth: revenue paid ÷ cost in the long run. */
  readonly truth: Float64Array;
}

export const PAYOUT = 4;
const CPC = 0.05;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Noon, UTC. */
const NOW = Date.UTC(2026, 5, 15, 12);
/** Days before the range that placements have been there for, where these count. */
const DAYS_BEFORE = 30;
/** Days of the conversion log, as the extension reads it. */
const LOG_DAYS = 14;

interface Conversion {
  readonly clicked: number;
  readonly delay: number;
  readonly offer: 'first' | 'second';
  readonly payout: number;
  readonly fate: 'approved' | 'rejected' | 'hold';
}

/** One campaign as a tracker shows it at noon of its last day. */
export function live(world: World, chance: Chance): Life {
  const rangeDays = world.delay?.rangeDays ?? 1;
  const zone = 'UTC';
  const today = dayOf(NOW, zone);
  const range: Range = { from: addDays(today, 1 - rangeDays), to: today, zone };
  const start = instantsOf(range).start;
  const isByClick = world.delay?.basis !== 'postback';
  const rate = world.approval?.rate ?? 1;
  /** From when on clicks are sent to the second offer. */
  const turn = world.delay?.second ? NOW - world.delay.second.since * DAY_MS : NOW;
  const offerAt = (clicked: number) => (clicked < turn ? 'first' : 'second');
  const delayAt = (clicked: number): number => {
    const { days = 0, second } = world.delay ?? {};
    const mean = offerAt(clicked) === 'first' ? days : (second?.days ?? days);
    return mean === 0 ? 0 : chance.exponential(mean * DAY_MS);
  };
  const truth = new Float64Array(world.placements);
  const log: Delayed[] = [];
  const people = Array.from({ length: world.placements }, (_, at) => {
    const level = world.payouts?.between
      ? chance.gamma(1 / world.payouts.between ** 2, 1 / world.payouts.between ** 2)
      : 1;
    const perPayout = world.returns(chance);
    const { share = 0, times = 1 } = world.payouts?.rich ?? {};
    const pays = share > 0 && chance.even() < share ? times : 1;
    truth[at] = perPayout * level;
    // Half are there from the first day on, the others begin some time within the range.
    const oldest = isByClick ? start : start - DAYS_BEFORE * DAY_MS;
    const began =
      world.delay && chance.even() < 0.5 ? start + chance.even() * (NOW - start) : oldest;
    const spent = world.spend(chance);
    const perMs = spent / (NOW - Math.max(start, began));
    const conversions: Conversion[] = [];
    const burst = world.burst ?? 1;
    for (
      let n = chance.poisson((perPayout * perMs * (NOW - began)) / pays / rate / burst);
      n > 0;
      n--
    ) {
      const clicked = began + chance.even() * (NOW - began);
      const delay = delayAt(clicked);
      const paid = chance.even() < rate;
      for (let of = 0; of < burst; of++) {
        conversions.push({
          clicked,
          delay,
          offer: offerAt(clicked),
          payout: PAYOUT * level * pays * chance.logNormal(world.payouts?.sigma ?? 0),
          // Half of them are judged by now.
          fate: chance.even() < 0.5 ? 'hold' : paid ? 'approved' : 'rejected',
        });
      }
    }
    return {
      began,
      perMs,
      conversions: conversions.filter(({ clicked, delay }) => clicked + delay <= NOW),
    };
  });
  if (world.delay) {
    // The log has the days before the range, too, where there were some.
    const first = NOW - LOG_DAYS * DAY_MS;
    for (const { clicked, delay, offer } of people.flatMap(({ conversions }) => conversions)) {
      if (clicked + delay < first) continue;
      log.push({ delay, watched: NOW - clicked, offer });
    }
    for (let n = world.delay.isYoung ? 0 : log.length * 3; n > 0; n--) {
      const clicked = first + chance.even() * (start - first);
      const delay = delayAt(clicked);
      if (clicked + delay <= NOW) {
        log.push({ delay, watched: NOW - clicked, offer: offerAt(clicked) });
      }
    }
  }
  const { days, before } = daysRead(world, range, log);
  const all = [...days, ...before];
  /** Cost of a placement's clicks between two instants. */
  const costOf = ({ began, perMs }: (typeof people)[number], from: number, until: number) =>
    perMs * PAYOUT * Math.max(0, Math.min(until, NOW) - Math.max(from, began));
  const mix = all.map(({ range: read, offers }) => {
    if (offers.size === 0) return null;
    const { start: from, end: until } = instantsOf(read);
    const sent = [
      ['first', from, Math.min(until, turn)],
      ['second', Math.max(from, turn), until],
    ] as const;
    return sent.map(([id, since, before]) => ({
      id,
      cost: people.reduce((sum, one) => sum + costOf(one, since, before), 0),
      conversions: people.reduce(
        (sum, { conversions }) =>
          sum + conversions.filter(({ clicked }) => clicked >= since && clicked < before).length,
        0,
      ),
    }));
  });
  const arrived = arrivedByOffers(all, mix);
  const rows = people.map((one, at) => {
    const parts = days.map(({ range: read }, group) => {
      const { start: from, end: until } = instantsOf(read);
      const cost = costOf(one, from, until);
      const within = one.conversions.filter(({ clicked, delay }) => {
        const counted = isByClick ? clicked : clicked + delay;
        return counted >= from && counted < until;
      });
      return { cost, ripe: cost * (arrived[group] ?? 0), metrics: figures(cost, within, world) };
    });
    return {
      id: `p${at}`,
      metrics: sumMetrics(parts.map(({ metrics }) => metrics)),
      ripeCost: before.reduce(
        (sum, { range: read }, at) => {
          const { start: from, end: until } = instantsOf(read);
          return sum + costOf(one, from, until) * (arrived[days.length + at] ?? 0);
        },
        parts.reduce((sum, { ripe }) => sum + ripe, 0),
      ),
    };
  });
  return { columns: columnsOf(rows), truth };
}

function figures(cost: number, conversions: readonly Conversion[], world: World): Metrics {
  const told = world.approval?.told ?? 'nothing';
  const count = (fate: Conversion['fate']) => conversions.filter((one) => one.fate === fate).length;
  const counted =
    told === 'nothing' ? conversions : conversions.filter(({ fate }) => fate !== 'rejected');
  return metricsOf({
    clicks: Math.round(cost / CPC),
    cost,
    conversions: conversions.length,
    revenue: counted.reduce((sum, { payout }) => sum + payout, 0),
    ...(told === 'nothing' ? {} : { rejected: count('rejected') }),
    ...(told === 'approved' ? { sales: count('approved'), hold: count('hold') } : {}),
    ...(told === 'rejected' ? { sales: count('approved') + count('hold') } : {}),
  });
}

function daysRead(world: World, range: Range, log: readonly Delayed[]): ToJudge {
  const { known = 'nothing', days = 0, basis = 'visit' } = world.delay ?? {};
  const learnt: Arrivals | null =
    known === 'log' ? learnArrivals(log) : known === 'mean' ? arrivalsByMean(days * DAY_MS) : null;
  const delayHours = known === 'setting' ? DEFAULT_RULES.delayHours : 0;
  return daysToJudge(range, { learnt, delayHours, basis }, NOW);
}
