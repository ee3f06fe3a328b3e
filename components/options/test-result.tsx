import { t } from '../../lib/i18n.ts';
import type { Tested } from '../../lib/rpc/results.ts';
import { Notice } from '../kit/notice.tsx';

/** Something real about the account, and what differs from the form. */
export function TestResult({
  tested: { facts, warnings },
  onZone,
  onCurrency,
}: {
  tested: Tested;
  onZone(zone: string): void;
  onCurrency(currency: string): void;
}) {
  const rows = [
    ['factAccount', facts.account],
    ['factVersion', facts.version],
    ['factCampaigns', String(facts.campaigns)],
    ['factZone', facts.zone],
    ['factCurrency', facts.currency],
    ['factRole', facts.role],
    ['factRights', facts.mayWrite === null ? null : t(facts.mayWrite ? 'mayWrite' : 'readOnly')],
  ] as const;
  const mend: Record<string, (() => void) | undefined> = {
    warn_zone_differs: facts.zone ? () => onZone(facts.zone ?? '') : undefined,
    warn_currency_differs: facts.currency ? () => onCurrency(facts.currency ?? '') : undefined,
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
      </Notice>
      {warnings.map(({ key, values }) => (
        <Notice
          key={key}
          kind="warn"
          action={
            mend[key] && (
              <button type="button" class="button" onClick={mend[key]}>
                {t('useTheirs')}
              </button>
            )
          }
        >
          {t(key, ...values)}
        </Notice>
      ))}
    </div>
  );
}
