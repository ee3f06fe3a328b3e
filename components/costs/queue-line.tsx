import { t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { useQuery } from '../kit/client.ts';
import { ordinal, tn } from '../kit/plural.ts';
import { timeOf } from '../kit/write-history.tsx';

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

/** "2nd in line, about 1 min", while a record waits for its turn. */
export function PlaceInLine({ record: { id, state, nextAt } }: { record: JournalRecord }) {
  const isPlanned = state === 'planned';
  const line = useQuery('costs.line', isPlanned ? { record: id } : null).value;
  if (!isPlanned) return null;
  if (line) {
    const minutes = Math.max(1, Math.ceil((line.leavesAt - Date.now()) / MINUTE));
    return (
      <p class="small" data-line>
        {t('costLine', ordinal(line.place), minutes, timeOf(line.leavesAt))}
      </p>
    );
  }
  return nextAt === null ? null : <p class="small">{t('costGoesOutAt', timeOf(nextAt))}</p>;
}

const MINUTE = 60_000;
