import { CrosstrackError } from '../../errors.ts';
import type { Journal } from '../../journal/journal.ts';
import { createOneShotWriter, type OneShotWriter } from '../../journal/one-shot-writer.ts';
import { PAUSES, pauseReading } from '../../journal/pause-reading.ts';
import type { PauseRecord } from '../../journal/pause-record.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { BackgroundDeps } from '../deps.ts';
import type { MaySend } from '../may-send.ts';
import type { Services } from '../services.ts';

/** The writer of pauses. A write continues when the surface that requested it closes. */
export function createBackgroundPauseWriter(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  journal: Journal<PauseRecord>,
  campaignLists: CampaignLists,
  { sleep, wakeAfter }: Pick<BackgroundDeps, 'sleep' | 'wakeAfter'>,
  maySend: MaySend,
  /** Called when a list of campaigns was read anew. */
  onList: () => void,
): OneShotWriter<PauseRecord> {
  const forever = new AbortController().signal;
  return createOneShotWriter({
    journal,
    allow: ({ connection }) => maySend('pauses', connection),
    async send({ connection: id, campaignId, active }) {
      await clients.run(await connections.get(id), forever, async (client, adapter) => {
        if (!adapter.setActive) {
          throw new CrosstrackError({ kind: 'unsupported', tracker: adapter.name });
        }
        await adapter.setActive(client, campaignId, active);
      });
    },
    async readBack(record) {
      const { connection, campaignId } = record;
      const asked = now();
      const { campaigns, fetchedAt } = await campaignLists(connection, 0, forever);
      // While keys are locked the stored list is told, which says nothing of now.
      if (fetchedAt < asked) throw new CrosstrackError({ kind: 'auth' });
      onList();
      return pauseReading(record, campaigns.find(({ id }) => id === campaignId)?.active ?? null);
    },
    kind: PAUSES,
    now,
    sleep,
    wakeAfter,
  });
}
