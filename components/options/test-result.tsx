import type { Tested } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { Notice } from '../kit/notice.tsx';

/** Facts that matter even if the tracker does not report them. */
const REQUIRED = /Zone|Currency|Rights/;

/** What a test found out about the account, and where it differs from the form. */
export function TestResult({
  tested: { facts, warnings },
  writes,
  zone,
  currency,
  onZone,
  onCurrency,
}: {
  tested: Tested;
  /** Can costs be written, so that the key needs the rights to? */
  writes: boolean;
  /** The form's current values. */
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
  /** The form's value, and how to replace it with the tracker's. */
  const fixes: Record<string, readonly [string, (theirs: string) => void] | undefined> = {
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
        const [ours, take] = fixes[key] ?? [];
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
