/** Binom's way of writing a day ("2026-08-01"), as ours; null = not a day. */
export const dayIn = (name: string): string | null => /\d{4}-\d{2}-\d{2}/.exec(name)?.[0] ?? null;

/** Binom's way of writing an hour ("10", "10:00 - 11:00"); null = not an hour. */
export function hourIn(name: string): number | null {
  const hour = /^\s*(\d{1,2})(?!\d)/.exec(name)?.[1];
  return hour === undefined || Number(hour) > 23 ? null : Number(hour);
}
