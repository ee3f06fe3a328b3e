import { columnsIn, placementAt } from '../../blacklist/columns.ts';
import { completeRules } from '../../blacklist/default-rules.ts';
import { VERDICT_KINDS } from '../../blacklist/placement.ts';
import type { RuleSettings } from '../../blacklist/rule-settings.ts';
import { scorePlacements } from '../../blacklist/score.ts';
import { judgePlacement } from '../../blacklist/verdict.ts';
import type { blacklistCalls } from '../../contract/blacklist.ts';
import { CrosstrackError } from '../../errors.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import { exportCsv, exportList } from '../../sources/export.ts';
import { formats } from '../../sources/formats.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { Services } from '../services.ts';
import { createFindArrivals } from './arrivals.ts';
import { createExportLedger } from './ledger.ts';
import { createListPlacements } from './list.ts';
import { createFindPlacementToken, LIST_MS } from './token.ts';

export function createPlacements(
  services: Services,
  campaignLists: CampaignLists,
  /** Rules that an administrator puts in place of the user's. */
  fixed: () => Promise<Partial<RuleSettings>>,
): HandlersOf<typeof blacklistCalls> {
  const ledger = createExportLedger(services);
  const rules = async (own: RuleSettings) => ({ ...own, ...(await fixed()) });
  const findToken = createFindPlacementToken(services, campaignLists);
  const listPlacements = createListPlacements(
    services,
    findToken,
    createFindArrivals(services, campaignLists),
  );
  return {
    'placements.list': async ({ fresh, delayHours, ...question }, { signal }) => {
      const { delayHours: fixedHours = delayHours } = await fixed();
      return listPlacements({ ...question, delayHours: fixedHours }, fresh, signal);
    },
    'placements.export': async ({ format: formatId, separator, ...asked }, { signal }) => {
      const format = formats.find(({ id }) => id === formatId);
      if (!format) {
        throw new CrosstrackError({ kind: 'input', text: 'problem_format', values: [formatId] });
      }
      const { settings: own, ...question } = asked;
      const settings = completeRules(await rules(own));
      const listed = { ...question, delayHours: settings.delayHours };
      const known = await listPlacements(listed, false, signal);
      const list = known.table.ids.length > 0 ? known : await listPlacements(listed, true, signal);
      const columns = columnsIn(list.table);
      const { campaign, kinds, order } = scorePlacements(columns, settings, list.days);
      const cut = Array.from(order)
        .filter((row) => VERDICT_KINDS[kinds[row] ?? 0] === 'cut')
        .map((row) => ({
          ...placementAt(columns, row),
          verdict: judgePlacement(columns, row, campaign, settings, list.days),
        }));
      const exported = exportList(
        cut.map(({ id }) => id),
        format,
        { protectedIds: new Set(), ...(separator ? { separator } : {}) },
      );
      const ids = exported.chunks.flat();
      const kept = new Set(ids);
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
      return {
        chunks: exported.texts,
        csv: exportCsv(
          cut.filter(({ id }) => kept.has(id)),
          { currency: list.currency },
        ),
        name: fileName([connection.tracker, question.campaignId, formatId, question.range.to]),
        count: ids.length,
        rejected: exported.rejected,
        duplicates: exported.duplicates,
        protected: exported.protected,
        fresh,
        notes: format.notes,
      };
    },
    'tokens.list': async ({ connection, campaignId }, { signal }) =>
      (await findToken(await services.connections.get(connection), campaignId, null, signal))
        .tokens,
    'formats.list': async () => formats.map(({ id, name }) => ({ id, name })),
    'exports.list': async (_, { caller }) =>
      (await ledger.all()).filter(
        (entry) => caller.kind === 'extension' || entry.connection === caller.connection,
      ),
  };
}

/** A file name that every system takes. */
const fileName = (parts: readonly string[]): string =>
  ['crosstrack', ...parts].join('-').replace(/[^A-Za-z0-9._-]+/g, '_');
