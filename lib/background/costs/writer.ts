import { CrosstrackError } from '../../errors.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { createWriter, type Writer } from '../../journal/writer.ts';
import type { BackgroundDeps } from '../deps.ts';
import type { MaySend } from '../may-send.ts';
import type { Services } from '../services.ts';
import { readCostQueue } from './queue.ts';
import { readSegment, segmentOf, sendCostUpdate } from './segment.ts';

/** The writer of cost updates. A write continues when the surface that requested it closes. */
export function createCostWriter(
  services: Services,
  { sleep, wakeAfter }: Pick<BackgroundDeps, 'sleep' | 'wakeAfter'>,
  maySend: MaySend,
  /** Called when a tracker's figures have changed, or may have. */
  onFigures: () => void,
): Writer {
  const { connections, journal, reports, now } = services;
  const forever = new AbortController().signal;
  const connectionOf = async ({ order }: JournalRecord) => {
    const connection = await connections.get(order.connection);
    if (!connection.off) return connection;
    throw new CrosstrackError({ kind: 'conflict', text: 'problem_connection_off' });
  };
  return createWriter({
    journal,
    allow: ({ order }) => maySend('costs', order.connection),
    send: (record) => sendCostUpdate(services, record, forever),
    async readBack(record) {
      await connectionOf(record);
      return segmentOf(await readSegment(services, record.order, forever), record.order);
    },
    async isQueued({ order }) {
      const queue = await readCostQueue(services, order, forever).catch(() => null);
      return queue !== null && queue.waiting > 0;
    },
    isConnected: async ({ order }) =>
      (await connections.list()).some(({ id }) => id === order.connection),
    async changed(connection) {
      await reports.forget(connection);
      onFigures();
    },
    now,
    sleep,
    wakeAfter,
  });
}
