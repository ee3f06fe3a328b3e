import type { CostUpdate } from './update.ts';

/**
 * The update that puts the former cost back: the same segment and days, the
 * total that was there, in the tracker's own currency.
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
