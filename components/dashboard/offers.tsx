import { useModel } from '@preact/signals';
import type { ComparedOffer } from '../../lib/compare/offer-comparison.ts';
import type { TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, UNKNOWN } from '../../lib/report/format.ts';
import type { Range } from '../../lib/report/range.ts';
import { useClient } from '../kit/client.ts';
import { DataTable } from '../kit/data-table.tsx';
import { StateMark } from '../kit/gap-mark.tsx';
import { Name } from '../kit/name.tsx';
import { tn } from '../kit/plural.ts';
import type { Column } from '../kit/table-column.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import type { ComparePage } from './compare-model.ts';
import { OfferDetails } from './offer-details.tsx';
import { OFFER_METRICS } from './offer-specs.ts';
import { OffersModel } from './offers-model.ts';
import { OnlyIn } from './only-in.tsx';
import type { PageState } from './page-state.ts';
import { ShownFigure } from './shown-figure.tsx';
import { SideChip } from './side-chip.tsx';
import { TableBar } from './table-bar.tsx';

/** Offers as rows: what all campaigns sent to each, every campaign counted once, against networks. */
export function OffersView({
  page,
  trackers,
  range,
  now,
  onChange,
}: {
  page: ComparePage;
  trackers: readonly TrackerView[];
  range: Range;
  now: () => number;
  onChange(patch: Partial<PageState>): void;
}) {
  const client = useClient();
  const model = useModel(() => new OffersModel(client, page, now));
  const connections = model.connections.value;
  const networks = model.networks.value;
  const comparison = model.comparison.value;
  const figures = model.figures.value;
  const specs = model.specs.value;
  const rows = model.rows.value;
  const look = model.look.value;
  const opened = model.opened.value;
  const asked = model.asked.value;
  const untold = model.untold.value;
  const unrated = model.unrated.value;
  const [first] = connections;
  const columns: Column<ComparedOffer>[] = [
    {
      id: 'name',
      title: t('offer'),
      label: t('offer'),
      sortable: true,
      cell: (row) => (
        <>
          <StateMark state={comparison.worst(row, OFFER_METRICS)} />{' '}
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
      const connection = connections[spec.side];
      const value = connection ? (
        <TrackerBadge
          tracker={model.trackerOf(connection)}
          label={connection.name}
          index={model.colourOf(connection)}
        />
      ) : (
        t('offerSentShort')
      );
      return {
        id: spec.id,
        group: model.metricName(spec),
        label: model.labelOf(spec),
        title: spec.kind === 'gap' ? 'Δ' : value,
        sortable: true,
        ...(specs[at - 1]?.metric === spec.metric ? {} : { kind: 'edge' }),
        cell: (row) => (
          <span class={model.isStale(spec) ? 'dim' : ''}>
            <ShownFigure shown={figures.shownIn(row, spec)} metric={spec.metric} />
          </span>
        ),
        text: (row) => figures.textIn(row, spec),
      };
    }),
  ];

  return (
    <>
      <ul class="chips">
        {asked.map(({ connection, ...of }) => (
          <SideChip
            key={connection.id}
            connection={connection}
            tracker={model.trackerOf(connection)}
            colour={model.colourOf(connection)}
            isBase={connection === first && !model.isNetwork(connection)}
            hindrances={[]}
            rate={model.rateOf(connection)}
            asked={of}
            now={now}
            onBase={
              model.isNetwork(connection) ? undefined : () => onChange({ base: connection.id })
            }
          />
        ))}
      </ul>
      {networks.length === 0 && <p class="soft">{t('offersNoNetwork')}</p>}
      {untold.length > 0 && asked.every(({ busy }) => !busy) && (
        <p class="small" data-untold>
          {t('offersUntold', untold.map(({ name }) => name).join(', '))}
        </p>
      )}
      {unrated.length > 0 && (
        <p class="small" data-unrated>
          {t('offersUnrated', unrated.join(', '), comparison.currency)}
        </p>
      )}
      <TableBar
        count={tn('offersOf', rows.length)}
        rows={rows.length}
        look={look}
        missing={
          look.missing && {
            count: look.missing.count,
            name: connections[look.missing.side]?.name ?? t('yourTrackers'),
          }
        }
        currency={comparison.currency}
        red={page.state.value.red}
        onRed={(red) => onChange({ red })}
        onLook={() => onChange({ sort: '' })}
        csv={model.csv}
        fileName={`crosstrack-offers-${range.from}-${range.to}.csv`}
      />
      {look.doubtful.length > 0 && (
        <p class="small" data-doubtful>
          {t('offersDoubtful', look.doubtful.map(({ name }) => name).join(', '))}{' '}
          <LinkTo kind="campaign" onChange={onChange} />
        </p>
      )}
      <OnlyIn sides={model.onlyIn.value} countText={(count) => tn('offersOf', count)} />
      {networks.length > 0 && comparison.onlySent(rows) && (
        <p class="small soft">
          {t('offersUnlinked')} <LinkTo kind="offer" onChange={onChange} />
        </p>
      )}
      <div class={opened ? 'with-details' : ''}>
        <DataTable
          label={t('view_offers')}
          height="max(280px, calc(100vh - 250px))"
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key}
          total={[
            t('total'),
            '',
            ...specs.map((spec) => (
              <ShownFigure key={spec.id} shown={figures.totalOf(spec, rows)} metric={spec.metric} />
            )),
          ]}
          sizing={model.sizing.value}
          sort={model.sort.value}
          onSort={({ column, descending }) => onChange({ sort: column, descending })}
          onOpen={model.open}
        />
        {opened && (
          <OfferDetails
            key={opened.key}
            row={opened}
            comparison={comparison}
            connections={connections}
            trackers={trackers}
            networks={networks}
            metrics={OFFER_METRICS}
            colourOf={model.colourOf}
            onClose={() => model.close()}
          />
        )}
      </div>
    </>
  );
}

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
