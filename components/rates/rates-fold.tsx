import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { Rates } from './rates.tsx';

/** The rates into the base's currency, folded; nothing where all connections have one currency. */
export function RatesFold({
  connections,
  base,
  now,
}: {
  connections: readonly ConnectionView[];
  base: ConnectionView;
  now: () => number;
}) {
  const currencies = new Set(connections.map(({ currency }) => currency));
  if (currencies.size < 2) return null;
  return (
    <details>
      <summary>{t('rates')}</summary>
      <div class="card stack">
        <p class="small soft">{t('ratesHint')}</p>
        <Rates currencies={[...currencies]} into={base.currency} now={now} />
      </div>
    </details>
  );
}
