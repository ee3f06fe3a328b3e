import type { Cause } from '../../lib/compare/causes.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount } from '../../lib/report/format.ts';

/** What each of two sides is called. */
export type SideNames = Readonly<Record<'base' | 'other', string>>;

/** The likely causes of a gap that needs a look, or that none is found. */
export function Why(of: { causes: readonly Cause[]; names: SideNames }) {
  return of.causes.length > 0 ? <Causes {...of} /> : <p class="small soft">{t('whyUnknown')}</p>;
}

/** The likely causes of a gap, if any. */
export function Causes({ causes, names }: { causes: readonly Cause[]; names: SideNames }) {
  if (causes.length === 0) return null;
  return (
    <ul class="small causes">
      {causes.map((cause) => {
        const text = causeText(cause, names);
        return <li key={text}>{text}</li>;
      })}
    </ul>
  );
}

/** A cause, or why a gap is not judged, with the names of the sides. */
export const causeText = ({ key, values }: Cause, names: SideNames): string =>
  t(
    key,
    ...values.map((value) => {
      if (typeof value === 'number') return formatCount(value, locale());
      return typeof value === 'string' ? value : names[value.side];
    }),
  );
