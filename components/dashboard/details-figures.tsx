import type { Hindrance } from '../../lib/compare/comparable.ts';
import type { Comparison, JudgedGap } from '../../lib/compare/comparison.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { type BaselinePair, useBaselines } from '../baseline/baselines.ts';
import { AlsoChanged, BaselineNotes, GapBaseline } from '../baseline/gap-baseline.tsx';
import { ConnectionProblem } from '../kit/access.tsx';
import { type SideNames, Why } from '../kit/causes.tsx';
import { blocksQueries } from '../kit/connections.ts';
import { Figure } from '../kit/figure.tsx';
import { GapMark } from '../kit/gap-mark.tsx';
import { HoursApart } from '../kit/hours-apart.tsx';
import { Name } from '../kit/name.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { unjudgedTexts } from '../kit/unjudged-texts.ts';
import { CampaignLinks } from './campaign-links.tsx';
import { JUDGED } from './compare-specs.ts';
import { campaignsOf, type DetailsProps } from './details-props.ts';
import { SideHead } from './side-head.tsx';

type Of = DetailsProps & { readonly other: number };

const METRICS: readonly Metric[] = [
  'clicks',
  'conversions',
  'revenue',
  'cost',
  'profit',
  'roi',
  'cr',
  'epc',
  'cpc',
];

/** The campaign's figures on each side, its gaps with likely causes, and what can be done with it there. */
export function FiguresTab({
  onWork,
  onLink,
  ...of
}: DetailsProps & {
  /** Opens the tools for the campaign of a connection. */
  onWork(connection: string): void;
  onLink(): void;
}) {
  const { row, connections, trackers, colourOf } = of;
  return (
    <>
      <FiguresTable {...of} />
      {connections.map((connection, side) => {
        const cell = row.cells[side];
        const tracker = trackers.find(({ id }) => id === connection.tracker);
        return (
          <section key={connection.id} class="stack tight" data-side={connection.name}>
            <SideHead connection={connection} tracker={tracker} colour={colourOf(connection)} />
            {cell ? (
              <div class="row small wrap">
                <Name text={cell.name || cell.id} maxLength={40} />
                {tracker?.side === 'tracker' && (
                  <button
                    type="button"
                    class="link"
                    name="work"
                    onClick={() => onWork(connection.id)}
                  >
                    {t('costAndBlacklist')}
                  </button>
                )}
                <CampaignLinks connection={connection} tracker={tracker} campaignId={cell.id} />
              </div>
            ) : (
              <Missing
                connection={connection}
                isKnown={isKnown(of.comparison, side)}
                onLink={onLink}
              />
            )}
            {side > 0 && cell && of.comparison.pairing(row, side) === 'different' && (
              <p class="small soft" data-split>
                {t('splitNote')}
              </p>
            )}
            {side > 0 && <GapList {...of} other={side} />}
            {side > 0 && <Unjudged {...of} other={side} />}
          </section>
        );
      })}
    </>
  );
}

/** Is all that a side has known? */
const isKnown = ({ sides }: Comparison, side: number): boolean => sides[side]?.isWhole ?? true;

function Missing({
  connection,
  isKnown,
  onLink,
}: {
  connection: ConnectionView;
  /** Are all of its campaigns known? */
  isKnown: boolean;
  onLink(): void;
}) {
  const { problem } = connection;
  if (problem && blocksQueries(problem)) {
    return <ConnectionProblem connection={connection} problem={problem} />;
  }
  if (!isKnown) return <p class="small soft">{t('campaignsUnknown')}</p>;
  return (
    <p class="small soft">
      {t('notLinked')}{' '}
      <button type="button" class="link" name="to-links" onClick={onLink}>
        {t('linkTo')}
      </button>
    </p>
  );
}

/** Metrics down, sides across; each gap stands under its figure. */
function FiguresTable({ row, connections, trackers, colourOf, comparison }: DetailsProps) {
  const gapOf = (other: number, metric: Metric) => {
    const gap = comparison.gap(row, other, metric);
    const names = namesIn(connections, other);
    return { metric, gap, why: unjudgedTexts({ comparison, ...gap, other, metric, row, names }) };
  };
  return (
    <div class="scroll" role="region" aria-label={t('details_figures')} tabIndex={0}>
      <table class="side-figures">
        <thead>
          <tr>
            <td />
            {connections.map((connection) => (
              <th key={connection.id} scope="col">
                <TrackerBadge
                  tracker={trackers.find(({ id }) => id === connection.tracker)}
                  label={connection.name}
                  index={colourOf(connection)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {METRICS.map((metric, line) => (
            <tr key={metric} data-metric={metric}>
              <th scope="row">{t(`metric_${metric}`)}</th>
              {connections.map(({ id }, side) => {
                const cell = row.cells[side];
                if (!cell) {
                  return (
                    line === 0 && (
                      <td key={id} class="soft missing" rowSpan={METRICS.length}>
                        {isKnown(comparison, side) ? t('notLinked') : UNKNOWN}
                      </td>
                    )
                  );
                }
                const currency = comparison.sides[side]?.currency ?? '';
                return (
                  <td key={id}>
                    <Figure metrics={cell.metrics} metric={metric} currency={currency} />
                    {side > 0 && row.cells[0] && (
                      <div class="gap-under">
                        <GapMark {...gapOf(side, metric)} />
                      </div>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The gaps to the base that need a look or have changed, each with what may explain it. */
function GapList({ comparison, row, connections, range, now, other }: Of) {
  const [base, side] = pairIn({ connections, row, other });
  const gaps = JUDGED.map((metric) => ({ metric, gap: comparison.gap(row, other, metric) }));
  const isJudged = gaps.some(({ gap }) => gap.state !== 'unknown');
  if (!base || !side || !isJudged) return null;
  return <Gaps of={{ comparison, row, other, base, side, range, now }} gaps={gaps} />;
}

function Gaps({
  of,
  gaps,
}: {
  of: BaselinePair;
  gaps: ReadonlyArray<{ readonly metric: Metric; readonly gap: JudgedGap }>;
}) {
  const { comparison, row, other, base, side } = of;
  const baselines = useBaselines(of, true);
  return (
    <>
      <BaselineNotes notes={baselines.notes} />
      {gaps
        .filter(({ gap }) => gap.state === 'amber' || gap.state === 'red')
        .map(({ metric, gap }) => {
          const causes = comparison.causes(row, other, metric);
          return (
            <div key={metric} class="stack tight" data-gap={metric}>
              <p class="row small">
                {t(`metric_${metric}`)} <GapMark metric={metric} gap={gap} />
              </p>
              <GapBaseline {...{ metric, gap, baselines }} />
              {(causes.length > 0 || comparison.pairing(row, other) === 'same') && (
                <Why
                  causes={causes}
                  names={{ base: base.connection.name, other: side.connection.name }}
                />
              )}
            </div>
          );
        })}
      <AlsoChanged of={gaps} baselines={baselines} />
    </>
  );
}

const namesIn = (connections: DetailsProps['connections'], other: number): SideNames => ({
  base: connections[0]?.name ?? '',
  other: connections[other]?.name ?? '',
});

/** The base and another side of a row, with the campaigns that it sums up there. */
const pairIn = ({ connections, row, other }: Pick<Of, 'connections' | 'row' | 'other'>) =>
  [0, other].flatMap((at) => {
    const connection = connections[at];
    return connection ? [{ connection, campaignIds: campaignsOf(row, at) }] : [];
  });

/** Why gaps are not judged: each reason once, with the metrics that it concerns unless these are all. */
function Unjudged({ comparison, row, connections, other, range, now }: Of) {
  const names = namesIn(connections, other);
  const reasons = JUDGED.flatMap((metric) => {
    const { hindrances } = comparison.gap(row, other, metric);
    const texts = unjudgedTexts({ comparison, hindrances, other, metric, row, names });
    return hindrances.map((reason, at) => ({ metric, reason, text: texts[at] ?? '' }));
  });
  const isHindered = (by: Hindrance) => reasons.some(({ reason }) => reason === by);
  const [base, side] = pairIn({ connections, row, other });
  return (
    <>
      {[...Map.groupBy(reasons, ({ text }) => text)].map(([text, of]) => (
        <p key={text} class="small soft" data-hindrance={of[0]?.reason}>
          {of.length < JUDGED.length &&
            `${of.map(({ metric }) => t(`metric_${metric}`)).join(', ')}: `}
          {text}
        </p>
      ))}
      {isHindered('days') && !isHindered('offer') && base && side && (
        <HoursApart {...{ comparison, row, other, base, side, range, now }} metrics={JUDGED} />
      )}
    </>
  );
}
