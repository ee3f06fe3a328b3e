import { useState } from 'preact/hooks';
import type { Previewed } from '../../lib/contract/costs.ts';
import { t } from '../../lib/i18n.ts';
import { mayAskAgain, mayCancel, mayShow, mayUndo } from '../../lib/journal/choices.ts';
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
  const [next, setNext] = useState<Previewed | null>(null);
  const { problem, run } = useAction();
  const review = (call: 'costs.undo' | 'costs.again') =>
    run(async () => setNext(await client.call(call, { record: record.id })));
  return (
    <div class="stack tight">
      <RecordStatus record={record} />
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        {mayUndo(record) && !next && (
          <button
            type="button"
            class="button"
            name="undo-cost"
            onClick={() => void review('costs.undo')}
          >
            {t('undo')}
          </button>
        )}
        {mayAskAgain(record) && !next && (
          <button
            type="button"
            class="button"
            name="ask-again"
            onClick={() => void review('costs.again')}
          >
            {t('askAgain')}
          </button>
        )}
        {mayCancel(record) && (
          <button
            type="button"
            class="button"
            name="cancel-cost"
            onClick={() => void run(() => client.call('costs.cancel', { record: record.id }))}
          >
            {t('cancelOrder')}
          </button>
        )}
        {mayShow(record) && (
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
      {next && <SendUpdate key={next.id} previewed={next} />}
    </div>
  );
}
