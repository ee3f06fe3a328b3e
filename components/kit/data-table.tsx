import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { copyText } from './clipboard.ts';
import { rowWindow } from './row-window.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: ComponentChildren;
  /** The title as plain text. */
  readonly label: string;
  cell(row: Row): ComponentChildren;
  /** The cell as plain text, for the clipboard. */
  text(row: Row): string;
  readonly sortable?: boolean;
  /**
   * 'words' are aligned to the start, figures to the end; an 'edge' starts a group of columns; 'wide'
   * ones are for tables that have the room.
   */
  readonly kind?: 'words' | 'edge' | 'wide';
  /** Heading that it shares with its neighbours of the same group. */
  readonly group?: string;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows that open to further rows, which follow them in the list. */
export interface Tree<Row> {
  /** From 1. */
  level(row: Row): number;
  /** null = it does not open. */
  isOpen(row: Row): boolean | null;
  onToggle(row: Row): void;
  /** Name of a row that opens. */
  nameOf(row: Row): string;
  /** The text of a line that has no cells; null = it has cells. */
  lineOf(row: Row): string | null;
}

const ROW_HEIGHT = 28;

/** Runs of columns that share a heading; null where none has one. */
function groupsOf<Row>(
  columns: readonly Column<Row>[],
): { id: string; title: string; count: number }[] | null {
  if (columns.every(({ group }) => group === undefined)) return null;
  const groups: { id: string; title: string; count: number }[] = [];
  for (const { id, group = '' } of columns) {
    const last = groups.at(-1);
    if (last && last.title === group) last.count++;
    else groups.push({ id, title: group, count: 1 });
  }
  return groups;
}

/** The chosen row: its key, and where it was last. */
interface Chosen {
  readonly key: string;
  readonly index: number;
}

/** Where the chosen row is, also when others came in above it; −1 = nowhere. */
function placeOf<Row>(
  chosen: Chosen | null,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): number {
  if (!chosen) return -1;
  const row = rows[chosen.index];
  if (row !== undefined && keyOf(row) === chosen.key) return chosen.index;
  return rows.findIndex((one) => keyOf(one) === chosen.key);
}

/**
 * A virtualised table with a sticky head, first column and totals. ↑ and ↓ choose a row, Enter opens
 * it, ← and → choose a cell of it, Ctrl+A the whole table; Ctrl+C copies what is chosen. In a tree → and
 * ← open and close a row first, and ← leads from a row to the one that holds it.
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
  tree,
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
  tree?: Tree<Row>;
  /** CSS height of the scroll container. */
  height: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrollTop: 0, height: 600 });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const selected = placeOf(chosen, rows, keyOf);
  if (chosen && selected >= 0 && selected !== chosen.index) {
    setChosen({ ...chosen, index: selected });
  }
  const setSelected = (index: number) => {
    const row = rows[index];
    setChosen(row === undefined ? null : { key: keyOf(row), index });
  };
  /** Which part of the selection Ctrl+C copies: a column's cell, the row (−1), or all rows. */
  const [part, setPart] = useState<number | 'all'>(-1);
  const shown = rowWindow({ count: rows.length, rowHeight: ROW_HEIGHT, ...view });
  const inSight = rows.slice(shown.start, shown.end);
  const cells = useCells(columns, inSight);

  const measure = () => {
    const element = scroller.current;
    if (element) setView({ scrollTop: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(() => {
    if (!scroller.current) return;
    // It reports the first size too, before the first paint.
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  const select = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setSelected(next);
    if (part === 'all') setPart(-1);
    const element = scroller.current;
    if (!element) return;
    // The sticky head and totals each cover a row.
    const top = next * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + 3 * ROW_HEIGHT;
    if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  };
  const selectCell = (column: number) => {
    if (rows.length === 0) return;
    if (selected < 0) setSelected(0);
    setPart(Math.max(-1, Math.min(columns.length - 1, column)));
  };
  const cursor = typeof part === 'number' ? columns[part] : undefined;
  useLayoutEffect(() => {
    if (!cursor) return;
    const cell = scroller.current?.querySelector('[data-cursor]');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected, part]);
  const textOf = (row: Row) => columns.map((column) => column.text(row)).join('\t');
  /** What is chosen, as tab-separated text; null = nothing. */
  const chosenText = (): string | null => {
    if (part === 'all') {
      return [columns.map(({ label: head }) => head).join('\t'), ...rows.map(textOf)].join('\n');
    }
    const row = rows[selected];
    return row ? (cursor?.text(row) ?? textOf(row)) : null;
  };
  /** The same, unless the user has marked some text. */
  const copied = () => (String(getSelection() ?? '') === '' ? chosenText() : null);
  const copy = (event: ClipboardEvent) => {
    const text = copied();
    if (text === null) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  /** Opens, closes or leaves the chosen row. @returns was there anything to do? */
  const moveInTree = (key: string): boolean => {
    const row = rows[selected];
    if (!tree || row === undefined) return false;
    const open = tree.isOpen(row);
    if ((key === 'ArrowRight' && open === false) || (key === 'ArrowLeft' && open === true)) {
      tree.onToggle(row);
      return true;
    }
    if (key !== 'ArrowLeft') return false;
    const level = tree.level(row);
    const above = rows.slice(0, selected).findLastIndex((one) => tree.level(one) < level);
    if (above >= 0) select(above);
    return above >= 0;
  };
  const move = (event: KeyboardEvent) => {
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
    const row = rows[selected];
    const column = typeof part === 'number' ? part : -1;
    const ofControl = event.ctrlKey || event.metaKey;
    if (step !== undefined) select(selected + step);
    else if (column === -1 && !ofControl && moveInTree(event.key)) return event.preventDefault();
    else if (event.key === 'ArrowRight') selectCell(column + 1);
    else if (event.key === 'ArrowLeft') selectCell(column - 1);
    else if (ofControl && event.code === 'KeyA') setPart('all');
    else if (ofControl && event.code === 'KeyC' && copied() !== null) {
      // Firefox has no copy event where no text is marked.
      void copyText(copied() ?? '', scroller.current);
    } else if (event.key === 'Enter' && row && onOpen) onOpen(row);
    else return;
    event.preventDefault();
  };
  const chosenRow = rows[selected];

  const groups = groupsOf(columns);

  return (
    <div
      class="scroll"
      ref={scroller}
      style={{ height }}
      onScroll={measure}
      onKeyDown={move}
      onCopy={copy}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table
        class="grid-table"
        role={tree ? 'treegrid' : undefined}
        aria-label={label}
        aria-rowcount={rows.length}
      >
        <thead class={groups ? 'grouped' : ''}>
          {groups && (
            <tr>
              {groups.map(({ id, title, count }, index) =>
                title ? (
                  <th key={id} scope="colgroup" colSpan={count} class="edge">
                    {title}
                  </th>
                ) : (
                  <td key={id} colSpan={count} class={index === 0 ? 'first' : ''} />
                ),
              )}
            </tr>
          )}
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.id}
                scope="col"
                class={index === 0 ? 'first' : column.kind}
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
          {inSight.map((row, offset) => {
            const index = shown.start + offset;
            const line = tree?.lineOf(row) ?? null;
            const open = tree?.isOpen(row) ?? null;
            return (
              <tr
                key={keyOf(row)}
                aria-rowindex={index + 1}
                aria-level={tree?.level(row)}
                aria-expanded={open ?? undefined}
                aria-selected={part === 'all' || index === selected}
                onClick={() => {
                  setSelected(index);
                  setPart(-1);
                  onOpen?.(row);
                }}
              >
                {line !== null && (
                  <td colSpan={columns.length} class="words">
                    <span class="line small soft" title={line}>
                      {line}
                    </span>
                  </td>
                )}
                {(line === null ? columns : []).map((column, at) => (
                  <td
                    key={column.id}
                    class={at === 0 ? 'first' : column.kind}
                    data-cursor={index === selected && at === part ? '' : undefined}
                  >
                    {tree && at === 0 && (
                      <Disclosure
                        open={open}
                        name={tree.nameOf(row)}
                        onToggle={() => {
                          setSelected(index);
                          tree.onToggle(row);
                        }}
                      />
                    )}
                    {cells.get(row)?.[at]}
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
                <td key={columns[at]?.id} class={at === 0 ? 'first' : columns[at]?.kind}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      <span class="hidden-text" role="status">
        {cursor && chosenRow !== undefined ? `${cursor.label}: ${cursor.text(chosenRow)}` : ''}
      </span>
    </div>
  );
}

/**
 * The cells of the rows in sight. While the columns are the same, a row that stays in sight keeps its
 * cells, so that scrolling draws no more than the rows that come.
 */
function useCells<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): ReadonlyMap<Row, readonly ComponentChildren[]> {
  const last = useRef({ columns, cells: new Map<Row, readonly ComponentChildren[]>() });
  const kept = last.current.columns === columns ? last.current.cells : new Map<Row, never>();
  const cells = new Map(
    rows.map((row) => [row, kept.get(row) ?? columns.map((column) => column.cell(row))]),
  );
  last.current = { columns, cells };
  return cells;
}

/** Opens and closes a row; as wide where there is nothing to open. */
function Disclosure({
  open,
  name,
  onToggle,
}: {
  open: boolean | null;
  name: string;
  onToggle(): void;
}) {
  if (open === null) return <span class="disclosure" />;
  return (
    <button
      type="button"
      class="disclosure"
      name="disclose"
      // The table has the arrow keys for it.
      tabIndex={-1}
      aria-label={t(open ? 'rowClose' : 'rowOpen', name)}
      aria-expanded={open}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      {open ? '▾' : '▸'}
    </button>
  );
}
