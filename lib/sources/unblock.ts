import { placementAt } from '../blacklist/columns.ts';
import {
  type Placement,
  type Scores,
  VERDICT_KINDS,
  type VerdictKind,
} from '../blacklist/placement.ts';
import type { Range } from '../report/range.ts';
import { placeAt, placesThatBlock } from './export.ts';
import type { SourceFormat } from './formats.ts';
import type { IdKind } from './id-rules.ts';
import type { Joined } from './judged.ts';

/** A placement, by the tracker's id, as it was judged when it was exported. */
export interface JudgedThen extends Placement {
  readonly verdict: VerdictKind;
  /** Probability (0–1) that it returns less than the target; null = unknown. */
  readonly loser: number | null;
  /** Was it on the list by a rule of thumb alone, whatever the verdict? Older lists lack it. */
  readonly byRule?: boolean | undefined;
}

/** A placement that an exported list blocks at its source, with what it was judged by. */
export interface Blocked {
  /** As it was exported. */
  readonly id: string;
  readonly judged: JudgedThen;
  readonly kind: IdKind;
  /** Token slot that it was read from. */
  readonly slot: number;
  /** The days that the figures cover. */
  readonly days: Range;
  readonly currency: string;
}

/** A campaign's placements as they are judged now. */
export interface JudgedNow extends Joined {
  readonly scores: Pick<Scores, 'kinds' | 'picked' | 'listed'>;
  readonly format: SourceFormat;
  /** Kind of the ids, where the token's macro tells it. */
  readonly kind: IdKind | null;
  readonly slot: number;
  /** The days that the figures cover; null = none. */
  readonly days: Range | null;
  readonly currency: string;
  readonly protectedIds: ReadonlySet<string>;
  /** Placements that the user puts on the list by hand. */
  readonly added: ReadonlySet<string>;
}

export interface Unblock {
  readonly blocked: Blocked;
  /** `figures`: they speak for it now. `protected`: no list may hold it. */
  readonly why: 'figures' | 'protected';
  /** Number of its row in the columns; null = it has none. */
  readonly row: number | null;
}

export interface Unblocking {
  readonly proposed: readonly Unblock[];
  /** Those that were judged on days which these figures do not cover, so nothing can be told. */
  readonly untold: readonly Blocked[];
}

/**
 * Which of the blocked placements should be no longer: those whose verdict was *cut*, or that a rule of
 * thumb picked, and whose verdict is *keep* or *wait* by better figures of at least the same days, unless
 * a rule of thumb has them on the list or picks again what it picked; and the protected ones. An unknown
 * verdict, or one that changed with the rules alone, proposes nothing.
 */
export function unblockable(blocked: readonly Blocked[], now: JudgedNow): Unblocking {
  const { columns, format, kind, days } = now;
  const rows = rowsOf(new Set(blocked.map(({ judged }) => judged.id)), now);
  const spared = placesThatBlock(now.protectedIds, format, { kind });
  const proposed: Unblock[] = [];
  const untold: Blocked[] = [];
  for (const one of blocked) {
    const place = one.slot === now.slot ? placeAt(one.judged.id, format, { kind }) : null;
    if (place === null || !place.startsWith(`${one.kind}\n`)) continue;
    const row = rows.get(one.judged.id) ?? null;
    if (spared.has(place)) proposed.push({ blocked: one, why: 'protected', row });
    else if (one.judged.verdict !== 'cut' && !one.judged.byRule) continue;
    else if (!covers(days, one.days) || one.currency !== now.currency) untold.push(one);
    else if (
      row !== null &&
      isSpared(row, one, now) &&
      hasImproved(one.judged, placementAt(columns, row))
    )
      proposed.push({ blocked: one, why: 'figures', row });
  }
  return { proposed, untold };
}

/** Rows of placements, by their ids in the tracker. */
function rowsOf(wanted: ReadonlySet<string>, { columns, members }: Joined): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [row, id] of columns.ids.entries()) {
    for (const one of members.get(id) ?? [id]) if (wanted.has(one)) rows.set(one, row);
  }
  return rows;
}

function covers(days: Range | null, those: Range): boolean {
  return (
    days !== null && days.zone === those.zone && days.from <= those.from && days.to >= those.to
  );
}

function isSpared(
  row: number,
  { judged }: Blocked,
  { columns, scores: { kinds, picked, listed }, added }: JudgedNow,
): boolean {
  const verdict = VERDICT_KINDS[kinds[row] ?? 0];
  if (listed[row] === 1 || (judged.byRule && picked[row] === 1)) return false;
  return (verdict === 'keep' || verdict === 'wait') && !added.has(columns.ids[row] ?? '');
}

/**
 * Has anything come in since, or does it cost less by now? With fewer clicks than then, the tracker has
 * lost some of what it was judged by.
 */
function hasImproved(then: Placement, now: Placement): boolean {
  const isMore = (before: number | null, after: number | null) =>
    before !== null && after !== null && after > before;
  if (isMore(now.clicks, then.clicks)) return false;
  return (
    isMore(then.conversions, now.conversions) ||
    isMore(then.revenue, now.revenue) ||
    (now.clicks !== null && then.clicks !== null && isMore(now.cost, then.cost))
  );
}
