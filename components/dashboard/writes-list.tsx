import type { ComponentChildren } from 'preact';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { locale } from '../../lib/i18n.ts';
import type { WriteRecord } from '../../lib/journal/write-record.ts';
import { useFirstOf } from '../kit/first-of.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import type { Asked } from '../kit/query.ts';

type Listed = Extract<WriteRecord, { campaignName: string }>;

/** The journal's writes of a kind, each with its undo; nothing where there are none. */
export function WritesList<R extends Listed>({
  title,
  asked: { value: records, problem },
  connections,
  text,
  card,
}: {
  title: string;
  asked: Asked<readonly R[]>;
  connections: readonly ConnectionView[];
  /** What a write did. */
  text(record: R): string;
  card(record: R): ComponentChildren;
}) {
  const { shown, more } = useFirstOf(records ?? [], 'more-writes');
  if (problem) return <ProblemNotice problem={problem} />;
  if (!records || records.length === 0) return null;
  return (
    <section class="stack" data-writes={records[0]?.kind}>
      <h2>{title}</h2>
      <ul class="stack tight">
        {shown.map((record) => (
          <li key={record.id} class="card stack tight">
            <p>
              <b>{text(record)}:</b> <Name text={record.campaignName} maxLength={60} />
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
            {card(record)}
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
