import type { JudgedGap } from '../../lib/compare/comparison.ts';
import type { Gap, GapState } from '../../lib/compare/gap.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatConversion, formatGap, formatPoints, UNKNOWN } from '../../lib/report/format.ts';
import { type Metric, RATIOS } from '../../lib/report/metrics.ts';

/** A gap as plain text. */
export function gapText(metric: Metric, { difference, gap }: Gap): string {
  if (difference === null) return UNKNOWN;
  if (RATIOS.has(metric)) return t('gapPoints', formatPoints(difference, locale()));
  return gap === null ? t('gapFromNothing') : formatGap(gap, locale());
}

/**
 * A gap with a dot for its state; the tooltip says why it is judged so, or why it is not.
 *
 * @param of.why the same reasons with the names of the sides
 */
export function GapMark({
  metric,
  gap,
  why,
}: {
  metric: Metric;
  gap: JudgedGap;
  why?: readonly string[] | undefined;
}) {
  const { state, hindrances, converted } = gap;
  const conversion = converted && formatConversion(converted.amount, converted.rate, locale());
  const text = gapText(metric, gap);
  const reasons = why ?? hindrances.map((hindrance) => t(`hindrance_${hindrance}`));
  if (state === 'unknown') {
    const title = [...reasons, conversion].join(' ').trim();
    return (
      <span class="gap soft" title={title}>
        {text}
      </span>
    );
  }
  return (
    <span class="gap" title={[t(`gap_${state}`), conversion].join(' ').trim()}>
      <StateMark state={state} />
      {text}
    </span>
  );
}

/** The mark of a state, told by shape and colour; blank, but as wide, where nothing is judged. */
export function StateMark({ state }: { state: GapState }) {
  if (state === 'unknown') return <span class="dot" />;
  return <span class={`dot ${state}`} role="img" aria-label={t(`gap_${state}`)} />;
}
