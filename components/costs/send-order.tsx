import { useEffect, useState } from 'preact/hooks';
import type { Previewed } from '../../lib/contract/costs.ts';
import { type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { useClient } from '../kit/client.ts';
import { ConfirmButton } from '../kit/confirm-button.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { orderText } from './order-text.ts';
import { PreviewCard } from './preview-card.tsx';
import { RecordStatus, useRecord } from './record-status.tsx';

/** Preview → confirm → what became of it → undo, for one order. */
export function SendOrder({
  previewed,
  onVerified,
}: {
  previewed: Previewed;
  onVerified?(): void;
}) {
  const client = useClient();
  const [sent, setSent] = useState<JournalRecord | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const record = useRecord(sent);
  const verified = record?.state === 'verified';
  useEffect(() => {
    if (verified) onVerified?.();
  }, [verified]);
  const send = async (at: Box) => {
    setBusy(true);
    setProblem(null);
    try {
      const planned = await client.call('costs.send', { preview: previewed.id, at });
      setSent(planned);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (record) return <SentOrder record={record} />;
  return (
    <div class="stack">
      <PreviewCard preview={previewed.preview} />
      {problem && <ProblemNotice problem={problem} />}
      {!previewed.preview.refused && (
        <ConfirmButton name="send-cost" disabled={busy} onConfirm={(at) => void send(at)}>
          {previewed.undoes
            ? t('undoConfirm', orderText(previewed.preview.order))
            : orderText(previewed.preview.order)}
        </ConfirmButton>
      )}
    </div>
  );
}

/** A record that was sent, with the way back where there is one. */
export function SentOrder({ record }: { record: JournalRecord }) {
  const client = useClient();
  const [undo, setUndo] = useState<Previewed | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [known, setKnown] = useState(record);
  useEffect(() => setKnown(record), [record]);
  const followed = useRecord(known) ?? known;
  const undoable =
    (followed.state === 'verified' || followed.state === 'mismatch') &&
    followed.before.cost !== null;
  const act = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <div class="stack tight">
      <RecordStatus record={followed} />
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        {undoable && !undo && (
          <button
            type="button"
            class="button"
            name="undo-cost"
            onClick={() =>
              void act(async () =>
                setUndo(await client.call('costs.undo', { record: followed.id })),
              )
            }
          >
            {t('undo')}
          </button>
        )}
        {(followed.state === 'mismatch' ||
          followed.state === 'unknown' ||
          followed.state === 'accepted') && (
          <button
            type="button"
            class="button"
            name="check-again"
            onClick={() =>
              void act(
                async () => void (await client.call('journal.settle', { record: followed.id })),
              )
            }
          >
            {t('checkAgain')}
          </button>
        )}
      </div>
      {undo && (
        <SendOrder
          key={undo.id}
          previewed={undo}
          onVerified={() =>
            void act(async () => setKnown(await client.call('journal.read', { record: record.id })))
          }
        />
      )}
    </div>
  );
}
