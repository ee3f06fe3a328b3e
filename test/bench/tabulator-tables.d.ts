/** The part of Tabulator that the benchmark calls; the package has no types. */
declare module 'tabulator-tables' {
  export interface TabulatorCell<Row> {
    getData(): Row;
  }
  export class TabulatorFull<Row extends object> {
    constructor(
      element: HTMLElement,
      options: {
        readonly data: readonly Row[];
        readonly columns: ReadonlyArray<{
          readonly title: string;
          /** CSS px. */
          readonly width: number;
          readonly formatter: (cell: TabulatorCell<Row>) => string;
        }>;
        readonly height: string;
        readonly rowHeight: number;
      },
    );
    on(event: 'tableBuilt', listener: () => void): void;
  }
}
