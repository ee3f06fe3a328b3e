import { useModel } from '@preact/signals';
import type { PausePreviewed } from '../../lib/contract/pauses.ts';
import { t } from '../../lib/i18n.ts';
import type { PauseRecord } from '../../lib/journal/pause-record.ts';
import { useClient } from '../kit/client.ts';
import { ConfirmButton } from '../kit/confirm-button.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { LastProblem, StatesLine } from '../kit/write-history.tsx';
import { PauseModel, type PauseWanted } from './model.ts';

/** The name of a write: "Pause campaign". */
export const pauseText = (active: boolean): string =>
  t(active ? 'resumeCampaign' : 'pauseCampaign');

/** Pauses or resumes a campaign: the state now, a confirmation, then the outcome with its undo. */
export function PauseCard(start: { wanted: PauseWanted } | { sent: PauseRecord }) {
  const client = useClient();
  const model = useModel(() => new PauseModel(client, start));
  const preview = model.preview.value;
  const record = model.record.value;
  const problem = model.problem.value;
  const busy = model.busy.value;
  return (
    <div class="stack tight" data-pause>
      {record && <PauseStatus record={record} />}
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
              name="undo-pause"
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
      {preview && <Preview preview={preview} />}
      {preview && preview.refused === null && (
        <ConfirmButton key={preview.id} name="send-pause" disabled={busy} onConfirm={model.send}>
          {preview.undoes === null
            ? pauseText(preview.active)
            : t('undoConfirm', pauseText(preview.active))}
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

function Preview({ preview: { active, now, refused } }: { preview: PausePreviewed }) {
  if (refused !== null) return <Notice kind="warn">{t(refused)}</Notice>;
  return (
    <>
      {now !== null && <p>{t(now ? 'pauseNow' : 'resumeNow')}</p>}
      <p class="small soft">{t(active ? 'resumeEffect' : 'pauseEffect')}</p>
    </>
  );
}

/** "Sent 12:04:10 · Verified 12:04:11", and what the tracker shows. */
function PauseStatus({ record }: { record: PauseRecord }) {
  return (
    <div role="status" class={`record ${record.state}`} data-state={record.state}>
      <StatesLine history={record.history} />
      {record.seen !== null && (
        <p class="small">{t(record.seen ? 'pauseSeenActive' : 'pauseSeenPaused')}</p>
      )}
      <LastProblem history={record.history} />
    </div>
  );
}
