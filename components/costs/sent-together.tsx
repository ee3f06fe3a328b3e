import type { Sent } from '../../lib/contract/costs.ts';
import { t } from '../../lib/i18n.ts';
import { useClient } from '../kit/client.ts';

/** What became of many updates, counted. */
export function SentTogether({ all }: { all: readonly Sent[] }) {
  const client = useClient();
  const states = all.map(({ record, problem }) => {
    const followed = client.query('journal.read', record && { record: record.id }).value ?? record;
    return problem ? 'notSent' : (followed?.state ?? 'planned');
  });
  const counts = [...new Set(states)].map(
    (state) => `${t(`state_${state}`)}: ${states.filter((one) => one === state).length}`,
  );
  const verified = states.filter((state) => state === 'verified').length;
  return (
    <div role="status" class="stack tight" data-sent-together>
      <p>
        <b>{t('partsSent', verified, all.length)}</b>
      </p>
      <progress
        max={all.length}
        value={verified}
        aria-label={t('partsSent', verified, all.length)}
      />
      <p class="small soft">{counts.join(' · ')}</p>
    </div>
  );
}
