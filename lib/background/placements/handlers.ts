import type { blacklistCalls } from '../../contract/blacklist.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import { exportList, whyNothing } from '../../sources/export.ts';
import type { IdKind } from '../../sources/id-rules.ts';
import { judgedRows, ticksOfRows } from '../../sources/judged.ts';
import { listCsv } from '../../sources/list-csv.ts';
import { formatsWith } from '../../sources/own-sources.ts';
import { type JudgedThen, unblockable } from '../../sources/unblock.ts';
import type { KeepTemplate } from '../connections/templates.ts';
import type { Services } from '../services.ts';
import { figuresOf, type JudgedList, judgedAt, keptOf, type ListToJudge } from './judged-list.ts';
import type { Judging, JudgingParts } from './judging.ts';
import { createExportLedger } from './ledger.ts';
import { LIST_MS } from './token.ts';

export function createPlacements(
  services: Services,
  {
    campaignLists,
    findToken,
    keepTemplate,
    readSettings,
    judging: { fixed, firstDays, payouts, listPlacements, judge },
  }: JudgingParts & {
    readonly keepTemplate: KeepTemplate;
    readonly judging: Judging;
  },
): HandlersOf<typeof blacklistCalls> {
  const ledger = createExportLedger(services);
  /** Enters a list in the ledger, and returns how many of its ids are new there. */
  const enter = async (
    { connection, campaignId, format, range }: ListToJudge,
    judged: JudgedList,
    { kind, rows, ...made }: MadeList,
    signal: AbortSignal,
  ): Promise<number> => {
    const { campaigns } = await campaignLists(connection, LIST_MS, signal);
    return ledger.add({
      connection,
      campaignId,
      campaignName: campaigns.find(({ id }) => id === campaignId)?.name ?? '',
      format,
      range,
      rules: judged.settings,
      ...made,
      figures: figuresOf(judged, kind, rows),
    });
  };
  return {
    'placements.list': async ({ fresh, ...question }, { signal }) => {
      const { delayHours = question.delayHours, looks = question.looks } = await fixed();
      return listPlacements({ ...question, delayHours, looks }, fresh, signal);
    },
    'placements.restart': async ({ connection, campaignId, day }) => {
      await firstDays.set(connection, campaignId, day);
      return null;
    },
    'placements.payout': async ({ connection, campaignId, payout }) => {
      await payouts.set(await services.connections.get(connection), campaignId, payout);
      return null;
    },
    'placements.token': async ({ connection, campaignId, slot }, { signal }) => {
      const of = await services.connections.get(connection);
      const { template } = await findToken(of, campaignId, slot, signal);
      if (template) await keepTemplate(connection, template);
      return null;
    },
    'placements.export': async (
      { separator, added = [], removed = [], part: nth = 0, ...asked },
      { signal },
    ) => {
      const judged = await judge(asked, signal);
      const { list, format, kind, columns, scores } = judged;
      const ticks = ticksOfRows(
        { added: new Set(added), removed: new Set(removed) },
        judged.members,
      );
      const listed = exportList(judgedRows(columns, scores, ticks), format, {
        separator,
        kind,
        unticked: ticks.removed,
        protectedIds: judged.protectedIds,
      });
      const part = listed.parts[nth];
      const result = {
        leftOut: listed.leftOut,
        nothing: whyNothing(listed, format),
        notes: [...format.notes, ...(listed.kindUntold ? (['note_kind_untold'] as const) : [])],
      };
      if (!part) return { ...result, part: null, count: 0 };
      const ids = part.items.map(({ id }) => id);
      const placements = part.items.map(({ row: { row } }) => judgedAt(judged, row));
      const connection = await services.connections.get(asked.connection);
      const fresh = await enter(
        asked,
        judged,
        { kind: part.kind, ids, rows: placements.map(keptOf) },
        signal,
      );
      const several = listed.parts.length > 1 ? [part.kind, nth + 1] : [];
      const to = asked.range.to;
      return {
        ...result,
        part: {
          kind: part.kind,
          count: ids.length,
          text: part.text,
          csv: listCsv(
            placements.map((placement, at) => ({ ...placement, id: ids[at] ?? '' })),
            { currency: list.currency, targetRoi: judged.settings.targetRoi },
          ),
          name: fileName([connection.tracker, asked.campaignId, asked.format, to, ...several]),
          fresh,
        },
        count: ids.length,
      };
    },
    'placements.blocked': ({ format, ...campaign }) => ledger.blocked(campaign, format),
    'placements.unblock': async ({ ids, ...asked }, { signal }) => {
      const judged = await judge(asked, signal);
      const { list } = judged;
      if (!list.slot) return 0;
      const { proposed } = unblockable(await ledger.blocked(asked, asked.format), {
        ...judged,
        slot: list.slot.slot,
        days: list.judged,
        currency: list.currency,
        added: new Set(),
      });
      const wanted = new Set(ids);
      const those = proposed.filter(({ blocked }) => wanted.has(blocked.id));
      for (const [kind, some] of Map.groupBy(those, ({ blocked }) => blocked.kind)) {
        const rows = some.map(({ blocked, row }) =>
          row === null ? unseen(blocked.judged.id) : keptOf(judgedAt(judged, row)),
        );
        await enter(
          asked,
          judged,
          { kind, ids: some.map(({ blocked }) => blocked.id), rows, unblock: true },
          signal,
        );
      }
      return those.length;
    },
    'tokens.list': async ({ connection, campaignId }, { signal }) =>
      (await findToken(await services.connections.get(connection), campaignId, null, signal))
        .tokens,
    'formats.list': async () =>
      formatsWith((await readSettings()).ownSources).map(({ id, name }) => ({ id, name })),
    'exports.list': async ({ connection, campaignId }, { caller }) =>
      (await ledger.lists(campaignId)).filter(
        (entry) =>
          (caller.kind === 'extension' || entry.connection === caller.connection) &&
          (connection === null || entry.connection === connection),
      ),
  };
}

/** A placement that no report names. */
const unseen = (id: string): JudgedThen => ({
  id,
  clicks: null,
  conversions: null,
  cost: null,
  revenue: null,
  verdict: 'unknown',
  loser: null,
});

interface MadeList {
  readonly kind: IdKind;
  readonly ids: readonly string[];
  /** What the ids were made from, in their order. */
  readonly rows: readonly JudgedThen[];
  readonly unblock?: true;
}

/** A file name that every system takes. */
const fileName = (parts: ReadonlyArray<string | number>): string =>
  ['crosstrack', ...parts].join('-').replace(/[^A-Za-z0-9._-]+/g, '_');
