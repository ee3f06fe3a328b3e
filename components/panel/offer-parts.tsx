import { type ComparedSide, createComparison } from '../../lib/compare/comparison.ts';
import type { Thresholds } from '../../lib/compare/gap.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import { withSentClicks } from '../../lib/compare/offers.ts';
import type { Rate } from '../../lib/compare/rates.ts';
import type { OfferPart } from '../../lib/contract/offers.ts';
import { t } from '../../lib/i18n.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { totalOf } from '../../lib/report/total.ts';
import { useClient } from '../kit/client.ts';
import { Figure } from '../kit/figure.tsx';
import { GapMark } from '../kit/gap-mark.tsx';
import { unjudgedTexts } from '../kit/unjudged-texts.ts';
import type { Side } from './compare-sides.ts';
import { type TabProps, trackerOf } from './tab-props.ts';

const COLUMNS: readonly Metric[] = ['clicks', 'conversions', 'revenue'];

/**
 * On a tracker's page: this campaign alone in each network whose offer several campaigns run, where a
 * sub of the network carries its id. It comes late, so it stands below what is there.
 */
export function OfferParts(
  props: TabProps & {
    sides: readonly Side[];
    rates: readonly Rate[];
    thresholds: Thresholds;
  },
) {
  const { context, campaign, range, sides } = props;
  const client = useClient();
  return (
    <>
      {sides.map(({ connection, isOwn, match, sent }) => {
        // A link of several campaigns is compared as their sum.
        if (match?.several) return null;
        const network = trackerOf(context, connection.tracker)?.side === 'network';
        const offerId = match?.member?.campaignId;
        if (isOwn || !network || !offerId || !sent || sent.campaigns.length < 2) return null;
        const { value: part } = client.query('offer.part', {
          own: context.own,
          campaignId: campaign.id,
          network: connection.id,
          offerId,
          range,
          fresh: 'soon',
        });
        return part && <Part key={connection.id} {...props} part={part} name={connection.name} />;
      })}
    </>
  );
}

function Part({
  part: { slot, report, sent, sentFacts },
  name,
  context,
  range,
  now,
  rates,
  thresholds,
}: TabProps & { rates: readonly Rate[]; thresholds: Thresholds; part: OfferPart; name: string }) {
  const metrics = totalOf(report);
  const side = { connection: '', rows: [] };
  const sides: readonly ComparedSide[] = [
    { ...side, kind: 'tracker', currency: sentFacts.currency, report: sentFacts },
    // Of the offer it is this campaign's part.
    { ...side, kind: 'network', currency: report.currency, report, ofOffer: false },
  ];
  const row: JoinedRow = {
    key: '',
    name: '',
    by: 'link',
    cells: [sent, metrics].map((of) => ({ id: '', name: '', metrics: of })),
  };
  const comparison = createComparison({
    sides,
    rows: [row],
    range,
    now: now(),
    rates,
    thresholds,
  });
  const own = context.connections.find(({ id }) => id === context.own)?.name ?? '';
  const gapOf = (metric: Metric) => {
    const gap = comparison.gap(row, 1, metric);
    const names = { base: own, other: name };
    return {
      metric,
      gap,
      why: unjudgedTexts({ comparison, ...gap, other: 1, metric, row, names }),
    };
  };
  return (
    <table class="offer-part" data-part={name}>
      <caption class="small">{t('offerPart', name, String(slot))}</caption>
      <thead>
        <tr>
          <td />
          {COLUMNS.map((metric) => (
            <th key={metric} scope="col">
              {t(`metric_${metric}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[
          { key: 'sent', of: withSentClicks(sent), facts: sentFacts, head: t('offerPartSent') },
          { key: 'got', of: metrics, facts: report, head: name },
        ].map(({ key, of, facts, head }) => (
          <tr key={key}>
            <th scope="row">
              <bdi>{head}</bdi>
            </th>
            {COLUMNS.map((metric) => (
              <td key={metric} data-metric={metric}>
                <Figure metrics={of} metric={metric} currency={facts.currency} />
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <td />
          {COLUMNS.map((metric) => (
            <td
              key={metric}
              data-gap={metric}
              title={metric === 'clicks' ? t('gapOfSentClicks') : undefined}
            >
              <GapMark {...gapOf(metric)} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
