import type { CostOrder } from './order.ts';

/**
 * The order in the form that a tracker takes: CPC becomes a total where only
 * totals are taken, and the amount is converted by the rate that the user saw,
 * so that what arrives is what was previewed.
 *
 * @param clicks clicks of the segment as the tracker counts them
 * @param trackerCurrency ISO 4217 code of the tracker
 */
export function sendableOrder(
  order: CostOrder,
  of: {
    readonly clicks: number;
    readonly trackerCurrency: string;
    readonly modes: ReadonlyArray<'total' | 'cpc'>;
  },
): CostOrder {
  const asTotal = order.mode === 'cpc' && !of.modes.includes('cpc');
  const rate = order.currency === of.trackerCurrency ? null : order.rate;
  const inMode = asTotal ? order.amount * of.clicks : order.amount;
  return {
    ...order,
    mode: asTotal ? 'total' : order.mode,
    amount: rate === null ? inMode : inMode * rate,
    currency: rate === null ? order.currency : of.trackerCurrency,
    rate: null,
  };
}
