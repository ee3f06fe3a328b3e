import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

/** The narrowest and the widest that a column can be made, in px. */
export const COLUMN_WIDTHS = { least: 40, most: 640 } as const;

/** Up to here the first column grows by itself, in px. */
const MOST_OF_FIRST = 320;

/** Columns that the user can make wider and narrower. */
export interface Sizing {
  /** Column id → px; a column that is not in it is as wide as its cells need. */
  readonly chosen: Readonly<Record<string, number>>;
  /** @param width px; null = as wide as its cells need */
  onChoose(column: string, width: number | null): void;
}

/** A table whose columns keep their widths: px of each, in their order. */
export type Widths = readonly number[];

/**
 * Widths that stay while rows come and go, so that scrolling neither moves columns nor has the browser
 * measure every cell again. The browser lays the first rows out; from then on a column only grows, when
 * a cell comes that needs more.
 *
 * @param columns ids; the first one's column has names, which are cut from some length on
 * @param contents anything that is another when cells have changed
 * @returns null until the browser has laid the first rows out
 */
export function useColumnWidths(
  table: RefObject<HTMLTableElement | null>,
  columns: readonly string[],
  chosen: Sizing['chosen'] | null,
  contents: unknown,
): Widths | null {
  const ids = columns.join('\n');
  const [measured, setMeasured] = useState<{ ids: string; widths: Widths } | null>(null);
  const checked = useRef<Checked>(nothingChecked(null));
  if (checked.current.contents !== contents) checked.current = nothingChecked(contents);
  const needed = measured?.ids === ids ? measured.widths : null;
  useLayoutEffect(() => {
    const element = table.current;
    if (!chosen || !element) return;
    const heads = [...(element.tHead?.rows ?? [])].at(-1);
    if (!heads) return;
    if (!needed && element.offsetWidth === 0) return;
    if (!needed) {
      return setMeasured({ ids, widths: [...heads.cells].map(({ offsetWidth }) => offsetWidth) });
    }
    const grown = [...needed];
    const { cells, longest, isFirst } = checked.current;
    checked.current.isFirst = false;
    const [totals, drawn] = [
      element.tFoot?.rows ?? [],
      [...element.tBodies].map((body) => body.rows),
    ];
    for (const row of [heads, ...totals, ...drawn.flatMap((all) => [...all])]) {
      let next = 0;
      for (const cell of row.cells) {
        const at = next;
        next += cell.colSpan;
        if (cell.colSpan > 1 || cells.has(cell)) continue;
        cells.add(cell);
        // To ask for sizes has the browser lay the table out: a shorter text needs no more than a longer.
        const length = cell.textContent?.length ?? 0;
        if (length <= (longest[at] ?? 0) || chosen[columns[at] ?? ''] !== undefined) continue;
        longest[at] = length;
        const more = lacking(cell);
        const most = at === 0 ? MOST_OF_FIRST : Number.POSITIVE_INFINITY;
        if (more > 0) grown[at] = Math.max(grown[at] ?? 0, Math.min(most, cell.offsetWidth + more));
      }
    }
    if (grown.every((width, at) => width === needed[at])) return;
    const grow = () =>
      setMeasured((now) =>
        now?.ids === ids
          ? { ids, widths: now.widths.map((width, at) => Math.max(width, grown[at] ?? 0)) }
          : now,
      );
    if (isFirst) grow();
    // What was drawn since, as while scrolling: to lay wider columns out is the work of the next frame.
    else requestAnimationFrame(grow);
  });
  return useMemo(
    () => chosen && (needed?.map((width, at) => chosen[columns[at] ?? ''] ?? width) ?? null),
    [chosen, needed],
  );
}

/** What of a table was looked at since its contents were others. */
interface Checked {
  readonly contents: unknown;
  /** Is that still to come? */
  isFirst: boolean;
  readonly cells: WeakSet<Element>;
  /** Characters of the longest text of each column. */
  readonly longest: number[];
}
const nothingChecked = (contents: unknown): Checked => ({
  contents,
  isFirst: true,
  cells: new WeakSet(),
  longest: [],
});

/** What a cell lacks to show all of its text, in px. Names shorten themselves where there is no room. */
function lacking(cell: Element): number {
  const parts = [cell, ...cell.querySelectorAll('.name, .start')];
  return Math.max(...parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
}

/** A width within what a column can have. */
export const columnWidth = (px: number): number =>
  Math.round(Math.min(COLUMN_WIDTHS.most, Math.max(COLUMN_WIDTHS.least, px)));
