/**
 * Did something happen at most that many milliseconds ago? A time in the future is not young: the
 * clock was set back since, and its real age is unknown.
 * @param at and `now` in epoch ms
 */
export const isYoung = (at: number, now: number, ms: number): boolean =>
  at <= now && now - at <= ms;
