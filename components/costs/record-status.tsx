import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { locale, t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { useClient } from '../kit/client.ts';
import { problemText } from '../kit/notice.tsx';

const SETTLED = new Set(['verified', 'mismatch', 'failed', 'undone']);
const LOOK_MS = 1000;

/** Follows a record until it is settled. */
export function useRecord(first: JournalRecord | null): JournalRecord | null {
  const client = useClient();
  const state = useSignal(first);
  useEffect(() => {
    state.value = first;
  }, [first]);
  const record = state.value;
  const open = record !== null && !SETTLED.has(record.state);
  const id = record?.id;
  useEffect(() => {
    if (!open || id === undefined) return;
    const controller = new AbortController();
    const timer = setInterval(() => {
      client.call('journal.read', { record: id }, controller.signal).then(
        (read) => {
          state.value = read;
        },
        () => {},
      );
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [client, id, open]);
  return record;
}

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
