import { useModel, useSignal } from '@preact/signals';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { CostFields } from '../costs/cost-fields.tsx';
import { LastUpdates } from '../costs/last-updates.tsx';
import { type CostContext, CostModel } from '../costs/model.ts';
import { PresentCost } from '../costs/present-cost.tsx';
import { Proposed } from '../costs/proposed.tsx';
import { SentUpdates } from '../costs/sent-updates.tsx';
import { Sides } from '../costs/sides.tsx';
import { daysText } from '../costs/update-text.ts';
import { useClient } from '../kit/client.ts';
import { DraftsContext } from '../kit/drafts.ts';
import { focusWhenReady } from '../kit/focus-when-ready.ts';
import { Notice } from '../kit/notice.tsx';
import type { TabProps } from './tab-props.ts';

/** What confirms a previewed update, whichever way it has to be confirmed. */
const CONFIRMING = '[name=amount-again]:enabled, [name^=send-cost]:enabled';

/** The present cost, and an update of it: an amount, a preview, a confirmation, then its progress. */
export function CostTab({ context, campaign, range }: TabProps) {
  const client = useClient();
  const drafts = useContext(DraftsContext);
  const subject = useSignal(campaign);
  const known = useSignal<CostContext>(context);
  const model = useModel(() => new CostModel(client, drafts, context.own, subject, known, range));
  useEffect(() => {
    known.value = context;
  }, [context.connections, context.trackers]);
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
      class="footed"
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
        <SentUpdates all={sent} connections={context.connections} />
      ) : (
        <>
          {!model.parts.value && (
            <Sides
              sides={model.sides.value}
              connections={context.connections}
              disabled={model.elsewhere.value ? null : t('costElsewhereToken')}
              onChoose={model.choose}
            />
          )}
          <Proposed model={model} own={own} />
        </>
      )}
      <LastUpdates records={records} onJournal={model.openJournal} />
    </form>
  );
}
