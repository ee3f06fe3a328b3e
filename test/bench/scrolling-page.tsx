import { render } from 'preact';
import { type TabulatorCell, TabulatorFull } from 'tabulator-tables';
import tabulatorStyle from 'tabulator-tables/dist/css/tabulator.min.css?inline';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { DataTable } from '../../components/kit/data-table.tsx';
import { Figure, figureText } from '../../components/kit/figure.tsx';
import { GapMark, gapText, StateMark } from '../../components/kit/gap-mark.tsx';
import kit from '../../components/kit/kit.css?inline';
import { Name } from '../../components/kit/name.tsx';
import type { Column } from '../../components/kit/table-column.ts';
import tokens from '../../components/kit/tokens.css?inline';
import { type ComparedSide, createComparison } from '../../lib/compare/comparison.ts';
import { type JoinedRow, joinSides } from '../../lib/compare/join.ts';
import { provideMessages } from '../../lib/i18n.ts';
import { type Metric, metricsOf, NO_METRICS } from '../../lib/report/metrics.ts';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import { randomFrom } from '../simulators/model/random.ts';

/** Fills a page with the same 100,000 rows: in our table, or as plain text in one of a grid library. */
const COUNT = 100_000;
const METRICS: readonly Metric[] = ['clicks', 'conversions', 'revenue', 'cost'];
const HEIGHT = '700px';
const NONE_CHOSEN = {};

const texts: Record<string, { readonly message: string }> = en;
provideMessages(
  (key, values = []) =>
    (texts[key]?.message ?? '').replace(/\$(\d)/g, (_, index) => values[Number(index) - 1] ?? ''),
  'en',
);

const random = randomFrom(17);
const sides = Array.from(
  { length: 4 },
  (_, side): ComparedSide => ({
    connection: String(side),
    currency: 'USD',
    kind: 'tracker',
    report: { zone: 'UTC', currency: 'USD', basis: 'visit', complete: true, fetchedAt: 0 },
    rows: Array.from({ length: COUNT }, (_, index) => ({
      id: String(index),
      name: `Campaign ${index} push DE`,
      metrics: metricsOf({
        clicks: Math.round(random() * 1e5),
        conversions: Math.round(random() * 500),
        revenue: random() * 1e3,
        cost: random() * 1e3,
      }),
    })),
  }),
);
const comparison = createComparison({
  sides,
  rows: joinSides(sides, []),
  range: { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' },
  now: 0,
});

/** Each metric of each side, and after it its gap to the first. */
const specs = METRICS.flatMap((metric) =>
  sides.flatMap((_, side) =>
    [false, ...(side > 0 ? [true] : [])].map((gap) => ({
      id: `${metric}${side}${gap}`,
      metric,
      side,
      gap,
    })),
  ),
);
type Spec = (typeof specs)[number];
const metricsIn = (row: JoinedRow, { side }: Spec) => row.cells[side]?.metrics ?? NO_METRICS;
const textIn = (row: JoinedRow, spec: Spec): string =>
  spec.gap
    ? gapText(spec.metric, comparison.gap(row, spec.side, spec.metric))
    : figureText(metricsIn(row, spec), spec.metric, 'USD');

function ours(root: HTMLElement): void {
  style(tokens + kit + dashboardStyle);
  const columns: Column<JoinedRow>[] = [
    {
      id: 'name',
      title: 'Campaign',
      label: 'Campaign',
      cell: (row) => (
        <>
          <StateMark state={comparison.worst(row, METRICS)} />{' '}
          <Name text={row.name} maxLength={36} />
        </>
      ),
      text: ({ name }) => name,
    },
    ...specs.map(
      (spec): Column<JoinedRow> => ({
        id: spec.id,
        title: spec.id,
        label: spec.id,
        group: spec.metric,
        cell: (row) =>
          spec.gap ? (
            <GapMark metric={spec.metric} gap={comparison.gap(row, spec.side, spec.metric)} />
          ) : (
            <Figure metrics={metricsIn(row, spec)} metric={spec.metric} currency="USD" />
          ),
        text: (row) => textIn(row, spec),
      }),
    ),
  ];
  render(
    <div class="ct">
      <DataTable
        label="Compare"
        height={HEIGHT}
        columns={columns}
        rows={comparison.rows}
        keyOf={({ key }) => key}
        sizing={{ chosen: NONE_CHOSEN, onChoose() {} }}
      />
    </div>,
    root,
  );
}

function peer(root: HTMLElement): Promise<void> {
  style(tabulatorStyle);
  const table = new TabulatorFull<{ readonly row: JoinedRow }>(root, {
    height: HEIGHT,
    rowHeight: 28,
    // Widths that are given need not be measured.
    columns: [
      { title: 'Campaign', width: 200, formatter: (cell) => cell.getData().row.name },
      ...specs.map((spec) => ({
        title: spec.id,
        width: 80,
        formatter: (cell: TabulatorCell<{ readonly row: JoinedRow }>) =>
          textIn(cell.getData().row, spec),
      })),
    ],
    data: comparison.rows.map((row) => ({ row })),
  });
  return new Promise((built) => table.on('tableBuilt', built));
}

function style(text: string): void {
  const element = document.createElement('style');
  element.textContent = text;
  document.head.append(element);
}

Object.assign(globalThis, { tables: { ours, peer } });
