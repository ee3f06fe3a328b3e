import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import type { Ability } from '../../lib/trackers/adapter.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { PauseCard, pauseText } from '../pauses/pause-card.tsx';
import type { PanelModel } from './model.ts';
import type { TabProps } from './tab-props.ts';

const reasonOf = (ability: Ability | undefined): string | undefined =>
  ability && !ability.can ? t(ability.reason) : undefined;

/** Pausing the shown campaign and opening its page; what its tracker cannot do says why. */
export function CampaignButtons({ model }: { model: InstanceType<typeof PanelModel> }) {
  const can = model.capabilities.value;
  const active = model.active.value;
  if (!can) return null;
  return (
    <>
      {(active !== null || !can.pause.can) && (
        <IconButton
          name="pause"
          label={pauseText(active === false)}
          sign={active === false ? '▶' : '‖'}
          reason={reasonOf(can.pause)}
          onClick={() => model.show('pause')}
        />
      )}
      <IconButton
        name="open-campaign"
        label={t('openInTracker')}
        sign={'↗\uFE0E'}
        reason={reasonOf(can.campaignPage)}
        onClick={model.openCampaign}
      />
    </>
  );
}

/** Pauses or resumes the campaign, over the panel's body. */
export function PauseOverlay({
  connection,
  campaign,
  isActive,
  onClose,
}: {
  connection: string;
  campaign: TabProps['campaign'];
  /** When it opened; it stays the question while the campaign changes. */
  isActive: boolean;
  onClose(): void;
}) {
  const [wanted] = useState({ connection, campaignId: campaign.id, active: !isActive });
  return (
    <div class="overlay" role="dialog" aria-label={pauseText(wanted.active)}>
      <h2>{pauseText(wanted.active)}</h2>
      <p>
        <Name text={campaign.name} maxLength={60} />
      </p>
      <PauseCard wanted={wanted} />
      <button type="button" class="button" name="close-pause" onClick={onClose}>
        {t('close')}
      </button>
    </div>
  );
}
