/**
 * Did something happen at most so many milliseconds ago? Not what lies in the future: the clock was
 * put back since, and nobody knows how long ago that was.
 * @param at and `now` in epoch ms
 */
export const isYoung = (at: number, now: number, ms: number): boolean =>
  at <= now && now - at <= ms;
