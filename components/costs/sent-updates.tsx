import type { ConnectionView } from '../../lib/contract/connections.ts';
import { useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { RowProblem } from '../kit/notice.tsx';
import type { SentOn } from './model.ts';
import { SentUpdate } from './send-update.tsx';
import { SentTogether } from './sent-together.tsx';
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
