import type { Rate } from '../../lib/compare/rates.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatDay, formatRate } from '../../lib/report/format.ts';

/** A rate with its day: "1 EUR = 1.085 USD, Nov 24, 2026". */
export const rateText = ({ from, to, rate, day }: Rate): string =>
  t('rateShort', from, formatRate(rate, locale()), to, formatDay(day, locale()));
