import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Previewed } from '../../lib/contract/costs.ts';
import { isLocked } from '../../lib/errors.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { useAction } from '../kit/action.ts';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { ConfirmSteps } from './confirm-steps.tsx';
import type { CostModel } from './model.ts';
import { PartsCard } from './parts-card.tsx';
import { PreviewCard } from './preview-card.tsx';
import { updateText } from './update-text.ts';

/** The preview and its confirmation. */
export function Proposed({
  model,
  own,
}: {
  model: InstanceType<typeof CostModel>;
  own: ConnectionView;
}) {
  const { busy: running, problem: failed, run } = useAction();
  const inParts = model.parts.value;
  const preview = model.preview.value;
  const sendable = model.sendable.value;
  const [first] = sendable;
  const busy = model.busy.value;
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
      {inParts ? (
        <PartsCard {...inParts} />
      ) : (
        preview?.previewed && <PreviewCard preview={preview.previewed.preview} />
      )}
      {inParts ? (
        <button type="button" class="link" name="set-whole" onClick={model.setWhole}>
          {t('partsBack')}
        </button>
      ) : (
        preview?.previewed?.preview.parts.map(({ slot, count, sum }) => (
          <Notice
            key={slot}
            kind="warn"
            action={
              <button
                type="button"
                class="button"
                name="scale-parts"
                disabled={running}
                onClick={() => void run(() => model.scaleParts(slot))}
              >
                {t('partsScale')}
              </button>
            }
          >
            {tn('partsSet', count, slot, formatMoney(sum, own.currency, locale()))}
          </Notice>
        ))
      )}
      {!inParts && preview?.previewed?.preview.refused?.key === 'refused_clock_change' && (
        <button
          type="button"
          class="button"
          name="split-days"
          disabled={running}
          onClick={() => void run(model.splitDays)}
        >
          {t('daysApart')}
        </button>
      )}
      {busy && <div class="skeleton" />}
      {failed && <ProblemNotice problem={failed} />}
      {/* Drawn when the last answer is: one that moved it would void the press. */}
      {first && !busy && (
        <Confirm
          key={sendable.map(({ id }) => id).join()}
          model={model}
          sendable={sendable}
          first={first}
          label={labelOf(sendable, inParts !== null)}
          disabled={running}
          locked={isLocked(own.problem)}
        />
      )}
    </>
  );
}

/** The confirmation of what was previewed; why it failed goes with the preview. */
function Confirm({
  model,
  sendable,
  first,
  label,
  disabled,
  locked,
}: {
  model: InstanceType<typeof CostModel>;
  sendable: readonly Previewed[];
  first: Previewed;
  label: string;
  disabled: boolean;
  locked: boolean;
}) {
  const { busy, problem, run } = useAction();
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <ConfirmSteps
        previews={sendable.map((one) => one.preview)}
        amount={model.update.value ?? first.preview.order}
        label={label}
        disabled={disabled || busy}
        locked={locked}
        onConfirm={(at) => void run(() => model.send(at))}
      />
    </>
  );
}

/** What the button sets: one cost, one in several trackers, or the parts of one. */
function labelOf(sendable: readonly Previewed[], areParts: boolean): string {
  const [first] = sendable;
  if (!first) return '';
  const text = updateText(first.preview.order);
  if (!areParts) return sendable.length > 1 ? tn('setIn', sendable.length, text) : text;
  const sum = sendable.reduce((all, { preview }) => all + (preview.expected ?? 0), 0);
  return tn(
    'partsConfirm',
    sendable.length,
    formatMoney(sum, first.preview.trackerCurrency, locale()),
  );
}
