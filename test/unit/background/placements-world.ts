import { createPlacements } from '../../../lib/background/placements/handlers.ts';
import { createJudging } from '../../../lib/background/placements/judging.ts';
import { exportEntrySchema } from '../../../lib/background/placements/ledger.ts';
import { createFindPlacementToken } from '../../../lib/background/placements/token.ts';
import type { Services } from '../../../lib/background/services.ts';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { connectionSchema, type SourceTemplate } from '../../../lib/connections/connection.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import type { Problem } from '../../../lib/errors.ts';
import type { Conversion } from '../../../lib/report/log.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Basis, Question } from '../../../lib/report/question.ts';
import type { Range } from '../../../lib/report/range.ts';
import type { OwnSource } from '../../../lib/sources/own-sources.ts';
import type { ProtectedId } from '../../../lib/sources/protected-ids.ts';
import type { Source } from '../../../lib/trackers/adapter.ts';
import { z } from '../../../lib/zod.ts';
import { testDatabase } from '../test-database.ts';

export const NOW = Date.parse('2026-08-20T12:00:00Z');
export const RANGE = { from: '2026-08-01', to: '2026-08-14', zone: 'UTC' };
export const TOKENS: Source['tokens'] = [
  { slot: 1, name: 'click', macro: '\u0024{SUBID}', role: null },
  { slot: 2, name: 'zone', macro: '{zoneid}', role: null },
  { slot: 3, name: 'sub-zone', macro: '{subzone_id}', role: null },
  { slot: 4, name: 'campaign', macro: '{campaignid}', role: null },
  // The tracker does not tell its macro, so nobody knows which kind of ids it holds.
  { slot: 5, name: 'x', macro: null, role: null },
];

export type Row = Partial<Metrics> & { readonly id: string };
export type LoggedConversion = Pick<Conversion, 'offer' | 'clickedAt' | 'convertedAt'>;
export interface Told {
  rows: readonly Row[];
  /** The report of some days, where it is not made of the rows. */
  reports: (question: Question) => { rows: readonly Row[]; complete: boolean } | null;
  /** The conversion log; null = the tracker has none. */
  log: readonly LoggedConversion[] | null;
  /** The date that conversions are counted on. */
  basis: Basis;
  /** The connection's currency. */
  currency: string;
  problem: Problem | null;
  source: string;
  templates: SourceTemplate[];
  ownSources?: OwnSource[];
  protectedIds?: ProtectedId[];
}
export let told: Told;
export let kept: SourceTemplate[];
export let asked: string[];
/** Days of each report that was asked for, and of each log. */
export let read: string[];
export let logged: string[];

export const loser = (id: string, cost = 40) => ({
  id,
  clicks: 900,
  conversions: 0,
  cost,
  revenue: 0,
});
export const winner = (id: string) => ({
  id,
  clicks: 900,
  conversions: 40,
  cost: 60,
  revenue: 160,
});

/** Everything as it is before a test. */
export function startAnew(): void {
  told = {
    rows: [loser('101', 50), loser('102'), winner('103')],
    reports: () => null,
    log: null,
    basis: 'visit',
    currency: 'USD',
    problem: null,
    source: 'PropellerAds',
    templates: [],
  };
  kept = [];
  asked = [];
  read = [];
  logged = [];
}

/** The calls over one tracker whose report and sources are those told. */
export function setUp() {
  const connection = connectionSchema.parse({
    id: 'k',
    tracker: 'x',
    name: 'X',
    api: 'https://x.example',
    pages: [],
    currency: 'USD',
    zone: 'UTC',
    basis: told.basis,
    templates: told.templates,
    order: 1,
    createdAt: 0,
  });
  const adapter = {
    capabilities: { tokens: 4 },
    sources: async () => [{ id: 's', name: told.source, tokens: TOKENS }],
    conversions: async (_: object, { range }: { range: Range }) => {
      logged.push(`${range.from}–${range.to}`);
      return told.log && { entries: told.log, zone: 'UTC', fetchedAt: NOW, complete: true };
    },
  };
  const { database } = testDatabase();
  const services = {
    database,
    now: () => NOW,
    connections: { get: async () => ({ ...connection, currency: told.currency }) },
    clients: {
      adapter: () => adapter,
      run: async (_: unknown, __: unknown, ask: (client: object, of: typeof adapter) => unknown) =>
        ask({}, adapter),
    },
    reports: {
      answer: async (_: string, question: Question, fresh: boolean) => {
        asked.push(`${question.groupBy} ${fresh ? 'fresh' : 'known'}`);
        read.push(`${question.range.from}–${question.range.to}`);
        if (told.problem) return { report: null, problem: told.problem };
        let answer: ReturnType<Told['reports']>;
        try {
          answer = told.reports(question) ?? { rows: told.rows, complete: true };
        } catch {
          return { report: null, problem: { kind: 'unsupported' } };
        }
        const rows = answer.rows.map(({ id, ...known }) => ({
          values: [{ id, name: id }],
          metrics: metricsOf(known),
        }));
        const { complete } = answer;
        const report = { rows, currency: 'USD', zone: 'UTC', complete, fetchedAt: NOW };
        return { report, problem: null };
      },
    },
  } as unknown as Services;
  const source = { id: 's', name: told.source };
  const campaigns = [{ id: '12', name: 'Summer', active: true, source }];
  const campaignLists = async () => ({ campaigns, fetchedAt: NOW });
  const ownSources = async () => told.ownSources ?? [];
  const parts = {
    campaignLists,
    findToken: createFindPlacementToken(services, campaignLists, ownSources),
    readSettings: async () => ({
      ownSources: told.ownSources ?? [],
      protectedIds: told.protectedIds ?? [],
    }),
  };
  const calls = createPlacements(services, {
    ...parts,
    keepTemplate: async (_, template) => {
      kept.push(template);
      return connection;
    },
    judging: createJudging(services, parts, async () => ({})),
  });
  const context = {
    caller: { kind: 'extension' },
    signal: new AbortController().signal,
  } as unknown as Parameters<(typeof calls)['exports.list']>[1];
  const question = { connection: 'k', campaignId: '12', range: RANGE, slot: null };
  return {
    /** Data about a connection is kept only once it is saved. */
    async saved() {
      await (await database()).put('connections', connection);
      return this;
    },
    list: (change: Partial<Input<'placements.list'>> = {}) =>
      calls['placements.list'](
        { ...question, delayHours: 24, looks: 'one', fresh: true, ...change },
        context,
      ),
    restart: (day: string) =>
      calls['placements.restart']({ connection: 'k', campaignId: '12', day }, context),
    pay: (campaignId: string, payout: number | null) =>
      calls['placements.payout']({ connection: 'k', campaignId, payout }, context),
    send: (change: Partial<Input<'placements.export'>> = {}) =>
      calls['placements.export'](
        {
          ...question,
          settings: DEFAULT_RULES,
          format: 'propellerads',
          separator: null,
          ...change,
        },
        context,
      ),
    blocked: (format = 'propellerads') =>
      calls['placements.blocked']({ connection: 'k', campaignId: '12', format }, context),
    unblock: (ids: string[], change: Partial<Input<'placements.unblock'>> = {}) =>
      calls['placements.unblock'](
        { ...question, settings: DEFAULT_RULES, format: 'propellerads', ids, ...change },
        context,
      ),
    /** The ledger's records as they are stored. */
    stored: async () =>
      z.array(exportEntrySchema).parse(await (await database()).getAll('exports')),
    keep: (slot: number) =>
      calls['placements.token']({ connection: 'k', campaignId: '12', slot }, context),
    ledger: (of: { connection?: string; campaignId?: string } = {}) =>
      calls['exports.list']({ connection: null, campaignId: null, ...of }, context),
  };
}
