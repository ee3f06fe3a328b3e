import { useMemo, useState } from 'preact/hooks';
import { sentToOffers } from '../../lib/compare/comparable.ts';
import { sortRows } from '../../lib/compare/join.ts';
import { type ComparedOffer, createOfferComparison } from '../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide } from '../../lib/compare/offers.ts';
import { rateBetween } from '../../lib/compare/rates.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { csvText } from '../../lib/report/csv.ts';
import { formatCount, formatGap, formatMoney, UNKNOWN } from '../../lib/report/format.ts';
import {
  type Metric,
  type Metrics,
  shownOf,
  sumMetrics,
  withMetric,
} from '../../lib/report/metrics.ts';
import type { Range } from '../../lib/report/range.ts';
import { useClient } from '../kit/client.ts';
import { blocksQueries, haveAllAnswered } from '../kit/connections.ts';
import { type Column, DataTable } from '../kit/data-table.tsx';
import { download } from '../kit/download.ts';
import { Figure, figureText } from '../kit/figure.tsx';
import { GapMark, StateMark } from '../kit/gap-mark.tsx';
import { Name } from '../kit/name.tsx';
import { tn } from '../kit/plural.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { OfferDetails } from './offer-details.tsx';
import type { PageState } from './page-state.ts';
import { SideChip } from './side-chip.tsx';

/** What a network tells too. */
const METRICS = ['clicks', 'conversions', 'revenue'] as const satisfies readonly Metric[];

/** A column: what was sent (side −1), a network's figure, or its gap to what was sent. */
interface Spec {
  readonly id: string;
  readonly side: number;
  readonly metric: Metric;
  readonly gap: boolean;
}

/** A network counts the clicks that reach it: of a tracker's, those that were sent to offers. */
const withSentClicks = (metrics: Metrics): Metrics =>
  withMetric(metrics, 'clicks', sentToOffers(metrics));

/** Offers as rows: what all campaigns sent to each, every campaign counted once, against networks. */
export function OffersView({
  connections,
  trackers,
  base,
  range,
  state,
  now,
  onChange,
}: {
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  base: ConnectionView;
  range: Range;
  state: PageState;
  now: () => number;
  onChange(patch: Partial<PageState>): void;
}) {
  const client = useClient();
  const [opened, setOpened] = useState<string | null>(null);
  const { value: links } = client.query('links.list', {});
  const { value: rates } = client.query('rates.list', {});
  const trackerOf = (connection: ConnectionView) =>
    trackers.find(({ id }) => id === connection.tracker);
  const isNetwork = (connection: ConnectionView) => trackerOf(connection)?.side === 'network';
  // A campaign that several trackers have counts on the base.
  const ordered = [
    ...connections.filter((one) => one.id === base.id && !isNetwork(one)),
    ...connections.filter((one) => one.id !== base.id && !isNetwork(one)),
    ...connections.filter(isNetwork),
  ];
  const first = ordered.find((one) => !isNetwork(one));
  const networks = ordered.flatMap((one, at) => (isNetwork(one) ? [at] : []));
  const asked = ordered.map((connection) => ({
    connection,
    ...client.query(
      'offers.figures',
      blocksQueries(connection.problem)
        ? null
        : { connection: connection.id, range, fresh: 'soon' },
    ),
  }));
  const reports = asked.map(({ value }) => value?.report ?? null);
  const allAnswered = haveAllAnswered(asked);
  const untold = ordered.filter((one, at) => !isNetwork(one) && reports[at]?.complete !== true);
  const comparison = useMemo(() => {
    const sides = ordered.map(
      (connection, at): OfferSide => ({
        connection: connection.id,
        currency: connection.currency,
        kind: isNetwork(connection) ? 'network' : 'tracker',
        report: reports[at] ?? null,
      }),
    );
    return createOfferComparison({
      sides,
      offers: joinOffers(sides, links ?? []),
      untold: untold.length > 0,
      range,
      now: now(),
      rates: rates ?? [],
    });
  }, [connections, trackers, base.id, links, rates, range, ...reports]);
  const currencyOf = (side: number): string =>
    side < 0 ? comparison.currency : (reports[side]?.currency ?? ordered[side]?.currency ?? '');

  const specs = METRICS.flatMap((metric): Spec[] => [
    { id: `sent:${metric}`, side: -1, metric, gap: false },
    ...networks.flatMap((side): Spec[] => {
      const id = ordered[side]?.id ?? '';
      return [
        { id: `${id}:${metric}`, side, metric, gap: false },
        { id: `${id}:gap:${metric}`, side, metric, gap: true },
      ];
    }),
  ]);
  const metricsIn = (row: ComparedOffer, side: number): Metrics | null =>
    side < 0 ? row.sent && withSentClicks(row.sent.metrics) : (row.cells[side]?.metrics ?? null);
  const figureIn = (row: ComparedOffer, { side, metric, gap }: Spec): number | null => {
    if (gap) return comparison.gap(row, side, metric).gap;
    const metrics = metricsIn(row, side);
    return metrics && shownOf(metrics, metric);
  };
  const textIn = (row: ComparedOffer, spec: Spec): string => {
    if (spec.gap) return formatGap(figureIn(row, spec), locale());
    const metrics = metricsIn(row, spec.side);
    return metrics ? figureText(metrics, spec.metric, currencyOf(spec.side)) : UNKNOWN;
  };
  const revenueApart = (row: ComparedOffer): number =>
    Math.max(
      0,
      ...networks.map((side) => {
        const { difference, state: judged } = comparison.gap(row, side, 'revenue');
        return judged === 'amber' || judged === 'red' ? Math.abs(difference ?? 0) : 0;
      }),
    );
  /** What cannot be judged before two campaigns are linked or told apart comes after what is apart. */
  const needOf = (row: ComparedOffer): number => {
    const need = NEED[comparison.worst(row, METRICS)];
    return isDoubtful(row) ? Math.max(need, NEED.amber - 0.5) : need;
  };
  const sorting = specs.find(({ id }) => id === state.sort);
  const rows = useMemo(() => {
    const wanted = state.search.toLowerCase();
    const found = comparison.rows.filter(
      (row) =>
        [...row.cells, ...row.senders].some((one) => one?.name.toLowerCase().includes(wanted)) &&
        (!state.red || comparison.worst(row, METRICS) === 'red'),
    );
    if (state.sort === 'name') return sortRows(found, ({ name }) => name, state.descending);
    if (state.sort === 'campaigns') {
      return sortRows(found, ({ senders }) => senders.length, state.descending);
    }
    if (sorting) return sortRows(found, (row) => figureIn(row, sorting), state.descending);
    const byRevenue = sortRows(found, (row) => row.sent?.metrics.revenue ?? null, true);
    if (!allAnswered) return byRevenue;
    return sortRows(sortRows(byRevenue, revenueApart, true), needOf, true);
  }, [comparison, allAnswered, state.search, state.red, state.sort, state.descending]);

  const columns: Column<ComparedOffer>[] = [
    {
      id: 'name',
      title: t('offer'),
      label: t('offer'),
      sortable: true,
      cell: (row) => (
        <>
          <StateMark state={comparison.worst(row, METRICS)} />{' '}
          <Name text={row.name || UNKNOWN} maxLength={40} />
        </>
      ),
      text: ({ name }) => name,
    },
    {
      id: 'campaigns',
      title: t('campaignsColumn'),
      label: t('campaignsColumn'),
      sortable: true,
      cell: ({ senders }) => (
        <span title={senders.map(({ name, id }) => name || id).join('\n')}>
          {formatCount(senders.length, locale())}
        </span>
      ),
      text: ({ senders }) => String(senders.length),
    },
    ...specs.map((spec, at): Column<ComparedOffer> => {
      const connection = ordered[spec.side];
      const metric = t(spec.metric === 'clicks' ? 'clicksSent' : `metric_${spec.metric}`);
      const name = connection?.name ?? t('offerSentShort');
      const stale = [spec.side, ...(spec.gap ? [0] : [])].some(
        (side) => asked[side]?.busy && reports[side],
      );
      return {
        id: spec.id,
        group: metric,
        label: `${name} ${spec.gap ? t('gapOf', metric) : metric}`,
        title: spec.gap ? (
          'Δ'
        ) : connection ? (
          <TrackerBadge
            tracker={trackerOf(connection)}
            label={connection.name}
            index={connections.indexOf(connection)}
          />
        ) : (
          t('offerSentShort')
        ),
        sortable: true,
        ...(specs[at - 1]?.metric === spec.metric ? {} : { kind: 'edge' }),
        cell: (row) => {
          const metrics = metricsIn(row, spec.side);
          return (
            <span class={stale ? 'dim' : ''}>
              {spec.gap ? (
                <GapMark metric={spec.metric} gap={comparison.gap(row, spec.side, spec.metric)} />
              ) : metrics ? (
                <Figure metrics={metrics} metric={spec.metric} currency={currencyOf(spec.side)} />
              ) : (
                UNKNOWN
              )}
            </span>
          );
        },
        text: (row) => textIn(row, spec),
      };
    }),
  ];
  const totalCell = ({ side, metric, gap }: Spec) =>
    gap ? (
      <GapMark metric={metric} gap={comparison.total(rows, side, metric)} />
    ) : (
      <Figure
        metrics={sumMetrics(rows.flatMap((row) => metricsIn(row, side) ?? []))}
        metric={metric}
        currency={currencyOf(side)}
      />
    );
  const compared = rows.filter(({ sent, cells }) => sent && networks.some((at) => cells[at]));
  const look = compared.filter((row) => NEED[comparison.worst(row, METRICS)] >= NEED.amber);
  const doubtful = compared.filter(isDoubtful);
  const apart = look.reduce((sum, row) => sum + revenueApart(row), 0);
  const shown = rows.find(({ key }) => key === opened) ?? null;
  const save = () =>
    download(
      csvText([
        [...columns.map(({ label }) => label), t('offerSenders')],
        ...rows.map((row) => [
          row.name,
          row.senders.length,
          ...specs.map((spec) => figureIn(row, spec)),
          row.senders.map(({ name, id }) => name || id).join('; '),
        ]),
      ]),
      `crosstrack-offers-${range.from}-${range.to}.csv`,
      'csv',
      null,
    );

  return (
    <>
      <ul class="chips">
        {asked.map(({ connection, ...of }) => (
          <SideChip
            key={connection.id}
            connection={connection}
            tracker={trackerOf(connection)}
            colour={connections.indexOf(connection)}
            isBase={connection.id === first?.id}
            hindrances={[]}
            rate={rateBetween(rates ?? [], connection.currency, comparison.currency)}
            asked={of}
            now={now}
            onBase={isNetwork(connection) ? undefined : () => onChange({ base: connection.id })}
          />
        ))}
      </ul>
      {networks.length === 0 && <p class="soft">{t('offersNoNetwork')}</p>}
      {untold.length > 0 && asked.every(({ busy }) => !busy) && (
        <p class="small" data-untold>
          {t('offersUntold', untold.map(({ name }) => name).join(', '))}
        </p>
      )}
      <div class="row">
        <span class="grow soft small" data-count>
          {tn('offersOf', rows.length)}
          {compared.length > 0 && ` · ${t('needLook', look.length, compared.length)}`}
          {apart > 0 &&
            ` · ${t('revenueApart', formatMoney(apart, comparison.currency, locale()))}`}
        </span>
        <label class="row small">
          <input
            type="checkbox"
            name="red"
            checked={state.red}
            onChange={({ currentTarget }) => onChange({ red: currentTarget.checked })}
          />
          {t('onlyRed')}
        </label>
        <button
          type="button"
          class="button"
          name="save-csv"
          disabled={rows.length === 0}
          onClick={save}
        >
          {t('saveCsv')}
        </button>
      </div>
      {doubtful.length > 0 && (
        <p class="small" data-doubtful>
          {t('offersDoubtful', doubtful.map(({ name }) => name).join(', '))}{' '}
          <LinkTo kind="campaign" onChange={onChange} />
        </p>
      )}
      <OnlyOn
        lines={[
          [t('offersOnlySent'), comparison.onlySent(rows), comparison.currency],
          ...networks.map(
            (at) => [ordered[at]?.name ?? '', comparison.onlyIn(rows, at), currencyOf(at)] as const,
          ),
        ]}
      />
      {networks.length > 0 && comparison.onlySent(rows) && (
        <p class="small soft">
          {t('offersUnlinked')} <LinkTo kind="offer" onChange={onChange} />
        </p>
      )}
      <div class={shown ? 'with-details' : ''}>
        <DataTable
          label={t('view_offers')}
          height="max(280px, calc(100vh - 250px))"
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key}
          total={[t('total'), '', ...specs.map(totalCell)]}
          sort={{
            column: ['name', 'campaigns'].includes(state.sort)
              ? state.sort
              : (sorting?.id ?? 'look'),
            descending: state.descending,
          }}
          onSort={({ column, descending }) => onChange({ sort: column, descending })}
          onOpen={({ key }) => setOpened(key)}
        />
        {shown && (
          <OfferDetails
            key={shown.key}
            row={shown}
            comparison={comparison}
            connections={ordered}
            trackers={trackers}
            networks={networks}
            metrics={METRICS}
            colourOf={(connection) => connections.indexOf(connection)}
            onClose={() => setOpened(null)}
          />
        )}
      </div>
    </>
  );
}

const NEED = { unknown: 0, green: 1, chance: 2, amber: 3, red: 4 } as const;

/** The view where campaigns or offers are linked by hand. */
function LinkTo({
  kind,
  onChange,
}: {
  kind: PageState['kind'];
  onChange(patch: Partial<PageState>): void;
}) {
  return (
    <button
      type="button"
      class="link"
      name={`link-${kind}`}
      onClick={() => onChange({ view: 'links', kind, search: '' })}
    >
      {t('view_links')}
    </button>
  );
}

const isDoubtful = ({ sent }: ComparedOffer): boolean => sent?.hindered.includes('twice') ?? false;

/** What only one side has: it is in no gap of the totals. */
function OnlyOn({
  lines,
}: {
  lines: ReadonlyArray<
    readonly [name: string, only: { count: number; metrics: Metrics } | null, currency: string]
  >;
}) {
  const shown = lines.flatMap(([name, only, currency]) =>
    only
      ? [
          <li key={name} data-only={name}>
            {t(
              'onlyIn',
              name,
              tn('offersOf', only.count),
              formatMoney(shownOf(only.metrics, 'revenue'), currency, locale()),
            )}
          </li>,
        ]
      : [],
  );
  return shown.length > 0 ? <ul class="small soft facts">{shown}</ul> : null;
}
