import type { Campaign, Placement, Verdict, VerdictReason } from '../../lib/blacklist/placement.ts';
import { locale, type MessageKey, t } from '../../lib/i18n.ts';
import { formatMoney, formatPercent, UNKNOWN } from '../../lib/report/format.ts';
import { tn } from '../kit/plural.ts';

/** A probability as people read it: "98 %", "99.3 %", never "100 %" for what is not certain. */
export function sureText(probability: number | null): string {
  if (probability === null) return UNKNOWN;
  if (probability > 0.999) return `>${percent(0.999, 1)}`;
  const places = probability > 0.99 ? 1 : 0;
  const scale = 10 ** (places + 2);
  return percent(Math.floor(probability * scale) / scale, places);
}

const percent = (value: number, places: number): string =>
  `${new Intl.NumberFormat(locale(), {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(value * 100)}\u202f%`;

/** Payouts or conversions, which need not be whole: "4.2", "58". */
const amountText = (value: number): string =>
  new Intl.NumberFormat(locale(), {
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);

const payouts = (value: number): string => tn('payoutCount', shown(value), amountText(value));
const conversionsText = (value: number): string =>
  tn('conversionCount', shown(value), amountText(value));
/** Conversions, and what they are worth where that is another number: some were refused, or pay more. */
const earnedText = (conversions: number | null, earned: number): string =>
  conversions === null || amountText(conversions) === amountText(earned)
    ? conversionsText(earned)
    : t('wordsWorth', conversionsText(conversions), payouts(earned));
/** The number that is read, which decides the plural. */
const shown = (value: number): number =>
  value < 10 ? Math.round(value * 10) / 10 : Math.round(value);

/** What else there is to say of verdicts that the figures alone do not explain. */
const WHY: Readonly<Partial<Record<VerdictReason, MessageKey>>> = {
  ownSpend: 'why_ownSpend',
  ownRevenue: 'why_ownRevenue',
  ownConversions: 'why_ownConversions',
  unnamed: 'why_unnamed',
  partial: 'why_partial',
  noCost: 'why_noCost',
  noConversions: 'why_noConversions',
  noPayout: 'why_noPayout',
  free: 'why_free',
  unripe: 'why_unripe',
};

/** Why a verdict is what it is, in sentences. Money in `currency`. */
export function verdictWords(
  placement: Placement,
  verdict: Verdict,
  campaign: Campaign,
  currency: string,
): string[] {
  const money = (value: number | null) => formatMoney(value, currency, locale());
  const { kind, why, spent, earned, loser, needs, savingPerDay, onHold, bot } = verdict;
  const { cost, revenue } = placement;
  const words: string[] = [];
  const reason = WHY[why];
  if (kind !== 'unknown') {
    const mean = campaign.spent > 0 ? campaign.earned / campaign.spent : null;
    if (spent !== null && earned !== null) {
      const figures = [payouts(spent), earnedText(placement.conversions, earned)];
      words.push(
        mean === null
          ? t('wordsSpent', ...figures)
          : t('wordsSpentOf', ...figures, amountText(mean)),
      );
    }
    if (reason) words.push(t(reason));
    if (kind === 'keep') words.push(t('wordsEarns', sureText(verdict.confidence)));
    else if (kind === 'cut') words.push(t('wordsLoses', sureText(verdict.confidence)));
    else {
      words.push(t('wordsOpen', sureText(loser)));
      words.push(needs ? t('waitNeeds', money(needs.money)) : t('waitForever'));
    }
    if (spent !== null && revenue !== null && earned !== null) {
      words.push(
        t('wordsMoney', money(revenue), money(cost), conversionsText(spent), amountText(earned)),
      );
    }
  } else if (reason) words.push(t(reason));
  if (cost !== null && revenue !== null && cost > 0) {
    const result = revenue - cost;
    words.push(
      t(
        result < 0 ? 'wordsLoss' : 'wordsProfit',
        money(Math.abs(result)),
        formatPercent(result / cost, locale(), true),
      ),
    );
  }
  if (kind === 'cut' && savingPerDay !== null && savingPerDay > 0) {
    words.push(t('wordsSaves', money(savingPerDay)));
  }
  if (onHold !== null && onHold > 0) words.push(t('wordsOnHold', formatPercent(onHold, locale())));
  if (bot) words.push(t(`bot_${bot}`));
  return words;
}
