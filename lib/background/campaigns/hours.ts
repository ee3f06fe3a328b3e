import { type Metrics, withMetric } from '../../report/metrics.ts';
import type { Report } from '../../report/question.ts';
import { totalOf } from '../../report/total.ts';

/**
 * The total of a report by hour. `uniqueClicks` is unknown: clicks that are unique within an hour need
 * not be unique over several.
 */
export const totalOfHours = (report: Report): Metrics =>
  withMetric(totalOf(report), 'uniqueClicks', null);
