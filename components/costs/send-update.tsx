import { useState } from 'preact/hooks';
import type { Previewed, PreviewedUndo, Sent } from '../../lib/contract/costs.ts';
import { t } from '../../lib/i18n.ts';
import { mayAskAgain, mayCancel, mayShow, mayUndo } from '../../lib/journal/choices.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { ConfirmSteps } from './confirm-steps.tsx';
import { PartsCard } from './parts-card.tsx';
import { PreviewCard } from './preview-card.tsx';
import { RecordStatus } from './record-status.tsx';
import { SentTogether } from './sent-together.tsx';
import { updateText } from './update-text.ts';

/** Takes a cost update, or those that restore a split, from the preview through confirmation to the status. */
export function SendUpdate({ previewed }: { previewed: Previewed | PreviewedUndo }) {
  const apart = 'apart' in previewed ? previewed.apart : [];
  return apart.length > 0 ? (
    <SendApart previewed={previewed} apart={apart} />
  ) : (
    <SendOne previewed={previewed} />
  );
}

/** An undo of one order in several updates, upon one confirmation. */
function SendApart({ previewed, apart }: { previewed: Previewed; apart: readonly Previewed[] }) {
  const client = useClient();
  const [sent, setSent] = useState<readonly Sent[] | null>(null);
  const { busy, problem, run } = useAction();
  const { preview } = previewed;
  const { order } = preview;
  const send = (at: Box) =>
    run(async () => {
      const previews = apart.map(({ id }) => id);
      setSent(await client.call('costs.sendAll', { previews, together: true, at }));
    });
  if (sent) return <SentTogether all={sent} />;
  return (
    <div class="footed">
      <PreviewCard preview={preview} />
      <PartsCard title={t('undoParts')} slot={slotOf(apart)} previews={apart} left={[]} />
      {problem && <ProblemNotice problem={problem} />}
      {/* The whole is confirmed: it is what the parts make up. */}
      <ConfirmSteps
        previews={[preview]}
        amount={order}
        label={tn('undoApart', apart.length, updateText(order))}
        disabled={busy}
        onConfirm={(at) => void send(at)}
      />
    </div>
  );
}

const slotOf = (apart: readonly Previewed[]): number | null =>
  apart.map(({ preview }) => preview.order.token?.slot).find((slot) => slot !== undefined) ?? null;

function SendOne({ previewed }: { previewed: Previewed }) {
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
    <div class="footed">
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
  const [next, setNext] = useState<PreviewedUndo | null>(null);
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
