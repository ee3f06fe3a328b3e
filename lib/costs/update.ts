import { daySchema } from '../report/schema.ts';
import { z } from '../zod.ts';

/** The cost that a tracker should show for a campaign, days and perhaps one token value. Amounts are in `currency`. */
export const costUpdateSchema = z.object({
  /** Id of the connection whose tracker is changed. */
  connection: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  range: z.object({ from: daySchema, to: daySchema, zone: z.string() }),
  /** `total`: cost of the whole segment; `cpc`: cost per click. */
  mode: z.enum(['total', 'cpc']),
  amount: z.number().check(z.gte(0)),
  /** ISO 4217 code of `amount`. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** Units of the tracker's currency per unit of `currency`; null when they are the same. */
  rate: z.nullable(z.number().check(z.positive())),
  /** Only clicks with this value of a token; null = the whole campaign. */
  token: z.nullable(
    z.object({ slot: z.int().check(z.gte(1)), value: z.string().check(z.minLength(1)) }),
  ),
  uniqueOnly: z.boolean(),
  /**
   * Only clicks before this instant (epoch ms, whole seconds), where the days are not over and the
   * tracker takes instants; absent = whole days.
   */
  until: z.optional(z.int()),
});
export type CostUpdate = z.infer<typeof costUpdateSchema>;
