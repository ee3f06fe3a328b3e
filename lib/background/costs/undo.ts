import type { Reading } from '../../costs/reading.ts';
import { type Restored, restoreSplit } from '../../costs/split.ts';
import type { RestoredSplit, Undone } from '../../costs/undo.ts';
import type { CostUpdate } from '../../costs/update.ts';
import { mayUndo } from '../../journal/choices.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { isOpen } from '../../journal/schedule.ts';
import { membersOf, writtenOver } from '../../journal/turns.ts';
import type { Metrics } from '../../report/metrics.ts';
import { daysIn } from '../../report/range.ts';
import type { Services } from '../services.ts';
import { mostWrites, splitQuestion, valuesIn } from './split.ts';

/** What an undo of a record undoes: the record's order, or that of its whole group. */
export function undoneOf(record: JournalRecord, all: readonly JournalRecord[]): Undone {
  const members = membersOf(record, all);
  const whole = members.find(({ order }) => order.token === null);
  return {
    ...record,
    ...(record.group && {
      order: record.group.order,
      before: record.group.before,
      seen: whole?.seen ?? null,
    }),
    shown: record.rounding.shown,
    settled:
      mayUndo({ ...record, before: { cost: 0, clicks: 0 } }) &&
      members.every((member) => !isOpen(member) && member.state !== 'notKnown'),
    writtenOver: writtenOver(record, all) !== null,
  };
}

/** How an undo restores a split, with the figures of each value as they are now. */
export interface SplitUndo {
  readonly restored: Restored;
  readonly slot: number;
  readonly figures: ReadonlyMap<string, Metrics>;
}

/**
 * Plans how the split that a record's update has overwritten is restored; null = it cannot be, or
 * is not known.
 *
 * @param now the whole as the tracker shows it
 */
export async function planSplit(
  { connections, clients }: Pick<Services, 'connections' | 'clients'>,
  { order, before, split, rounding, seen, state }: JournalRecord,
  now: Reading,
  signal: AbortSignal,
): Promise<SplitUndo | null> {
  if (!split || before.cost === null || before.clicks === null) return null;
  const connection = await connections.get(order.connection);
  const report = await clients.run(connection, signal, (client, adapter) =>
    adapter.report(client, splitQuestion(order, split.slot)),
  );
  const values = valuesIn(report);
  if (!values) return null;
  const summed = daysIn(order.range);
  const asLeft =
    state === 'verified' &&
    seen !== null &&
    now.cost !== null &&
    now.cost > 0 &&
    now.clicks === before.clicks &&
    Math.abs(now.cost - seen) <= rounding.shown * summed;
  const restored = restoreSplit(split, { cost: before.cost, clicks: before.clicks }, values, {
    // The update spread its cost as the tracker spreads all: nothing tells the shares better.
    byCost: asLeft,
    rounding,
    summed,
    most: mostWrites(clients.adapter(connection.tracker)) - 1,
  });
  if (!restored) return null;
  const figures = new Map(
    report.rows.map(({ values: [value], metrics }) => [value?.id ?? '', metrics] as const),
  );
  return { restored, slot: split.slot, figures };
}

/** What of the former split an undo restores; null = nothing. */
export function splitAfter(
  record: JournalRecord,
  plan: SplitUndo | null,
  all: readonly JournalRecord[],
): RestoredSplit | null {
  // Before a group the cost was spread evenly, and is again.
  const apart = membersOf(record, all).find(({ order }) => order.token !== null);
  if (record.group) return { slot: apart?.order.token?.slot ?? 1, apart: 0, lost: 0 };
  if (!plan) return null;
  const { values, lost } = plan.restored;
  return { slot: plan.slot, apart: values.length, lost };
}

/** One of the updates that together restore a split. */
export interface SplitPart {
  /** What is sent. */
  readonly order: CostUpdate;
  /** What its segment shows once all of them are applied, in the tracker's currency. */
  readonly expected: number;
  /** Its segment now. */
  readonly figures: Metrics;
}

/** The updates that restore a split, in the order in which they are to be sent. */
export function splitParts(
  /** What they make up. */
  whole: CostUpdate,
  now: Metrics,
  { restored: { base, values, total }, slot, figures }: SplitUndo,
): SplitPart[] {
  return [
    { order: { ...whole, amount: base }, expected: total, figures: now },
    ...values.flatMap(({ value, cost }): SplitPart[] => {
      const shown = figures.get(value);
      const order = { ...whole, amount: cost, token: { slot, value } };
      return shown ? [{ order, expected: cost, figures: shown }] : [];
    }),
  ];
}
