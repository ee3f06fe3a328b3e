import { BASE_METRICS, DERIVED_METRICS } from '../report/metrics.ts';
import { z } from '../zod.ts';

/** Which columns a comparison has: metrics, sides, and what stands together. */
export const compareColumnsSchema = z.object({
  metrics: z.array(z.enum([...BASE_METRICS, ...DERIVED_METRICS])),
  /** Ids of connections that are left out. */
  without: z.array(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Are the columns of one metric, or of one tracker, together? */
  layout: z.enum(['metric', 'tracker']),
});
export type CompareColumns = Readonly<z.infer<typeof compareColumnsSchema>>;

/** Widths that the user gave to columns of the comparison: column id → CSS px. */
export const columnWidthsSchema = z.record(
  z.string().check(z.minLength(1), z.maxLength(400)),
  z.number().check(z.minimum(1), z.maximum(10_000)),
);
