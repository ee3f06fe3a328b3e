import type { ComparedOffer, OfferComparison } from '../../lib/compare/offer-comparison.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { causeText, Why } from '../kit/causes.tsx';
import { Figure } from '../kit/figure.tsx';
import { GapMark } from '../kit/gap-mark.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { offerNames } from './offer-names.ts';
import { SideHead } from './side-head.tsx';

const COLUMNS: readonly Metric[] = ['conversions', 'cost', 'revenue'];

/** One offer in detail: the campaigns that send to it, and each network's gaps with likely causes. */
export function OfferDetails({
  row,
  comparison,
  connections,
  trackers,
  networks,
  metrics,
  colourOf,
  onClose,
}: {
  row: ComparedOffer;
  comparison: OfferComparison;
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  /** Indexes of the networks among the connections. */
  networks: readonly number[];
  metrics: readonly Metric[];
  colourOf(connection: ConnectionView): number;
  onClose(): void;
}) {
  const badge = (connection: ConnectionView | undefined) =>
    connection && (
      <TrackerBadge
        tracker={trackers.find(({ id }) => id === connection.tracker)}
        label={connection.name}
        index={colourOf(connection)}
      />
    );
  return (
    <aside class="card details stack" aria-label={t('details')}>
      <div class="row">
        <h2 class="grow">
          <Name text={row.name} maxLength={40} />
        </h2>
        <IconButton name="close" label={t('close')} sign="×" onClick={onClose} />
      </div>
      {row.senders.length > 0 && (
        <div class="scroll">
          <table class="senders">
            <thead>
              <tr>
                <th scope="col">{t('campaign')}</th>
                {COLUMNS.map((metric) => (
                  <th key={metric} scope="col">
                    {t(`metric_${metric}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {row.senders.map((sender) => {
                const connection = connections.find(({ id }) => id === sender.connection);
                return (
                  <tr key={`${sender.connection} ${sender.id}`} data-sender={sender.id}>
                    <th scope="row">
                      {badge(connection)} <Name text={sender.name || sender.id} maxLength={24} />
                    </th>
                    {COLUMNS.map((metric) => (
                      <td key={metric}>
                        <Figure
                          metrics={sender.metrics}
                          metric={metric}
                          currency={connection?.currency ?? ''}
                        />
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {networks.map((at) => {
        const connection = connections[at];
        const cell = row.cells[at];
        if (!connection || !cell) return null;
        const names = offerNames(row, at, connections);
        return (
          <section key={connection.id} class="stack tight">
            <SideHead
              connection={connection}
              tracker={trackers.find(({ id }) => id === connection.tracker)}
              colour={colourOf(connection)}
            />
            <p class="small">
              <Name text={cell.name || cell.id} maxLength={40} />
            </p>
            {metrics.map((metric) => {
              const gap = comparison.gap(row, at, metric);
              const judged = gap.state === 'amber' || gap.state === 'red';
              const why = gap.hindrances.map((hindrance) =>
                causeText(comparison.unjudged(hindrance, row, at, metric), names),
              );
              return (
                <div key={metric} class="stack tight" data-gap={metric}>
                  <p class="row small">
                    {t(`metric_${metric}`)} <GapMark {...{ metric, gap, why }} />
                  </p>
                  {why.map((text) => (
                    <p key={text} class="small soft">
                      {text}
                    </p>
                  ))}
                  {judged && <Why causes={comparison.causes(row, at, metric)} names={names} />}
                </div>
              );
            })}
          </section>
        );
      })}
    </aside>
  );
}
