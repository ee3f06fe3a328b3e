/** The rows of a fixed-height list that have to be drawn. */
export interface RowWindow {
  /** First row to draw, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Height of the rows left out above and below, in px. */
  readonly above: number;
  readonly below: number;
}

/**
 * @param scrollTop px
 * @param height of the viewport, in px
 * @param overscan rows drawn beyond each edge, so that scrolling shows no gaps
 */
export function rowWindow(list: {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
  readonly overscan?: number;
}): RowWindow {
  const { count, rowHeight, overscan = 8 } = list;
  const first = Math.floor(Math.max(0, list.scrollTop) / rowHeight) - overscan;
  const shown = Math.ceil(list.height / rowHeight) + 2 * overscan;
  const start = Math.max(0, Math.min(first, count - shown));
  const end = Math.min(count, start + shown);
  return { start, end, above: start * rowHeight, below: (count - end) * rowHeight };
}

/** The columns that have to be drawn beside the first one, which is always in sight: `to` is the one after the last. */
export interface ColumnWindow {
  readonly from: number;
  readonly to: number;
}

/** The window moves in steps of so many px, and reaches so many px beyond each edge. */
const SCROLL_STEP = 160;
const BEYOND = 80;

/**
 * @param widths of all columns, px
 * @param scrollLeft px
 * @param width of the viewport, px
 */
export function columnWindow(
  widths: readonly number[],
  scrollLeft: number,
  width: number,
): ColumnWindow {
  const stepped = Math.floor(Math.max(0, scrollLeft) / SCROLL_STEP) * SCROLL_STEP;
  // The first column covers what is under it.
  const start = stepped + (widths[0] ?? 0) - BEYOND;
  const end = stepped + SCROLL_STEP + width + BEYOND;
  let [from, to, left] = [widths.length, 1, 0];
  widths.forEach((of, at) => {
    const right = left + of;
    if (at > 0 && right > start && left < end) {
      from = Math.min(from, at);
      to = at + 1;
    }
    left = right;
  });
  return { from: Math.min(from, to), to };
}
