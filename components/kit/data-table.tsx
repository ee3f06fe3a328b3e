import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { columnWidth, type Sizing, useColumnWidths } from './column-widths.ts';
import { useDrawnRows } from './drawn-rows.tsx';
import { type Column, cellClass, type Sort } from './table-column.ts';
import { TableHead } from './table-head.tsx';
import { type RowActions, TableRow } from './table-row.tsx';
import { type Tree, useSelection } from './table-selection.ts';

const ROW_HEIGHT = 28;

/** A virtualised table with a sticky head, first column and totals; for its keys see `useSelection`. */
export function DataTable<Row>({
  label,
  columns: allColumns,
  rows,
  keyOf,
  total,
  sort,
  onSort,
  onOpen,
  tree,
  sizing,
  height,
}: {
  label: string;
  columns: ReadonlyArray<Column<Row>>;
  rows: readonly Row[];
  keyOf(row: Row): string;
  total?: readonly ComponentChildren[];
  sort?: Sort;
  onSort?(sort: Sort): void;
  onOpen?(row: Row): void;
  tree?: Tree<Row>;
  sizing?: Sizing;
  /** CSS height of the scroll container. */
  height: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const chosen = useMemo(
    () => (sizing ? { ...sizing.chosen, ...dragged } : null),
    [sizing, dragged],
  );
  const columns = useMemo(
    () =>
      allColumns.map((column) =>
        chosen?.[column.id] === undefined ? column : { ...column, isCut: true },
      ),
    [allColumns, Object.keys(chosen ?? {}).join('\n')],
  );
  const contents = useMemo(() => ({}), [columns, rows]);
  const widths = useColumnWidths(
    table,
    columns.map(({ id }) => id),
    chosen,
    contents,
  );
  const selection = useSelection({
    scroller,
    rows,
    columns,
    keyOf,
    rowHeight: ROW_HEIGHT,
    tree,
    onOpen,
    onWiden:
      sizing &&
      ((at, by) => {
        const [column, width] = [columns[at], widths?.[at]];
        if (column && width !== undefined) sizing.onChoose(column.id, columnWidth(width + by));
      }),
  });
  // The chosen cell is scrolled to, so it has to be there.
  const whole = selection.column < 0 ? -1 : selection.selected;
  const { shown, drawn, ...view } = useDrawnRows(rows, columns, widths, whole, ROW_HEIGHT);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // It reports the first size too, before the first paint.
    const observer = new ResizeObserver(() => view.onResize(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const actions = useRef<RowActions<Row>>(null);
  actions.current = {
    open(row, index) {
      selection.chooseRow(index);
      onOpen?.(row);
    },
    toggle(row, index) {
      selection.choose(index);
      tree?.onToggle(row);
    },
  };
  // While rows are scrolled past, all else is as it was.
  const columnWidths = useMemo(
    () =>
      widths && (
        <colgroup>
          {columns.map(({ id }, at) => (
            <col key={id} style={{ inlineSize: `${widths[at]}px` }} />
          ))}
        </colgroup>
      ),
    [columns, widths],
  );
  const head = useMemo(
    () => (
      <TableHead
        columns={columns}
        sort={sort}
        onSort={onSort}
        {...(sizing && {
          onDrag: (column, width) => setDragged({ [column]: width }),
          onWidth: (column, width) => {
            setDragged({});
            sizing.onChoose(column, width);
          },
        })}
      />
    ),
    [columns, sort, onSort, sizing],
  );
  const foot = useMemo(
    () =>
      total && (
        <tfoot>
          <tr class="total">
            {total.map((cell, at) => {
              const column = columns[at];
              return (
                <td key={column?.id} class={at === 0 ? 'first' : column && cellClass(column)}>
                  {cell}
                </td>
              );
            })}
          </tr>
        </tfoot>
      ),
    [columns, total],
  );
  const sum = widths?.reduce((all, width) => all + width, 0);

  return (
    <div
      class="scroll"
      ref={scroller}
      style={{ height }}
      onScroll={({ currentTarget }) => view.onScroll(currentTarget)}
      onKeyDown={selection.onKeyDown}
      onCopy={selection.onCopy}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table
        class={`grid-table ${sizing ? (widths ? 'sized' : 'measured') : ''}`}
        style={{ inlineSize: sum && `max(100%, ${sum}px)` }}
        ref={table}
        role={tree ? 'treegrid' : undefined}
        aria-label={label}
        aria-rowcount={rows.length}
      >
        {columnWidths}
        {head}
        <tbody>
          {shown.above > 0 && <tr class="spacer" style={{ height: `${shown.above}px` }} />}
          {rows.slice(shown.start, shown.end).map((row, offset) => {
            const index = shown.start + offset;
            return (
              <TableRow
                key={keyOf(row)}
                row={row}
                index={index}
                columns={columns.length}
                cells={drawn.get(row)}
                cursor={index === selection.selected ? selection.column : -1}
                isSelected={selection.isAll || index === selection.selected}
                level={tree?.level(row)}
                line={tree?.lineOf(row) ?? null}
                isOpen={tree?.isOpen(row) ?? null}
                nameOf={tree?.nameOf}
                actions={actions}
              />
            );
          })}
          {shown.below > 0 && <tr class="spacer" style={{ height: `${shown.below}px` }} />}
        </tbody>
        {foot}
      </table>
      <span class="hidden-text" role="status">
        {selection.said}
      </span>
    </div>
  );
}
