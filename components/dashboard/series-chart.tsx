import { useMemo } from 'preact/hooks';
import { thresholdsOf } from '../../lib/compare/limits.ts';
import type { Rate } from '../../lib/compare/rates.ts';
import { createTimeline, type LeftOut, type Timeline } from '../../lib/compare/timeline.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { SeriesAnswer } from '../../lib/contract/figures.ts';
import { locale, type MessageKey, t } from '../../lib/i18n.ts';
import { formatAxis, formatMetric } from '../../lib/report/format.ts';
import { type Metric, MONEY, RATIOS } from '../../lib/report/metrics.ts';
import type { Range } from '../../lib/report/range.ts';
import { daysText } from '../costs/update-text.ts';
import type { SideNames } from '../kit/causes.tsx';
import { Chart, type ChartLine } from '../kit/chart.tsx';
import { useClient } from '../kit/client.ts';
import { blocksQueries } from '../kit/connections.ts';
import { GapMark, gapText } from '../kit/gap-mark.tsx';
import { Name } from '../kit/name.tsx';
import { problemText } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import type { Asked } from '../kit/query.ts';
import { lineColour, TrackerBadge } from '../kit/tracker-badge.tsx';
import { unjudgedTexts } from '../kit/unjudged-texts.ts';
import { rateText } from '../rates/rate-text.ts';

/** One side of the chart: some campaigns of a connection, none because it is not linked, or all (null). */
export interface ChartedSide {
  readonly connection: ConnectionView;
  readonly campaignIds: readonly string[] | null;
}

/** A metric of several sides over the days of a range, or over the hours of a single day. */
export function SeriesChart({
  sides,
  trackers,
  colourOf,
  metric,
  split,
  halves = [],
  range,
  now,
}: {
  /** The base first. */
  sides: readonly ChartedSide[];
  trackers: readonly TrackerView[];
  colourOf(connection: ConnectionView): number;
  metric: Metric;
  /** Do they share the traffic? */
  split?: true | undefined;
  /** Of each side: how many split tests between it and the base its figures hold. */
  halves?: readonly number[];
  range: Range;
  now: () => number;
}) {
  const client = useClient();
  const asked = sides.map(({ connection, campaignIds }) => ({
    connection,
    campaignIds,
    ...client.query(
      'side.series',
      blocksQueries(connection.problem) || campaignIds?.length === 0
        ? null
        : {
            connection: connection.id,
            campaignIds: campaignIds && [...campaignIds],
            range,
            fresh: 'soon',
          },
    ),
  }));
  const answers = asked.map(({ value }) => value);
  const rates = client.query('rates.list', {}).value;
  const limits = client.query('limits.read', {}).value;
  const timeline = useMemo(
    () =>
      createTimeline({
        range,
        now: now(),
        split,
        rates: rates ?? [],
        thresholds: thresholdsOf(limits),
        sides: sides.map(({ connection }, side) => ({
          connection: connection.id,
          currency: connection.currency,
          kind: trackers.find(({ id }) => id === connection.tracker)?.side ?? 'tracker',
          report: answers[side]?.report ?? null,
          groupBy: answers[side]?.groupBy ?? ['day'],
          ...(halves[side] ? { hindered: ['split'] } : {}),
        })),
      }),
    [
      JSON.stringify([range, sides.map(({ connection: { id, currency } }) => [id, currency])]),
      trackers,
      split,
      halves,
      rates,
      limits,
      ...answers,
    ],
  );
  const { axis, begun, running, currency } = timeline;
  const steps = axis.steps.map(({ name }) =>
    axis.by === 'hour' ? `${name}:00` : daysText({ from: name, to: name }),
  );
  const reasons = asked.map((one, side) => reasonOf(one, timeline.leftOut(side, metric)));
  const lines = asked.flatMap(({ connection, value }, side): ChartLine[] => {
    if (reasons[side] !== null || !value?.report) return [];
    const values = timeline.values(side, metric);
    return [
      {
        id: connection.id,
        name: connection.name,
        badge: (
          <TrackerBadge
            tracker={trackers.find(({ id }) => id === connection.tracker)}
            label={connection.name}
            index={colourOf(connection)}
          />
        ),
        colour: lineColour(colourOf(connection)),
        values,
        texts: values.map((one) => formatMetric(metric, one, { currency, locale: locale() })),
        ...(side > 0 && reasons[0] === null
          ? {
              gap: gapOf(timeline, side, metric, {
                base: sides[0]?.connection.name ?? '',
                other: connection.name,
              }),
            }
          : {}),
      },
    ];
  });
  const unit = MONEY.has(metric) ? ` · ${currency}` : '';
  /** What money of another currency is drawn by. */
  const rateOf = (side: number) => (MONEY.has(metric) ? timeline.rate(side) : null);
  const label = `${t(axis.by === 'hour' ? 'chartByHour' : 'chartByDay', t(`metric_${metric}`))}${unit} · ${range.zone}`;
  const waits =
    lines.length === 0 && asked.some(({ busy }, side) => busy && reasons[side] === null);
  return (
    <div class="stack tight" data-chart={metric} aria-busy={waits}>
      {lines.length > 0 && (
        <Chart
          label={label}
          steps={steps}
          begun={begun}
          running={running}
          lines={lines}
          format={(value) => formatAxis(metric, value, locale())}
          formatGap={(value) => formatAxis('roi', value, locale())}
        />
      )}
      {waits && <div class="skeleton chart-space" />}
      <ul class="small soft facts">
        {asked.flatMap(({ connection: { id, name }, ...of }, side) => {
          const reason = reasons[side] ?? null;
          const mixed = halves[side]
            ? [tn('halvesIn', halves[side], sides[0]?.connection.name ?? '', name)]
            : [];
          const notes = reason === null ? [...notesOf(of, rateOf(side)), ...mixed] : [reason];
          return notes.map((note) => (
            <li key={`${id} ${note}`} data-left-out={reason === null ? undefined : name}>
              <Name text={name} maxLength={28} />: {note}
            </li>
          ));
        })}
      </ul>
    </div>
  );
}

const LEFT_OUT = {
  zone: 'chartOutZone',
  currency: 'chartOutCurrency',
  unknown: 'chartOutUnknown',
} as const satisfies Record<string, MessageKey>;

/** Why a side has no line; null = it has one, or its figures are on their way. */
function reasonOf(
  {
    connection: { problem: own },
    campaignIds,
    value,
    problem,
    busy,
  }: ChartedSide & Asked<SeriesAnswer>,
  leftOut: LeftOut | null,
): string | null {
  if (campaignIds?.length === 0) return t('notLinked');
  if (value?.unable === 'long') return t('chartOutLong');
  if (value?.unable === 'steps') {
    return t(campaignIds === null ? 'chartOutHours' : 'chartOutSteps');
  }
  if (leftOut) return t(LEFT_OUT[leftOut]);
  if (value?.report) return null;
  const blocked = blocksQueries(own) || !busy ? own : null;
  const failed = blocked ?? problem ?? value?.problem ?? null;
  return failed && problemText(failed);
}

/** What has to be known of a line that is drawn. */
function notesOf({ value, problem }: Asked<SeriesAnswer>, rate: Rate | null): string[] {
  if (!value?.report) return [];
  const failed = problem ?? value.problem;
  return [
    ...(rate ? [rateText(rate)] : []),
    ...(value.report.complete ? [] : [t('incomplete')]),
    ...(failed ? [problemText(failed)] : []),
  ];
}

function gapOf(
  { comparison }: Timeline,
  other: number,
  metric: Metric,
  names: SideNames,
): NonNullable<ChartLine['gap']> {
  const gaps = comparison.rows.map((row) => comparison.gap(row, other, metric));
  const whyAt = (at: number): string[] => {
    const [row, gap] = [comparison.rows[at], gaps[at]];
    return row && gap ? unjudgedTexts({ comparison, ...gap, other, metric, row, names }) : [];
  };
  return {
    values: gaps.map(({ gap, difference }) => (RATIOS.has(metric) ? difference : gap)),
    texts: gaps.map((gap) => gapText(metric, gap)),
    marks: gaps.map((gap, at) => <GapMark metric={metric} gap={gap} why={whyAt(at)} />),
  };
}
