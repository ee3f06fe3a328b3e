import type { JournalRecord } from '../../lib/journal/record.ts';
import { useQuery } from '../kit/client.ts';
import { tn } from '../kit/plural.ts';

/** "3 cost updates in the tracker's queue, the first at 40%", while a record's update may be among them. */
export function QueueLine({ record: { id, state } }: { record: JournalRecord }) {
  const isQueued = state === 'accepted' || state === 'unknown';
  // Without an answer nothing is said: the status itself tells that the tracker is at work.
  const queue = useQuery('costs.queue', isQueued ? { record: id } : null).value;
  if (!isQueued || !queue || queue.waiting === 0) return null;
  return (
    <p class="small" data-queue>
      {tn('costQueue', queue.waiting, Math.round(queue.percent ?? 0))}
    </p>
  );
}
