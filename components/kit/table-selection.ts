import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { copyText } from './clipboard.ts';
import type { Column } from './table-column.ts';

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

/** The chosen row: its key, and where it was last. */
interface Chosen {
  readonly key: string;
  readonly index: number;
}

/** Which part of the selection is copied: a column's cell, the row (−1), or all rows. */
type Part = number | 'all';

/** How much wider or narrower a column gets by one press, in px. */
const WIDTH_STEP = 16;

/**
 * The chosen row or cell of a table, and its keys: ↑ and ↓ choose a row, Enter opens it, ← and → choose
 * a cell of it, Shift with them makes the cell's column narrower and wider, Ctrl+A chooses the whole
 * table; Ctrl+C copies what is chosen. In a tree → and ← open and close a row first, and ← leads from a
 * row to the one that holds it.
 */
export function useSelection<Row>({
  scroller,
  rows,
  columns,
  keyOf,
  rowHeight,
  tree,
  onOpen,
  onWiden,
}: {
  scroller: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  columns: ReadonlyArray<Column<Row>>;
  keyOf(row: Row): string;
  /** px */
  rowHeight: number;
  tree: Tree<Row> | undefined;
  onOpen: ((row: Row) => void) | undefined;
  /** @param by px */
  onWiden: ((column: number, by: number) => void) | undefined;
}) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [part, setPart] = useState<Part>(-1);
  const selected = placeOf(chosen, rows, keyOf);
  if (chosen && selected >= 0 && selected !== chosen.index) {
    setChosen({ ...chosen, index: selected });
  }
  const row = rows[selected];
  const at = typeof part === 'number' ? part : -1;
  const cursor = columns[at];

  const choose = (index: number) => {
    const next = rows[index];
    setChosen(next === undefined ? null : { key: keyOf(next), index });
  };
  const select = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    choose(next);
    if (part === 'all') setPart(-1);
    const element = scroller.current;
    if (!element) return;
    // The sticky head and totals each cover a row.
    const top = next * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + 3 * rowHeight;
    if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  };
  const selectCell = (column: number) => {
    if (rows.length === 0) return;
    if (selected < 0) choose(0);
    setPart(Math.max(-1, Math.min(columns.length - 1, column)));
  };
  useLayoutEffect(() => {
    if (!cursor) return;
    const cell = scroller.current?.querySelector('[data-cursor]');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected, part]);

  const textOf = (one: Row) => columns.map((column) => column.text(one)).join('\t');
  /** What is chosen, as tab-separated text; null = nothing. */
  const chosenText = (): string | null => {
    if (part === 'all') {
      return [columns.map(({ label }) => label).join('\t'), ...rows.map(textOf)].join('\n');
    }
    return row === undefined ? null : (cursor?.text(row) ?? textOf(row));
  };
  /** The same, unless the user has marked some text. */
  const copied = () => (String(getSelection() ?? '') === '' ? chosenText() : null);

  /** Opens, closes or leaves the chosen row. @returns was there anything to do? */
  const moveInTree = (key: string): boolean => {
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
  /** @returns was the key one of the table's? */
  const press = (event: KeyboardEvent): boolean => {
    const { key, code, shiftKey } = event;
    const ofControl = event.ctrlKey || event.metaKey;
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 3;
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    }[key];
    const sideways = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step !== undefined) {
      select(selected + step);
    } else if (sideways !== undefined && shiftKey && onWiden && cursor) {
      onWiden(at, sideways * WIDTH_STEP);
    } else if (sideways !== undefined) {
      if (at !== -1 || ofControl || !moveInTree(key)) selectCell(at + sideways);
    } else if (ofControl && code === 'KeyA') {
      setPart('all');
    } else if (ofControl && code === 'KeyC' && copied() !== null) {
      // Firefox has no copy event where no text is marked.
      void copyText(copied() ?? '', scroller.current);
    } else if (key === 'Enter' && row !== undefined && onOpen) {
      onOpen(row);
    } else {
      return false;
    }
    return true;
  };

  return {
    /** Index of the chosen row; −1 = none. */
    selected,
    isAll: part === 'all',
    /** Index of the chosen cell's column; −1 = the whole row. */
    column: at,
    /** The chosen cell, to be read out. */
    said: cursor && row !== undefined ? `${cursor.label}: ${cursor.text(row)}` : '',
    /** Chooses a whole row. */
    chooseRow(index: number) {
      choose(index);
      setPart(-1);
    },
    choose,
    onKeyDown(event: KeyboardEvent) {
      if (press(event)) event.preventDefault();
    },
    onCopy(event: ClipboardEvent) {
      const text = copied();
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
    },
  };
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
