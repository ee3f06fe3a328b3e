import { useState } from 'preact/hooks';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { ProblemNotice } from '../kit/notice.tsx';
import { PauseCard, pauseText } from '../pauses/pause-card.tsx';

/** Opens a row's campaign in its tracker, pauses and resumes it; what the tracker cannot do says why. */
export function CampaignLinks({
  connection,
  tracker,
  campaignId,
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  campaignId: string;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  /** What the opened card pauses or resumes. */
  const [wanted, setWanted] = useState<{ active: boolean } | null>(null);
  const mayPause = tracker?.capabilities.pause;
  const page = tracker?.capabilities.campaignPage;
  const { value: list } = useQuery(
    'campaigns.list',
    mayPause?.can ? { connection: connection.id, fresh: false } : null,
  );
  const active = list?.campaigns.find(({ id }) => id === campaignId)?.active ?? null;
  if (!mayPause || !page) return null;
  return (
    <>
      <LinkButton
        name="open-campaign"
        text={t('openInTracker')}
        reason={page.can ? undefined : t(page.reason)}
        onClick={() =>
          void run(() => client.call('campaign.open', { connection: connection.id, campaignId }))
        }
      />
      {tracker.side === 'tracker' && (active !== null || !mayPause.can) && (
        <LinkButton
          name="pause"
          text={pauseText(active === false)}
          reason={mayPause.can ? undefined : t(mayPause.reason)}
          onClick={() => setWanted({ active: active === false })}
        />
      )}
      {problem && <ProblemNotice problem={problem} />}
      {wanted && (
        <div class="card stack tight">
          <PauseCard
            key={String(wanted.active)}
            wanted={{ connection: connection.id, campaignId, ...wanted }}
          />
          <div class="row">
            <button type="button" class="link" name="close-pause" onClick={() => setWanted(null)}>
              {t('close')}
            </button>
          </div>
        </div>
      )}
    </>
  );
}

function LinkButton({
  name,
  text,
  reason,
  onClick,
}: {
  name: string;
  text: string;
  reason: string | undefined;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      class="link"
      name={name}
      title={reason}
      disabled={reason !== undefined}
      onClick={onClick}
    >
      {text}
    </button>
  );
}
