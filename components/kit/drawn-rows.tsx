import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Widths } from './column-widths.ts';
import { type ColumnWindow, columnWindow, type RowWindow, rowWindow } from './row-window.ts';
import { type Column, cellClass } from './table-column.ts';

/** Cells that one frame draws of rows that are scrolled into sight: some more would miss the frame. */
const CELLS_A_FRAME = 24;
const OVERSCAN = 3;
/** Up to so many rows are drawn with all of their columns. */
const FEW_ROWS = 200;

/** Cells of a row: the first one's content, and those of the columns that are drawn beside it. */
export interface DrawnRow extends ColumnWindow {
  readonly first: ComponentChildren;
  readonly others: readonly VNode[];
}

interface View {
  readonly scrollTop: number;
  readonly scrollLeft: number;
  /** px; infinite until the container is laid out. */
  readonly width: number;
  readonly height: number;
  /** How many cells may be drawn for it. */
  readonly cells: number;
}

/**
 * The part of a list that is in sight of its scroll container, and the rows of it that are drawn: in a
 * long list only with the columns that are in sight. While columns and rows are the same, a row that
 * stays in sight keeps its cells; what is scrolled into sight is drawn frame by frame, rows in sight
 * before those beyond the edges.
 *
 * @param widths null = not known, all columns are drawn
 * @param whole index of a row that is drawn with all of its columns; −1 = none
 */
export function useDrawnRows<Row>(
  rows: readonly Row[],
  columns: ReadonlyArray<Column<Row>>,
  widths: Widths | null,
  whole: number,
  rowHeight: number,
): {
  readonly shown: RowWindow;
  readonly drawn: ReadonlyMap<Row, DrawnRow>;
  /** To be called with the container whenever it was scrolled. */
  onScroll(scroller: HTMLElement): void;
  /** To be called with the container whenever its size has changed. */
  onResize(scroller: HTMLElement): void;
} {
  const [view, setView] = useState<View>({
    scrollTop: 0,
    scrollLeft: 0,
    width: Number.POSITIVE_INFINITY,
    height: 600,
    cells: 0,
  });
  const last = useRef<{
    columns: unknown;
    rows: unknown;
    view: View | null;
    drawn: ReadonlyMap<Row, DrawnRow>;
  }>({ columns: null, rows: null, view: null, drawn: new Map() });
  const frame = useRef<number | null>(null);
  const scrolled = useRef<HTMLElement | null>(null);

  const { current: before } = last;
  const list = { count: rows.length, rowHeight, ...view };
  const shown = rowWindow({ ...list, overscan: OVERSCAN });
  const seen = rowWindow({ ...list, overscan: 0 });
  const all: ColumnWindow = { from: 1, to: columns.length };
  const some =
    widths && rows.length > FEW_ROWS ? columnWindow(widths, view.scrollLeft, view.width) : all;
  const isNew = before.columns !== columns || before.rows !== rows;
  const kept = before.columns === columns ? before.drawn : new Map<Row, DrawnRow>();
  let cells = isNew ? Number.POSITIVE_INFINITY : before.view === view ? 0 : view.cells;
  const drawn = new Map<Row, DrawnRow>();
  let isComplete = true;
  const draw = (row: Row, index: number) => {
    const known = kept.get(row);
    const wanted = index === whole ? all : some;
    const lacks = cellsLacking(known, wanted);
    if (lacks > 0 && cells <= 0 && index !== whole) {
      isComplete = false;
      if (known) drawn.set(row, known);
      return;
    }
    cells -= lacks;
    const isKept = known && known.from === wanted.from && known.to === wanted.to;
    drawn.set(row, isKept ? known : drawRow(row, columns, wanted, known));
  };
  const isSeen = (index: number) => index >= seen.start && index < seen.end;
  for (const sight of [true, false]) {
    for (const [at, row] of rows.slice(shown.start, shown.end).entries()) {
      if (isSeen(shown.start + at) === sight) draw(row, shown.start + at);
    }
  }
  last.current = { columns, rows, view, drawn };

  // Before its callbacks a frame has told of all scrolling: one rendering answers both.
  const inNextFrame = () => {
    frame.current ??= requestAnimationFrame(() => {
      frame.current = null;
      if (scrolled.current) setView({ ...placeOf(scrolled.current), cells: CELLS_A_FRAME });
    });
  };
  useLayoutEffect(() => {
    if (!isComplete && scrolled.current) inNextFrame();
  });
  useLayoutEffect(() => () => cancelAnimationFrame(frame.current ?? 0), []);

  return {
    shown,
    drawn,
    onScroll(scroller) {
      scrolled.current = scroller;
      inNextFrame();
    },
    onResize(scroller) {
      scrolled.current = scroller;
      setView({ ...placeOf(scroller), cells: Number.POSITIVE_INFINITY });
    },
  };
}

const placeOf = ({ scrollTop, scrollLeft, clientWidth, clientHeight }: HTMLElement) => ({
  scrollTop,
  scrollLeft,
  width: clientWidth,
  height: clientHeight,
});

/** How many cells have to be drawn for it, its first one counted. */
function cellsLacking(known: DrawnRow | undefined, { from, to }: ColumnWindow): number {
  if (!known) return 1 + to - from;
  const shared = Math.min(to, known.to) - Math.max(from, known.from);
  return to - from - Math.max(0, shared);
}

/** The cells of a row; those that are known stay what they are. */
const drawRow = <Row,>(
  row: Row,
  columns: ReadonlyArray<Column<Row>>,
  { from, to }: ColumnWindow,
  known: DrawnRow | undefined,
): DrawnRow => ({
  from,
  to,
  first: known ? known.first : columns[0]?.cell(row),
  others: columns
    .slice(from, to)
    .map((column, at) => known?.others[from + at - known.from] ?? drawCell(row, column)),
});

const drawCell = <Row,>(row: Row, column: Column<Row>): VNode => (
  <td key={column.id} class={cellClass(column)} title={column.isCut ? column.text(row) : undefined}>
    {column.cell(row)}
  </td>
);
