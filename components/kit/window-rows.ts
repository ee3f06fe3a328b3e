/** Which rows of a list with rows of one height have to be drawn. */
export interface RowWindow {
  /** First row to draw, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Height in px of what is left out above and below. */
  readonly above: number;
  readonly below: number;
}

/**
 * @param scrolled px above the visible part
 * @param height px of the visible part
 * @param extra rows drawn beyond it on each side, so that scrolling shows no holes
 */
export function windowRows(of: {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrolled: number;
  readonly height: number;
  readonly extra?: number;
}): RowWindow {
  const { count, rowHeight, extra = 8 } = of;
  const first = Math.floor(Math.max(0, of.scrolled) / rowHeight) - extra;
  const shown = Math.ceil(of.height / rowHeight) + 2 * extra;
  const start = Math.max(0, Math.min(first, count - shown));
  const end = Math.min(count, start + shown);
  return { start, end, above: start * rowHeight, below: (count - end) * rowHeight };
}
