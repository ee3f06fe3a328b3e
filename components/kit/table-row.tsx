import { Component, cloneElement, type RefObject } from 'preact';
import { t } from '../../lib/i18n.ts';
import type { DrawnRow } from './drawn-rows.tsx';
import type { Tree } from './table-selection.ts';

/** What a row asks of its table; it is the newest whenever it is asked. */
export interface RowActions<Row> {
  /** Chooses the row and, where it opens, opens it. */
  open(row: Row, index: number): void;
  /** Opens or closes what a row holds. */
  toggle(row: Row, index: number): void;
}

interface Props<Row> {
  readonly row: Row;
  /** Place in the whole list, from 0. */
  readonly index: number;
  /** How many columns the table has. */
  readonly columns: number;
  /** Absent = not drawn yet. */
  readonly cells: DrawnRow | undefined;
  /** Column of the chosen cell; −1 = none of this row's. */
  readonly cursor: number;
  readonly isSelected: boolean;
  /** Of a row in a tree; see `Tree`. */
  readonly level: number | undefined;
  readonly line: string | null;
  readonly isOpen: boolean | null;
  readonly nameOf: Tree<Row>['nameOf'] | undefined;
  readonly actions: RefObject<RowActions<Row> | null>;
}

/** One row of a table. It is rendered again only when something of it has changed: rows are many. */
export class TableRow<Row> extends Component<Props<Row>> {
  override shouldComponentUpdate(next: Props<Row>): boolean {
    const { props } = this;
    return (Object.keys(next) as Array<keyof Props<Row>>).some((key) => props[key] !== next[key]);
  }

  override render({
    row,
    index,
    columns,
    cells,
    cursor,
    isSelected,
    level,
    line,
    isOpen,
    nameOf,
    actions,
  }: Props<Row>) {
    return (
      <tr
        aria-rowindex={index + 1}
        aria-level={level}
        aria-expanded={isOpen ?? undefined}
        aria-selected={isSelected}
        onClick={() => actions.current?.open(row, index)}
      >
        {line !== null && (
          <td colSpan={columns} class="words">
            <span class="line small soft" title={line}>
              {line}
            </span>
          </td>
        )}
        {line === null && cells && (
          <>
            <td class="first" data-cursor={cursor === 0 ? '' : undefined}>
              {nameOf && (
                <Disclosure
                  open={isOpen}
                  name={nameOf(row)}
                  onToggle={() => actions.current?.toggle(row, index)}
                />
              )}
              {cells.first}
            </td>
            <NotDrawn count={cells.from - 1} />
            {cells.others.map((cell, at) =>
              cells.from + at === cursor ? cloneElement(cell, { 'data-cursor': '' }) : cell,
            )}
            <NotDrawn count={columns - cells.to} />
          </>
        )}
      </tr>
    );
  }
}

/** In place of the cells of columns that are out of sight. */
const NotDrawn = ({ count }: { count: number }) => (count > 0 ? <td colSpan={count} /> : null);

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
