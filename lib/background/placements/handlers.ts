import type { RuleSettings } from '../../blacklist/rule-settings.ts';
import type { blacklistCalls } from '../../contract/blacklist.ts';
import { CrosstrackError } from '../../errors.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import { exportCsv, exportList } from '../../sources/export.ts';
import { formats } from '../../sources/formats.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { Services } from '../services.ts';
import { createExportLedger } from './ledger.ts';
import { createScore } from './score.ts';
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
  const score = createScore(services, findToken);
  return {
    'placements.score': async ({ fresh, ...question }, { signal }) =>
      score({ ...question, settings: await rules(question.settings) }, fresh, signal),
    'placements.export': async ({ format: formatId, separator, ...asked }, { signal }) => {
      const format = formats.find(({ id }) => id === formatId);
      if (!format) {
        throw new CrosstrackError({ kind: 'input', text: 'problem_format', values: [formatId] });
      }
      const question = { ...asked, settings: await rules(asked.settings) };
      const known = await score(question, false, signal);
      const list = known.rows.length > 0 ? known : await score(question, true, signal);
      const cut = list.rows.filter(({ verdict }) => verdict.kind === 'cut');
      const listed = exportList(
        cut.map(({ id }) => id),
        format,
        { protectedIds: new Set(), ...(separator ? { separator } : {}) },
      );
      const ids = listed.chunks.flat();
      const kept = new Set(ids);
      const connection = await services.connections.get(question.connection);
      const { campaigns } = await campaignLists(question.connection, LIST_MS, signal);
      const fresh = await ledger.add({
        connection: question.connection,
        campaignId: question.campaignId,
        campaignName: campaigns.find(({ id }) => id === question.campaignId)?.name ?? '',
        format: formatId,
        range: question.range,
        rules: question.settings,
        ids,
      });
      return {
        chunks: listed.texts,
        csv: exportCsv(
          cut.filter(({ id }) => kept.has(id)),
          { currency: list.currency },
        ),
        name: fileName([connection.tracker, question.campaignId, formatId, question.range.to]),
        count: ids.length,
        rejected: listed.rejected,
        duplicates: listed.duplicates,
        protected: listed.protected,
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
