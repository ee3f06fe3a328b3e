import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import type { JournalRecord, JournalState } from '../../lib/journal/record.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { SentUpdate } from '../costs/send-update.tsx';
import { daysText, segmentText, updateText } from '../costs/update-text.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { DataTable } from '../kit/data-table.tsx';
import { download } from '../kit/download.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import type { Column } from '../kit/table-column.ts';
import { figureOf, journalCsv, surfaceText } from './journal-csv.ts';
import { JournalFilters } from './journal-filters.tsx';
import { OtherWrites } from './other-writes.tsx';
import { NO_FILTER, type PageState } from './page-state.ts';
import { selectRecords } from './select-records.ts';

const TONES: Readonly<Partial<Record<JournalState, string>>> = {
  verified: 'gain',
  failed: 'loss',
  mismatch: 'loss',
  unknown: 'loss',
  notKnown: 'loss',
  notSent: 'loss',
};

type JournalColumn =
  | 'time'
  | 'campaign'
  | 'connection'
  | 'days'
  | 'segment'
  | 'before'
  | 'after'
  | 'seen'
  | 'state'
  | 'surface';

/** Every write to a tracker, from planned to verified or undone. */
export function JournalView({
  connections,
  trackers,
  state,
  onChange,
  onSearch,
}: {
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  state: PageState;
  onChange(patch: Partial<PageState>): void;
  onSearch(text: string): void;
}) {
  const client = useClient();
  const { value: records, problem } = useQuery('journal.list', {
    connection: null,
    campaignId: null,
  });
  const selected = selectRecords(records ?? [], { ...state.journal, campaign: state.search });
  const shown = records?.find(({ id }) => id === state.record) ?? null;
  const money = (value: number | null, record: JournalRecord) =>
    formatMoney(value, record.trackerCurrency, locale());
  const nameOf = (record: JournalRecord) =>
    connections.find(({ id }) => id === record.order.connection)?.name ?? record.connectionName;
  const column = (
    id: JournalColumn,
    text: (record: JournalRecord) => string,
    kind?: 'words',
  ): Column<JournalRecord> => ({
    id,
    title: t(`journal_${id}`),
    label: t(`journal_${id}`),
    cell: text,
    text,
    ...(kind ? { kind } : {}),
  });
  const columns: Column<JournalRecord>[] = [
    column('time', ({ createdAt }) =>
      new Date(createdAt).toLocaleString(locale(), { dateStyle: 'short', timeStyle: 'medium' }),
    ),
    {
      ...column('campaign', ({ order }) => order.campaignName, 'words'),
      cell: ({ order }) => <Name text={order.campaignName} maxLength={34} />,
    },
    {
      ...column('connection', nameOf, 'words'),
      cell: (record) => (
        <bdi title={trackers.find(({ id }) => id === record.tracker)?.name}>{nameOf(record)}</bdi>
      ),
    },
    column('days', ({ order }) => daysText(order.range), 'words'),
    column('segment', ({ order }) => segmentText(order), 'words'),
    column('before', (record) => money(figureOf(record, 'before'), record)),
    column('after', (record) => money(figureOf(record, 'after'), record)),
    column('seen', (record) => money(figureOf(record, 'seen'), record)),
    {
      ...column('state', ({ state }) => t(`state_${state}`), 'words'),
      cell: ({ state }) => (
        <span class={TONES[state] ?? ''} data-state={state}>
          {t(`state_${state}`)}
        </span>
      ),
    },
    column('surface', surfaceText, 'words'),
  ];
  const save = () =>
    download(journalCsv(selected, { nameOf, trackers }), 'crosstrack-journal.csv', 'csv', null);
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <div class="row toolbar">
        <JournalFilters
          records={records ?? []}
          connections={connections}
          filter={state.journal}
          search={state.search}
          onChange={(journal) => onChange({ journal })}
          onSearch={onSearch}
        />
        <button type="button" class="button" name="refresh" onClick={() => client.refresh()}>
          ⟳ {t('refresh')}
        </button>
        <button
          type="button"
          class="button"
          name="save-csv"
          disabled={selected.length === 0}
          onClick={save}
        >
          {t('saveCsv')}
        </button>
      </div>
      <DamagedNotice list="journal" />
      {records?.length === 0 && <p class="soft">{t('journalEmpty')}</p>}
      {records && records.length > 0 && selected.length === 0 && (
        <p class="soft">
          {t('noneMatch')}{' '}
          <button
            type="button"
            class="link"
            name="show-all"
            onClick={() => onChange({ search: '', journal: NO_FILTER })}
          >
            {t('showAll')}
          </button>
        </p>
      )}
      {records && (selected.length > 0 || shown) && (
        <div class={shown ? 'with-details' : ''}>
          <DataTable
            label={t('view_journal')}
            height="max(280px, calc(100vh - 160px))"
            columns={columns}
            rows={selected}
            keyOf={({ id }) => id}
            onOpen={({ id }) => onChange({ record: id })}
          />
          {shown && (
            <aside class="card details stack" aria-label={t('details')}>
              <div class="row">
                <h2 class="grow">{updateText(shown.order)}</h2>
                <IconButton
                  name="close"
                  label={t('close')}
                  sign="×"
                  onClick={() => onChange({ record: '' })}
                />
              </div>
              <p>
                <Name text={shown.order.campaignName} maxLength={60} />
              </p>
              <p class="small soft">
                {daysText(shown.order.range)} · {shown.order.range.zone} ·{' '}
                {segmentText(shown.order)}
              </p>
              <dl class="figures">
                {(['before', 'after', 'seen'] as const).map((figure) => (
                  <div key={figure}>
                    <dt>{t(`journal_${figure}`)}</dt>
                    <dd class="num">{money(figureOf(shown, figure), shown)}</dd>
                  </div>
                ))}
              </dl>
              <SentUpdate key={shown.id} record={shown} />
            </aside>
          )}
        </div>
      )}
      <OtherWrites connections={connections} trackers={trackers} />
    </>
  );
}
