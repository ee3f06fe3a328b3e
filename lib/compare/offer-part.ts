/** What a tracker's campaigns sent to an offer, and what the network has of each by one of its subs. */
export interface PartEvidence {
  /** Clicks that each campaign sent, by its id. */
  readonly sent: ReadonlyMap<string, number>;
  /** Clicks that the network has with that id in the sub. */
  readonly got: ReadonlyMap<string, number>;
  /** Clicks that the network should have of all these campaigns together. */
  readonly expected: number;
}

/** Campaigns that sent fewer clicks prove nothing. */
const LEAST_CLICKS = 20;
/** Least part of the expected clicks that bear one of the ids. */
const LEAST_COVERED = 0.5;
/** How far a campaign's share of the clicks may be apart on the two sides. */
const MOST_APART = 0.1;
/** A shorter id may be another number: a landing's, an hour. */
const SURE_LENGTH = 8;

/**
 * Does a sub of the network carry the ids of the tracker's campaigns? Every campaign's id must be found
 * in it, with about the share of the clicks that the campaign sent, and on most of the clicks. A single
 * short id proves nothing. How many clicks were lost on the way does not matter.
 */
export function carriesCampaignIds({ sent, got, expected }: PartEvidence): boolean {
  const busy = [...sent].filter(([, clicks]) => clicks >= LEAST_CLICKS);
  if (busy.length === 0) return false;
  if (busy.length === 1 && busy.every(([id]) => id.length < SURE_LENGTH)) return false;
  const gotOf = (id: string): number => got.get(id) ?? 0;
  const all = busy.reduce((sum, [, clicks]) => sum + clicks, 0);
  const found = busy.reduce((sum, [id]) => sum + gotOf(id), 0);
  return (
    found >= LEAST_COVERED * expected &&
    busy.every(
      ([id, clicks]) => gotOf(id) > 0 && Math.abs(gotOf(id) / found - clicks / all) <= MOST_APART,
    )
  );
}
