import type { CostOrder } from './order.ts';

/**
 * The order that puts the former cost back: the same segment and days, the
 * total that was there, in the tracker's own currency.
 */
export function undoOrder(
  order: CostOrder,
  before: { readonly cost: number | null },
  trackerCurrency: string,
): CostOrder {
  return {
    ...order,
    mode: 'total',
    amount: before.cost ?? 0,
    currency: trackerCurrency,
    rate: null,
  };
}
