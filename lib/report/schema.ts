import { z } from '../zod.ts';
import { BASE_METRICS, type Metrics } from './metrics.ts';
import { BASES, type Report } from './question.ts';

const figure = z.nullable(z.number());

const metricsSchema: z.ZodMiniType<Metrics> = z.object(
  Object.fromEntries(BASE_METRICS.map((metric) => [metric, figure])) as Record<
    (typeof BASE_METRICS)[number],
    typeof figure
  >,
);

/** Shape of a stored report. */
export const reportSchema: z.ZodMiniType<Report> = z.object({
  rows: z.array(
    z.object({
      values: z.array(z.object({ id: z.string(), name: z.string() })),
      metrics: metricsSchema,
    }),
  ),
  zone: z.string(),
  currency: z.string(),
  basis: z.enum(BASES),
  fetchedAt: z.number(),
  complete: z.boolean(),
});
