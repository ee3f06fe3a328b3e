import type { CostUpdate } from './update.ts';

/**
 * Converts an update to the form that a tracker accepts: CPC to a total where only totals are
 * accepted, and the amount to the tracker's currency by the rate that the user saw, so that the
 * tracker gets what was previewed.
 *
 * @param clicks clicks of the segment as the tracker counts them
 * @param trackerCurrency ISO 4217 code of the tracker
 */
export function sendableUpdate(
  update: CostUpdate,
  of: {
    readonly clicks: number;
    readonly trackerCurrency: string;
    readonly modes: ReadonlyArray<'total' | 'cpc'>;
  },
): CostUpdate {
  const asTotal = update.mode === 'cpc' && !of.modes.includes('cpc');
  return {
    ...update,
    mode: asTotal ? 'total' : update.mode,
    amount: update.amount * (asTotal ? of.clicks : 1) * (update.rate ?? 1),
    currency: of.trackerCurrency,
    rate: null,
  };
}
