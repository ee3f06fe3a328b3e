import type { Placement } from '../blacklist/placement.ts';
import type { RuleSettings } from '../blacklist/rule-settings.ts';
import { ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import { scorePlacements } from '../blacklist/score.ts';
import { summariseVerdicts } from '../blacklist/summary.ts';
import type { Connection } from '../connections/connection.ts';
import type { blacklistCalls, ExportEntry, ScoredList } from '../contract/blacklist.ts';
import { CrosstrackError, isLocked, type Problem, problemOf } from '../errors.ts';
import type { Question, Report } from '../report/question.ts';
import { daysIn, type Range } from '../report/range.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { exportCsv, exportList } from '../sources/export.ts';
import { formats, guessSource } from '../sources/formats.ts';
import { proposeTemplate } from '../sources/template.ts';
import { createRecords } from '../store/records.ts';
import type { Campaign, Source } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { Services } from './deps.ts';
import type { CampaignLists } from './figures.ts';

type PlacementCalls = HandlersOf<typeof blacklistCalls>;

/** Sources and campaign lists change rarely; a report needs them only to find the token. */
const LIST_MS = 60 * 60_000;

const SAME_EXPORT_MS = 10 * 60_000;

interface Ask {
  readonly connection: string;
  readonly campaignId: string;
  readonly range: Range;
  readonly slot: number | null;
  readonly settings: RuleSettings;
}

const exportEntrySchema: z.ZodMiniType<ExportEntry> = z.object({
  id: z.string(),
  at: z.number(),
  connection: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  format: z.string(),
  range: z.object({ from: z.string(), to: z.string(), zone: z.string() }),
  rules: ruleSettingsSchema,
  ids: z.array(z.string()),
});

const placementOf = ({ values, metrics }: Report['rows'][number]): Placement => ({
  id: values[0]?.id ?? '',
  clicks: metrics.clicks ?? 0,
  landerViews: metrics.landerViews,
  landerClicks: metrics.landerClicks,
  conversions: metrics.conversions ?? 0,
  cost: metrics.cost ?? 0,
  revenue: metrics.revenue ?? 0,
});

export function createPlacements(
  services: Services,
  connections: ConnectionHandlers,
  campaignLists: CampaignLists,
): PlacementCalls {
  const { reports, asks, now } = services;
  const ledger = createRecords<ExportEntry>(services.database, 'exports', exportEntrySchema);
  const sourcesKnown = new Map<string, { at: number; sources: Source[] }>();

  const sourcesOf = async (connection: Connection, signal: AbortSignal): Promise<Source[]> => {
    const known = sourcesKnown.get(connection.id);
    if (known && now() - known.at < LIST_MS) return known.sources;
    try {
      const sources = await asks.run(connection, signal, (ask, adapter) => adapter.sources(ask));
      sourcesKnown.set(connection.id, { at: now(), sources });
      return sources;
    } catch (error) {
      // What is cached is shown all the same; a template or the user says which token it is.
      if (isLocked(problemOf(error))) return known?.sources ?? [];
      throw error;
    }
  };

  /** The campaign's source and the token that holds its placement. */
  const placementToken = async (
    connection: Connection,
    campaignId: string,
    chosen: number | null,
    signal: AbortSignal,
  ) => {
    const adapter = asks.adapter(connection.tracker);
    const { campaigns } = await campaignLists(connection.id, LIST_MS, signal);
    const campaign: Campaign | undefined = campaigns.find(({ id }) => id === campaignId);
    const source = campaign?.source ?? null;
    const template = connection.templates.find(({ sourceId }) => sourceId === source?.id);
    const known = source
      ? (await sourcesOf(connection, signal)).find(({ id }) => id === source.id)
      : undefined;
    const tokens: Source['tokens'] =
      known?.tokens ??
      Array.from({ length: adapter.capabilities.tokens }, (_, index) => ({
        slot: index + 1,
        name: String(index + 1),
        macro: null,
        role: null,
      }));
    const proposed = proposeTemplate(tokens).placement;
    const slot: ScoredList['slot'] =
      chosen !== null
        ? { slot: chosen, from: 'chosen' }
        : template?.placement
          ? { slot: template.placement, from: 'template' }
          : proposed !== null
            ? { slot: proposed, from: 'proposed' }
            : null;
    const format = source ? (guessSource(source.name)?.id ?? null) : null;
    return { campaign, tokens, slot, format };
  };

  const score = async (ask: Ask, fresh: boolean, signal: AbortSignal): Promise<ScoredList> => {
    const connection = await connections.get(ask.connection);
    const { slot, tokens, format } = await placementToken(
      connection,
      ask.campaignId,
      ask.slot,
      signal,
    );
    const empty = {
      rows: [],
      currency: connection.currency,
      zone: connection.zone,
      range: ask.range,
      complete: true,
      fetchedAt: now(),
      slot,
      tokens,
      payout: null,
      format,
      cut: 0,
      expectedWrong: 0,
      savingPerDay: 0,
    };
    if (slot === null) {
      const problem: Problem = { kind: 'input', text: 'problem_no_placement_token' };
      return { ...empty, problem };
    }
    const question: Question = {
      range: ask.range,
      groupBy: [`token${slot.slot}`],
      filters: [{ dimension: 'campaign', value: ask.campaignId }],
    };
    const { report, problem } = await reports.answer(ask.connection, question, fresh, signal);
    if (!report) return { ...empty, problem };
    const scored = scorePlacements(report.rows.map(placementOf), ask.settings);
    const summary = summariseVerdicts(scored.rows, daysIn(ask.range));
    return {
      ...empty,
      ...summary,
      rows: scored.rows,
      payout: scored.payout,
      currency: report.currency,
      zone: report.zone,
      complete: report.complete,
      fetchedAt: report.fetchedAt,
      problem,
    };
  };

  return {
    'placements.score': ({ fresh, ...ask }, { signal }) => score(ask, fresh, signal),
    'placements.export': async ({ format: formatId, separator, ...ask }, { signal }) => {
      const format = formats.find(({ id }) => id === formatId);
      if (!format) {
        throw new CrosstrackError({ kind: 'input', text: 'problem_format', values: [formatId] });
      }
      const known = await score(ask, false, signal);
      const list = known.rows.length > 0 ? known : await score(ask, true, signal);
      const cut = list.rows.filter(({ verdict }) => verdict.kind === 'cut');
      const listed = exportList(
        cut.map(({ id }) => id),
        format,
        { protectedIds: new Set(), ...(separator ? { separator } : {}) },
      );
      const ids = listed.chunks.flat();
      const kept = new Set(ids);
      const earlier = (await ledger.all())
        .filter((entry) => entry.campaignId === ask.campaignId && entry.format === formatId)
        .filter((entry) => entry.connection === ask.connection)
        .sort((a, b) => b.at - a.at);
      // Copying a list and then saving it is one export, not two.
      const repeated =
        earlier[0] !== undefined &&
        now() - earlier[0].at < SAME_EXPORT_MS &&
        earlier[0].ids.join('\n') === ids.join('\n');
      const before = new Set(earlier[repeated ? 1 : 0]?.ids);
      const connection = await connections.get(ask.connection);
      const { campaigns } = await campaignLists(ask.connection, LIST_MS, signal);
      const campaignName = campaigns.find(({ id }) => id === ask.campaignId)?.name ?? '';
      await ledger.put({
        id: repeated && earlier[0] ? earlier[0].id : crypto.randomUUID(),
        at: now(),
        connection: ask.connection,
        campaignId: ask.campaignId,
        campaignName,
        format: formatId,
        range: ask.range,
        rules: ask.settings,
        ids,
      });
      return {
        chunks: listed.texts,
        csv: exportCsv(
          cut.filter(({ id }) => kept.has(id)),
          { currency: list.currency },
        ),
        name: fileName([connection.tracker, ask.campaignId, formatId, ask.range.to]),
        count: ids.length,
        rejected: listed.rejected,
        duplicates: listed.duplicates,
        protected: listed.protected,
        fresh: ids.filter((id) => !before.has(id)).length,
        notes: format.notes,
      };
    },
    'formats.list': async () => formats.map(({ id, name }) => ({ id, name })),
    'exports.list': async (_, { caller }) =>
      (await ledger.all())
        .filter((entry) => caller.kind === 'extension' || entry.connection === caller.connection)
        .sort((a, b) => b.at - a.at),
  };
}

/** A file name that every system takes. */
const fileName = (parts: readonly string[]): string =>
  ['crosstrack', ...parts].join('-').replace(/[^A-Za-z0-9._-]+/g, '_');
