import { useState } from 'preact/hooks';
import type { Previewed } from '../../lib/contract/costs.ts';
import { t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { ProblemNotice } from '../kit/notice.tsx';
import { ConfirmSteps } from './confirm-steps.tsx';
import { PreviewCard } from './preview-card.tsx';
import { RecordStatus } from './record-status.tsx';
import { updateText } from './update-text.ts';

/** Takes one cost update from its preview through confirmation to its status. */
export function SendUpdate({ previewed }: { previewed: Previewed }) {
  const client = useClient();
  const [sent, setSent] = useState<JournalRecord | null>(null);
  const { busy, problem, run } = useAction();
  const followed = useQuery('journal.read', sent && { record: sent.id }).value;
  const record = followed ?? sent;
  const send = (at: Box) =>
    run(async () => setSent(await client.call('costs.send', { preview: previewed.id, at })));
  const { order } = previewed.preview;
  if (record) return <SentUpdate record={record} />;
  return (
    <div class="stack">
      <PreviewCard preview={previewed.preview} />
      {problem && <ProblemNotice problem={problem} />}
      {!previewed.preview.refused && (
        <ConfirmSteps
          previews={[previewed.preview]}
          amount={order}
          label={previewed.undoes ? t('undoConfirm', updateText(order)) : updateText(order)}
          disabled={busy}
          onConfirm={(at) => void send(at)}
        />
      )}
    </div>
  );
}

/** The current status of a sent cost update, with undo where possible. */
export function SentUpdate({ record }: { record: JournalRecord }) {
  const client = useClient();
  const [undo, setUndo] = useState<Previewed | null>(null);
  const { problem, run } = useAction();
  const undoable =
    (record.state === 'verified' || record.state === 'mismatch') && record.before.cost !== null;
  return (
    <div class="stack tight">
      <RecordStatus record={record} />
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        {undoable && !undo && (
          <button
            type="button"
            class="button"
            name="undo-cost"
            onClick={() =>
              void run(async () => setUndo(await client.call('costs.undo', { record: record.id })))
            }
          >
            {t('undo')}
          </button>
        )}
        {(record.state === 'mismatch' ||
          record.state === 'unknown' ||
          record.state === 'accepted') && (
          <button
            type="button"
            class="button"
            name="check-again"
            onClick={() => void run(() => client.call('journal.settle', { record: record.id }))}
          >
            {t('checkAgain')}
          </button>
        )}
      </div>
      {undo && <SendUpdate key={undo.id} previewed={undo} />}
    </div>
  );
}
