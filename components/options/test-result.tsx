import type { Tested } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { Notice } from '../kit/notice.tsx';

/** What has to be right although a tracker may not tell it. */
const REQUIRED = /Zone|Currency|Rights/;

/** Something real about the account, and what differs from the form. */
export function TestResult({
  tested: { facts, warnings },
  writes,
  zone,
  currency,
  onZone,
  onCurrency,
}: {
  tested: Tested;
  /** Are there costs to set, for which the key needs rights? */
  writes: boolean;
  /** What the form says now. */
  zone: string;
  currency: string;
  onZone(zone: string): void;
  onCurrency(currency: string): void;
}) {
  const rows = [
    ['factAccount', facts.account],
    ['factVersion', facts.version],
    ['factCampaigns', String(facts.campaigns)],
    ['formZone', facts.zone],
    ['formCurrency', facts.currency],
    ['factRole', facts.role],
    ['factRights', facts.mayWrite === null ? null : t(facts.mayWrite ? 'mayWrite' : 'readOnly')],
  ] as const;
  const unknown = rows.flatMap(([key, value]) =>
    value === null && REQUIRED.test(key) && (writes || key !== 'factRights')
      ? [t(key).toLowerCase()]
      : [],
  );
  /** What the form says, and how to take the tracker's. */
  const mend: Record<string, readonly [string, (theirs: string) => void] | undefined> = {
    warn_zone_differs: [zone, onZone],
    warn_currency_differs: [currency, onCurrency],
  };
  return (
    <div class="stack tight" data-tested>
      <Notice>
        <p>
          <b>{t('testGood')}</b>
        </p>
        <dl class="facts">
          {rows.map(
            ([key, value]) =>
              value !== null && (
                <div key={key}>
                  <dt class="soft">{t(key)}</dt>
                  <dd>
                    <bdi>{value}</bdi>
                  </dd>
                </div>
              ),
          )}
        </dl>
        {unknown.length > 0 && <p>{t('factsUntold', unknown.join(', '))}</p>}
      </Notice>
      {warnings.map(({ key, values }) => {
        const [theirs = ''] = values;
        const [ours, take] = mend[key] ?? [];
        if (ours === theirs) return null;
        return (
          <Notice
            key={key}
            kind="warn"
            action={
              take && (
                <button type="button" class="button" onClick={() => take(theirs)}>
                  {t('useTheirs')}
                </button>
              )
            }
          >
            {ours === undefined ? t(key, ...values) : t(key, theirs, ours)}
          </Notice>
        );
      })}
    </div>
  );
}
