import type { Gap } from '../../lib/compare/gap.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatGap, UNKNOWN } from '../../lib/report/format.ts';

/** Shape and colour both tell the states apart. */
const SHAPES = {
  green: { path: 'M4 0a4 4 0 1 1 0 8a4 4 0 1 1 0-8', colour: 'var(--gain)' },
  amber: { path: 'M4 0L8 8H0Z', colour: 'var(--look)' },
  red: { path: 'M0 0H8V8H0Z', colour: 'var(--loss)' },
} as const;

/** A gap with a dot for its state and the reason in the tooltip. */
export function GapMark({ gap }: { gap: Gap }) {
  if (gap.gap === null && gap.state === 'unknown') return <span class="soft">{UNKNOWN}</span>;
  const { state } = gap;
  const shape = state === 'unknown' ? null : { ...SHAPES[state], text: t(`gap_${state}`) };
  const noise = gap.noise === null ? '' : ` ${t('gapNoise', formatGap(gap.noise, locale()))}`;
  const reason = shape ? `${shape.text}${noise}` : '';
  return (
    <span class="gap" title={reason}>
      {formatGap(gap.gap, locale())}
      {shape && (
        <svg class="dot" viewBox="0 0 8 8" role="img" aria-label={shape.text}>
          <path d={shape.path} fill={shape.colour} />
        </svg>
      )}
    </span>
  );
}
