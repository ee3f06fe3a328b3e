import { z } from '../zod.ts';

/** A share, from 0 to 1. */
const share = z.number().check(z.minimum(0), z.maximum(1));
const limit = z
  .object({ green: share, amber: share })
  .check(z.refine(({ green, amber }) => green <= amber));

/** The largest gaps (shares of the base) that are green, and that are amber, as the user set them. */
export const gapLimitsSchema = z.object({
  clicks: limit,
  conversions: limit,
  revenue: limit,
  cost: limit,
});
export type GapLimits = Readonly<z.infer<typeof gapLimitsSchema>>;
