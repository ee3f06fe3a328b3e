import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { SearchInput } from '../kit/search-input.tsx';
import type { Subject } from './tab-props.ts';

const MAX_SHOWN = 60;

/** Lets the user pick a campaign where the page shows none. */
export function CampaignPicker({
  connection,
  side,
  onPick,
}: {
  connection: string;
  side: 'tracker' | 'network';
  onPick(campaign: Subject): void;
}) {
  const [typed, setTyped] = useState('');
  const { value, problem, busy } = useQuery('campaigns.list', { connection, fresh: false });
  const found = (value?.campaigns ?? []).filter(
    ({ id, name }) => id === typed || name.toLowerCase().includes(typed.toLowerCase()),
  );
  return (
    <div class="body stack">
      <p class="soft">{t(side === 'network' ? 'pickOffer' : 'pickCampaign')}</p>
      <SearchInput name="campaign-search" value={typed} onValue={setTyped} />
      {problem && <ProblemNotice problem={problem} />}
      {busy && !value && <div class="skeleton" />}
      <ul class="picks">
        {found.slice(0, MAX_SHOWN).map((campaign) => (
          <li key={campaign.id}>
            <button type="button" onClick={() => onPick(campaign)}>
              <Name text={campaign.name || `#${campaign.id}`} maxLength={44} />
              <span class="soft small">#{campaign.id.slice(-6)}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MAX_SHOWN && (
        <p class="small soft">{t('moreFound', found.length - MAX_SHOWN)}</p>
      )}
      {value && found.length === 0 && <p class="soft">{t('nothingFound')}</p>}
    </div>
  );
}
