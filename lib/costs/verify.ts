/** How far a read-back cost may be off for rounding alone, in the tracker's currency. */
function tolerance(expected: number, clicks: number | null): number {
  // Trackers keep four decimals a click and show two: half of the last digit, click by click;
  // currency tables of a tracker that converts itself differ by fractions of a percent.
  return Math.max(0.01, (clicks ?? 0) * 0.00005, expected * 0.005);
}

/**
 * What a read-back says of an update. All money in the tracker's currency.
 * - `verified`: as requested
 * - `unchanged`: still as before
 * - `mismatch`: something else, or unknown
 */
export function judgeReadBack(of: {
  readonly expected: number;
  readonly before: number | null;
  readonly seen: number | null;
  readonly clicks: number | null;
}): 'verified' | 'unchanged' | 'mismatch' {
  if (of.seen === null) return 'mismatch';
  const off = (from: number) => Math.abs((of.seen ?? 0) - from);
  if (off(of.expected) <= tolerance(of.expected, of.clicks)) return 'verified';
  if (of.before !== null && off(of.before) <= 0.011) return 'unchanged';
  return 'mismatch';
}
