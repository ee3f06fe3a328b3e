import { useModel, useSignal } from '@preact/signals';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { isLocked } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { ConfirmSteps } from '../costs/confirm-steps.tsx';
import { CostFields } from '../costs/cost-fields.tsx';
import { LastUpdates } from '../costs/last-updates.tsx';
import { CostModel, type SentOn } from '../costs/model.ts';
import { PresentCost } from '../costs/present-cost.tsx';
import { PreviewCard } from '../costs/preview-card.tsx';
import { SentUpdate } from '../costs/send-update.tsx';
import { Sides } from '../costs/sides.tsx';
import { daysText, updateText } from '../costs/update-text.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { DraftsContext } from '../kit/drafts.ts';
import { focusWhenReady } from '../kit/focus-when-ready.ts';
import { Name } from '../kit/name.tsx';
import { Notice, ProblemNotice, RowProblem } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import type { TabProps } from './tab-props.ts';

/** What confirms a previewed update, whichever way it has to be confirmed. */
const CONFIRMING = '[name=amount-again]:enabled, [name^=send-cost]:enabled';

/** The present cost, and an update of it: an amount, a preview, a confirmation, then its progress. */
export function CostTab({ context, campaign, range }: TabProps) {
  const client = useClient();
  const drafts = useContext(DraftsContext);
  const subject = useSignal(campaign);
  const model = useModel(() => new CostModel(client, drafts, context.own, subject, range));
  useEffect(() => {
    subject.value = campaign;
  }, [campaign.name, campaign.named]);
  const body = useRef<HTMLFormElement>(null);
  const stopFocus = useRef(() => {});
  useEffect(() => () => stopFocus.current(), []);

  const own = model.here.value;
  const ability = model.tracker.value?.capabilities.cost;
  if (!own || !ability) return null;
  const records = model.records.value.value ?? [];
  const sent = model.sent.value;
  const confirmByKey = (event: KeyboardEvent) => {
    const { target } = event;
    const isText = target instanceof HTMLInputElement && target.type !== 'checkbox';
    if (event.key !== 'Enter' || !isText || !body.current) return;
    event.preventDefault();
    model.hurry();
    stopFocus.current();
    const next = target.name === 'amount-again' ? '[name=send-cost]:enabled' : CONFIRMING;
    stopFocus.current = focusWhenReady(body.current, next);
  };

  return (
    <form
      class="stack"
      ref={body}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={confirmByKey}
    >
      <PresentCost connection={own.id} campaignId={campaign.id} range={range} />
      {!ability.can && <Notice kind="info">{t(ability.reason)}</Notice>}
      <CostFields
        model={model}
        ability={ability.can ? ability : null}
        hint={t('costAmountHint', own.currency, daysText(range), range.zone)}
        tokensOf={{ connection: own.id, campaignId: campaign.id }}
      />
      {sent ? (
        sent.map((one) => (
          <SentLine
            key={one.preview}
            sent={one}
            name={
              sent.length > 1
                ? (context.connections.find(({ id }) => id === one.connection)?.name ?? '')
                : null
            }
          />
        ))
      ) : (
        <>
          <Sides
            sides={model.sides.value}
            connections={context.connections}
            disabled={model.elsewhere.value ? null : t('costElsewhereToken')}
            onChoose={model.choose}
          />
          <Proposed model={model} disabled={isLocked(own.problem)} />
        </>
      )}
      <LastUpdates records={records} onJournal={model.openJournal} />
    </form>
  );
}

/** The preview and its confirmation. */
function Proposed({
  model,
  disabled,
}: {
  model: InstanceType<typeof CostModel>;
  disabled: boolean;
}) {
  const { busy: sending, problem: notSent, run } = useAction();
  const preview = model.preview.value;
  const sendable = model.sendable.value;
  const [first] = sendable;
  const busy = model.busy.value;
  const key = sendable.map(({ id }) => id).join();
  return (
    <>
      {preview?.problem && (
        <ProblemNotice
          problem={preview.problem}
          action={
            <button type="button" class="button" onClick={model.retry}>
              {t('tryAgain')}
            </button>
          }
        />
      )}
      {preview?.previewed && <PreviewCard preview={preview.previewed.preview} />}
      {busy && <div class="skeleton" />}
      {notSent && <ProblemNotice problem={notSent} />}
      {/* Drawn when the last answer is: one that moved it would void the press. */}
      {first && !busy && (
        <fieldset disabled={disabled}>
          <ConfirmSteps
            key={key}
            previews={sendable.map((one) => one.preview)}
            amount={first.preview.order}
            label={
              sendable.length > 1
                ? tn('setIn', sendable.length, updateText(first.preview.order))
                : updateText(first.preview.order)
            }
            disabled={sending}
            onConfirm={(at) => void run(() => model.send(at))}
          />
        </fieldset>
      )}
    </>
  );
}

/** What became of one connection's update. */
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
