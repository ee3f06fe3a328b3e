import { computed, type ReadonlySignal } from '@preact/signals';
import type { Answer } from '../../lib/cache/report-cache.ts';
import { formerFigures } from '../../lib/compare/changes.ts';
import {
  type ComparedSide,
  type Comparison,
  createComparison,
} from '../../lib/compare/comparison.ts';
import { commonRows, type Grouping, isNamed, joinValues } from '../../lib/compare/groupings.ts';
import { type JoinedRow, joinSides } from '../../lib/compare/join.ts';
import { thresholdsOf } from '../../lib/compare/limits.ts';
import { reportedOnly, withSilent, withSilentValues } from '../../lib/compare/silent.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { daysIn, type Range } from '../../lib/report/range.ts';
import { computedList } from '../kit/computed-list.ts';
import { blocksQueries, haveAllAnswered } from '../kit/connections.ts';
import type { Asked, QueryClient } from '../kit/query.ts';
import { createTableFigures, type TableFigures } from './table-figures.ts';

/** A connection, and what it answered. */
export interface AskedSide extends Asked<Answer> {
  readonly connection: ConnectionView;
}

/** Rows of one grouping: what connections answered, joined and judged. */
export interface Level {
  /** What each connection answered, the base first. */
  readonly asked: ReadonlySignal<readonly AskedSide[]>;
  /** In no particular order. */
  readonly rows: ReadonlySignal<readonly JoinedRow[]>;
  readonly comparison: ReadonlySignal<Comparison>;
  readonly figures: ReadonlySignal<TableFigures>;
  /** Of each side: is a newer figure on its way, or one of the days before? */
  readonly stale: ReadonlySignal<readonly Stale[]>;
  readonly allAnswered: ReadonlySignal<boolean>;
}

export interface Stale {
  readonly now: boolean;
  readonly before: boolean;
}

/** What all levels of a table share. */
export interface LevelSetting {
  readonly client: QueryClient;
  readonly range: ReadonlySignal<Range | null>;
  kindOf(connection: ConnectionView): ComparedSide['kind'];
  /** Epoch ms. */
  now(): number;
}

const SPLIT = ['split'] as const;

/** Without a base there are no days, nor sides that they could matter to. */
const NO_DAYS: Range = { from: '', to: '', zone: 'UTC' };

/**
 * @param askedBefore what they answered of the days before
 * @param halves of each side: how many split tests between it and the base are in both sides' figures
 * @param within the row that the level's rows are parts of, if any
 */
export function createLevel(
  { client, range, kindOf, now }: LevelSetting,
  by: ReadonlySignal<Grouping>,
  asked: Level['asked'],
  askedBefore: ReadonlySignal<ReadonlyArray<Asked<Answer>>>,
  halves: ReadonlySignal<readonly number[]>,
  within?: ReadonlySignal<Pick<JoinedRow, 'split'> | undefined>,
): Level {
  const texts = { locale: locale(), unknown: t('valueUnknown') };
  const reports = computedList(() => asked.value.map(({ value }) => value?.report ?? null));
  const reportsBefore = computedList(() =>
    askedBefore.value.map(({ value }) => value?.report ?? null),
  );
  const links = computed(() =>
    by.value === 'campaign' || by.value === 'offer'
      ? client.query('links.list', { kind: by.value }).value
      : null,
  );
  const rejected = computed(() =>
    by.value === 'campaign' || by.value === 'offer'
      ? client.query('links.rejected', { kind: by.value }).value
      : null,
  );
  const rates = computed(() => client.query('rates.list', {}).value ?? []);
  const thresholds = computed(() => thresholdsOf(client.query('limits.read', {}).value));
  const connections = computedList(() => asked.value.map(({ connection }) => connection));
  /** Of each side: the rows of its report. */
  const reported = computed(() =>
    reports.value.map((report) => (report ? commonRows(by.value, report, texts) : [])),
  );
  /** Of each side: its campaigns, whatever they did; null = not known, or the rows are others. */
  const lists = computedList(() =>
    connections.value.map(({ id, problem }) => {
      const isAsked = by.value === 'campaign' && !blocksQueries(problem);
      const question = isAsked ? ({ connection: id, fresh: false } as const) : null;
      return client.query('campaigns.list', question).value?.campaigns ?? null;
    }),
  );
  /** Of each side: the campaigns or offers that links hold. */
  const linked = computed(() => {
    const members = (links.value ?? []).flatMap((link) => link.members);
    const byConnection = Map.groupBy(members, ({ connection }) => connection);
    return connections.value.map(({ id }) =>
      (byConnection.get(id) ?? []).map(({ campaignId, name }) => ({ id: campaignId, name })),
    );
  });
  const sides = computed(() =>
    connections.value.map((connection, side): ComparedSide => {
      const report = reports.value[side] ?? null;
      const list = lists.value[side] ?? null;
      return {
        connection: connection.id,
        currency: report?.currency ?? connection.currency,
        kind: kindOf(connection),
        report,
        ...(halves.value[side] ? { hindered: SPLIT } : {}),
        isWhole: by.value === 'campaign' ? list !== null : report?.complete === true,
        rows: withSilent(
          reported.value[side] ?? [],
          [...(list ?? []), ...(linked.value[side] ?? [])],
          report,
        ),
      };
    }),
  );
  /** Of each side: its figures in the days before; null = they are not known, or not all of them. */
  const before = computedList(() => {
    const days = range.value ? daysIn(range.value) : 0;
    return reportsBefore.value.map((report) =>
      report?.complete ? formerFigures(by.value, commonRows(by.value, report, texts), days) : null,
    );
  });
  const joined = computed(() => {
    if (isNamed(by.value)) {
      const all = joinSides(sides.value, links.value ?? [], rejected.value ?? []);
      return reportedOnly(all, reported.value);
    }
    const parts = sides.value.map((side, at) => ({ ...side, report: reports.value[at] ?? null }));
    return withSilentValues(joinValues(sides.value), by.value, parts, range.value ?? NO_DAYS);
  });
  const rows = computed(() =>
    within?.value?.split
      ? joined.value.map((row): JoinedRow => ({ ...row, split: true }))
      : joined.value,
  );
  const comparison = computed(() =>
    createComparison({
      sides: sides.value,
      rows: rows.value,
      range: range.value ?? NO_DAYS,
      now: now(),
      rates: rates.value,
      thresholds: thresholds.value,
    }),
  );
  return {
    asked,
    rows,
    comparison,
    figures: computed(() =>
      createTableFigures(
        comparison.value,
        before.value,
        connections.value.map(({ name }) => name),
      ),
    ),
    stale: computed(() =>
      asked.value.map(({ busy }, side) => ({
        now: busy && reports.value[side] !== null,
        before: askedBefore.value[side]?.busy === true && reportsBefore.value[side] !== null,
      })),
    ),
    allAnswered: computed(() => haveAllAnswered(asked.value)),
  };
}
