import { clicksOf } from '../../costs/preview.ts';
import type { Reading } from '../../costs/reading.ts';
import { sendableUpdate } from '../../costs/sendable.ts';
import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { type Metrics, metricOf } from '../../report/metrics.ts';
import type { Question } from '../../report/question.ts';
import { totalOf } from '../../report/total.ts';
import type { TrackerAdapter, TrackerClient } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';

type Trackers = Pick<Services, 'connections' | 'clients'>;

/** The question whose report shows a cost update's segment. */
export function segmentQuestion(update: CostUpdate): Question {
  return {
    range: update.range,
    groupBy: [],
    filters: [
      { dimension: 'campaign', value: update.campaignId },
      ...(update.token
        ? [{ dimension: `token${update.token.slot}` as const, value: update.token.value }]
        : []),
    ],
    ...(update.until === undefined ? {} : { until: update.until }),
  };
}

/** Reads a segment from the tracker, bypassing the cache. */
export async function readSegment(
  { connections, clients }: Trackers,
  update: CostUpdate,
  signal: AbortSignal,
): Promise<Metrics> {
  const connection = await connections.get(update.connection);
  const report = await clients.run(connection, signal, (client, adapter) =>
    adapter.report(client, segmentQuestion(update)),
  );
  return totalOf(report);
}

/** Sends a record's cost update in the form that its tracker accepts. */
export async function sendCostUpdate(
  { connections, clients }: Trackers,
  record: JournalRecord,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connections.get(record.order.connection);
  await clients.run(connection, signal, async (client, adapter) => {
    const update = sendableBy(adapter, record.order, record.before, record.trackerCurrency);
    await adapter.setCost?.(client, update);
  });
}

/**
 * Refuses an update that its tracker would not take in the form in which it would be sent.
 * @throws CrosstrackError with the reason
 */
export async function refuseUnsendable(
  { connections, clients }: Trackers,
  update: CostUpdate,
  before: Reading,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connections.get(update.connection);
  await clients.run(connection, signal, async (client, adapter) => {
    adapter.refuseCost?.(client, sendableBy(adapter, update, before, connection.currency));
  });
}

/** Would its tracker take an update in the form in which it would be sent? */
export function mayBeSent(
  client: TrackerClient,
  adapter: TrackerAdapter,
  update: CostUpdate,
  before: Reading,
): boolean {
  try {
    const sendable = sendableBy(adapter, update, before, client.connection.currency);
    adapter.refuseCost?.(client, sendable);
    return true;
  } catch {
    return false;
  }
}

function sendableBy(
  { capabilities: { cost }, setCost, name }: TrackerAdapter,
  update: CostUpdate,
  before: Reading,
  trackerCurrency: string,
): CostUpdate {
  if (!cost.can || !setCost) throw new CrosstrackError({ kind: 'unsupported', tracker: name });
  return sendableUpdate(update, { ...cost, clicks: before.clicks ?? 0, trackerCurrency });
}

/** Cost of a segment, and the clicks that an update of it counts; a sum over a part is unknown. */
export const segmentOf = (metrics: Metrics, update: CostUpdate): Reading => ({
  cost: metricOf(metrics, 'cost'),
  clicks: clicksOf(update, metrics),
});
