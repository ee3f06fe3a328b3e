import { t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { tn } from '../kit/plural.ts';
import { timeOf } from '../kit/write-history.tsx';
import { updateText } from './update-text.ts';

const MOST = 3;

/** The cost updates that are on their way, each with the way to its record; nothing where there are none. */
export function OpenUpdates() {
  const client = useClient();
  const records = useQuery('journal.open', {}).value ?? [];
  if (records.length === 0) return null;
  const open = (record?: string) =>
    void client.call('dashboard.open', { view: 'journal', ...(record ? { record } : {}) });
  return (
    <section class="stack tight open-updates" aria-label={tn('openUpdates', records.length)}>
      <p class="row">
        <b class="grow">{tn('openUpdates', records.length)}</b>
        <button type="button" class="link small" name="open-journal" onClick={() => open()}>
          {t('openJournal')}
        </button>
      </p>
      <ul class="stack tight">
        {records.slice(0, MOST).map((record) => (
          <OpenUpdate
            key={record.id}
            record={record}
            place={placeOf(record, records)}
            onOpen={open}
          />
        ))}
      </ul>
      {records.length > MOST && <p class="small soft">{t('andMore', records.length - MOST)}</p>}
    </section>
  );
}

function OpenUpdate({
  record: { id, order, connectionName, state, history },
  place,
  onOpen,
}: {
  record: JournalRecord;
  /** Its place among the updates that wait for the same connection; null = it does not wait. */
  place: number | null;
  onOpen(record: string): void;
}) {
  const since = history.at(-1)?.at;
  return (
    <li class="small" data-open={id}>
      <button type="button" class="link" name="open-record" onClick={() => onOpen(id)}>
        {updateText(order)}
      </button>{' '}
      · <Name text={order.campaignName} maxLength={28} /> ·{' '}
      <span class="soft">
        <bdi>{connectionName}</bdi> · {t(`state_${state}`)}
        {since === undefined ? '' : ` ${timeOf(since)}`}
        {place === null ? '' : ` · ${t('queuePlace', place)}`}
      </span>
    </li>
  );
}

/** The place of a waiting update among those of its connection, from 1; records are newest first. */
function placeOf(record: JournalRecord, records: readonly JournalRecord[]): number | null {
  if (record.state !== 'planned') return null;
  const waiting = records.filter(
    ({ state, order }) => state === 'planned' && order.connection === record.order.connection,
  );
  return waiting.length - waiting.indexOf(record);
}
