import { useLayoutEffect } from 'preact/hooks';
import { type Comparison, createComparison, type JudgedGap } from '../../lib/compare/comparison.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Match } from '../../lib/contract/figures.ts';
import type { Problem } from '../../lib/errors.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatGap } from '../../lib/report/format.ts';
import { type Metric, metricOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { totalOf } from '../../lib/report/total.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { Causes } from '../kit/causes.tsx';
import { useClient } from '../kit/client.ts';
import { blocksQueries } from '../kit/connections.ts';
import { Figure } from '../kit/figure.tsx';
import { GapMark } from '../kit/gap-mark.tsx';
import { Name } from '../kit/name.tsx';
import { markPainted } from '../kit/paint-mark.ts';
import type { QueryClient } from '../kit/query.ts';
import { type Line, LineSample, Sparkline } from '../kit/sparkline.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { CapNotes } from './cap-notes.tsx';
import { LinkByHand } from './link-by-hand.tsx';
import { type TabProps, trackerOf } from './tab-props.ts';

const COLUMNS: readonly Metric[] = ['clicks', 'conversions', 'cost', 'revenue', 'profit', 'roi'];

/** The campaign on one connection. */
interface Side {
  readonly connection: ConnectionView;
  readonly isOwn: boolean;
  /** The matching campaign there; null on the page's own side, or until known. */
  readonly match: Match | null;
  readonly report: Report | null;
  readonly byHour: Report | null;
  readonly problem: Problem | null;
  /** Is a report still to come? Its space is reserved, so that the layout does not shift. */
  readonly loading: boolean;
  /** Is a newer report on its way? */
  readonly stale: boolean;
  /** Has the cache answered? */
  readonly cacheRead: boolean;
}

/** The campaign on every connection, with the gaps to this page's own figures. */
export function CompareTab(props: TabProps) {
  const { context, campaign, now } = props;
  const client = useClient();
  const isOwn = ({ id }: ConnectionView) => id === context.own;
  // The page's own figures come first: the other sides wait until the cache has been read for them.
  const own = context.connections.filter(isOwn).map((one) => querySide(one, props, client, true));
  const mayAsk = own.every(({ cacheRead }) => cacheRead);
  const others = context.connections.filter((one) => !isOwn(one));
  const sides = [...own, ...others.map((one) => querySide(one, props, client, mayAsk))];
  const { comparison, row } = compareSides(sides, props);
  const drawn = sides.filter(({ byHour }) => byHour !== null);
  const lines = drawn.flatMap(({ connection: { name }, byHour }): Line[] =>
    byHour ? [{ name, values: clicksByHour(byHour) }] : [],
  );
  const known = sides.some(({ report }) => report !== null);
  useLayoutEffect(() => {
    if (known) markPainted('figures');
  }, [known]);

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
          {sides.map((side, index) => (
            <SideRows
              key={`${side.connection.id} ${campaign.id}`}
              {...props}
              side={side}
              gapOf={(metric) => comparison.gap(row, index, metric)}
            />
          ))}
        </table>
      </div>
      {(lines.length > 0 || sides.some(({ loading }) => loading)) && (
        <div class="hours">
          <p class="small soft">{t('clicksByHour')}</p>
          <Sparkline lines={lines} label={t('clicksByHour')} />
        </div>
      )}
      <ul class="small soft facts">
        {sides.flatMap((side) => {
          const { connection, report, loading } = side;
          if (!report) return loading ? [<li key={connection.id}>&nbsp;</li>] : [];
          return [
            <li key={connection.id}>
              <LineSample index={drawn.indexOf(side)} />{' '}
              <Name text={connection.name} maxLength={28} /> · {report.zone} · {report.currency} ·{' '}
              {t(`basis_${report.basis}`)} · <Age at={report.fetchedAt} now={now} />
              {report.complete ? '' : ` · ${t('incomplete')}`}
            </li>,
          ];
        })}
      </ul>
      <WorstGap comparison={comparison} row={row} sides={sides} />
      {sides.every(({ loading }) => !loading) && (
        <Hindrances comparison={comparison} sides={sides} />
      )}
    </div>
  );
}

/** The campaign as one row; this page's own side is the base. */
function compareSides(
  sides: readonly Side[],
  { context, campaign, range, now }: TabProps,
): { comparison: Comparison; row: JoinedRow } {
  const row: JoinedRow = {
    key: campaign.id,
    name: campaign.name,
    by: 'link',
    cells: sides.map(
      ({ report }) => report && { id: campaign.id, name: campaign.name, metrics: totalOf(report) },
    ),
  };
  const comparison = createComparison({
    sides: sides.map(({ connection, match, report }) => ({
      connection: connection.id,
      currency: report?.currency ?? connection.currency,
      rows: [],
      kind: trackerOf(context, connection.tracker)?.side ?? 'tracker',
      report,
      ofOffer: match?.member?.how === 'offer',
    })),
    rows: [row],
    range,
    now: now(),
  });
  return { comparison, row };
}

function clicksByHour(report: Report): (number | null)[] {
  const hours: (number | null)[] = Array.from({ length: 24 }, () => null);
  for (const { values, metrics } of report.rows) {
    const hour = Number.parseInt(values[0]?.id ?? '', 10);
    if (hour >= 0 && hour < 24) hours[hour] = metricOf(metrics, 'clicks');
  }
  return hours;
}

/** Queries one side: the matching campaign, then its figures. */
function querySide(
  connection: ConnectionView,
  { context, campaign, range }: TabProps,
  client: QueryClient,
  mayAsk: boolean,
): Side {
  const isOwn = connection.id === context.own;
  const from = fromOf(context, campaign);
  const blocked = blocksQueries(connection.problem);
  const match = client.query(
    'side.match',
    // Without the campaign's final name there is nothing to match by.
    isOwn || blocked || !campaign.named || !mayAsk ? null : { from, target: connection.id, range },
  );
  const member = isOwn ? from : (match.value?.member ?? null);
  const question =
    member && !blocked
      ? { connection: connection.id, campaignId: member.campaignId, range, fresh: 'soon' as const }
      : null;
  const figures = client.query('side.figures', question);
  const report = figures.value?.total.report ?? null;
  const problem =
    connection.problem ??
    match.problem ??
    match.value?.problem ??
    figures.problem ??
    figures.value?.total.problem ??
    null;
  return {
    connection,
    isOwn,
    match: match.value,
    report,
    byHour: figures.value?.byHour.report ?? null,
    problem,
    loading: !problem && ((match.busy && !isOwn) || (member !== null && report === null)),
    stale: figures.busy && report !== null,
    cacheRead: question === null || figures.value !== null || figures.problem !== null,
  };
}

const fromOf = ({ own }: TabProps['context'], { id, name }: TabProps['campaign']) => ({
  connection: own,
  campaignId: id,
  name,
});

function SideRows({
  context,
  campaign,
  side: { connection, isOwn, match, report, problem, loading, stale },
  gapOf,
}: TabProps & {
  side: Side;
  gapOf(metric: Metric): JudgedGap;
}) {
  const tracker = trackerOf(context, connection.tracker);
  const total = report ? totalOf(report) : null;
  const network = tracker?.side === 'network';
  return (
    <tbody data-connection={connection.name} class={stale ? 'dim' : ''}>
      <tr class="side-head">
        <th scope="rowgroup" colSpan={COLUMNS.length}>
          <span class="row">
            <TrackerBadge
              tracker={tracker}
              label={tracker?.name ?? connection.tracker}
              index={context.connections.indexOf(connection)}
            />
            <b>
              <Name text={connection.name} maxLength={24} />
            </b>
            {isOwn ? (
              <span class="small soft">{t('thisPage')}</span>
            ) : (
              match && (
                <LinkByHand from={fromOf(context, campaign)} target={connection.id} match={match} />
              )
            )}
          </span>
          {problem && <ConnectionProblem connection={connection} problem={problem} />}
          {network && (
            <CapNotes
              connection={connection}
              tracker={tracker}
              offerId={report ? (isOwn ? campaign.id : (match?.member?.campaignId ?? null)) : null}
            />
          )}
        </th>
      </tr>
      {(total || loading) && (
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
      {!isOwn && (total || loading) && (
        <tr class="gap-row">
          {COLUMNS.map((metric) => (
            <td
              key={metric}
              data-gap={metric}
              title={network && metric === 'clicks' ? t('gapOfSentClicks') : undefined}
            >
              {report ? <GapMark metric={metric} gap={gapOf(metric)} /> : <>&nbsp;</>}
            </td>
          ))}
        </tr>
      )}
    </tbody>
  );
}

const JUDGED_METRICS: readonly Metric[] = ['conversions', 'clicks', 'revenue', 'cost'];

/** Why gaps of other sides are not judged. Last, so that it moves nothing. */
function Hindrances({ comparison, sides }: { comparison: Comparison; sides: readonly Side[] }) {
  const lines = sides.flatMap(({ connection: { id, name }, report }, index) =>
    report
      ? comparison.hindrances(index, 'revenue').map((hindrance) => (
          <li key={`${id} ${hindrance}`} data-hindrance={hindrance}>
            <Name text={name} maxLength={28} />: {t(`hindrance_${hindrance}`)}
          </li>
        ))
      : [],
  );
  return lines.length > 0 ? <ul class="small soft facts">{lines}</ul> : null;
}

/** The widest gap that is judged, with its likely causes. */
function WorstGap({
  comparison,
  row,
  sides,
}: {
  comparison: Comparison;
  row: JoinedRow;
  sides: readonly Side[];
}) {
  const worst = sides
    .flatMap(({ connection, isOwn }, index) =>
      isOwn
        ? []
        : JUDGED_METRICS.map((metric) => ({
            index,
            name: connection.name,
            metric,
            gap: comparison.gap(row, index, metric),
          })),
    )
    .filter(({ gap }) => gap.state === 'red' || gap.state === 'amber')
    .sort((a, b) => Math.abs(b.gap.gap ?? 0) - Math.abs(a.gap.gap ?? 0))[0];
  if (!worst) return null;
  const causes = comparison.causes(row, worst.index, worst.metric);
  return (
    <div>
      <h3>
        {t('whyGap', formatGap(worst.gap.gap, locale()), t(`metric_${worst.metric}`), worst.name)}
      </h3>
      {causes.length === 0 ? (
        <p class="small soft">{t('whyUnknown')}</p>
      ) : (
        <Causes causes={causes} />
      )}
    </div>
  );
}
