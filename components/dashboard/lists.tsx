import type { ConnectionView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatPercent } from '../../lib/report/format.ts';
import { daysText } from '../costs/update-text.ts';
import { useQuery } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { download } from '../kit/download.ts';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';

/** Every exported blacklist with its rules, dates and ids. */
export function ListsView({ connections }: { connections: readonly ConnectionView[] }) {
  const { value: lists, problem } = useQuery('exports.list', {});
  const { value: formats } = useQuery('formats.list', {});
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <DamagedNotice list="exports" />
      {lists?.length === 0 && <p class="soft">{t('listsEmpty')}</p>}
      <ul class="stack">
        {lists?.map((list) => (
          <li key={list.id} class="card row">
            <div class="grow">
              <b>
                <Name text={list.campaignName} maxLength={60} />
              </b>
              <p class="small soft">
                {new Date(list.at).toLocaleString(locale(), {
                  dateStyle: 'short',
                  timeStyle: 'short',
                })}{' '}
                · {connections.find(({ id }) => id === list.connection)?.name ?? ''} ·{' '}
                {formats?.find(({ id }) => id === list.format)?.name ?? list.format} ·{' '}
                {daysText(list.range)} ·{' '}
                {t('confidenceOf', formatPercent(list.rules.confidence, locale()))}
                {list.unblock && ` · ${t('unblockList')}`}
              </p>
            </div>
            <span class="num">{tn('placementsOf', list.ids.length)}</span>
            <button
              type="button"
              class="button"
              onClick={() =>
                download(
                  list.ids.join('\n'),
                  `crosstrack-${list.unblock ? 'unblock-' : ''}${list.campaignId}-${list.format}.txt`,
                  'txt',
                  null,
                )
              }
            >
              .txt
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
