import type { ReportFacts } from '../../lib/compare/comparable.ts';
import type { Named } from '../../lib/compare/proposals.ts';
import { sentTogether } from '../../lib/compare/sent-together.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Match } from '../../lib/contract/figures.ts';
import type { OfferSenders, SentToOffer } from '../../lib/contract/offers.ts';
import type { Problem } from '../../lib/errors.ts';
import type { Metrics } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { totalOf } from '../../lib/report/total.ts';
import { blocksQueries } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';
import { type TabProps, trackerOf } from './tab-props.ts';

interface SideFigures {
  readonly metrics: Metrics;
  readonly facts: ReportFacts;
}

/** The campaign on one connection. */
export interface Side {
  readonly connection: ConnectionView;
  readonly isOwn: boolean;
  /** The matching campaign there; null on the page's own side, or until known. */
  readonly match: Match | null;
  /** Of all campaigns that the link holds there. */
  readonly figures: SideFigures | null;
  /**
   * What it is held against, where the link holds several of this page's campaigns; null = this page's
   * own.
   */
  readonly held: {
    readonly campaigns: readonly Named[];
    /** null = not known, or not yet. */
    readonly figures: SideFigures | null;
  } | null;
  /**
   * What the campaigns sent to the offer: on a tracker's page all that the network's figures are of, on
   * a network's page what this tracker's figures are of. null = nothing, or not known.
   */
  readonly sent: SentToOffer | null;
  readonly byHour: Report | null;
  readonly problem: Problem | null;
  /** Is a report still to come? Its space is reserved, so that the layout does not shift. */
  readonly loading: boolean;
  /** Is a newer report on its way? */
  readonly stale: boolean;
  /** Has the cache answered? */
  readonly cacheRead: boolean;
  /** Are its figures of what its campaigns sent to this page's offer? */
  readonly ofSenders?: true;
}

/** Queries one side: the matching campaign or offer, then its figures. */
export function querySide(
  connection: ConnectionView,
  props: TabProps,
  client: QueryClient,
  mayAsk: boolean,
): Side {
  const { context, campaign } = props;
  const isOwn = connection.id === context.own;
  const own = context.connections.find(({ id }) => id === context.own);
  const sideOf = (one: ConnectionView | undefined) => trackerOf(context, one?.tracker ?? '')?.side;
  return !isOwn && sideOf(own) === 'network' && sideOf(connection) === 'tracker'
    ? querySenders(connection, props, client, mayAsk)
    : queryCampaign(connection, props, client, mayAsk && (isOwn || campaign.named));
}

/** On a network's page: what a tracker's campaigns sent to the offer. */
function querySenders(
  connection: ConnectionView,
  { context: { own }, campaign, range }: TabProps,
  client: QueryClient,
  mayAsk: boolean,
): Side {
  const blocked = blocksQueries(connection.problem) || !mayAsk;
  const { value, problem, busy } = client.query(
    'offer.senders',
    blocked ? null : { own, network: own, offerId: campaign.id, range, fresh: 'soon' },
  );
  const sent = value?.by[connection.id] ?? null;
  const [facts] = sent?.reports ?? [];
  const why = connection.problem ?? problem ?? problemAt(value, connection.id);
  return {
    connection,
    isOwn: false,
    match: null,
    figures: sent && facts ? { metrics: sent.metrics, facts } : null,
    held: null,
    sent,
    byHour: null,
    problem: why,
    loading: !why && !sent && busy,
    stale: busy && sent !== null,
    cacheRead: true,
    ofSenders: true,
  };
}

const problemAt = (senders: OfferSenders | null, id: string): Problem | null =>
  senders?.untold.find(({ connection }) => connection === id)?.problem ?? null;

function queryCampaign(
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
    isOwn || blocked || !mayAsk ? null : { from, target: connection.id, range },
  );
  const member = isOwn ? from : (match.value?.member ?? null);
  const several = match.value?.several;
  const ids = several?.target.map(({ id }) => id) ?? (member ? [member.campaignId] : []);
  const figuresOf = (of: string, campaignIds: string[]) =>
    client.query('side.figures', { connection: of, campaignIds, range, fresh: 'soon' });
  const asks = member !== null && !blocked;
  const { value, problem: failed, busy } = asks ? figuresOf(connection.id, ids) : NOT_ASKED;
  const report = value?.total.report ?? null;
  const network = trackerOf(context, connection.tracker)?.side === 'network';
  const senders =
    network && !isOwn && report !== null
      ? ids.map((offerId) =>
          client.query('offer.senders', {
            ...{ own: context.own, network: connection.id, offerId, range, fresh: 'soon' },
          }),
        )
      : [];
  // A network is held against what was sent to its offers.
  const ours = !network && several && several.from.length > 1 ? several.from : null;
  const held =
    ours &&
    figuresOf(
      context.own,
      ours.map(({ id }) => id),
    );
  const problem =
    connection.problem ??
    match.problem ??
    match.value?.problem ??
    failed ??
    value?.total.problem ??
    null;
  return {
    connection,
    isOwn,
    match: match.value,
    figures: report && figuresIn(report),
    held: ours && {
      campaigns: ours,
      figures: held?.value?.total.report ? figuresIn(held.value.total.report) : null,
    },
    sent: sentTogether(senders.map((each) => each.value?.all ?? null)),
    byHour: value?.byHour.report ?? null,
    problem,
    loading:
      !problem &&
      ((match.busy && !isOwn) ||
        (member !== null && report === null) ||
        senders.some((each) => each.busy && !each.value?.all) ||
        (held?.busy === true && !held.value?.total.report)),
    stale: busy && report !== null,
    cacheRead: !asks || value !== null || failed !== null,
  };
}

const NOT_ASKED = { value: null, problem: null, busy: true } as const;

const figuresIn = (report: Report): SideFigures => ({ metrics: totalOf(report), facts: report });

export const fromOf = ({ own }: TabProps['context'], { id, name }: TabProps['campaign']) => ({
  connection: own,
  campaignId: id,
  name,
});

/** Ids of the campaigns that another side's figures are of; null = they are of an offer, or not known. */
export function campaignsOn({ match, sent, ofSenders }: Side): string[] | null {
  if (sent || ofSenders || !match?.member) return null;
  return match.several?.target.map(({ id }) => id) ?? [match.member.campaignId];
}
