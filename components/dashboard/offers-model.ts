import { computed, createModel, signal } from '@preact/signals';
import { sortRows } from '../../lib/compare/join.ts';
import {
  type ComparedOffer,
  createOfferComparison,
  isUnrated,
} from '../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide } from '../../lib/compare/offers.ts';
import { rateBetween } from '../../lib/compare/rates.ts';
import { withSilentOffers } from '../../lib/compare/silent-offers.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { csvText } from '../../lib/report/csv.ts';
import { computedList } from '../kit/computed-list.ts';
import { blocksQueries, haveAllAnswered } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';
import { createChosenWidths } from './chosen-widths.ts';
import type { ComparePage } from './compare-model.ts';
import { createOfferFigures } from './offer-figures.ts';
import { offerNames } from './offer-names.ts';
import {
  OFFER_METRICS,
  type OfferSpec,
  offerSpecs,
  offersToLookAt,
  SENT,
  sortOffersByNeed,
  sortOffersByRevenue,
} from './offer-specs.ts';
import { exported } from './table-figures.ts';

const NO_DAYS = { from: '', to: '', zone: 'UTC' };

/**
 * The table of offers: what all campaigns sent to each, every campaign counted once, against what
 * networks got.
 *
 * @param now epoch ms
 */
export const OffersModel = createModel(
  (client: QueryClient, page: ComparePage, now: () => number) => {
    const trackerOf = ({ tracker }: ConnectionView): TrackerView | undefined =>
      page.trackers.value?.find(({ id }) => id === tracker);
    const isNetwork = (connection: ConnectionView): boolean =>
      trackerOf(connection)?.side === 'network';
    /** Trackers first, of them the base: a campaign that several have counts on the first. */
    const connections = computedList(() => {
      const [all, base] = [page.compared.value, page.base.value];
      const own = all.filter((one) => !isNetwork(one));
      return [
        ...own.filter(({ id }) => id === base?.id),
        ...own.filter(({ id }) => id !== base?.id),
        ...all.filter(isNetwork),
      ];
    });
    /** Places of the networks among the connections. */
    const networks = computed(() =>
      connections.value.flatMap((one, at) => (isNetwork(one) ? [at] : [])),
    );
    const rangeText = computed(() => JSON.stringify(page.range.value));
    const range = computed(() => JSON.parse(rangeText.value) ?? null);
    const asked = computed(() =>
      connections.value.map((connection) => ({
        connection,
        ...client.query(
          'offers.figures',
          blocksQueries(connection.problem) || !range.value
            ? null
            : { connection: connection.id, range: range.value, fresh: 'soon' },
        ),
      })),
    );
    const reports = computedList(() => asked.value.map(({ value }) => value?.report ?? null));
    const allAnswered = computed(() => haveAllAnswered(asked.value));
    const links = computed(() => client.query('links.list', {}).value ?? []);
    const rejected = computed(() => client.query('links.rejected', {}).value ?? []);
    const rates = computed(() => client.query('rates.list', {}).value ?? []);
    /** Trackers that do not tell, or not all of, which campaigns send to which offer. */
    const untold = computedList(() =>
      connections.value.filter(
        (one, at) => !isNetwork(one) && reports.value[at]?.complete !== true,
      ),
    );
    const comparison = computed(() => {
      const sides = connections.value.map(
        (connection, at): OfferSide => ({
          connection: connection.id,
          currency: connection.currency,
          kind: isNetwork(connection) ? 'network' : 'tracker',
          report: reports.value[at] ?? null,
        }),
      );
      const offers = joinOffers(sides, links.value, rejected.value);
      return createOfferComparison({
        sides,
        offers: withSilentOffers(offers, sides, links.value),
        untold: untold.value.length > 0,
        range: range.value ?? NO_DAYS,
        now: now(),
        rates: rates.value,
      });
    });
    const currencyOf = (side: number): string =>
      reports.value[side]?.currency ?? connections.value[side]?.currency ?? '';
    const figures = computed(() =>
      createOfferFigures(comparison.value, currencyOf, (row, network) =>
        offerNames(row, network, connections.value),
      ),
    );
    /** Trackers whose money is not in the sums, as no rate leads to the table's currency. */
    const unrated = computedList(() => {
      const { rows, currency } = comparison.value;
      const unsummed = rows.filter(({ sent }) => sent && isUnrated(sent));
      const sending = new Set(
        unsummed.flatMap(({ senders }) => senders.map((one) => one.connection)),
      );
      return connections.value.flatMap(({ id, name }, at) => {
        const from = currencyOf(at);
        const lacks = from !== currency && rateBetween(rates.value, from, currency) === null;
        return sending.has(id) && lacks ? `${name} (${from})` : [];
      });
    });
    const specs = computed(() =>
      offerSpecs(networks.value.map((side) => ({ side, id: connections.value[side]?.id ?? '' }))),
    );
    const search = computed(() => page.state.value.search.toLowerCase());
    const onlyRed = computed(() => page.state.value.red);
    const found = computed(() => {
      const { rows, worst } = comparison.value;
      return rows.filter(
        (row) =>
          [...row.cells, ...row.senders].some((one) =>
            one?.name.toLowerCase().includes(search.value),
          ) &&
          (!onlyRed.value || worst(row, OFFER_METRICS) === 'red'),
      );
    });
    const sort = computed(() => page.state.value.sort);
    const descending = computed(() => page.state.value.descending);
    const sorting = computed(() => specs.value.find(({ id }) => id === sort.value));
    const rows = computed(() => {
      const [spec, down] = [sorting.value, descending.value];
      if (sort.value === 'name') return sortRows(found.value, ({ name }) => name, down);
      if (sort.value === 'campaigns') {
        return sortRows(found.value, ({ senders }) => senders.length, down);
      }
      if (spec) return sortRows(found.value, (row) => figures.value.rankIn(row, spec), down);
      return allAnswered.value
        ? sortOffersByNeed(comparison.value, networks.value, found.value)
        : sortOffersByRevenue(found.value);
    });
    const nameOf = (side: number): string =>
      side === SENT ? t('offerSentShort') : (connections.value[side]?.name ?? '');
    const metricName = ({ metric }: OfferSpec): string =>
      t(metric === 'clicks' ? 'clicksSent' : `metric_${metric}`);
    const labelOf = (spec: OfferSpec): string =>
      `${nameOf(spec.side)} ${spec.kind === 'gap' ? t('gapOf', metricName(spec)) : metricName(spec)}`;
    const openedKey = signal<string | null>(null);

    return {
      connections,
      networks,
      /** What each connection answered, in the order of the connections. */
      asked,
      untold,
      unrated,
      comparison,
      figures,
      /** The columns besides the name and the number of campaigns. */
      specs,
      rows,
      sizing: createChosenWidths(client, 'offers/'),
      /** The rows that need a look, of those that were sent to and that a network has. */
      look: computed(() => offersToLookAt(comparison.value, networks.value, rows.value)),
      /** What only one side has. */
      onlyIn: computed(() => [
        {
          name: t('yourTrackers'),
          only: comparison.value.onlySent(rows.value),
          currency: comparison.value.currency,
          metric: 'revenue' as const,
        },
        ...networks.value.map((side) => ({
          name: nameOf(side),
          only: comparison.value.onlyIn(rows.value, side),
          currency: currencyOf(side),
          metric: 'revenue' as const,
        })),
      ]),
      sort: computed(() => ({
        column: ['name', 'campaigns'].includes(sort.value)
          ? sort.value
          : (sorting.value?.id ?? 'look'),
        descending: descending.value,
      })),
      /** The row whose details are open; null = none, or it is filtered out. */
      opened: computed(() => rows.value.find(({ key }) => key === openedKey.value) ?? null),
      open({ key }: ComparedOffer): void {
        openedKey.value = key;
      },
      close(): void {
        openedKey.value = null;
      },
      /** Is a newer figure on its way? A gap is as old as the older of its sides. */
      isStale: ({ side, kind }: OfferSpec): boolean =>
        [side, ...(kind === 'gap' ? [0] : [])].some(
          (at) => asked.value[at]?.busy && reports.value[at],
        ),
      /** The rate by which a connection's money is compared; null = none is needed, or there is none. */
      rateOf: ({ currency }: ConnectionView) =>
        rateBetween(rates.value, currency, comparison.value.currency),
      trackerOf,
      isNetwork,
      /** Place of a connection in the user's order, which gives it its colour. */
      colourOf: (connection: ConnectionView) => page.compared.value.indexOf(connection),
      metricName,
      labelOf,
      /** The rows in their order, with plain figures and the campaigns of each. */
      csv: (): string =>
        csvText([
          [
            ...[t('offer'), t('campaignsColumn'), ...specs.value.map(labelOf)],
            ...[t('partialColumn'), t('offerSenders')],
          ],
          ...rows.value.map((row) => [
            row.name,
            row.senders.length,
            ...specs.value.map((spec) => exported(figures.value.figureIn(row, spec))),
            specs.value
              .filter((spec) => figures.value.isPartialIn(row, spec))
              .map(labelOf)
              .join('; '),
            row.senders.map(({ name, id }) => name || id).join('; '),
          ]),
        ]),
    };
  },
);
