import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { RowProblem } from '../kit/notice.tsx';
import type { SentOn } from './model.ts';
import { SentUpdate } from './send-update.tsx';
import { daysText } from './update-text.ts';

/** More updates than this are counted, not listed. */
const MOST_LINES = 8;

/** What becomes of updates that were confirmed together. */
export function SentUpdates({
  all,
  connections,
}: {
  all: readonly SentOn[];
  connections: readonly ConnectionView[];
}) {
  if (all.length > MOST_LINES) return <SentTogether all={all} />;
  const several = new Set(all.map(({ connection }) => connection)).size > 1;
  /** What tells them apart: their connections, token values or days. */
  const nameOf = ({ connection, record }: SentOn): string => {
    if (several) return connections.find(({ id }) => id === connection)?.name ?? '';
    return record ? (record.order.token?.value ?? daysText(record.order.range)) : '';
  };
  return (
    <>
      {all.map((one) => (
        <SentLine key={one.preview} sent={one} name={all.length > 1 ? nameOf(one) : null} />
      ))}
    </>
  );
}

/** What became of one of them. */
function SentLine({ sent: { record, problem }, name }: { sent: SentOn; name: string | null }) {
  const followed = useQuery('journal.read', record && { record: record.id }).value ?? record;
  return (
    <div class="stack tight" data-sent={name ?? ''}>
      {name !== null && (
        <b>
          <Name text={name} maxLength={28} />
        </b>
      )}
      {problem && <RowProblem problem={problem} />}
      {followed && <SentUpdate record={followed} />}
    </div>
  );
}

/** What became of many updates, counted. */
function SentTogether({ all }: { all: readonly SentOn[] }) {
  const client = useClient();
  const states = all.map(({ record, problem }) => {
    const followed = client.query('journal.read', record && { record: record.id }).value ?? record;
    return problem ? 'notSent' : (followed?.state ?? 'planned');
  });
  const counts = [...new Set(states)].map(
    (state) => `${t(`state_${state}`)}: ${states.filter((one) => one === state).length}`,
  );
  const verified = states.filter((state) => state === 'verified').length;
  return (
    <div role="status" class="stack tight" data-sent-together>
      <p>
        <b>{t('partsSent', verified, all.length)}</b>
      </p>
      <progress
        max={all.length}
        value={verified}
        aria-label={t('partsSent', verified, all.length)}
      />
      <p class="small soft">{counts.join(' · ')}</p>
    </div>
  );
}
