import type { CostOrder } from '../../costs/order.ts';
import { sendableOrder } from '../../costs/sendable.ts';
import { CrosstrackError } from '../../errors.ts';
import type { JournalRecord } from '../../journal/record.ts';
import type { Segment } from '../../journal/writer.ts';
import { type Metrics, sumMetrics } from '../../report/metrics.ts';
import type { Question } from '../../report/question.ts';
import type { Services } from '../services.ts';

type Trackers = Pick<Services, 'connections' | 'clients'>;

/** The report that shows a cost order's segment. */
export function segmentQuestion(order: CostOrder): Question {
  return {
    range: order.range,
    groupBy: [],
    filters: [
      { dimension: 'campaign', value: order.campaignId },
      ...(order.token
        ? [{ dimension: `token${order.token.slot}` as const, value: order.token.value }]
        : []),
    ],
  };
}

/** Reads a segment from the tracker itself, past the cache. */
export async function readSegment(
  { connections, clients }: Trackers,
  order: CostOrder,
  signal: AbortSignal,
): Promise<Metrics> {
  const connection = await connections.get(order.connection);
  const report = await clients.run(connection, signal, (client, adapter) =>
    adapter.report(client, segmentQuestion(order)),
  );
  return sumMetrics(report.rows.map(({ metrics }) => metrics));
}

/** Sends a record's order in the form its tracker takes. */
export async function sendOrder(
  { connections, clients }: Trackers,
  record: JournalRecord,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connections.get(record.order.connection);
  await clients.run(connection, signal, async (client, adapter) => {
    const { cost } = adapter.capabilities;
    if (!cost.can || !adapter.setCost) {
      throw new CrosstrackError({ kind: 'unsupported', tracker: adapter.name });
    }
    const order = sendableOrder(record.order, {
      ...cost,
      clicks: record.before.clicks ?? 0,
      trackerCurrency: record.trackerCurrency,
    });
    await adapter.setCost(client, order);
  });
}

export const segmentOf = ({ cost, clicks }: Metrics): Segment => ({ cost, clicks });
