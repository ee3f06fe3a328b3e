import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { type CauseSide, likelyCauses } from '../../lib/compare/causes.ts';
import { type Gap, judgeGap } from '../../lib/compare/gap.ts';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatGap } from '../../lib/report/format.ts';
import {
  type Metric,
  type Metrics,
  MONEY,
  metricOf,
  sumMetrics,
} from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { Causes } from '../kit/causes.tsx';
import { useAsk } from '../kit/client.ts';
import { Figure } from '../kit/figure.tsx';
import { GapMark } from '../kit/gap-mark.tsx';
import { Mark } from '../kit/mark.tsx';
import { Name } from '../kit/name.tsx';
import { keepsFromAsking } from '../kit/notice.tsx';
import { markOnScreen } from '../kit/on-screen.ts';
import { type Line, LineSample, Sparkline } from '../kit/sparkline.tsx';
import { LinkByHand } from './link-by-hand.tsx';
import { type TabProps, trackerOf } from './panel.tsx';

const COLUMNS: readonly Metric[] = ['clicks', 'conversions', 'cost', 'revenue', 'profit', 'roi'];

/** What a side's row tells the tab about itself, for gaps, causes and the chart. */
interface SideState {
  readonly report: Report | null;
  readonly byHour: Report | null;
  /** Is there to be a report? Its room is kept, so that nothing jumps when it comes. */
  readonly waiting: boolean;
  /** Has what is kept of it been looked up? */
  readonly lookedUp: boolean;
}

/** "And elsewhere?": the campaign on every connection, with the gaps to this page's. */
export function ElsewhereTab(props: TabProps) {
  const { context, campaign, range, now } = props;
  const [sides, setSides] = useState<Readonly<Record<string, SideState>>>({});
  const own = context.own;
  const ordered = [
    ...context.connections.filter(({ id }) => id === own),
    ...context.connections.filter(({ id }) => id !== own),
  ];
  const tell = (id: string, state: SideState) => setSides((before) => ({ ...before, [id]: state }));
  const base = sides[own]?.report ?? null;
  const networks = new Set(
    ordered
      .filter(({ tracker }) => trackerOf(context, tracker)?.side === 'network')
      .map(({ id }) => id),
  );
  const lines = ordered.flatMap(({ id, name }): Line[] => {
    const report = sides[id]?.byHour;
    return report ? [{ name, values: clicksByHour(report) }] : [];
  });

  const isWaiting = (id: string) => sides[id]?.waiting ?? true;

  return (
    <div class="stack">
      <div class="scroll">
        <table class="sides">
          <thead>
            <tr>
              {COLUMNS.map((metric) => (
                <th key={metric} scope="col" class={metric}>
                  {t(`metric_${metric}`)}
                </th>
              ))}
            </tr>
          </thead>
          {ordered.map((connection) => (
            <SideRows
              key={`${connection.id} ${campaign.id}`}
              {...props}
              connection={connection}
              base={connection.id === own ? null : base}
              mayAsk={sides[own]?.lookedUp ?? false}
              onState={tell}
            />
          ))}
        </table>
      </div>
      {(lines.length > 0 || ordered.some(({ id }) => isWaiting(id))) && (
        <div class="hours">
          <p class="small soft">{t('clicksByHour')}</p>
          <Sparkline lines={lines} label={t('clicksByHour')} />
        </div>
      )}
      <ul class="small soft facts">
        {ordered.flatMap(({ id, name }) => {
          const report = sides[id]?.report;
          if (!report) return isWaiting(id) ? [<li key={id}>&nbsp;</li>] : [];
          return [
            <li key={id}>
              <LineSample index={lines.findIndex((line) => line.name === name)} />{' '}
              <Name text={name} most={28} /> · {report.zone} · {report.currency} ·{' '}
              {t(`basis_${report.basis}`)} · <Age at={report.fetchedAt} now={now} />
              {report.complete ? '' : ` · ${t('incomplete')}`}
            </li>,
          ];
        })}
      </ul>
      <Why
        base={base}
        sides={sides}
        connections={ordered}
        range={range}
        own={own}
        networks={networks}
      />
    </div>
  );
}

const totalOf = (report: Report): Metrics => sumMetrics(report.rows.map(({ metrics }) => metrics));

function clicksByHour(report: Report): (number | null)[] {
  const hours: (number | null)[] = Array.from({ length: 24 }, () => null);
  for (const { values, metrics } of report.rows) {
    const hour = Number.parseInt(values[0]?.id ?? '', 10);
    if (hour >= 0 && hour < 24) hours[hour] = (hours[hour] ?? 0) + (metrics.clicks ?? 0);
  }
  return hours;
}

function SideRows({
  context,
  campaign,
  range,
  again,
  connection,
  base,
  mayAsk,
  onState,
}: TabProps & {
  connection: ConnectionView;
  base: Report | null;
  /** This page's own figures come first; may the others ask? */
  mayAsk: boolean;
  onState(id: string, state: SideState): void;
}) {
  const [linked, setLinked] = useState(0);
  const from = { connection: context.own, campaignId: campaign.id, name: campaign.name };
  const broken = connection.problem;
  const isOwn = connection.id === context.own;
  const match = useAsk(
    'side.match',
    // Under a name that is not known yet nothing is found elsewhere.
    isOwn || keepsFromAsking(broken) || !campaign.named || !mayAsk
      ? null
      : { from, target: connection.id, range },
    linked + again * 1000,
  );
  const there = isOwn ? from : (match.value?.member ?? null);
  const question =
    there && !keepsFromAsking(broken)
      ? { connection: connection.id, campaignId: there.campaignId, range }
      : null;
  const known = useAsk('side.figures', question && { ...question, fresh: false }, again);
  // What is known comes to the screen first: asking a tracker would hold it up.
  const live = useAsk(
    'side.figures',
    question && (known.value || known.problem) ? { ...question, fresh: true } : null,
    again,
  );
  const figures: Answers['side.figures'] | null = live.value ?? known.value;
  const report = figures?.total.report ?? null;
  const problem =
    broken ??
    match.problem ??
    match.value?.problem ??
    live.problem ??
    live.value?.total.problem ??
    null;
  const lookedUp = question === null || known.value !== null || known.problem !== null;
  const waiting = !problem && ((match.busy && !isOwn) || (there !== null && report === null));
  const state = useMemo(
    () => ({ report, byHour: figures?.byHour.report ?? null, waiting, lookedUp }),
    [figures, waiting, lookedUp],
  );
  useEffect(() => onState(connection.id, state), [state]);
  useLayoutEffect(() => {
    if (report) markOnScreen('figures');
  }, [report]);

  const tracker = trackerOf(context, connection.tracker);
  const total = report ? totalOf(report) : null;
  const network = tracker?.side === 'network';
  return (
    <tbody data-connection={connection.name} class={live.busy && report ? 'dim' : ''}>
      <tr class="side-head">
        <th scope="rowgroup" colSpan={COLUMNS.length}>
          <span class="row">
            <Mark
              initial={tracker?.initial ?? '?'}
              name={tracker?.name ?? connection.tracker}
              index={context.connections.indexOf(connection)}
            />
            <b>
              <Name text={connection.name} most={24} />
            </b>
            {isOwn ? (
              <span class="small soft">{t('thisPage')}</span>
            ) : (
              !keepsFromAsking(broken) &&
              match.value && (
                <LinkByHand
                  from={from}
                  target={connection.id}
                  match={match.value}
                  onLinked={() => setLinked((count) => count + 1)}
                />
              )
            )}
          </span>
          {problem && <ConnectionProblem connection={connection} problem={problem} />}
        </th>
      </tr>
      {(total || waiting) && (
        <tr>
          {COLUMNS.map((metric) => (
            <td key={metric} data-metric={metric}>
              {total && report ? (
                <Figure metrics={total} metric={metric} currency={report.currency} />
              ) : (
                <span class="skeleton cell" />
              )}
            </td>
          ))}
        </tr>
      )}
      {!isOwn && (total || waiting) && (
        <tr class="gap-row">
          {COLUMNS.map((metric) => (
            <td
              key={metric}
              data-gap={metric}
              title={network && metric === 'clicks' ? t('gapOfLanderClicks') : undefined}
            >
              {report && base ? (
                <GapMark gap={gapBetween(base, report, metric, network)} />
              ) : (
                <>&nbsp;</>
              )}
            </td>
          ))}
        </tr>
      )}
    </tbody>
  );
}

/**
 * Gap of a metric. Money across currencies is not compared; a network counts
 * the clicks that reach it, so they are held against those that left the lander.
 */
function gapBetween(base: Report, other: Report, metric: Metric, network: boolean): Gap {
  const [left, right] = [totalOf(base), totalOf(other)];
  const comparable = !MONEY.has(metric) || base.currency === other.currency;
  return judgeGap({
    metric,
    base: comparable
      ? metricOf(left, network && metric === 'clicks' ? 'landerClicks' : metric)
      : null,
    other: comparable ? metricOf(right, metric) : null,
    baseMetrics: left,
    otherMetrics: right,
  });
}

const JUDGED: readonly Metric[] = ['conversions', 'clicks', 'revenue', 'cost'];

/** Likely causes for the worst gap on the screen. */
function Why({
  base,
  sides,
  connections,
  range,
  own,
  networks,
}: {
  base: Report | null;
  sides: Readonly<Record<string, SideState>>;
  connections: readonly ConnectionView[];
  range: TabProps['range'];
  own: string;
  /** Connections that are networks. */
  networks: ReadonlySet<string>;
}) {
  if (!base) return null;
  const worst = connections
    .flatMap((connection) => {
      const report = sides[connection.id]?.report;
      if (!report || connection.id === own) return [];
      return JUDGED.map((metric) => ({
        connection,
        report,
        metric,
        gap: gapBetween(base, report, metric, networks.has(connection.id)),
      }));
    })
    .filter(({ gap }) => gap.state === 'red' || gap.state === 'amber')
    .sort((a, b) => Math.abs(b.gap.gap ?? 0) - Math.abs(a.gap.gap ?? 0))[0];
  if (!worst) return null;
  const side = (report: Report): CauseSide => ({ report, metrics: totalOf(report) });
  const causes = likelyCauses(side(base), side(worst.report), range);
  return (
    <div class="why">
      <h3>
        {t(
          'whyGap',
          formatGap(worst.gap.gap, locale()),
          t(`metric_${worst.metric}`),
          worst.connection.name,
        )}
      </h3>
      {causes.length === 0 ? (
        <p class="small soft">{t('whyUnknown')}</p>
      ) : (
        <Causes causes={causes} />
      )}
    </div>
  );
}
