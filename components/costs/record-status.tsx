import { locale, t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { problemText } from '../kit/notice.tsx';

const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });

/** "Sent 12:04:10 · waiting for the tracker · verified 12:05:02". */
export function RecordStatus({ record }: { record: JournalRecord }) {
  const last = record.history.at(-1);
  const problem = last?.problem;
  const known =
    typeof problem === 'object' && problem !== null && 'kind' in problem
      ? problemText(problem as Parameters<typeof problemText>[0])
      : null;
  const shown = record.history.filter(
    ({ state }) => state !== 'planned' || record.history.length === 1,
  );
  return (
    <div role="status" class={`record ${record.state}`} data-state={record.state}>
      <p>
        {shown.map(({ at, state }, index) => (
          <span key={`${at}${state}`}>
            {index > 0 ? ' · ' : ''}
            {t(`state_${state}`)} {timeOf(at)}
          </span>
        ))}
        {record.state === 'accepted' && record.appliedLater ? ` · ${t('stateRecalculating')}` : ''}
      </p>
      {record.seen !== null && record.state !== 'accepted' && (
        <p class="small">
          {t('costSeen', formatMoney(record.seen, record.trackerCurrency, locale()))}
        </p>
      )}
      {record.notBefore !== null && (
        <p class="small">{t('costGoesOutAt', timeOf(record.notBefore))}</p>
      )}
      {known && <p class="small loss">{known}</p>}
    </div>
  );
}
