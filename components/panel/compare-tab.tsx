import { useLayoutEffect } from 'preact/hooks';
import type { JudgedGap } from '../../lib/compare/comparison.ts';
import { thresholdsOf } from '../../lib/compare/limits.ts';
import { withSentClicks } from '../../lib/compare/offers.ts';
import type { Named } from '../../lib/compare/proposals.ts';
import { hoursOfDay } from '../../lib/compare/series.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { SentToOffer } from '../../lib/contract/offers.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatConversion } from '../../lib/report/format.ts';
import { type Metric, type Metrics, metricOf, NO_METRICS } from '../../lib/report/metrics.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { useClient } from '../kit/client.ts';
import { Figure } from '../kit/figure.tsx';
import { HoursApart } from '../kit/hours-apart.tsx';
import { Name } from '../kit/name.tsx';
import { markPainted } from '../kit/paint.ts';
import { tn } from '../kit/plural.ts';
import { type Line, LineSample, Sparkline } from '../kit/sparkline.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { rateText } from '../rates/rate-text.ts';
import { CapNotes } from './cap-notes.tsx';
import { CompareAnswer } from './compare-answer.tsx';
import { gapIn, isSplit, type Pair, pairOf, whyUnjudged } from './compare-pairs.ts';
import { campaignsOn, fromOf, querySide, type Side } from './compare-sides.ts';
import { GapButton, GapCauses, type OpenGap, useOpenGap } from './gap-causes.tsx';
import { LinkByHand } from './link-by-hand.tsx';
import { OfferParts } from './offer-parts.tsx';
import { gapsOf, JUDGED_METRICS } from './side-gaps.ts';
import { type TabProps, trackerOf } from './tab-props.ts';

const COLUMNS: readonly Metric[] = ['clicks', 'conversions', 'cost', 'revenue', 'profit', 'roi'];

/** The campaign on every connection, with the gaps to this page's own figures. */
export function CompareTab(props: TabProps) {
  const { context, campaign, range, now } = props;
  const client = useClient();
  const isOwn = ({ id }: ConnectionView) => id === context.own;
  // The page's own figures come first: the other sides wait until the cache has been read for them.
  const own = context.connections.filter(isOwn).map((one) => querySide(one, props, client, true));
  const mayAsk = own.every(({ cacheRead }) => cacheRead);
  const others = context.connections.filter((one) => !isOwn(one));
  const sides = [...own, ...others.map((one) => querySide(one, props, client, mayAsk))];
  const rates = client.query('rates.list', {}, context.settings.rates).value ?? [];
  const limits = client.query('limits.read', {}, context.settings.gapLimits).value;
  const thresholds = thresholdsOf(limits);
  const pairs = sides.map((side) => pairOf(sides[0], side, props, rates, thresholds));
  const hours = sides.map(({ byHour }) => byHour && hoursOfDay(byHour, range, now()));
  const drawn = sides.filter((_, side) => hours[side]);
  const lines = sides.flatMap(({ connection: { name } }, side): Line[] => {
    const values = hours[side]?.map((metrics) => metrics && metricOf(metrics, 'clicks'));
    return values ? [{ name, values }] : [];
  });
  const known = sides.some(({ figures }) => figures !== null);
  useLayoutEffect(() => {
    if (known) markPainted('figures');
  }, [known]);
  const gaps = gapsOf(sides, pairs);
  const open = useOpenGap(gaps, props);

  return (
    <div class="stack">
      <CompareAnswer sides={sides} gaps={gaps} />
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
              pair={pairs[index]}
              open={open}
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
          const { connection, figures, loading } = side;
          if (!figures) return loading ? [<li key={connection.id}>&nbsp;</li>] : [];
          const { facts } = figures;
          return [
            <li key={connection.id}>
              <LineSample index={drawn.indexOf(side)} />{' '}
              <Name text={connection.name} maxLength={28} /> · {facts.zone} · {facts.currency} ·{' '}
              {t(`basis_${facts.basis}`)} · <Age at={facts.fetchedAt} now={now} />
              {facts.complete ? '' : ` · ${t('incomplete')}`}
              {side.byHour && !drawn.includes(side) ? ` · ${t('hoursApart')}` : ''}
            </li>,
          ];
        })}
      </ul>
      <GapCauses {...props} open={open} gaps={gaps} own={own[0]} />
      {sides.every(({ loading }) => !loading) && (
        <Hindrances {...props} pairs={pairs} sides={sides} />
      )}
      <OfferParts {...props} sides={sides} rates={rates} thresholds={thresholds} />
    </div>
  );
}

function SideRows({
  context,
  campaign,
  side,
  pair,
  open,
}: TabProps & {
  side: Side;
  pair: Pair | undefined;
  open: OpenGap;
}) {
  const gapOf = (metric: Metric): JudgedGap => gapIn(pair, metric);
  const { connection, isOwn, match, figures, held, sent, problem, loading, stale, ofSenders } =
    side;
  const tracker = trackerOf(context, connection.tracker);
  const total = figures?.metrics ?? null;
  const currency = figures?.facts.currency ?? '';
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
          {match?.several && match.several.target.length > 1 && (
            <SumOf campaigns={match.several.target} known={total !== null || loading} />
          )}
          {isSplit(pair) && (
            <p class="small soft" data-split>
              {t('splitNote')}
            </p>
          )}
          {sent && <RunBy sent={sent} />}
          {!sent && !problem && (ofSenders || (network && !isOwn)) && (
            <p class="small soft" data-senders={loading ? undefined : ''}>
              {loading ? <>&nbsp;</> : ofSenders && t('offerNotRun')}
            </p>
          )}
          {network && (
            <CapNotes
              connection={connection}
              tracker={tracker}
              offerId={total ? (isOwn ? campaign.id : (match?.member?.campaignId ?? null)) : null}
            />
          )}
        </th>
      </tr>
      {(total || loading) && (
        <tr>
          {COLUMNS.map((metric) => (
            <td key={metric} data-metric={metric}>
              {total ? (
                <Figure metrics={total} metric={metric} currency={currency} />
              ) : (
                <span class="skeleton cell" />
              )}
            </td>
          ))}
        </tr>
      )}
      {network && sent && sent.campaigns.length > 1 && (
        <HeldAgainst
          name="sent"
          text={t('offerSent')}
          metrics={withSentClicks(sent.metrics)}
          currency={sent.reports[0]?.currency ?? ''}
        />
      )}
      {held && (
        <HeldAgainst
          name="held"
          text={tn('heldTogether', held.campaigns.length)}
          title={namesOf(held.campaigns)}
          metrics={held.figures?.metrics ?? NO_METRICS}
          currency={held.figures?.facts.currency ?? ''}
        />
      )}
      {held && !held.figures && !loading && (
        <tr>
          <td colSpan={COLUMNS.length} class="small soft note" data-unknown-sum>
            {t('sumUnknown')}
          </td>
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
              {total && !loading ? (
                <GapButton {...{ side, pair, metric, open }} gap={gapOf(metric)} />
              ) : (
                <>&nbsp;</>
              )}
            </td>
          ))}
        </tr>
      )}
      {!isOwn && total && <Conversions metrics={COLUMNS} gapOf={gapOf} />}
    </tbody>
  );
}

const namesOf = (campaigns: readonly Named[]): string =>
  campaigns.map(({ name, id }) => name || id).join('\n');

/** That the figures are of several campaigns; the tooltip names them. */
function SumOf({ campaigns, known }: { campaigns: readonly Named[]; known: boolean }) {
  return (
    <p class="small soft" data-sum title={namesOf(campaigns)}>
      {tn('sumOfLinked', campaigns.length)}
      {!known && ` · ${t('sumUnknown')}`}
    </p>
  );
}

/** Figures that a side is compared with, where they are not this page's own. */
function HeldAgainst({
  name,
  text,
  title,
  metrics,
  currency,
}: {
  name: 'sent' | 'held';
  text: string;
  title?: string;
  metrics: Metrics;
  currency: string;
}) {
  return (
    <>
      <tr>
        <th scope="rowgroup" colSpan={COLUMNS.length} class="small soft note" title={title}>
          {text}
        </th>
      </tr>
      <tr class="soft">
        {COLUMNS.map((metric) => (
          <td key={metric} {...{ [`data-${name}`]: metric }}>
            <Figure metrics={metrics} metric={metric} currency={currency} />
          </td>
        ))}
      </tr>
    </>
  );
}

/** How money of another currency is compared, where it is. */
function Conversions({
  metrics,
  gapOf,
}: {
  metrics: readonly Metric[];
  gapOf(metric: Metric): JudgedGap;
}) {
  const lines = metrics.flatMap((metric) => {
    const { converted } = gapOf(metric);
    return converted
      ? [`${t(`metric_${metric}`)} ${formatConversion(converted.amount, converted.rate, locale())}`]
      : [];
  });
  if (lines.length === 0) return null;
  return (
    <tr>
      <td colSpan={COLUMNS.length} class="small soft note" data-conversion>
        {lines.join(' · ')}
      </td>
    </tr>
  );
}

/** How many campaigns run the offer; the tooltip names them. */
function RunBy({ sent: { campaigns, rates } }: { sent: SentToOffer }) {
  return (
    <p class="small soft" data-senders title={namesOf(campaigns)}>
      {[tn('runOffer', campaigns.length), ...rates.map(rateText)].join(' · ')}
    </p>
  );
}

/** Why gaps of other sides are not judged. Last, so that it moves nothing. */
function Hindrances({
  pairs,
  sides,
  ...props
}: TabProps & { pairs: readonly Pair[]; sides: readonly Side[] }) {
  const lines = sides.flatMap((side, index) => {
    const { connection, isOwn, figures } = side;
    const pair = pairs[index];
    if (!figures || isOwn || !pair) return [];
    const reasons = pair.comparison.hindrances(1, 'revenue');
    const texts = whyUnjudged(pair, 'revenue', { hindrances: reasons });
    const [own] = sides;
    const there = reasons.includes('offer') ? null : campaignsOn(side);
    const here = side.held?.campaigns ?? [props.campaign];
    return reasons.map((reason, at) => (
      <li key={`${connection.id} ${reason}`} data-hindrance={reason}>
        <Name text={connection.name} maxLength={28} />: {texts[at]}
        {reason === 'days' && own && there && (
          <HoursApart
            {...{ ...pair, ...props }}
            base={{ connection: own.connection, campaignIds: here.map(({ id }) => id) }}
            side={{ connection, campaignIds: there }}
            other={1}
            metrics={JUDGED_METRICS}
          />
        )}
      </li>
    ));
  });
  return lines.length > 0 ? <ul class="small soft facts">{lines}</ul> : null;
}
