import { rankedGap } from '../../lib/compare/gap.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMetric, formatPercent, middleEllipsis } from '../../lib/report/format.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { gapText } from '../kit/gap-mark.tsx';
import { metricWord } from '../kit/metric-word.ts';
import { tn } from '../kit/plural.ts';
import { whyUnjudged } from './compare-pairs.ts';
import type { Side } from './compare-sides.ts';
import { type SideGap, widestFirst } from './side-gaps.ts';

/** The comparison in a sentence or two. Its space is reserved, so that the figures do not move. */
export function CompareAnswer(of: { sides: readonly Side[]; gaps: readonly SideGap[] }) {
  const loading = of.sides.some((side) => side.loading);
  const answer = loading ? '\u00a0' : answerOf(of);
  return (
    <p class="answer" title={answer.trim() || undefined}>
      {answer}
    </p>
  );
}

/** What the answer names at most; the table has the rest. */
const MOST_NAMED = 3;

function answerOf({
  sides,
  gaps,
}: {
  readonly sides: readonly Side[];
  readonly gaps: readonly SideGap[];
}): string {
  const judged = gaps.filter(({ gap }) => gap.state !== 'unknown');
  if (judged.length === 0) return unjudged(gaps);
  const wide = widestFirst(gaps);
  const left = sides.filter((side) => isLeftOut(side, gaps)).map(nameOf);
  const answer = wide.length > 0 ? apart(wide) : agreement(judged, left.length === 0);
  return left.length > 0 ? `${answer} ${t('answerNotAll', left.join(', '))}` : answer;
}

/** "Conversions: Main −41 (−7.3 %). Cost: Push +$16.40 (+6.9 %)." */
function apart(wide: readonly SideGap[]): string {
  const named = Map.groupBy(wide.slice(0, MOST_NAMED), ({ metric }) => metric);
  const sentences = [...named].map(
    ([metric, gaps]) => `${metricWord(metric)}: ${gaps.map(gapOfSide).join(', ')}.`,
  );
  const more = wide.length - MOST_NAMED;
  return [...sentences, ...(more > 0 ? [tn('answerMore', more)] : [])].join(' ');
}

function gapOfSide({ side, pair, metric, gap }: SideGap): string {
  const currency = pair.comparison.sides[0]?.currency ?? '';
  return `${nameOf(side)} ${signed(metric, gap.difference ?? 0, currency)}\u00a0(${gapText(metric, gap)})`;
}

const signed = (metric: Metric, value: number, currency: string): string =>
  `${value < 0 ? '−' : '+'}${formatMetric(metric, Math.abs(value), { currency, locale: locale() })}`;

function agreement(judged: readonly SideGap[], all: boolean): string {
  if (judged.some(({ gap }) => gap.state === 'chance')) return t('answerChance');
  const sizes = judged.map(({ metric, gap }) => Math.abs(rankedGap(metric, gap) ?? 0));
  // Rounded up, so that it is true.
  const within = Math.max(1, Math.ceil(Math.max(...sizes) * 1000 - 1e-9)) / 1000;
  return t(all ? 'answerAgree' : 'answerPart', formatPercent(within, locale()));
}

/** Why nothing is judged, if there is anything to judge. */
function unjudged(gaps: readonly SideGap[]): string {
  const texts = gaps.flatMap(({ pair, metric, gap }) => whyUnjudged(pair, metric, gap));
  const [text, ...others] = new Set(texts);
  if (text === undefined) return t('answerNothing');
  return others.length > 0 ? t('answerUnjudged') : text;
}

/** Is something of a side not known, or known and not judged? */
const isLeftOut = (side: Side, gaps: readonly SideGap[]): boolean =>
  !side.isOwn &&
  ((side.problem !== null && side.figures === null) ||
    gaps.some((one) => one.side === side && one.gap.hindrances.length > 0));

const nameOf = ({ connection }: Side): string => middleEllipsis(connection.name, 20);
