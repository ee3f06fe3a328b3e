import type { ComponentChildren } from 'preact';
import { t } from '../../lib/i18n.ts';
import { columnWidth } from './column-widths.ts';
import { type Column, cellClass, type Sort } from './table-column.ts';

/** The head of a table: groups of columns, titles that sort, and edges that change a column's width. */
export function TableHead<Row>({
  columns,
  sort,
  onSort,
  onDrag,
  onWidth,
}: {
  columns: ReadonlyArray<Column<Row>>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  /** While a column is dragged to a width (px). */
  onDrag?(column: string, width: number): void;
  /** null = as wide as its cells need. */
  onWidth?(column: string, width: number | null): void;
}) {
  const groups = groupsOf(columns);
  return (
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
        {columns.map((column, index) => {
          const isSorted = sort?.column === column.id;
          const title: ComponentChildren =
            column.sortable && onSort ? (
              <button
                type="button"
                title={t('sortBy', column.label)}
                onClick={() =>
                  onSort({
                    column: column.id,
                    descending: isSorted ? !sort.descending : true,
                  })
                }
              >
                {column.title}
                {isSorted ? (sort.descending ? ' ▾' : ' ▴') : ''}
              </button>
            ) : (
              column.title
            );
          return (
            <th
              key={column.id}
              scope="col"
              class={index === 0 ? 'first' : cellClass(column)}
              aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
            >
              {title}
              {onDrag && onWidth && (
                <WidthHandle
                  onDrag={(width) => onDrag(column.id, width)}
                  onWidth={(width) => onWidth(column.id, width)}
                />
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** The edge of a column's head: drag it to change the width, double-click it to fit the cells. */
function WidthHandle({
  onDrag,
  onWidth,
}: {
  onDrag(width: number): void;
  onWidth(width: number | null): void;
}) {
  return (
    <span
      class="width-handle"
      // A cell's keys do the same.
      aria-hidden="true"
      title={t('columnWidth')}
      onDblClick={() => onWidth(null)}
      onPointerDown={(event) => {
        const handle = event.currentTarget;
        const before = handle.parentElement?.offsetWidth ?? 0;
        const from = event.clientX;
        let width = before;
        event.preventDefault();
        handle.setPointerCapture(event.pointerId);
        handle.onpointermove = ({ clientX }) => {
          width = columnWidth(before + clientX - from);
          onDrag(width);
        };
        handle.onlostpointercapture = () => {
          handle.onpointermove = null;
          handle.onlostpointercapture = null;
          // A press that moves nothing, as of a double click, changes nothing.
          if (width !== before) onWidth(width);
        };
      }}
    />
  );
}

/** Runs of columns that share a heading; null where none has one. */
function groupsOf<Row>(
  columns: ReadonlyArray<Column<Row>>,
): Array<{ readonly id: string; readonly title: string; count: number }> | null {
  if (columns.every(({ group }) => group === undefined)) return null;
  const groups: Array<{ id: string; title: string; count: number }> = [];
  for (const { id, group = '' } of columns) {
    const last = groups.at(-1);
    if (last && last.title === group) last.count++;
    else groups.push({ id, title: group, count: 1 });
  }
  return groups;
}
