import { computed, createModel, effect, signal } from '@preact/signals';
import { columnsIn } from '../../lib/blacklist/columns.ts';
import { completeRules, DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import type { PlacementColumns, Scores, Verdict } from '../../lib/blacklist/placement.ts';
import type { RuleSettings } from '../../lib/blacklist/rule-settings.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { type Standing, standingOf } from '../../lib/blacklist/standing.ts';
import { ruleIn } from '../../lib/blacklist/thumb-rule.ts';
import { judgePlacement } from '../../lib/blacklist/verdict.ts';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import { addDays, dayOf, type Range } from '../../lib/report/range.ts';
import type { Settings } from '../../lib/settings/settings.ts';
import { type ExportedList, exportList, type Judged } from '../../lib/sources/export.ts';
import type { Separator, SourceFormat } from '../../lib/sources/formats.ts';
import type { IdKind } from '../../lib/sources/id-rules.ts';
import {
  type Joined,
  joinAlike,
  judgedRows,
  type Ticks,
  ticksOfRows,
} from '../../lib/sources/judged.ts';
import { valuesToMark } from '../../lib/sources/mark-plan.ts';
import { formatsWith } from '../../lib/sources/own-sources.ts';
import { protectedAt } from '../../lib/sources/protected-ids.ts';
import { oddityOf } from '../../lib/sources/token-check.ts';
import { type Unblocking, unblockable } from '../../lib/sources/unblock.ts';
import type { SeenMark } from '../../lib/trackers/adapter.ts';
import type { Drafts } from '../kit/drafts.ts';
import type { QueryClient } from '../kit/query.ts';
import { createScorer, type Scored } from '../kit/scorer.ts';
import type { Sort } from '../kit/table-column.ts';
import { orderOf } from './placement-order.ts';
import type { TabProps } from './tab-props.ts';

/** Days that a list covers until the user chooses others. */
const DAYS = 14;
/** Days that the question for late conversions goes back at most. */
const LATE_DAYS = 60;
/** The lists are made once the thresholds have been still for this long. */
const STILL_MS = 120;

/** `part`: its placements bear different marks, or some bear none. */
export type RowMark = SeenMark | 'part';

/**
 * A campaign's placements with their verdicts: the days, the token and the rules that they come from,
 * and the lists to export. Verdicts are made here, so that they answer while a threshold moves.
 */
export const BlacklistModel = createModel(
  (
    client: QueryClient,
    { context, campaign, now }: Pick<TabProps, 'context' | 'campaign' | 'now'>,
    drafts: Drafts,
  ) => {
    const { rules: effective, fixedRules } = context.settings;
    /** Those that an administrator has set, which no change here sets aside. */
    const fixed = Object.fromEntries(fixedRules.map((rule) => [rule, effective[rule]]));
    const scope = `blacklist ${context.own} ${campaign.id}`;
    const zone = context.connections.find(({ id }) => id === context.own)?.zone ?? 'UTC';

    const range = signal<Range>(
      rangeIn(drafts.read(scope, 'days') ?? '', zone) ?? {
        from: addDays(dayOf(now(), zone), 1 - DAYS),
        to: dayOf(now(), zone),
        zone,
      },
    );
    const slot = signal<number | null>(Number(drafts.read(scope, 'slot')) || null);
    const thresholds = signal(effective);
    /** The payout that was entered here, before the list tells it. */
    const entered = signal<{ readonly payout: number | null } | null>(null);
    const format = signal<string | null>(null);
    const separator = signal<Separator | null>(null);
    const added = signal<ReadonlySet<string>>(new Set());
    const removed = signal<ReadonlySet<string>>(new Set());
    const sort = signal<Sort>({ column: 'stake', descending: true });

    const question = computed(() => ({
      connection: context.own,
      campaignId: campaign.id,
      range: range.value,
      slot: slot.value,
    }));
    const { delayHours: usualDelay, looks: usualLooks } = DEFAULT_RULES;
    const delayHours = computed(() => thresholds.value.delayHours ?? usualDelay);
    const looks = computed(() => thresholds.value.looks ?? usualLooks);
    const asked = computed(() =>
      client.query('placements.list', {
        ...question.value,
        delayHours: delayHours.value,
        looks: looks.value,
        fresh: 'soon',
      }),
    );
    const list = computed(() => asked.value.value);
    const payout = computed(() => (entered.value ?? list.value)?.payout ?? null);
    const rules = computed(() => completeRules({ ...thresholds.value, payout: payout.value }));
    const formatId = computed(() => format.value ?? list.value?.format ?? context.settings.format);
    const formats = formatsWith(context.settings.ownSources);
    const chosenFormat = computed(() => formats.find(({ id }) => id === formatId.value) ?? null);
    const protectedIds = computed(() =>
      protectedAt(client.query('protected.list', {}).value ?? [], formatId.value),
    );
    /** The kind of ids that the token's macro tells, at its own source. */
    const kind = computed(() => {
      const { format: own = null, kind: told = null } = list.value ?? {};
      return own === formatId.value ? told : null;
    });
    const joined = computed((): Joined => {
      const columns = list.value ? columnsIn(list.value.table) : NO_PLACEMENTS;
      const of = chosenFormat.value;
      return of ? joinAlike(columns, of, { kind: kind.value }) : { columns, members: new Map() };
    });
    const placements = computed(() => joined.value.columns);
    const days = computed(() => list.value?.days ?? 1);
    /** The rules for these figures: a rule of thumb may have money in another currency. */
    const judgingBy = computed(() => {
      const thumbRule = ruleIn(rules.value.thumbRule, list.value?.currency ?? '');
      return { ...rules.value, thumbRule };
    });
    /** The newest verdicts, with what they were made from: of a long list they follow a little later. */
    const scored = signal(nothingScored());
    const scorer = createScorer((made) => {
      scored.value = made;
    });
    effect(() => scorer.score(placements.value, judgingBy.value, days.value));
    effect(() => scorer.close);
    const columns = computed(() => scored.value.columns);
    const scores = computed(() => scored.value.scores);
    /** Verdicts in full, made when a row is looked at. */
    const verdicts = computed(() => {
      const { columns: all, rules: by, days: over, scores: made } = scored.value;
      const known = new Map<number, Verdict>();
      return (row: number): Verdict => {
        const found = known.get(row) ?? judgePlacement(all, row, made.campaign, by, over);
        known.set(row, found);
        return found;
      };
    });
    const ticks = computed(() =>
      ticksOfRows({ added: added.value, removed: removed.value }, joined.value.members),
    );
    /** What the lists are made from: it follows once the thresholds are still. */
    const settled = signal<ReturnType<typeof settle> | null>(null);
    effect(() => {
      const next = {
        columns: columns.value,
        scores: scores.value,
        ...ticks.value,
        format: chosenFormat.value,
        kind: kind.value,
        separator: separator.value,
        protectedIds: protectedIds.value,
      };
      const timer = setTimeout(() => {
        settled.value = settle(next);
      }, STILL_MS);
      return () => clearTimeout(timer);
    });

    const blocked = computed(
      () =>
        client.query('placements.blocked', {
          connection: context.own,
          campaignId: campaign.id,
          format: formatId.value,
        }).value ?? [],
    );
    const unblock = computed((): Unblocking => {
      const [from, judged] = [settled.value, list.value];
      if (!from?.format || !judged?.slot || judged.problem || from.columns !== placements.value) {
        return { proposed: [], untold: [] };
      }
      return unblockable(blocked.value, {
        ...from,
        ...joined.value,
        format: from.format,
        slot: judged.slot.slot,
        days: judged.judged,
        currency: judged.currency,
      });
    });

    /** Is the user marking the list? Only then is the tracker asked for its marks. */
    const marksShown = signal(false);
    const marks = computed((): ReadonlyMap<string, SeenMark> => {
      const { slot, range: days } = list.value ?? {};
      const asked = marksShown.value && slot && days;
      const of = asked ? { ...question.value, range: days, slot: slot.slot } : null;
      return new Map(client.query('marks.present', of).value);
    });

    const write = (patch: Partial<Settings>) =>
      void client.call('settings.write', patch).catch(() => {});
    const ticked = computed(() => {
      const [{ added: plus, removed: minus }, of] = [ticks.value, scores.value];
      return (id: string, row: number): boolean =>
        (plus.has(id) || isOn(of, row)) && !minus.has(id);
    });

    return {
      range,
      rules,
      sort,
      question,
      asked,
      /** Are newer placements on their way, or their verdicts not made yet? */
      busy: computed(() => asked.value.busy || scored.value.columns !== placements.value),
      list,
      formatId,
      format: chosenFormat,
      separator,
      columns,
      days,
      scores,
      /** The rules that the verdicts were made by. */
      judgedBy: computed(() => scored.value.rules),
      /** Target ROI, a ratio, that the verdicts were made for. */
      targetRoi: computed(() => scored.value.rules.targetRoi),
      verdicts,
      /** What the rule of thumb does to a row. */
      standing: computed(() => {
        const of = scores.value;
        return (row: number): Standing => standingOf(of, row);
      }),
      /** Is a placement on the list? By its id and row. */
      ticked,
      /** null until they are made. */
      lists: computed(() => settled.value && listsOf(settled.value)),
      /** Which placements of earlier lists should be blocked no longer. */
      unblock,
      /** The days that tell it of those which the chosen days leave open; null = none do. */
      daysToTell: computed(() => daysToTell(unblock.value, range.value)),
      /** The placements that marking the list in the tracker is about; null = not known yet. */
      toMark: computed(() => {
        const from = settled.value;
        if (!from?.format || from.columns !== placements.value) return null;
        return valuesToMark(from.rows, joined.value.members, from.format, from);
      }),
      /** What is asked for when the list is to be marked in the tracker. */
      markWanted: computed(() => ({
        ...question.value,
        settings: rules.value,
        format: formatId.value,
        added: [...added.value],
        removed: [...removed.value],
      })),
      showMarks(): void {
        marksShown.value = true;
      },
      /** The mark that a row's placements bear in the tracker; null = none, or not asked. */
      markOf: computed(() => {
        const [known, { members }] = [marks.value, joined.value];
        return (id: string): RowMark | null => {
          const borne = new Set((members.get(id) ?? [id]).map((value) => known.get(value) ?? null));
          const [mark = null] = borne;
          return borne.size > 1 ? 'part' : mark;
        };
      }),
      added,
      removed,
      /** Placements that are never exported in the chosen format. */
      protectedIds,
      /** Row numbers of the columns in the chosen order. */
      rows: computed(() => orderOf(columns.value, scores.value, sort.value)),
      /** What the token's values look like, if not like placements. */
      oddity: computed(() => {
        const seen = named(columns.value);
        const oddity = oddityOf(seen);
        return oddity && { oddity, ...seen };
      }),
      chooseDays(next: Range): void {
        range.value = next;
        drafts.write(scope, 'days', `${next.from} ${next.to}`);
      },
      chooseSlot(next: number | null): void {
        slot.value = next;
        drafts.write(scope, 'slot', String(next ?? ''));
      },
      /** Keeps the token as the placement in the source's template. */
      async keepToken(number: number): Promise<void> {
        const { connection, campaignId } = question.value;
        await client.call('placements.token', { connection, campaignId, slot: number });
        slot.value = null;
        drafts.write(scope, 'slot', '');
      },
      /** Lets careful looks count from the first of the chosen days. */
      async restartLooks(): Promise<void> {
        const { connection, campaignId } = question.value;
        await client.call('placements.restart', { connection, campaignId, day: range.value.from });
      },
      /** @param settled false while a slider moves */
      changeRules(next: RuleSettings, settled: boolean): void {
        const { payout: own, ...changed } = next;
        const all = { ...changed, ...fixed };
        thresholds.value = all;
        if (settled) write({ rules: all });
        if (own === payout.value) return;
        entered.value = { payout: own };
        const { connection, campaignId } = question.value;
        void client
          .call('placements.payout', { connection, campaignId, payout: own })
          .catch(() => {});
      },
      chooseFormat(id: string): void {
        format.value = id;
      },
      chooseSeparator(next: Separator | null): void {
        separator.value = next;
      },
      tick(id: string, row: number): void {
        const on = !ticked.value(id, row);
        const ids = joined.value.members.get(id) ?? [id];
        added.value = changed(added.value, ids, on && !isOn(scores.value, row));
        removed.value = changed(removed.value, ids, !on && isOn(scores.value, row));
      },
      async protect(id: string, on: boolean): Promise<void> {
        await client.call('protected.set', { format: formatId.value, id, on });
      },
      clearTicks(): void {
        added.value = new Set();
        removed.value = new Set();
      },
      /** The next export begins with this format. */
      rememberFormat: () => write({ format: formatId.value }),
    };
  },
);

/** What lists are made from, with its rows as they stand. */
const settle = (
  from: Ticks & {
    readonly columns: PlacementColumns;
    readonly scores: Scores;
    readonly format: SourceFormat | null;
    readonly kind: IdKind | null;
    readonly separator: Separator | null;
    readonly protectedIds: ReadonlySet<string>;
  },
) => ({ ...from, rows: judgedRows(from.columns, from.scores, from) });

function listsOf({
  rows,
  format,
  kind,
  separator,
  protectedIds,
  removed,
}: ReturnType<typeof settle>): ExportedList<Judged> | null {
  return format && exportList(rows, format, { separator, kind, protectedIds, unticked: removed });
}

/** Is a row on the list, before anything by hand? */
const isOn = ({ listed }: Scores, row: number): boolean => listed[row] === 1;

function changed(
  set: ReadonlySet<string>,
  ids: readonly string[],
  has: boolean,
): ReadonlySet<string> {
  const change = new Set(ids);
  return has ? set.union(change) : set.difference(change);
}

function rangeIn(draft: string, zone: string): Range | null {
  const [, from, to] = /^(\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d)$/.exec(draft) ?? [];
  return from && to ? { from, to, zone } : null;
}

/** The chosen days with those that placements of earlier lists were judged on. */
function daysToTell({ untold }: Unblocking, range: Range) {
  const earliest = addDays(range.to, 1 - LATE_DAYS);
  const open = untold.filter(
    ({ days: { from, to, zone } }) =>
      zone === range.zone && from >= earliest && (from < range.from || to > range.to),
  );
  if (open.length === 0) return null;
  const days = open.map(({ days }) => days);
  return {
    count: open.length,
    range: {
      ...range,
      from: [range.from, ...days.map(({ from }) => from)].toSorted()[0] ?? range.from,
      to: [range.to, ...days.map(({ to }) => to)].toSorted().at(-1) ?? range.to,
    },
  };
}

/** Different placements, and the clicks that brought one. */
function named({ unnamed, clicks }: PlacementColumns): { values: number; clicks: number } {
  let [values, sum] = [0, 0];
  for (const [row, none] of unnamed.entries()) {
    if (none === 1) continue;
    values += 1;
    sum += clicks[row] || 0;
  }
  return { values, clicks: sum };
}

const NO_TABLE: PlacementList['table'] = {
  ids: [],
  clicks: [],
  landerViews: [],
  landerClicks: [],
  conversions: [],
  payable: [],
  approved: [],
  hold: [],
  cost: [],
  ripeCost: [],
  revenue: [],
  unnamed: [],
  partial: [],
};

const NO_PLACEMENTS = columnsIn(NO_TABLE);
/** Made when it is needed: even nothing takes milliseconds to score, and the panel may never show it. */
const nothingScored = (): Scored => ({
  columns: NO_PLACEMENTS,
  rules: DEFAULT_RULES,
  days: 1,
  scores: scorePlacements(NO_PLACEMENTS, DEFAULT_RULES, 1),
});

/** The blacklist of one campaign, as its components read it. */
export type Blacklist = InstanceType<typeof BlacklistModel>;
