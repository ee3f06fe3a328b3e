import type { CostOrder } from '../../lib/costs/order.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { daysIn } from '../../lib/report/range.ts';
import { tn } from '../kit/plural.ts';

/** What an order does, as the button says it: "Set cost of 2 days to $120.50". */
export function orderText(order: CostOrder): string {
  const money = formatMoney(order.amount, order.currency, locale());
  const days = tn('daysOf', daysIn(order.range));
  return order.mode === 'cpc' ? t('setCpc', days, money) : t('setCost', days, money);
}

/** Which clicks an order is about: all, or one token's value. */
export function segmentText(order: CostOrder): string {
  const parts = [
    order.token ? t('segmentToken', order.token.slot, order.token.value) : t('segmentAll'),
    ...(order.uniqueOnly ? [t('segmentUnique')] : []),
  ];
  return parts.join(' · ');
}

/** Days of an order: "1 Aug – 2 Aug". */
export function daysText(range: { from: string; to: string }): string {
  const show = (day: string) =>
    new Date(`${day}T00:00:00Z`).toLocaleDateString(locale(), {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
  return range.from === range.to ? show(range.from) : `${show(range.from)} – ${show(range.to)}`;
}
