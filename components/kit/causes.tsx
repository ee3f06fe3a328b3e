import type { Cause } from '../../lib/compare/causes.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount } from '../../lib/report/format.ts';

/** The likely causes of a gap, if any. */
export function Causes({ causes }: { causes: readonly Cause[] }) {
  if (causes.length === 0) return null;
  return (
    <ul class="small causes">
      {causes.map(({ key, values }) => (
        <li key={key}>
          {t(
            key,
            ...values.map((value) =>
              typeof value === 'number' ? formatCount(value, locale()) : value,
            ),
          )}
        </li>
      ))}
    </ul>
  );
}
