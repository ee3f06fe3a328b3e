import type { JournalRecord, JournalState } from '../../lib/journal/record.ts';
import { isOpen } from '../../lib/journal/schedule.ts';
import { overlaps } from '../../lib/journal/segments.ts';
import { instantsOf } from '../../lib/report/range.ts';
import type { Booking } from '../simulators/model/jobs.ts';
import type { Simulator } from '../simulators/start.ts';
import type { Ended } from './schedule.ts';

/** What a journal got wrong, by the trackers' own books; see `tally`. */
export const FINDINGS = [
  'lost',
  'doubled',
  'falseVerified',
  'falseFailed',
  'reordered',
  'disagree',
] as const;
export type Finding = (typeof FINDINGS)[number];

export interface Found {
  readonly writes: number;
  readonly findings: ReadonlyArray<{ readonly what: Finding; readonly of: string }>;
}

/** Nothing can be told from less (money). */
const DUST = 0.006;
/** States that say: it has no effect. */
const WITHOUT_EFFECT: readonly JournalState[] = ['failed', 'notSent', 'cancelled'];

const near = (a: number | null, b: number | null): boolean =>
  a !== null && b !== null && Math.abs(a - b) <= DUST;

/** A record with what its tracker has in its books of the same campaign and total. */
interface Side {
  readonly record: JournalRecord;
  readonly simulator: Simulator;
  readonly campaign: number;
  readonly key: string;
}

/** Compares the journal with the books of the trackers. */
export function judge({ records, confirmed, simulators }: Ended): Found {
  const findings: Array<{ what: Finding; of: string }> = [];
  const sides = records.flatMap((record): Side[] => {
    const simulator = simulators.get(record.order.connection);
    if (!simulator) return [];
    const campaign = Number(record.order.campaignName);
    return [{ record, simulator, campaign, key: keyOf(simulator, campaign, record.order.amount) }];
  });
  const find = (what: Finding, side: Side, why = '') =>
    findings.push({ what, of: `${describe(side)} ${why}` });

  const booked = new Map<string, Booking[]>();
  for (const simulator of simulators.values()) {
    for (const booking of simulator.books) {
      // A segment without clicks that cost something swallows what it is given.
      if (booking.total === null || booking.clicks === 0) continue;
      const key = keyOf(simulator, booking.campaign, booking.total);
      booked.set(key, [...(booked.get(key) ?? []), booking]);
    }
  }
  const bookingsOf = ({ key }: Side): Booking[] => booked.get(key) ?? [];

  for (const id of confirmed) {
    if (!records.some((record) => record.id === id)) findings.push({ what: 'lost', of: id });
  }
  for (const side of sides) if (isOpen(side.record)) find('lost', side);

  const byKey = Map.groupBy(sides, ({ key }) => key);
  for (const [key, bookings] of booked) {
    const alike = byKey.get(key) ?? [];
    const sent = alike.reduce((sum, { record }) => sum + timesSent(record), 0);
    if (bookings.length > sent) {
      findings.push({ what: 'doubled', of: `${key}: ${bookings.length} booked, ${sent} sent` });
    }
    const claimed = alike.filter(({ record }) => hasEffect(record)).length;
    const [failed] = alike.filter(({ record }) => record.state === 'failed');
    if (failed && bookings.length > claimed) find('falseFailed', failed);
  }

  for (const side of sides) {
    const verified = side.record.history.filter(({ state }) => state === 'verified');
    for (const { at } of verified.slice(0, 1)) {
      const applied = bookingsOf(side).some(
        ({ appliedAt }) => appliedAt !== null && appliedAt <= at,
      );
      if (!applied) find('falseVerified', side);
    }
  }

  for (const first of sides) {
    for (const second of sides) {
      if (first.record.turn >= second.record.turn || first.key === second.key) continue;
      if (!overlaps(first.record.order, second.record.order)) continue;
      const [a, b] = [only(bookingsOf(first)), only(bookingsOf(second))];
      const alone = [first, second].every(({ key }) => byKey.get(key)?.length === 1);
      if (alone && a?.appliedAt && b?.appliedAt && a.appliedAt > b.appliedAt) {
        find('reordered', first, `after ${describe(second)}`);
      }
    }
  }

  for (const side of sides) {
    const why = disagreement(side, sides);
    if (why) find('disagree', side, why);
  }
  return { writes: records.length, findings };
}

/** What the record says about the tracker that is not so; null = it is, or says nothing. */
function disagreement(side: Side, sides: readonly Side[]): string | null {
  const { record, simulator, campaign } = side;
  const { from, to, zone } = record.order.range;
  const last = simulator.books
    .filter((booking) => booking.campaign === campaign && booking.appliedAt !== null)
    .reduce<Booking | null>(
      (latest, booking) => ((latest?.appliedAt ?? 0) > (booking.appliedAt ?? 0) ? latest : booking),
      null,
    );
  const newest = sides
    .filter((other) => overlaps(other.record.order, record.order) && timesSent(other.record) > 0)
    .reduce((latest, other) => (other.record.turn > latest.record.turn ? other : latest), side);
  // Later clicks have moved what days that were not over show.
  if (newest !== side || instantsOf(record.order.range).end > record.createdAt) return null;
  const placement = record.order.token ? { placement: record.order.token.value } : {};
  const { cost } = simulator.truth({ campaignIndex: campaign, from, to, zone, ...placement });
  const shows = `shows ${cost.toFixed(4)}`;
  // Another order of the same cost may be what shows.
  const isTwice = sides.some((other) => other !== side && other.key === side.key);
  switch (record.state) {
    case 'verified':
      return near(last?.total ?? null, record.expected) && !near(cost, record.expected)
        ? shows
        : null;
    case 'mismatch':
      return near(cost, record.expected) || !near(cost, record.seen) ? shows : null;
    case 'failed':
      return near(cost, record.expected) && !near(record.before.cost, cost) && !isTwice
        ? shows
        : null;
    default:
      return null;
  }
}

const keyOf = ({ id }: Simulator, campaign: number, total: number): string =>
  `${id} ${campaign} ${total.toFixed(3)}`;

const only = <T>(list: readonly T[]): T | null => (list.length === 1 ? (list[0] ?? null) : null);

/** How often its request may have been taken: each send, but for those that were told to wait. */
const timesSent = ({ history }: JournalRecord): number =>
  history.filter(
    ({ state }, index) =>
      state === 'sending' && !['planned', 'notSent'].includes(history[index + 1]?.state ?? ''),
  ).length;

const hasEffect = (record: JournalRecord): boolean =>
  timesSent(record) > 0 && !WITHOUT_EFFECT.includes(record.state);

const describe = ({ key, record }: Side): string =>
  `${key} turn ${record.turn}: ${record.history.map(({ state }) => state).join(' → ')} (before ${record.before.cost}, seen ${record.seen})`;
