import { locale, t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { formatCount, formatMoney } from '../../lib/report/format.ts';
import { LastProblem, StatesLine, timeOf } from '../kit/write-history.tsx';
import { PlaceInLine, QueueLine } from './queue-line.tsx';

/** "Sent 12:04:10 · waiting for the tracker · verified 12:05:02". */
export function RecordStatus({ record }: { record: JournalRecord }) {
  const later = (record.seenClicks ?? 0) - (record.before.clicks ?? 0);
  return (
    <div role="status" class={`record ${record.state}`} data-state={record.state}>
      <StatesLine history={record.history}>
        {record.state === 'accepted' ? ` · ${t('stateRecalculating')}` : ''}
      </StatesLine>
      {record.seen !== null && record.state !== 'accepted' && (
        <p class="small">
          {t('costSeen', formatMoney(record.seen, record.trackerCurrency, locale()))}
        </p>
      )}
      {later > 0 && <p class="small">{t('costLaterClicks', formatCount(later, locale()))}</p>}
      <PlaceInLine record={record} />
      {record.state === 'unknown' && record.sentAt !== null && (
        <p class="small">{t('stateMayRun', timeOf(record.sentAt + record.settlesWithin))}</p>
      )}
      <QueueLine record={record} />
      <LastProblem history={record.history} />
    </div>
  );
}
