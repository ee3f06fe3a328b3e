import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { windowRows } from './window-rows.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: ComponentChildren;
  /** For `title` attributes and copying, where the title is not text. */
  readonly label: string;
  cell(row: Row): ComponentChildren;
  /** Text for copying. */
  text(row: Row): string;
  readonly sortable?: boolean;
  /** 'words' begin where figures end; an 'edge' begins a group of columns. */
  readonly look?: 'words' | 'edge';
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

const ROW_HEIGHT = 28;

/**
 * A table for many rows: only those in sight are drawn. Sticky head, first
 * column and totals; ↑ ↓ move, Enter opens, Ctrl+C copies the row, with Shift
 * the whole table.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  total,
  sort,
  onSort,
  onOpen,
  height,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  total?: readonly ComponentChildren[];
  sort?: Sort;
  onSort?(sort: Sort): void;
  onOpen?(row: Row): void;
  /** CSS height of the scrolled part. */
  height: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrolled: 0, height: 600 });
  const [chosen, setChosen] = useState(-1);
  const shown = windowRows({ count: rows.length, rowHeight: ROW_HEIGHT, ...view });

  const look = () => {
    const element = scroller.current;
    if (element) setView({ scrolled: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(() => {
    if (!scroller.current) return;
    // Told of the first size too, before anything is painted.
    const observer = new ResizeObserver(look);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  const choose = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setChosen(next);
    const element = scroller.current;
    if (!element) return;
    // Head and totals cover a row each.
    const top = next * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + 3 * ROW_HEIGHT;
    if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  };
  const textOf = (row: Row) => columns.map((column) => column.text(row)).join('\t');
  const copy = (event: ClipboardEvent) => {
    const row = rows[chosen];
    if (!row || String(getSelection() ?? '') !== '') return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', textOf(row));
  };
  const press = (event: KeyboardEvent) => {
    const page = Math.floor(view.height / ROW_HEIGHT) - 3;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    const row = rows[chosen];
    if (step !== undefined) choose(chosen + step);
    else if (event.key === 'Enter' && row && onOpen) onOpen(row);
    else return;
    event.preventDefault();
  };

  return (
    <div
      class="scroll"
      ref={scroller}
      style={{ height }}
      onScroll={look}
      onKeyDown={press}
      onCopy={copy}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table class="grid-table" aria-label={label} aria-rowcount={rows.length}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.id}
                scope="col"
                class={index === 0 ? 'first' : column.look}
                aria-sort={
                  sort?.column === column.id
                    ? sort.descending
                      ? 'descending'
                      : 'ascending'
                    : undefined
                }
              >
                {column.sortable && onSort ? (
                  <button
                    type="button"
                    title={t('sortBy', column.label)}
                    onClick={() =>
                      onSort({
                        column: column.id,
                        descending: sort?.column === column.id ? !sort.descending : true,
                      })
                    }
                  >
                    {column.title}
                    {sort?.column === column.id ? (sort.descending ? ' ▾' : ' ▴') : ''}
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.above > 0 && <tr class="spacer" style={{ height: `${shown.above}px` }} />}
          {rows.slice(shown.start, shown.end).map((row, offset) => {
            const index = shown.start + offset;
            return (
              <tr
                key={keyOf(row)}
                aria-rowindex={index + 1}
                aria-selected={index === chosen}
                onClick={() => {
                  setChosen(index);
                  onOpen?.(row);
                }}
              >
                {columns.map((column, at) => (
                  <td key={column.id} class={at === 0 ? 'first' : column.look}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {shown.below > 0 && <tr class="spacer" style={{ height: `${shown.below}px` }} />}
        </tbody>
        {total && (
          <tfoot>
            <tr class="total">
              {total.map((cell, at) => (
                <td key={columns[at]?.id} class={at === 0 ? 'first' : columns[at]?.look}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
