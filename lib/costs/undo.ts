import type { Remark } from './preview.ts';
import { grown, laterClicks, type Reading } from './reading.ts';
import type { CostUpdate } from './update.ts';

/** What an undo needs to know of the update that it undoes. Money in the tracker's currency. */
export interface Undone {
  readonly order: CostUpdate;
  readonly before: Reading;
  /** The cost that the tracker showed after the update; null = none was seen. */
  readonly seen: number | null;
  readonly trackerCurrency: string;
  /** Step of the costs that the tracker shows. */
  readonly shown: number;
  /** Has the tracker had all the time for it, or shown it? */
  readonly settled: boolean;
  /** Has a newer update been made over the same clicks? */
  readonly writtenOver: boolean;
}

/**
 * The update that restores the former cost: the same clicks and days, with the former total in the
 * tracker's currency. Clicks that came in since are given the former cost per click.
 */
export function undoUpdate({ order, before, trackerCurrency }: Undone, now: Reading): CostUpdate {
  return {
    ...order,
    mode: 'total',
    amount: (before.cost ?? 0) * grown(before.clicks ?? 0, now.clicks ?? 0),
    currency: trackerCurrency,
    rate: null,
    // The recorded cost is that of all clicks, first and repeated ones.
    uniqueOnly: false,
  };
}

/** Why an update cannot be undone; null = it can. */
export function undoRefusal({ before, settled, writtenOver }: Undone): Remark | null {
  if (!settled) return remark('undo_not_settled');
  if (before.cost === null) return remark('undo_unknown');
  if (writtenOver) return remark('undo_written_over');
  return null;
}

/** What of a split an undo restores: that of a token's values, but for some; null = nothing of it. */
export interface RestoredSplit {
  readonly slot: number;
  /** Values whose costs are set one by one. */
  readonly apart: number;
  /** Values that had another cost than they get. */
  readonly lost: number;
}

/** What an undo does not restore. */
export function undoFacts(
  { order, before }: Undone,
  now: Reading,
  split: RestoredSplit | null,
): Remark[] {
  const later = laterClicks(before, now);
  return [
    ...(order.token === null ? splitFacts(split) : []),
    ...(order.uniqueOnly ? [remark('undo_unique')] : []),
    ...(later > 0 ? [remark('undo_later_clicks', String(later))] : []),
  ];
}

function splitFacts(split: RestoredSplit | null): Remark[] {
  if (!split) return [remark('undo_split')];
  const { slot, apart, lost } = split;
  return [
    apart > 0
      ? remark('undo_apart', String(apart), String(slot))
      : remark('undo_even', String(slot)),
    ...(lost > 0 ? [remark('undo_lost', String(lost))] : []),
  ];
}

/** What an undo takes away besides, to be decided on. */
export function undoWarnings(undone: Undone, now: Reading): Remark[] {
  const { before, seen, trackerCurrency, shown } = undone;
  // With more clicks the cost has grown by itself.
  if (seen === null || now.cost === null || laterClicks(before, now) > 0) return [];
  if (Math.abs(now.cost - seen) <= shown) return [];
  const money = (cost: number) => `${cost.toFixed(2)} ${trackerCurrency}`;
  return [remark('undo_changed_since', money(seen), money(now.cost))];
}

const remark = (key: Remark['key'], ...values: string[]): Remark => ({ key, values });
