import type { CostUpdate } from './update.ts';

/**
 * The update that restores the former cost: the same segment and days, with the former total in the
 * tracker's currency.
 */
export function undoUpdate(
  update: CostUpdate,
  before: { readonly cost: number | null },
  trackerCurrency: string,
): CostUpdate {
  return {
    ...update,
    mode: 'total',
    amount: before.cost ?? 0,
    currency: trackerCurrency,
    rate: null,
  };
}
