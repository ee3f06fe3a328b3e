import type { ComponentChildren } from 'preact';
import { t } from '../../lib/i18n.ts';
import type { WriteRecord } from '../../lib/journal/write-record.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { ProblemNotice } from './notice.tsx';
import { LastProblem, StatesLine } from './write-history.tsx';
import type { WriteModel } from './write-model.ts';

interface Previewed {
  readonly id: string;
  /** Why it cannot be sent. */
  readonly refused: string | null;
}

/** A write to a tracker: what it would do, a confirmation, then the outcome with its undo. */
export function WriteCard<
  P extends Previewed,
  R extends Pick<WriteRecord, 'id' | 'state' | 'history'>,
>({
  kind,
  model,
  previewed,
  confirm,
  outcome,
}: {
  kind: 'pause' | 'marks';
  model: WriteModel<P, R>;
  previewed(preview: P): ComponentChildren;
  /** What the button says. */
  confirm(preview: P): string;
  /** What the tracker shows of it. */
  outcome(record: R): ComponentChildren;
}) {
  const preview = model.preview.value;
  const record = model.record.value;
  const problem = model.problem.value;
  const busy = model.busy.value;
  return (
    <div class="stack tight" data-write={kind}>
      {record && (
        <div role="status" class={`record ${record.state}`} data-state={record.state}>
          <StatesLine history={record.history} />
          {outcome(record)}
          <LastProblem history={record.history} />
        </div>
      )}
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            !record && (
              <button type="button" class="button" name="try-again" onClick={model.retry}>
                {t('tryAgain')}
              </button>
            )
          }
        />
      )}
      {busy && !record && !preview && <div class="skeleton" />}
      {record && !preview && (UNDOABLE.has(record.state) || CHECKED_AGAIN.has(record.state)) && (
        <div class="row">
          {UNDOABLE.has(record.state) && (
            <button
              type="button"
              class="button"
              name={`undo-${kind}`}
              disabled={busy}
              onClick={model.undo}
            >
              {t('undo')}
            </button>
          )}
          {CHECKED_AGAIN.has(record.state) && (
            <button
              type="button"
              class="button"
              name="check-again"
              disabled={busy}
              onClick={model.check}
            >
              {t('checkAgain')}
            </button>
          )}
        </div>
      )}
      {preview && previewed(preview)}
      {preview && preview.refused === null && (
        <ConfirmButton
          key={preview.id}
          name={`send-${kind}`}
          disabled={busy}
          onConfirm={model.send}
        >
          {confirm(preview)}
        </ConfirmButton>
      )}
    </div>
  );
}

const UNDOABLE: ReadonlySet<string> = new Set(['verified', 'mismatch']);
const CHECKED_AGAIN: ReadonlySet<string> = new Set([
  'accepted',
  'unknown',
  'mismatch',
  'failed',
  'notKnown',
]);
