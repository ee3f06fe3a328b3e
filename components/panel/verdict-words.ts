import type { Campaign, Placement, Verdict, VerdictReason } from '../../lib/blacklist/placement.ts';
import type { Standing } from '../../lib/blacklist/standing.ts';
import { locale, type MessageKey, t } from '../../lib/i18n.ts';
import { formatMoney, formatPercent, UNKNOWN } from '../../lib/report/format.ts';
import type { Basis } from '../../lib/report/question.ts';
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

/** "~1.2 likely false positives". */
export function goodText(expected: number): string {
  const maximumFractionDigits = expected < 0.1 ? 2 : 1;
  return t(
    'expectedGood',
    new Intl.NumberFormat(locale(), { maximumFractionDigits }).format(expected),
  );
}

/** "saves ≈ $12.00/day"; of money lost by cutting, what that forgoes. */
export const savingText = (perDay: number, currency: string): string =>
  t(perDay < 0 ? 'forgoesADay' : 'savesADay', formatMoney(Math.abs(perDay), currency, locale()));

/** A target ROI as people read it: "50 %", "−12.5 %". */
const targetText = (targetRoi: number): string =>
  percent(targetRoi, Math.round(targetRoi * 1000) % 10 === 0 ? 0 : 1).replace('-', '−');

/** That the whole campaign stays under the target. */
export const campaignWords = ({ loser }: Campaign, targetRoi: number): string =>
  targetRoi === 0
    ? t('campaignLoses', sureText(loser))
    : t('campaignMisses', sureText(loser), targetText(targetRoi));

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

/** What a verdict says, of a target of 0 and of another. */
const VERDICTS = {
  cut: { ofZero: 'wordsLoses', ofTarget: 'wordsMisses' },
  keep: { ofZero: 'wordsEarns', ofTarget: 'wordsMeets' },
  wait: { ofZero: 'wordsOpen', ofTarget: 'wordsOpenTarget' },
} as const;

/**
 * What the money says where the conversions are held against all of the cost, and where not: clicks have
 * had no time to convert, or conversions came on their own date from clicks of other days.
 */
const SAYS = {
  whole: { of: null, money: 'wordsMoney', loss: 'wordsLoss', profit: 'wordsProfit' },
  visit: {
    of: 'wordsOfThem',
    money: 'wordsMoneyYoung',
    loss: 'wordsLossYet',
    profit: 'wordsProfitYet',
  },
  postback: {
    of: 'wordsForThese',
    money: 'wordsMoneyByDate',
    loss: 'wordsLoss',
    profit: 'wordsProfit',
  },
} as const;

export interface WordsOptions {
  /** Of the money. */
  readonly currency: string;
  /** Ratio that the verdicts were made for: only with a target of 0 is what misses it a loss. */
  readonly targetRoi: number;
  /** Date that conversions are counted on. */
  readonly basis: Basis;
  /** What the rule of thumb does to the placement. */
  readonly standing?: Standing;
}

/** Why a verdict is what it is, in sentences. */
export function verdictWords(
  placement: Placement,
  verdict: Verdict,
  campaign: Campaign,
  { currency, targetRoi, basis, standing = null }: WordsOptions,
): string[] {
  const money = (value: number | null) => formatMoney(value, currency, locale());
  const { kind, why, spent, earned, loser, needs, savingPerDay, onHold, bot } = verdict;
  const { cost, revenue } = placement;
  const words: string[] = [];
  const reason = WHY[why];
  const [breaksEven, target] = [targetRoi === 0, targetText(targetRoi)];
  if (standing === 'byRule') {
    words.push(loser === null ? t('ruleListsUntold') : t('ruleLists', sureText(loser)));
  } else if (standing) words.push(t(standing === 'spared' ? 'ruleSpares' : 'rulePicks'));
  const worth = campaign.worth ?? Number.NaN;
  // The cost that the conversions counted so far are held against.
  const ripe = spent === null ? null : spent * worth;
  const says = SAYS[ripe === null || money(ripe) === money(cost) ? 'whole' : basis];
  if (kind !== 'unknown') {
    const mean = campaign.spent > 0 ? campaign.earned / campaign.spent : null;
    if (spent !== null && earned !== null) {
      const all = (cost ?? Number.NaN) / worth;
      const figures = [
        says.of ? t(says.of, payouts(all), amountText(spent)) : payouts(spent),
        earnedText(placement.conversions, earned),
      ];
      words.push(
        mean === null
          ? t('wordsSpent', ...figures)
          : t('wordsSpentOf', ...figures, amountText(mean)),
      );
    }
    if (reason) words.push(t(reason));
    const sure = sureText(kind === 'wait' ? loser : verdict.confidence);
    const { ofZero, ofTarget } = VERDICTS[kind];
    words.push(breaksEven ? t(ofZero, sure) : t(ofTarget, sure, target));
    if (kind === 'wait') words.push(needs ? t('waitNeeds', money(needs.money)) : t('waitForever'));
    if (spent !== null && revenue !== null && earned !== null) {
      words.push(
        t(
          says.money,
          money(revenue),
          money(cost),
          breaksEven ? t('goalBreakEven') : t('goalTarget', target),
          conversionsText(spent * (1 + targetRoi)),
          amountText(earned),
          money(ripe),
        ),
      );
    }
  } else if (reason) words.push(t(reason));
  if (cost !== null && revenue !== null && cost > 0) {
    const result = revenue - cost;
    const figures = [
      money(Math.abs(result)),
      formatPercent(result / cost, locale(), true),
    ] as const;
    words.push(t(result < 0 ? says.loss : says.profit, ...figures));
  }
  if (kind === 'cut' && savingPerDay !== null && savingPerDay !== 0) {
    const saved = money(Math.abs(savingPerDay));
    words.push(t(savingPerDay > 0 ? 'wordsSaves' : 'wordsForgoes', saved));
  }
  if (onHold !== null && onHold > 0) words.push(t('wordsOnHold', formatPercent(onHold, locale())));
  if (bot) words.push(t(`bot_${bot}`));
  return words;
}
