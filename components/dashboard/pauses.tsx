import type { ConnectionView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { PauseCard, pauseText } from '../pauses/pause-card.tsx';

/** The journal's pauses and resumptions of campaigns, each with its undo; nothing where there are none. */
export function PausesList({ connections }: { connections: readonly ConnectionView[] }) {
  const { value: records, problem } = useQuery('pauses.list', {
    connection: null,
    campaignId: null,
  });
  if (problem) return <ProblemNotice problem={problem} />;
  if (!records || records.length === 0) return null;
  return (
    <section class="stack" data-pauses>
      <h2>{t('pausesTitle')}</h2>
      <ul class="stack tight">
        {records.map((record) => (
          <li key={record.id} class="card stack tight">
            <p>
              <b>{pauseText(record.active)}:</b> <Name text={record.campaignName} maxLength={60} />
            </p>
            <p class="small soft">
              {new Date(record.createdAt).toLocaleString(locale(), {
                dateStyle: 'short',
                timeStyle: 'medium',
              })}{' '}
              ·{' '}
              <bdi>
                {connections.find(({ id }) => id === record.connection)?.name ??
                  record.connectionName}
              </bdi>
            </p>
            <PauseCard sent={record} />
          </li>
        ))}
      </ul>
    </section>
  );
}
