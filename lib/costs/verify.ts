/** How far rounding alone may move a read-back cost, in the tracker's currency. */
function tolerance(expected: number, clicks: number | null): number {
  // Trackers store four decimals per click and show two: half of the last digit per click. A tracker
  // that converts currencies may use rates that differ by fractions of a percent.
  return Math.max(0.01, (clicks ?? 0) * 0.00005, expected * 0.005);
}

/**
 * Compares a read-back with what an update requested. All money in the tracker's currency.
 * - `verified`: the requested cost
 * - `unchanged`: the former cost
 * - `mismatch`: another cost, or an unknown one
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
