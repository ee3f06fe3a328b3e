import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { formerIds } from '../../lib/compare/changes.ts';
import type { Grouping } from '../../lib/compare/groupings.ts';
import { idsIn, type JoinedRow } from '../../lib/compare/join.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { daysIn, type Range } from '../../lib/report/range.ts';
import { blocksQueries } from '../kit/connections.ts';
import { problemText } from '../kit/notice.tsx';
import { createLevel, type Level, type LevelSetting } from './compare-level.ts';
import { innerRows, type Part, type TableRow } from './table-rows.ts';

/** What a row's second level is of. */
export interface Within {
  readonly by: ReadonlySignal<Grouping>;
  /** null = there is no second level. */
  readonly inner: ReadonlySignal<Grouping | null>;
  readonly connections: ReadonlySignal<readonly ConnectionView[]>;
  /** The days that changes are since; null = none are shown. */
  readonly daysBefore: ReadonlySignal<Range | null>;
  /** Of each side: split tests that rows of the first level hold. */
  readonly halves: ReadonlySignal<readonly number[]>;
  /** Rows of the first level, by key. */
  readonly rowOf: (key: string) => JoinedRow | undefined;
  inOrder(level: Level, by: Grouping): readonly JoinedRow[];
}

/** Nothing is asked of a side that does not have the row. */
const NOTHING = { value: null, problem: null, busy: false } as const;

/** The rows that the user opened; what is within one is asked for while it is shown. */
export function createOpenedRows(setting: LevelSetting, of: Within) {
  const { client, range } = setting;
  /** Keys of the opened rows, for one pair of groupings. */
  const opened = signal<{ readonly pair: string; readonly keys: ReadonlySet<string> } | null>(null);
  const pair = computed(() => `${of.by.value} ${of.inner.value}`);
  const keys = computed(() =>
    of.inner.value !== null && opened.value?.pair === pair.value ? opened.value.keys : NONE,
  );
  const inner = computed((): Grouping => of.inner.value ?? of.by.value);
  const levels = new Map<string, Level>();

  const createFor = (key: string): Level => {
    const row = computed(() => of.rowOf(key));
    const idsOf = computed(() =>
      of.connections.value.map((_, side) => {
        const cell = row.value?.cells[side];
        return cell ? idsIn(cell) : null;
      }),
    );
    const ask = ({ id, problem }: ConnectionView, days: Range, ids: readonly string[]) =>
      blocksQueries(problem)
        ? NOTHING
        : client.query('campaigns.grouped', {
            ...{ connection: id, range: days, by: inner.value, fresh: 'soon' },
            within: { by: of.by.value, ids: [...ids] },
          });
    const asked = computed(() =>
      of.connections.value.map((connection, side) => {
        const [days, ids] = [range.value, idsOf.value[side]];
        return { connection, ...(days && ids ? ask(connection, days, ids) : NOTHING) };
      }),
    );
    const askedBefore = computed(() =>
      of.connections.value.map((connection, side) => {
        const [days, before, ids] = [range.value, of.daysBefore.value, idsOf.value[side]];
        if (!days || !before || !ids) return NOTHING;
        return ask(connection, before, formerIds(of.by.value, ids, daysIn(days)));
      }),
    );
    const halves = computed(() => (inner.value === 'campaign' ? [] : of.halves.value));
    return createLevel(setting, inner, asked, askedBefore, halves, row);
  };
  const levelOf = (key: string): Level => {
    const level = levels.get(key) ?? createFor(key);
    levels.set(key, level);
    return level;
  };
  /** What is within a row, in the order of the table. */
  const partOf = (key: string): { rows: readonly JoinedRow[]; part: Part } => {
    const level = levelOf(key);
    const rows = of.inOrder(level, inner.value);
    const [comparison, figures, stale] = [level.comparison, level.figures, level.stale];
    const notes = notesOf(level, rows.length);
    return {
      rows,
      part: { comparison: comparison.value, figures: figures.value, stale: stale.value, notes },
    };
  };

  return {
    keys,
    /** The rows of the first level with what is within the opened ones. */
    withInner(rows: readonly JoinedRow[]): readonly TableRow[] {
      if (keys.value.size === 0) return rows;
      return rows.flatMap((row): TableRow[] => {
        if (!keys.value.has(row.key)) return [row];
        const { rows: within, part } = partOf(row.key);
        return [row, ...innerRows(row, within, part)];
      });
    },
    /** Opens or closes a row. */
    toggle({ key }: JoinedRow): void {
      const next = new Set(keys.value);
      if (!next.delete(key)) next.add(key);
      else levels.delete(key);
      opened.value = { pair: pair.value, keys: next };
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

/** What is missing within a row, and why. */
function notesOf({ asked }: Level, rows: number): string[] {
  const sides = asked.value;
  const notes = sides.flatMap(({ connection: { name }, value, problem }) => {
    const why = problem ?? value?.problem ?? null;
    if (why) return [`${name}: ${problemText(why)}`];
    return value?.report?.complete === false ? [`${name}: ${t('incomplete')}`] : [];
  });
  if (sides.some(({ value, busy }) => busy && !value?.report)) return [t('loading'), ...notes];
  return rows === 0 && notes.length === 0 ? [t('innerNone')] : notes;
}
