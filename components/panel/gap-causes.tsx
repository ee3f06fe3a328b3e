import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JudgedGap } from '../../lib/compare/comparison.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import { t } from '../../lib/i18n.ts';
import { type Metric, metricOf, withMetric } from '../../lib/report/metrics.ts';
import { totalOf } from '../../lib/report/total.ts';
import { type BaselinePair, useBaselines } from '../baseline/baselines.ts';
import { AlsoChanged, BaselineNotes, GapBaseline } from '../baseline/gap-baseline.tsx';
import { Why } from '../kit/causes.tsx';
import { useClient } from '../kit/client.ts';
import { GapMark, gapText } from '../kit/gap-mark.tsx';
import { metricWord } from '../kit/metric-word.ts';
import { isSplit, type Pair, whyUnjudged } from './compare-pairs.ts';
import { campaignsOn, type Side } from './compare-sides.ts';
import { gapKey, needsLook, type SideGap, widestFirst } from './side-gaps.ts';
import type { TabProps } from './tab-props.ts';

/** Id of the place where causes are shown. */
const PLACE = 'gap-causes';

/** Which gap's causes are shown: the one that was opened, else the widest. */
export interface OpenGap {
  /** null = none. */
  readonly shown: SideGap | null;
  /** Was it opened by hand? */
  readonly byHand: boolean;
  /** Shows a gap's causes, or none if they are shown. */
  toggle(key: string): void;
  /** Shows a gap's causes by hand, shown or not. */
  show(key: string): void;
}

export function useOpenGap(gaps: readonly SideGap[], { campaign }: TabProps): OpenGap {
  const [chosen, choose] = useState<{ campaign: string; key: string | null } | null>(null);
  const here = chosen?.campaign === campaign.id ? chosen : null;
  const wide = widestFirst(gaps);
  const found = wide.find(({ key }) => key === here?.key);
  const shown = found ?? (here?.key === null ? null : (wide[0] ?? null));
  return {
    shown,
    byHand: found !== undefined,
    toggle: (key) => choose({ campaign: campaign.id, key: key === shown?.key ? null : key }),
    show: (key) => choose({ campaign: campaign.id, key }),
  };
}

/** A gap; one that needs a look opens its causes. */
export function GapButton({
  side,
  pair,
  metric,
  gap,
  open: { shown, toggle },
}: {
  side: Side;
  pair: Pair | undefined;
  metric: Metric;
  gap: JudgedGap;
  open: OpenGap;
}) {
  const mark = <GapMark {...{ metric, gap }} why={pair && whyUnjudged(pair, metric, gap)} />;
  if (!needsLook(gap.state)) return mark;
  const key = gapKey(side, metric);
  return (
    <button
      type="button"
      class="gap-button"
      aria-expanded={shown?.key === key}
      aria-controls={PLACE}
      aria-label={`${whyText(side, metric, gap)} ${t(`gap_${gap.state}`)}`}
      onClick={() => toggle(key)}
    >
      {mark}
    </button>
  );
}

const whyText = ({ connection }: Side, metric: Metric, gap: JudgedGap): string =>
  t('whyGap', gapText(metric, gap), metricWord(metric), connection.name);

/** What may explain the gap that is shown. */
export function GapCauses({
  open: { shown, byHand, show },
  gaps,
  own,
  ...props
}: TabProps & { open: OpenGap; gaps: readonly SideGap[]; own: Side | undefined }) {
  const place = useRef<HTMLElement>(null);
  const key = byHand ? shown?.key : null;
  useLayoutEffect(() => {
    if (key) place.current?.scrollIntoView({ block: 'nearest' });
  }, [key]);
  return (
    <section id={PLACE} ref={place} hidden={!shown}>
      {shown && (
        <>
          <h3>{whyText(shown.side, shown.metric, shown.gap)}</h3>
          <StoryOf
            {...props}
            key={shown.key}
            gap={shown}
            others={gaps.filter(({ side }) => side === shown.side)}
            own={own}
            onAsk={byHand ? null : () => show(shown.key)}
          />
        </>
      )}
    </section>
  );
}

interface StoryProps extends TabProps {
  readonly gap: SideGap;
  /** All gaps of its side. */
  readonly others: readonly SideGap[];
  readonly own: Side | undefined;
  /** Asks trackers for the days before; null = it was asked for. */
  readonly onAsk: (() => void) | null;
}

/** Whether a gap is new, and what may explain it. */
function StoryOf(of: StoryProps) {
  const { gap, own, range, now } = of;
  const [here, there] = campaignsOf(gap, of);
  if (!own || !there) {
    return (
      <>
        <CausesOf {...of} />
        <p class="small soft" data-baseline="unknown">
          {t('baselineOffer')}
        </p>
      </>
    );
  }
  const { comparison, row } = gap.pair;
  return (
    <StoryWithDays
      {...of}
      pair={{
        ...{ comparison, row, other: 1, range, now },
        base: { connection: own.connection, campaignIds: here },
        side: { connection: gap.side.connection, campaignIds: there },
      }}
    />
  );
}

function StoryWithDays({ pair, ...of }: StoryProps & { pair: BaselinePair }) {
  const { gap, others, onAsk } = of;
  const baselines = useBaselines(pair, onAsk === null);
  const answer = useRef<HTMLDivElement>(null);
  const ask = () => {
    // The button goes; what takes its place gets the focus.
    answer.current?.focus();
    onAsk?.();
  };
  return (
    <>
      <div ref={answer} tabIndex={-1}>
        {baselines.toAsk ? (
          <button type="button" class="link small" name="baseline" onClick={ask}>
            {t('baselineAsk')}
          </button>
        ) : (
          <GapBaseline metric={gap.metric} gap={gap.gap} baselines={baselines} />
        )}
      </div>
      <BaselineNotes notes={baselines.notes} />
      <CausesOf {...of} />
      <AlsoChanged of={others} baselines={baselines} />
    </>
  );
}

/** Ids of the campaigns that a gap is between; of the other side null = they are not known, or of an offer. */
const campaignsOf = (
  { side }: SideGap,
  { campaign }: Pick<TabProps, 'campaign'>,
): [string[], string[] | null] => [
  (side.held?.campaigns ?? [campaign]).map(({ id }) => id),
  campaignsOn(side),
];

function CausesOf({ gap, own, ...props }: StoryProps) {
  const { pair, metric } = gap;
  const { row, busy } = useUniqueClicks(gap, own, props);
  const causes = pair.comparison.causes(row, 1, metric);
  // What is still to come may explain it.
  if (busy && causes.length === 0) return <p class="small soft">…</p>;
  if (isSplit(pair) && causes.length === 0) return <p class="small soft">{t('splitNote')}</p>;
  return <Why causes={causes} names={pair.names} />;
}

/**
 * The row with the unique clicks of the whole range, where its figures are sums of hours, which do not
 * tell them. They are asked for only where a gap in clicks is to be explained.
 */
function useUniqueClicks(
  gap: SideGap,
  own: Side | undefined,
  of: Pick<TabProps, 'campaign' | 'range'>,
): { readonly row: JoinedRow; readonly busy: boolean } {
  const client = useClient();
  const { pair, side, metric } = gap;
  const { range } = of;
  const [here, there] = campaignsOf(gap, of);
  // Nobody tells which of the clicks that were sent to a network are unique; and those of other visitors
  // explain nothing.
  const explains = metric === 'clicks' && !isSplit(pair) && pair.comparison.sides.every(isCampaign);
  const asked = [
    { connection: own?.connection, campaignIds: here },
    { connection: side.connection, campaignIds: there },
  ].map(({ connection, campaignIds }, at) => {
    const metrics = pair.row.cells[at]?.metrics;
    const asks =
      explains &&
      connection &&
      campaignIds &&
      metrics &&
      metricOf(metrics, 'uniqueClicks') === null;
    return asks
      ? client.query('side.total', { connection: connection.id, campaignIds, range, fresh: 'soon' })
      : null;
  });
  const cells = pair.row.cells.map((cell, at) => {
    const report = asked[at]?.value?.report;
    const unique = report ? metricOf(totalOf(report), 'uniqueClicks') : null;
    if (!cell || unique === null) return cell;
    return { ...cell, metrics: withMetric(cell.metrics, 'uniqueClicks', unique) };
  });
  return {
    row: { ...pair.row, cells },
    busy: asked.some((one) => one?.busy && !one.value?.report),
  };
}

const isCampaign = ({ kind, ofOffer }: Pair['comparison']['sides'][number]): boolean =>
  kind === 'tracker' && !ofOffer;
