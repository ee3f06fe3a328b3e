import type { ComponentChildren } from 'preact';

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
  /** Has the user made it so narrow, or so wide, that its text is cut where there is no room? */
  readonly isCut?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The class of a cell that is not the first of its row. */
export const cellClass = ({
  kind,
  isCut,
}: Pick<Column<never>, 'kind' | 'isCut'>): string | undefined =>
  isCut ? `${kind ?? ''} cut` : kind;
