import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { useQuery } from '../kit/client.ts';
import { Rates } from './rates.tsx';

/** The settings' exchange rates; nothing where all connections have one currency and none was entered. */
export function RatesSection({
  connections,
  now,
}: {
  connections: readonly ConnectionView[];
  now: () => number;
}) {
  const { value: rates } = useQuery('rates.list', {});
  const currencies = new Set(connections.map(({ currency }) => currency));
  const [into] = currencies;
  if (into === undefined || (currencies.size < 2 && !rates?.length)) return null;
  return (
    <section class="stack">
      <h2>{t('rates')}</h2>
      <p class="soft">{t('ratesHint')}</p>
      <Rates currencies={[...currencies]} into={into} now={now} />
    </section>
  );
}
