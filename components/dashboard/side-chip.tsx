import { useEffect } from 'preact/hooks';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { Range } from '../../lib/report/range.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { useAsk } from '../kit/client.ts';
import { Mark } from '../kit/mark.tsx';
import { Name } from '../kit/name.tsx';
import { keepsFromAsking } from '../kit/notice.tsx';

/** One side of the comparison: asks for its campaigns and says how old they are, or what is wrong. */
export function SideChip({
  connection,
  initial,
  colour,
  isBase,
  range,
  again,
  now,
  onBase,
  onAnswer,
}: {
  connection: ConnectionView;
  initial: string;
  colour: number;
  isBase: boolean;
  range: Range;
  again: number;
  now: () => number;
  onBase(): void;
  /** Told of each answer, and whether a newer one is on its way. */
  onAnswer(answer: Answers['campaigns.figures'], old: boolean): void;
}) {
  const question = keepsFromAsking(connection.problem)
    ? null
    : { connection: connection.id, range };
  const known = useAsk('campaigns.figures', question && { ...question, fresh: false }, again);
  const live = useAsk('campaigns.figures', question && { ...question, fresh: true }, again);
  const answer = live.value ?? known.value;
  const report = answer?.report ?? null;
  const problem = connection.problem ?? live.problem ?? live.value?.problem ?? null;
  useEffect(() => {
    if (answer) onAnswer(answer, live.busy);
  }, [answer, live.busy]);
  const old = live.busy && report !== null;
  return (
    <li class={`card chip ${old ? 'dim' : ''}`} data-connection={connection.name} aria-busy={old}>
      <div class="row">
        <Mark initial={initial} name={connection.name} index={colour} />
        <b class="grow">
          <Name text={connection.name} most={28} />
        </b>
        {isBase ? (
          <span class="small soft">{t('base')}</span>
        ) : (
          <button type="button" class="link small" name="base" onClick={onBase}>
            {t('makeBase')}
          </button>
        )}
      </div>
      <p class="small soft">
        {report ? (
          <>
            {report.currency} · {report.zone} · {t(`basis_${report.basis}`)} ·{' '}
            <Age at={report.fetchedAt} now={now} />
            {report.complete ? '' : ` · ${t('incomplete')}`}
          </>
        ) : (
          !problem && t('loading')
        )}
      </p>
      {problem && <ConnectionProblem connection={connection} problem={problem} />}
    </li>
  );
}
