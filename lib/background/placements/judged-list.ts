import { columnsIn, placementAt } from '../../blacklist/columns.ts';
import { type CompleteRules, completeRules } from '../../blacklist/default-rules.ts';
import type { Placement, Scores, Verdict } from '../../blacklist/placement.ts';
import type { RuleSettings } from '../../blacklist/rule-settings.ts';
import { scorePlacements } from '../../blacklist/score.ts';
import { type ListedBy, listedBy } from '../../blacklist/standing.ts';
import { ruleIn } from '../../blacklist/thumb-rule.ts';
import { judgePlacement } from '../../blacklist/verdict.ts';
import type { PlacementList } from '../../contract/blacklist.ts';
import { CrosstrackError } from '../../errors.ts';
import type { Settings } from '../../settings/settings.ts';
import type { SourceFormat } from '../../sources/formats.ts';
import type { IdKind } from '../../sources/id-rules.ts';
import { type Joined, joinAlike } from '../../sources/judged.ts';
import { formatsWith } from '../../sources/own-sources.ts';
import { protectedAt } from '../../sources/protected-ids.ts';
import type { JudgedThen } from '../../sources/unblock.ts';
import type { LedgerFigures } from './ledger.ts';
import type { ListPlacements, ListQuestion } from './list.ts';

/** A campaign's placements to be judged for a source. */
export interface ListToJudge
  extends Pick<ListQuestion, 'connection' | 'campaignId' | 'range' | 'slot'> {
  readonly settings: RuleSettings;
  /** Id of the source's format. */
  readonly format: string;
}

/** Placements with their verdicts, as a source tells them apart. */
export interface JudgedList extends Joined {
  readonly list: PlacementList;
  readonly settings: CompleteRules;
  readonly format: SourceFormat;
  /** Kind of the ids, where the token's macro tells it. */
  readonly kind: IdKind | null;
  readonly scores: Scores;
  readonly protectedIds: ReadonlySet<string>;
}

export type JudgeList = (asked: ListToJudge, signal: AbortSignal) => Promise<JudgedList>;

/** @param rules those that count in place of the user's */
export function createJudgeList(
  listPlacements: ListPlacements,
  readSettings: () => Promise<Pick<Settings, 'ownSources' | 'protectedIds'>>,
  rules: (own: RuleSettings) => Promise<RuleSettings>,
): JudgeList {
  return async ({ format: formatId, settings: own, ...question }, signal) => {
    const { ownSources, protectedIds } = await readSettings();
    const format = formatsWith(ownSources).find(({ id }) => id === formatId);
    if (!format) {
      throw new CrosstrackError({ kind: 'input', text: 'problem_format', values: [formatId] });
    }
    const settings = completeRules(await rules(own));
    const { delayHours, looks } = settings;
    const wanted = { ...question, delayHours, looks };
    const known = await listPlacements(wanted, false, signal);
    const list = known.table.ids.length > 0 ? known : await listPlacements(wanted, true, signal);
    // No list is made from figures that are not there.
    if (list.problem) throw new CrosstrackError(list.problem);
    const kind = list.format === formatId ? list.kind : null;
    const thumbRule = ruleIn(settings.thumbRule, list.currency);
    const joined = joinAlike(columnsIn(list.table), format, { kind });
    return {
      ...joined,
      list,
      settings,
      format,
      kind,
      scores: scorePlacements(joined.columns, { ...settings, thumbRule }, list.days),
      protectedIds: protectedAt(protectedIds, formatId),
    };
  };
}

type JudgedPlacement = Placement & {
  readonly verdict: Verdict;
  /** If it is on the list. */
  readonly listedBy: ListedBy;
};

/** A row with its verdict in full. */
export function judgedAt(
  { columns, scores, settings, list }: JudgedList,
  row: number,
): JudgedPlacement {
  return {
    ...placementAt(columns, row),
    verdict: judgePlacement(columns, row, scores.campaign, settings, list.days),
    listedBy: listedBy(scores, row),
  };
}

/** A placement with its verdict as the ledger keeps it. */
export const keptOf = ({ verdict, listedBy, ...placement }: JudgedPlacement): JudgedThen => ({
  ...placement,
  verdict: verdict.kind,
  loser: verdict.loser,
  ...(listedBy === 'rule' ? { byRule: true } : {}),
});

/** What the ledger keeps of a list beside its ids; undefined where no days are judged. */
export function figuresOf(
  { list, scores }: Pick<JudgedList, 'list' | 'scores'>,
  kind: IdKind,
  rows: LedgerFigures['rows'],
): LedgerFigures | undefined {
  const { slot, judged: days, currency } = list;
  if (!slot || !days) return undefined;
  return {
    kind,
    slot: slot.slot,
    days,
    currency,
    payout: scores.campaign.payout,
    rows,
  };
}
