import { columnsIn, placementAt } from '../../blacklist/columns.ts';
import { completeRules } from '../../blacklist/default-rules.ts';
import type { RuleSettings, Thresholds } from '../../blacklist/rule-settings.ts';
import { scorePlacements } from '../../blacklist/score.ts';
import { judgePlacement } from '../../blacklist/verdict.ts';
import type { blacklistCalls } from '../../contract/blacklist.ts';
import { CrosstrackError } from '../../errors.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Settings } from '../../settings/settings.ts';
import { exportList, whyNothing } from '../../sources/export.ts';
import { joinAlike, judgedRows, ticksOfRows } from '../../sources/judged.ts';
import { listCsv } from '../../sources/list-csv.ts';
import { formatsWith } from '../../sources/own-sources.ts';
import { protectedAt } from '../../sources/protected-ids.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { KeepTemplate } from '../connections/templates.ts';
import type { Services } from '../services.ts';
import { createFindArrivals } from './arrivals.ts';
import { createFirstDays } from './first-days.ts';
import { createExportLedger } from './ledger.ts';
import { createListPlacements } from './list.ts';
import { createPayouts } from './payouts.ts';
import { type FindPlacementToken, LIST_MS } from './token.ts';

export function createPlacements(
  services: Services,
  {
    campaignLists,
    findToken,
    keepTemplate,
    readSettings,
  }: {
    readonly campaignLists: CampaignLists;
    readonly findToken: FindPlacementToken;
    readonly keepTemplate: KeepTemplate;
    readonly readSettings: () => Promise<Pick<Settings, 'ownSources' | 'protectedIds'>>;
  },
  /** Rules that an administrator puts in place of the user's. */
  fixed: () => Promise<Partial<Thresholds>>,
): HandlersOf<typeof blacklistCalls> {
  const ledger = createExportLedger(services);
  const rules = async (own: RuleSettings) => ({ ...own, ...(await fixed()) });
  const firstDays = createFirstDays(services);
  const payouts = createPayouts(services);
  const listPlacements = createListPlacements(
    services,
    findToken,
    createFindArrivals(services, campaignLists),
    firstDays,
    payouts,
  );
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
      { format: formatId, separator, added = [], removed = [], part: nth = 0, ...asked },
      { signal },
    ) => {
      const { ownSources, protectedIds } = await readSettings();
      const format = formatsWith(ownSources).find(({ id }) => id === formatId);
      if (!format) {
        throw new CrosstrackError({ kind: 'input', text: 'problem_format', values: [formatId] });
      }
      const { settings: own, ...question } = asked;
      const settings = completeRules(await rules(own));
      const { delayHours, looks } = settings;
      const wanted = { ...question, delayHours, looks };
      const known = await listPlacements(wanted, false, signal);
      const list = known.table.ids.length > 0 ? known : await listPlacements(wanted, true, signal);
      // No list is made from figures that are not there.
      if (list.problem) throw new CrosstrackError(list.problem);
      const kind = list.format === formatId ? list.kind : null;
      const { columns, members } = joinAlike(columnsIn(list.table), format, { kind });
      const scores = scorePlacements(columns, settings, list.days);
      const ticks = ticksOfRows({ added: new Set(added), removed: new Set(removed) }, members);
      const listed = exportList(judgedRows(columns, scores, ticks), format, {
        separator,
        kind,
        unticked: ticks.removed,
        protectedIds: protectedAt(protectedIds, formatId),
      });
      const part = listed.parts[nth];
      const result = {
        leftOut: listed.leftOut,
        nothing: whyNothing(listed, format),
        notes: [...format.notes, ...(listed.kindUntold ? (['note_kind_untold'] as const) : [])],
      };
      if (!part) return { ...result, part: null, count: 0 };
      const ids = part.items.map(({ id }) => id);
      const connection = await services.connections.get(question.connection);
      const { campaigns } = await campaignLists(question.connection, LIST_MS, signal);
      const fresh = await ledger.add({
        connection: question.connection,
        campaignId: question.campaignId,
        campaignName: campaigns.find(({ id }) => id === question.campaignId)?.name ?? '',
        format: formatId,
        range: question.range,
        rules: settings,
        ids,
      });
      const several = listed.parts.length > 1 ? [part.kind, nth + 1] : [];
      const to = question.range.to;
      return {
        ...result,
        part: {
          kind: part.kind,
          count: ids.length,
          text: part.text,
          csv: listCsv(
            part.items.map(({ id, row: { row } }) => ({
              ...placementAt(columns, row),
              id,
              verdict: judgePlacement(columns, row, scores.campaign, settings, list.days),
            })),
            { currency: list.currency, targetRoi: settings.targetRoi },
          ),
          name: fileName([connection.tracker, question.campaignId, formatId, to, ...several]),
          fresh,
        },
        count: ids.length,
      };
    },
    'tokens.list': async ({ connection, campaignId }, { signal }) =>
      (await findToken(await services.connections.get(connection), campaignId, null, signal))
        .tokens,
    'formats.list': async () =>
      formatsWith((await readSettings()).ownSources).map(({ id, name }) => ({ id, name })),
    'exports.list': async (_, { caller }) =>
      (await ledger.all()).filter(
        (entry) => caller.kind === 'extension' || entry.connection === caller.connection,
      ),
  };
}

/** A file name that every system takes. */
const fileName = (parts: ReadonlyArray<string | number>): string =>
  ['crosstrack', ...parts].join('-').replace(/[^A-Za-z0-9._-]+/g, '_');
