import type { Previewed, PreviewedParts } from '../../contract/costs.ts';
import { oneOffsetRuns } from '../../costs/clock-split.ts';
import { scaleParts } from '../../costs/parts.ts';
import { clicksOf } from '../../costs/preview.ts';
import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import { type Metrics, metricOf } from '../../report/metrics.ts';
import { clockChanges, type Range } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';
import type { Services } from '../services.ts';
import { segmentQuestion } from './segment.ts';
import { mostWrites, splitQuestion } from './split.ts';

/**
 * Previews the updates that bring a campaign to a total by scaling the cost of each value of a token,
 * instead of spreading the total over all clicks.
 *
 * @throws CrosstrackError `unsupported` when the parts cannot be scaled
 */
export async function previewParts(
  { connections, clients }: Pick<Services, 'connections' | 'clients'>,
  update: CostUpdate,
  /** Token slot from 1. */
  slot: number,
  preview: (part: CostUpdate, before: Metrics) => Promise<Previewed>,
  signal: AbortSignal,
): Promise<PreviewedParts> {
  const connection = await connections.get(update.connection);
  const report = await clients.run(connection, signal, (client, adapter) =>
    adapter.report(client, splitQuestion(update, slot)),
  );
  const figures = new Map<string, Metrics>(
    report.rows.map(({ values, metrics }) => [values[0]?.id ?? '', metrics]),
  );
  const parts = [...figures].map(([value, metrics]) => ({
    value,
    cost: metricOf(metrics, 'cost'),
  }));
  const total = update.amount * (update.rate ?? 1);
  const scaled = report.complete && update.mode === 'total' ? scaleParts(parts, total) : null;
  if (scaled === null || update.uniqueOnly) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'parts_not_scaled' });
  }
  // Each part is a write of its own.
  const most = mostWrites(clients.adapter(connection.tracker));
  if (scaled.length > most) {
    const values = [String(scaled.length), String(most)];
    throw new CrosstrackError({ kind: 'unsupported', text: 'parts_too_many', values });
  }
  const previews: Previewed[] = [];
  for (const { value, cost } of scaled) {
    const part: CostUpdate = {
      ...update,
      amount: cost,
      currency: connection.currency,
      rate: null,
      token: { slot, value },
    };
    const before = figures.get(value);
    if (before) previews.push(await preview(part, before));
  }
  return { previews, left: [] };
}

/**
 * Previews an update apart for each run of days with one UTC offset, a total shared by their clicks.
 * A day on which the clocks change is left as it is; its share is not set.
 *
 * @throws CrosstrackError `unsupported` when the clicks of the days are unknown
 */
export async function previewDays(
  { connections, clients }: Pick<Services, 'connections' | 'clients'>,
  update: CostUpdate,
  preview: (part: CostUpdate, before: Metrics) => Promise<Previewed>,
  signal: AbortSignal,
): Promise<PreviewedParts> {
  const connection = await connections.get(update.connection);
  const report = await clients.run(connection, signal, (client, adapter) =>
    adapter.report(client, { ...segmentQuestion(update), groupBy: ['day'] }),
  );
  const within = ({ from, to }: Range): Metrics =>
    totalOf({
      ...report,
      rows: report.rows.filter(
        ({ values: [day] }) => from <= (day?.id ?? '') && (day?.id ?? '') <= to,
      ),
    });
  const all = clicksOf(update, within(update.range));
  const runs = oneOffsetRuns(update.range);
  const previews: Previewed[] = [];
  for (const range of runs) {
    const before = within(range);
    const clicks = clicksOf(update, before);
    if (!all || clicks === null) {
      throw new CrosstrackError({ kind: 'unsupported', text: 'days_not_split' });
    }
    if (clicks === 0) continue;
    const amount = update.mode === 'cpc' ? update.amount : (update.amount * clicks) / all;
    previews.push(await preview({ ...update, range, amount }, before));
  }
  const left = clockChanges(update.range)
    .filter(({ day, atMidnight }) => !atMidnight && day <= update.range.to)
    .map(({ day }) => day);
  return { previews, left };
}
