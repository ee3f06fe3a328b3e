import type { JoinedRow } from './join.ts';
import type { Member } from './links.ts';
import { foldName } from './names.ts';
import { type Named, proposeInSteps } from './proposals.ts';
import { type Pair, pairKey, type Rejection } from './rejections.ts';
import type { Steps } from './steps.ts';

/**
 * Why two may be the same: the same id at the source, an offer's address that is the network's own
 * link, the same clicks by hour, the same name (which others bear too, so that it joins nothing), a
 * similar name.
 */
export type Reason =
  | { readonly by: 'id'; readonly value: string }
  | {
      readonly by: 'figures';
      /** Of the clicks by hour. */
      readonly correlation: number;
      /** (b − a) ÷ a, of all clicks. */
      readonly level: number;
    }
  | { readonly by: 'address' }
  | { readonly by: 'name' }
  | {
      readonly by: 'similar';
      /** 0–1. */
      readonly likeness: number;
    };

export interface Proposed extends Pair {
  /** The strongest first. */
  readonly reasons: readonly Reason[];
  /** Is it the only proposal for both, between these connections? */
  readonly clear: boolean;
}

/** A pair and one reason. */
export interface Suspected extends Pair {
  readonly reason: Reason;
}

/** The rows as proposals see them: who is joined with whom already. */
export interface Apart {
  /** What a connection has that is joined with nothing on the other one. */
  missing(connection: string, on: string): Named[];
  /** The connections that a member's row has; null = it is in no row. */
  rowOf(member: Member): { readonly key: string; readonly has: ReadonlySet<string> } | null;
}

/** @param connections of the rows' cells, in their order */
export function partedIn(rows: readonly JoinedRow[], connections: readonly string[]): Apart {
  const places = new Map<string, { key: string; has: ReadonlySet<string> }>();
  const named = new Map<string, Array<{ one: Named; has: ReadonlySet<string> }>>();
  for (const { key, cells } of rows) {
    const has = new Set(connections.filter((_, side) => cells[side]));
    cells.forEach((cell, side) => {
      const connection = connections[side] ?? '';
      for (const { id, name } of cell ? [cell, ...(cell.also ?? [])] : []) {
        places.set(JSON.stringify([connection, id]), { key, has });
        const list = named.get(connection) ?? [];
        list.push({ one: { id, name }, has });
        named.set(connection, list);
      }
    });
  }
  return {
    missing: (connection, on) =>
      (named.get(connection) ?? []).filter(({ has }) => !has.has(on)).map(({ one }) => one),
    rowOf: ({ connection, campaignId }) =>
      places.get(JSON.stringify([connection, campaignId])) ?? null,
  };
}

/** The pairs whose names are alike, of all connections. */
export function* suspectNames(apart: Apart, connections: readonly string[]): Steps<Suspected[]> {
  const found: Suspected[] = [];
  for (const [first, second] of pairsOf(connections)) {
    const proposals = yield* proposeInSteps(
      apart.missing(first, second),
      apart.missing(second, first),
    );
    for (const { from, to, likeness } of proposals) {
      const same = foldName(from.name) === foldName(to.name);
      found.push({
        a: memberOf(first, from),
        b: memberOf(second, to),
        reason: same ? { by: 'name' } : { by: 'similar', likeness },
      });
    }
  }
  return found;
}

/** Every two of a list, in its order. */
export const pairsOf = <T>(all: readonly T[]): Array<readonly [T, T]> =>
  all.flatMap((first, at) => all.slice(at + 1).map((second) => [first, second] as const));

export const memberOf = (connection: string, { id, name }: Named): Member => ({
  connection,
  campaignId: id,
  name,
});

const STRENGTH = { id: 4, address: 4, figures: 3, name: 2, similar: 1 } as const;

const strengthOf = (reason: Reason): number =>
  reason.by === 'similar' ? reason.likeness : STRENGTH[reason.by];

/**
 * Puts what speaks for the same pair together, the surest pairs first. Left out are pairs that would
 * give a row two of one connection, and those of rows of which a pair was rejected. Of pairs that
 * would join the same two rows, the surest is proposed.
 */
export function proposalsFrom(
  suspected: readonly Suspected[],
  apart: Apart,
  rejected: readonly Rejection[],
): Proposed[] {
  const never = new Set(
    rejected.map(({ members }) => rowsKey(members.map((one) => apart.rowOf(one)?.key ?? ''))),
  );
  const pairs = new Map<string, Pair & { rows: [string, string]; reasons: Reason[] }>();
  for (const { a, b, reason } of suspected) {
    const [left, right] = [apart.rowOf(a), apart.rowOf(b)];
    if (!left || !right || [...left.has].some((one) => right.has.has(one))) continue;
    if (never.has(rowsKey([left.key, right.key]))) continue;
    const key = pairKey('campaign', { a, b });
    const known = pairs.get(key);
    if (!known) pairs.set(key, { a, b, rows: [left.key, right.key], reasons: [reason] });
    else addReason(known.reasons, reason);
  }
  const sorted = [...pairs.values()]
    .map((pair) => {
      const reasons = pair.reasons.sort((a, b) => strengthOf(b) - strengthOf(a));
      const strength = reasons.reduce((sum, reason) => sum + strengthOf(reason), 0);
      return { ...pair, reasons, strength };
    })
    .sort((a, b) => b.strength - a.strength);
  const surest = [...Map.groupBy(sorted, ({ rows }) => rowsKey(rows)).values()].flatMap(
    ([first]) => first ?? [],
  );
  const sidesOf = ({ a, b, rows: [left, right] }: (typeof surest)[number]) => [
    JSON.stringify([left, b.connection]),
    JSON.stringify([right, a.connection]),
  ];
  const rivals = new Map<string, number>();
  for (const side of surest.flatMap(sidesOf)) rivals.set(side, (rivals.get(side) ?? 0) + 1);
  return surest.map((pair) => {
    const clear = sidesOf(pair).every((side) => rivals.get(side) === 1);
    return { a: pair.a, b: pair.b, reasons: pair.reasons, clear };
  });
}

/** The same for both orders. */
const rowsKey = (rows: readonly string[]): string => JSON.stringify(rows.toSorted());

/** One reason of a kind is enough: the strongest. */
function addReason(reasons: Reason[], reason: Reason): void {
  const at = reasons.findIndex(({ by }) => by === reason.by);
  const known = reasons[at];
  if (!known) reasons.push(reason);
  else if (strengthOf(reason) > strengthOf(known)) reasons[at] = reason;
}
