import { locale, t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { daysText, segmentText, updateText } from './update-text.ts';

const MOST = 3;

/** The last updates of a campaign, with the way to the journal. */
export function LastUpdates({
  records,
  onJournal,
}: {
  records: readonly JournalRecord[];
  /** @param record id of the record to open; absent = none */
  onJournal(record?: string): void;
}) {
  if (records.length === 0) return null;
  return (
    <section class="stack tight" data-last-updates>
      <div class="row">
        <h3 class="grow">{t('lastUpdates')}</h3>
        <button type="button" class="link small" name="open-journal" onClick={() => onJournal()}>
          {t('openJournal')}
        </button>
      </div>
      <ul class="stack tight">
        {records.slice(0, MOST).map(({ id, createdAt, order, state }) => (
          <li key={id} class="small" data-record={id}>
            <span class="soft">{when(createdAt)}</span>{' '}
            <button type="button" class="link" name="open-record" onClick={() => onJournal(id)}>
              {updateText(order)}
            </button>
            <span class="soft">
              {' '}
              · {daysText(order.range)} · {segmentText(order)} ·{' '}
            </span>
            <span data-state={state}>{t(`state_${state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const when = (at: number): string =>
  new Date(at).toLocaleString(locale(), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
