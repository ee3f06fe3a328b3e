import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type RowWindow, rowWindow } from './row-window.ts';
import { type Column, cellClass } from './table-column.ts';

/** Cells that one frame draws of rows that are scrolled into sight: some more would miss the frame. */
const CELLS_A_FRAME = 60;
const OVERSCAN = 5;

/** Cells of a row: the first one's content, and the others. */
export interface DrawnRow {
  readonly first: ComponentChildren;
  readonly others: readonly VNode[];
}

interface View {
  readonly scrollTop: number;
  readonly height: number;
  /** How many cells may be drawn for it. */
  readonly cells: number;
}

/**
 * The part of a list that is in sight of its scroll container, and the rows of it that are drawn. While
 * columns and rows are the same, a row that stays in sight keeps its cells; rows that are scrolled into
 * sight are drawn frame by frame, those in sight before those beyond the edges.
 */
export function useDrawnRows<Row>(
  rows: readonly Row[],
  columns: ReadonlyArray<Column<Row>>,
  rowHeight: number,
): {
  readonly shown: RowWindow;
  /** Height of the container, px. */
  readonly height: number;
  readonly drawn: ReadonlyMap<Row, DrawnRow>;
  /** To be called with the container whenever it was scrolled. */
  onScroll(scroller: HTMLElement): void;
  /** To be called with the container whenever its size has changed. */
  onResize(scroller: HTMLElement): void;
} {
  const [view, setView] = useState<View>({ scrollTop: 0, height: 600, cells: 0 });
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
  const isNew = before.columns !== columns || before.rows !== rows;
  const kept = before.columns === columns ? before.drawn : new Map<Row, DrawnRow>();
  let cells = isNew ? Number.POSITIVE_INFINITY : before.view === view ? 0 : view.cells;
  const drawn = new Map<Row, DrawnRow>();
  const inSight = rows.slice(shown.start, shown.end);
  const isSeen = (_: Row, at: number) => {
    const index = shown.start + at;
    return index >= seen.start && index < seen.end;
  };
  const beyond = (row: Row, at: number) => !isSeen(row, at);
  for (const row of [...inSight.filter(isSeen), ...inSight.filter(beyond)]) {
    const known = kept.get(row);
    if (!known && cells <= 0) continue;
    if (!known) cells -= columns.length;
    drawn.set(row, known ?? drawRow(row, columns));
  }
  last.current = { columns, rows, view, drawn };

  // Before its callbacks a frame has told of all scrolling: one rendering answers both.
  const inNextFrame = () => {
    frame.current ??= requestAnimationFrame(() => {
      frame.current = null;
      const { scrollTop = 0, clientHeight: height = 0 } = scrolled.current ?? {};
      setView({ scrollTop, height, cells: CELLS_A_FRAME });
    });
  };
  const isWhole = drawn.size === inSight.length;
  useLayoutEffect(() => {
    if (!isWhole && scrolled.current) inNextFrame();
  });
  useLayoutEffect(() => () => cancelAnimationFrame(frame.current ?? 0), []);

  return {
    shown,
    height: view.height,
    drawn,
    onScroll(scroller) {
      scrolled.current = scroller;
      inNextFrame();
    },
    onResize(scroller) {
      scrolled.current = scroller;
      const { scrollTop, clientHeight: height } = scroller;
      setView({ scrollTop, height, cells: Number.POSITIVE_INFINITY });
    },
  };
}

const drawRow = <Row,>(row: Row, [first, ...others]: ReadonlyArray<Column<Row>>): DrawnRow => ({
  first: first?.cell(row),
  others: others.map((column) => (
    <td
      key={column.id}
      class={cellClass(column)}
      title={column.isCut ? column.text(row) : undefined}
    >
      {column.cell(row)}
    </td>
  )),
});
