import { DEFAULT_THRESHOLDS, type Thresholds } from './gap.ts';
import type { GapLimits } from './limit-schema.ts';

export type { GapLimits } from './limit-schema.ts';

export const LIMITED_METRICS = [
  'clicks',
  'conversions',
  'revenue',
  'cost',
] as const satisfies ReadonlyArray<keyof GapLimits>;

const { clicks, conversions, revenue, cost } = DEFAULT_THRESHOLDS;
export const DEFAULT_LIMITS: GapLimits = { clicks, conversions, revenue, cost };

/** How gaps are judged by the user's limits; null or absent = they set none. */
export const thresholdsOf = (limits: GapLimits | null | undefined): Thresholds =>
  limits ? { ...DEFAULT_THRESHOLDS, ...limits, uniqueClicks: limits.clicks } : DEFAULT_THRESHOLDS;

/** A limit's form: per cent, as typed. */
export type LimitDraft = Readonly<Record<'green' | 'amber', string>>;

/** Per cent as typed, with a point or a comma, as a share; NaN = they are none. */
function shareOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d{1,3}(?:\.\d{1,4})?$/.test(plain) ? Number(plain) / 100 : Number.NaN;
}

/** Reads a limit's form; null = a field holds no share, or they are not in order. */
export function readLimit(draft: LimitDraft): GapLimits['clicks'] | null {
  const [green, amber] = [shareOf(draft.green), shareOf(draft.amber)];
  return green <= amber && amber <= 1 ? { green, amber } : null;
}
