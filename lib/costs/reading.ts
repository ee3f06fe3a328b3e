/** Cost of a segment in the tracker's currency, and the clicks that it is spread over; null = unknown. */
export interface Reading {
  readonly cost: number | null;
  readonly clicks: number | null;
}

/** Clicks that came in between two readings, as far as both tell. */
export const laterClicks = (then: Pick<Reading, 'clicks'>, now: Pick<Reading, 'clicks'>): number =>
  then.clicks === null ? 0 : Math.max(0, (now.clicks ?? 0) - then.clicks);

/** By how much clicks have grown, as a factor of at least 1. */
export const grown = (then: number, now: number): number =>
  then > 0 ? Math.max(1, now / then) : 1;
