import type { CostUpdate } from '../../lib/costs/update.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { daysIn } from '../../lib/report/range.ts';
import { tn } from '../kit/plural.ts';

/** A cost update as a button label: "Set cost of 2 days to $120.50". */
export function updateText(update: CostUpdate): string {
  const money = formatMoney(update.amount, update.currency, locale());
  const days = tn('daysOf', daysIn(update.range));
  return update.mode === 'cpc' ? t('setCpc', days, money) : t('setCost', days, money);
}

/** The clicks that a cost update covers: all, or those with one token value. */
export function segmentText(update: CostUpdate): string {
  const parts = [
    update.token ? t('segmentToken', update.token.slot, update.token.value) : t('segmentAll'),
    ...(update.uniqueOnly ? [t('segmentUnique')] : []),
  ];
  return parts.join(' · ');
}

/** A date range: "1 Aug – 2 Aug". */
export function daysText(range: { from: string; to: string }): string {
  const show = (day: string) =>
    new Date(`${day}T00:00:00Z`).toLocaleDateString(locale(), {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
  return range.from === range.to ? show(range.from) : `${show(range.from)} – ${show(range.to)}`;
}
