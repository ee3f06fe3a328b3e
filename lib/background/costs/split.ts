import { isYoung } from '../../age.ts';
import type { Connection } from '../../connections/connection.ts';
import type { CostParts } from '../../costs/parts.ts';
import type { Reading } from '../../costs/reading.ts';
import { type CostSplit, splitOf, type ValueFigures } from '../../costs/split.ts';
import type { CostUpdate } from '../../costs/update.ts';
import { STALE_MS } from '../../journal/schedule.ts';
import { metricOf } from '../../report/metrics.ts';
import type { Question, Report } from '../../report/question.ts';
import { daysIn } from '../../report/range.ts';
import type { CostAbility, TrackerAdapter } from '../../trackers/adapter.ts';
import type { FindPlacementToken } from '../placements/token.ts';
import type { Services } from '../services.ts';
import { mayBeSent, segmentQuestion } from './segment.ts';

/** More writes than this for one cost would keep a tracker busy for too long. */
const MOST_WRITES = 50;
/** A split this old (ms) is read again; our own writes make it old at once. */
const YOUNG_MS = 60_000;
/** A preview waits this long (ms) for a split, which only an undo needs; the next one finds it. */
const PATIENCE_MS = 4_000;

/** How many writes can take the place of one: those that leave before they would be too old to be sent. */
export function mostWrites({ paces }: TrackerAdapter): number {
  const { perWindow } = paces.cost ?? paces.default;
  if (!perWindow) return MOST_WRITES;
  const inTime = Math.floor(STALE_MS / perWindow.ms) * perWindow.requests - 1;
  return Math.max(1, Math.min(MOST_WRITES, inTime));
}

/** The question whose report splits an update's segment by the values of a token. */
export const splitQuestion = (update: CostUpdate, slot: number): Question => ({
  ...segmentQuestion(update),
  groupBy: [`token${slot}`],
});

/** The figures of each value; null = rows are missing. */
export function valuesIn({ rows, complete }: Report): ValueFigures[] | null {
  if (!complete) return null;
  return rows.map(({ values: [value], metrics }) => ({
    value: value?.id ?? '',
    cost: metricOf(metrics, 'cost'),
    clicks: metricOf(metrics, 'clicks'),
    bots: metricOf(metrics, 'bots'),
  }));
}

/**
 * How the cost that an update of all clicks overwrites is split: over the token for whose values costs
 * were set, or the one that holds the placements. null = not known, or there is nothing to split.
 */
export type ReadSplit = (
  update: CostUpdate,
  /** Reads the segment as it is now. */
  before: () => Promise<Reading>,
  of: {
    readonly connection: Connection;
    readonly ability: CostAbility;
    readonly parts: readonly CostParts[];
  },
  signal: AbortSignal,
) => Promise<CostSplit | null>;

export function createReadSplit(
  { clients, reports, now }: Pick<Services, 'clients' | 'reports' | 'now'>,
  findPlacementToken: FindPlacementToken,
): ReadSplit {
  const read: ReadSplit = async (update, before, { connection, ability, parts }, signal) => {
    const [largest] = parts.toSorted((a, b) => b.sum - a.sum);
    const placements = largest
      ? null
      : await findPlacementToken(connection, update.campaignId, null, signal);
    const slot = largest?.slot ?? placements?.slot?.slot ?? null;
    if (slot === null || slot > ability.byToken) return null;
    const question = splitQuestion(update, slot);
    const splitIn = async (report: Report) => {
      const values = valuesIn(report);
      const whole = await before();
      if (!values) return null;
      return clients.run(connection, signal, async (client, adapter) =>
        splitOf(slot, values, whole, {
          rounding: ability.rounding,
          summed: daysIn(update.range),
          settable: (value) =>
            value !== '' &&
            mayBeSent(client, adapter, { ...update, token: { slot, value } }, whole),
        }),
      );
    };
    const known = await reports.known(connection.id, question);
    const split = known && isYoung(known.fetchedAt, now(), YOUNG_MS) ? await splitIn(known) : null;
    return split ?? splitIn(await reports.refresh(connection.id, question, signal));
  };

  return async (update, before, of, signal) => {
    if (update.token !== null || update.uniqueOnly || of.ability.byToken === 0) return null;
    const reading = read(update, before, of, signal).catch(() => null);
    return Promise.race([reading, patience()]);
  };
}

const patience = (): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
