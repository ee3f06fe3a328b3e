import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The narrowest and the widest that a column can be made, in px. */
export const COLUMN_WIDTHS = { least: 40, most: 640 } as const;

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
 * @param columns ids, the first of which cuts its text where there is no room
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
  const checked = useRef<{ contents: unknown; rows: WeakSet<Element> }>({
    contents: null,
    rows: new WeakSet(),
  });
  if (checked.current.contents !== contents) checked.current = { contents, rows: new WeakSet() };
  const needed = measured?.ids === ids ? measured.widths : null;
  useLayoutEffect(() => {
    const element = table.current;
    if (!chosen || !element || element.offsetWidth === 0) return;
    const heads = [...(element.tHead?.rows ?? [])].at(-1);
    if (!heads) return;
    if (!needed) {
      return setMeasured({ ids, widths: [...heads.cells].map(({ offsetWidth }) => offsetWidth) });
    }
    const grown = [...needed];
    const { rows } = checked.current;
    const totals = [...(element.tFoot?.rows ?? [])];
    for (const row of [
      heads,
      ...totals,
      ...[...element.tBodies].flatMap(({ rows: all }) => [...all]),
    ]) {
      if (row.cells.length !== columns.length || rows.has(row)) continue;
      if (row !== heads) rows.add(row);
      for (const cell of [...row.cells].slice(1)) {
        const { cellIndex: at, scrollWidth, clientWidth, offsetWidth } = cell;
        if (columns[at] && chosen[columns[at]] === undefined && scrollWidth > clientWidth) {
          grown[at] = Math.max(grown[at] ?? 0, offsetWidth + scrollWidth - clientWidth);
        }
      }
    }
    if (grown.some((width, at) => width !== needed[at])) setMeasured({ ids, widths: grown });
  });
  if (!chosen || !needed) return null;
  return needed.map((width, at) => chosen[columns[at] ?? ''] ?? width);
}

/** A width within what a column can have. */
export const columnWidth = (px: number): number =>
  Math.round(Math.min(COLUMN_WIDTHS.most, Math.max(COLUMN_WIDTHS.least, px)));
