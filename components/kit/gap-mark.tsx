import type { JudgedGap } from '../../lib/compare/comparison.ts';
import type { Gap, GapState } from '../../lib/compare/gap.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatConversion, formatGap, formatPoints, UNKNOWN } from '../../lib/report/format.ts';
import { type Metric, RATIOS } from '../../lib/report/metrics.ts';

/** Shape and colour both tell the states apart. */
const SHAPES = {
  green: { path: 'M4 0a4 4 0 1 1 0 8a4 4 0 1 1 0-8', colour: 'var(--gain)' },
  chance: { path: 'M4 0a4 4 0 1 1 0 8a4 4 0 1 1 0-8', colour: 'var(--text-soft)' },
  amber: { path: 'M4 0L8 8H0Z', colour: 'var(--look)' },
  red: { path: 'M0 0H8V8H0Z', colour: 'var(--loss)' },
} as const;

/** A gap as plain text. */
export function gapText(metric: Metric, { difference, gap }: Gap): string {
  if (difference === null) return UNKNOWN;
  if (RATIOS.has(metric)) return t('gapPoints', formatPoints(difference, locale()));
  return gap === null ? t('gapFromNothing') : formatGap(gap, locale());
}

/** A gap with a dot for its state; the tooltip says why it is judged so, or why it is not. */
export function GapMark({ metric, gap }: { metric: Metric; gap: JudgedGap }) {
  const { state, hindrances, converted } = gap;
  const conversion = converted && formatConversion(converted.amount, converted.rate, locale());
  const text = gapText(metric, gap);
  const reasons = hindrances.map((hindrance) => t(`hindrance_${hindrance}`));
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
      {text}
      <StateMark state={state} />
    </span>
  );
}

/** The mark of a state; blank, but as wide, where nothing is judged. */
export function StateMark({ state }: { state: GapState }) {
  if (state === 'unknown') return <svg class="dot" viewBox="0 0 8 8" aria-hidden="true" />;
  const { path, colour } = SHAPES[state];
  return (
    <svg class="dot" viewBox="0 0 8 8" role="img" aria-label={t(`gap_${state}`)}>
      <path d={path} fill={colour} />
    </svg>
  );
}
