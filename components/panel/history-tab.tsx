import { locale, t } from '../../lib/i18n.ts';
import { SentUpdate } from '../costs/send-update.tsx';
import { daysText, segmentText, updateText } from '../costs/update-text.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { useFirstOf } from '../kit/first-of.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { MarksCard, marksText } from '../marks/marks-card.tsx';
import { PauseCard, pauseText } from '../pauses/pause-card.tsx';
import { type TabProps, trackerOf } from './tab-props.ts';

const when = (at: number): string =>
  new Date(at).toLocaleString(locale(), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/** Cost updates, pauses, marks and exported blacklists of the campaign. */
export function HistoryTab({ context, campaign }: TabProps) {
  const client = useClient();
  const of = { connection: context.own, campaignId: campaign.id };
  const records = useQuery('journal.list', of);
  const pauses = useQuery('pauses.list', of);
  const marks = useQuery('marks.list', of);
  const exported = useQuery('exports.list', of);
  const updates = useFirstOf(records.value ?? [], 'more-updates');
  const paused = useFirstOf(pauses.value ?? [], 'more-pauses');
  const marked = useFirstOf(marks.value ?? [], 'more-marks');
  const lists = useFirstOf(exported.value ?? [], 'more-lists');
  const problem = records.problem ?? pauses.problem ?? marks.problem ?? exported.problem;
  const empty =
    records.value?.length === 0 &&
    pauses.value?.length === 0 &&
    marks.value?.length === 0 &&
    exported.value?.length === 0;
  return (
    <div class="stack">
      {problem && <ProblemNotice problem={problem} />}
      {empty && <p class="soft">{t('historyEmpty')}</p>}
      {updates.shown.map((record) => (
        <article key={record.id} class="card stack tight" data-record={record.id}>
          <div class="row">
            <h3 class="grow">{updateText(record.order)}</h3>
            <button
              type="button"
              class="link small"
              name="open-record"
              onClick={() =>
                void client.call('dashboard.open', { view: 'journal', record: record.id })
              }
            >
              {t('inJournal')}
            </button>
          </div>
          <p class="small soft">
            {when(record.createdAt)} · {daysText(record.order.range)} · {segmentText(record.order)}
          </p>
          <SentUpdate record={record} />
        </article>
      ))}
      {updates.more}
      {paused.shown.map((record) => (
        <article key={record.id} class="card stack tight" data-record={record.id}>
          <h3>{pauseText(record.active)}</h3>
          <p class="small soft">{when(record.createdAt)}</p>
          <PauseCard sent={record} />
        </article>
      ))}
      {paused.more}
      {marked.shown.map((record) => {
        const tracker = trackerOf(context, record.tracker)?.name ?? record.tracker;
        return (
          <article key={record.id} class="card stack tight" data-record={record.id}>
            <h3>{marksText(record, tracker)}</h3>
            <p class="small soft">{when(record.createdAt)}</p>
            <MarksCard sent={record} tracker={tracker} />
          </article>
        );
      })}
      {marked.more}
      {lists.shown.length > 0 && <h3>{t('exportedLists')}</h3>}
      <ul class="stack tight">
        {lists.shown.map(({ id, at, format, ids, unblock }) => (
          <li key={id} class="small">
            {when(at)} · {context.formats.find((one) => one.id === format)?.name ?? format} ·{' '}
            {tn('placementsOf', ids.length)}
            {unblock && ` · ${t('unblockList')}`}
          </li>
        ))}
      </ul>
      {lists.more}
    </div>
  );
}
