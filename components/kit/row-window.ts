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
