import { z } from '../zod.ts';
import { BASE_METRICS, type BaseMetric, type Metrics } from './metrics.ts';
import { BASES, type Report } from './question.ts';
import { isDay } from './range.ts';

/** A calendar day, `2026-08-01`. */
export const daySchema = z.string().check(z.refine(isDay));

const figure = z.nullable(z.number());

const metrics = z.array(z.enum(BASE_METRICS));

const metricsSchema: z.ZodMiniType<Metrics> = z.object({
  ...(Object.fromEntries(BASE_METRICS.map((metric) => [metric, figure])) as Record<
    BaseMetric,
    typeof figure
  >),
  partial: metrics,
});

/** Shape of a stored report. */
export const reportSchema: z.ZodMiniType<Report> = z.object({
  rows: z.array(
    z.object({
      values: z.array(z.object({ id: z.string(), name: z.string() })),
      metrics: metricsSchema,
    }),
  ),
  counted: metrics,
  zone: z.string(),
  currency: z.string(),
  basis: z.enum(BASES),
  fetchedAt: z.number(),
  complete: z.boolean(),
});
