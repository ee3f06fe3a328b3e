import { BASELINE_DAYS } from '../../lib/compare/baseline.ts';
import type { JudgedGap } from '../../lib/compare/comparison.ts';
import { type Gap, ratioOf } from '../../lib/compare/gap.ts';
import { t } from '../../lib/i18n.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { addDays } from '../../lib/report/range.ts';
import { daysText } from '../costs/update-text.ts';
import { GapMark, gapText } from '../kit/gap-mark.tsx';
import { Sparkline } from '../kit/sparkline.tsx';
import type { Baselines, KnownBaseline } from './baselines.ts';

interface MetricGap {
  readonly metric: Metric;
  readonly gap: JudgedGap;
}

type Props = MetricGap & { readonly baselines: Baselines };

/** Whether a gap is as it was in the days before, and those days' gaps. */
export function GapBaseline({ metric, gap, baselines }: Props) {
  const known = baselines.of(metric);
  if (!known) return baselines.busy ? <p class="small soft">…</p> : null;
  return (
    <div class="stack tight" data-baseline={known.baseline.kind}>
      <p class="small">{textOf(known, metric, gap)}</p>
      <DailyGaps {...known} metric={metric} />
    </div>
  );
}

/** Gaps that need no look now, but have changed. */
export function AlsoChanged({ of, baselines }: { of: readonly MetricGap[]; baselines: Baselines }) {
  const changed = of.filter(
    ({ metric, gap: { state } }) =>
      (state === 'green' || state === 'chance') &&
      baselines.of(metric)?.baseline.kind === 'changed',
  );
  return (
    <>
      {changed.map(({ metric, gap }) => (
        <div key={metric} class="stack tight" data-gap={metric}>
          <p class="row small">
            {t(`metric_${metric}`)} <GapMark metric={metric} gap={gap} />
          </p>
          <GapBaseline {...{ metric, gap, baselines }} />
        </div>
      ))}
    </>
  );
}

/** Why the days before are not known. */
export function BaselineNotes({ notes }: Pick<Baselines, 'notes'>) {
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="small soft" data-baseline="unknown">
          {note}
        </p>
      ))}
    </>
  );
}

function textOf({ baseline }: KnownBaseline, metric: Metric, gap: JudgedGap): string {
  const { usual } = baseline;
  const [before, now] = [gapText(metric, asGap(usual)), gapText(metric, gap)];
  const [counted, all] = [String(usual.days), String(BASELINE_DAYS)];
  const days =
    usual.days < BASELINE_DAYS ? t('baselineDaysSome', counted, all) : t('baselineDaysAll', all);
  if (baseline.kind === 'steady') return t('baselineSteady', before, days);
  if (baseline.kind === 'tooLittle') {
    return baseline.why === 'days'
      ? t('baselineFew', counted, all)
      : t('baselineScatter', before, days);
  }
  const { wider, since } = baseline;
  if (!since) return t(wider ? 'baselineWider' : 'baselineNarrower', before, now, days);
  const from = daysText({ from: since, to: since });
  return t(wider ? 'baselineWiderSince' : 'baselineNarrowerSince', before, now, days, from);
}

const asGap = (of: Pick<Gap, 'gap' | 'difference'>): Gap => ({ ...of, state: 'unknown' });

/** The gap of each day as a line, with its least and its greatest in words, where they differ. */
function DailyGaps({ days, metric }: KnownBaseline & { metric: Metric }) {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || first === last) return null;
  const gapOn = new Map(days.map(({ day, base, other }) => [day, ratioOf(base, other)]));
  const values: Array<number | null> = [];
  for (let day = first.day; day <= last.day; day = addDays(day, 1)) {
    values.push(gapOn.get(day) ?? null);
  }
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)].map((size) =>
    gapText(metric, asGap({ gap: size, difference: size })),
  );
  if (low === undefined || high === undefined || low === high) return null;
  const text = t('baselineByDay', daysText({ from: first.day, to: last.day }), low, high);
  return (
    <div class="daily-gaps">
      <Sparkline lines={[{ name: metric, values }]} label={text} height={20} />
      <span class="small soft">{text}</span>
    </div>
  );
}
