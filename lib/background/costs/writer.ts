import { hostPattern } from '../../connections/hosts.ts';
import { CrosstrackError } from '../../errors.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { createWriter, type Writer } from '../../journal/writer.ts';
import { requireAccess } from '../connections/access.ts';
import { sealedFor } from '../connections/sealed-for.ts';
import type { BackgroundDeps } from '../deps.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { readCostQueue } from './queue.ts';
import { readSegment, segmentOf, sendCostUpdate } from './segment.ts';

/** The writer of cost updates. A write continues when the surface that requested it closes. */
export function createCostWriter(
  services: Services,
  { sleep, wakeAfter }: Pick<BackgroundDeps, 'sleep' | 'wakeAfter'>,
  managed: Pick<Managed, 'allow'>,
  /** Called when a tracker's figures have changed, or may have. */
  onFigures: () => void,
): Writer {
  const { connections, journal, keys, permissions, reports, now } = services;
  const forever = new AbortController().signal;
  const connectionOf = async ({ order }: JournalRecord) => {
    const connection = await connections.get(order.connection);
    if (!connection.off) return connection;
    throw new CrosstrackError({ kind: 'conflict', text: 'problem_connection_off' });
  };
  return createWriter({
    journal,
    async allow(record) {
      await managed.allow('costs');
      const connection = await connectionOf(record);
      if (connection.demo) return;
      await requireAccess(permissions, [hostPattern(connection.api)], connection.api);
      await keys.get(sealedFor(connection));
    },
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
