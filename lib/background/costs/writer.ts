import { createWriter, type Writer } from '../../journal/writer.ts';
import type { BackgroundDeps } from '../deps.ts';
import type { Services } from '../services.ts';
import { readSegment, segmentOf, sendCostUpdate } from './segment.ts';

/** The writer of cost updates. A write continues when the surface that requested it closes. */
export function createCostWriter(
  services: Pick<Services, 'connections' | 'clients' | 'journal' | 'reports' | 'now'>,
  { sleep, wakeAfter }: Pick<BackgroundDeps, 'sleep' | 'wakeAfter'>,
  /** Called when a tracker's figures have changed, or may have. */
  onFigures: () => void,
): Writer {
  const { journal, reports, now } = services;
  const forever = new AbortController().signal;
  return createWriter({
    journal,
    send: (record) => sendCostUpdate(services, record, forever),
    readBack: async ({ order }) => segmentOf(await readSegment(services, order, forever)),
    async changed(connection) {
      await reports.forget(connection);
      onFigures();
    },
    now,
    sleep,
    wakeAfter,
  });
}
