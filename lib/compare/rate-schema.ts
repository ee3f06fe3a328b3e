import { daySchema } from '../report/schema.ts';
import { z } from '../zod.ts';

const currency = z.string().check(z.regex(/^[A-Z]{3}$/));

/** An exchange rate that the user entered: units of `to` for one of `from`, on a day. */
export const rateSchema = z.object({
  /** ISO 4217. */
  from: currency,
  to: currency,
  rate: z.number().check(z.gt(0), z.lt(1e12)),
  /** The day that it is of, ISO 8601. */
  day: daySchema,
});
export type Rate = z.infer<typeof rateSchema>;
