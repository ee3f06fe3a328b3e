import type { RuleSettings } from '../blacklist/rule-settings.ts';
import { createReportCache } from '../cache/report-cache.ts';
import { connectionSchema } from '../connections/connection.ts';
import { hostPattern } from '../connections/hosts.ts';
import { createHttp } from '../http/client.ts';
import { createPacer } from '../http/pacer.ts';
import { createJournal } from '../journal/journal.ts';
import { createWriter } from '../journal/writer.ts';
import { createKeyStore, type SealedArea } from '../keys/key-store.ts';
import type { Reply } from '../rpc/client.ts';
import type { PolicyFacts, Sender } from '../rpc/policy.ts';
import { createServer, type Handlers } from '../rpc/server.ts';
import type { OpenDatabase } from '../store/database.ts';
import { createRecords } from '../store/records.ts';
import type { Kept } from '../store/storage.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import { createAsks } from './asks.ts';
import { type Changes, createChanges, sealedFor } from './changes.ts';
import { type ConnectionHandlers, createConnections } from './connections.ts';
import { createCosts, readSegment, segmentOf, sendOrder } from './costs.ts';
import { createDemo } from './demo.ts';
import type { Permissions, Services } from './deps.ts';
import { createCampaignLists, createFigures } from './figures.ts';
import { createKeyLocks } from './key-locks.ts';
import { createManaged, type ManagedArea } from './managed.ts';
import { createOverlaps } from './overlaps.ts';
import { createPages, type PageBrowser } from './pages.ts';
import { createPanelContext } from './panel-context.ts';
import { createPanels } from './panels.ts';
import { createPlacements } from './placements.ts';
import { applyPresets } from './presets.ts';
import { createSettings } from './settings.ts';
import { createStats } from './stats.ts';
import { createTransfer } from './transfer.ts';

/** Everything the background is made of that is not a plain function. */
export interface BackgroundDeps {
  readonly trackers: readonly TrackerAdapter[];
  readonly database: OpenDatabase;
  readonly area: SealedArea;
  /** How long both are. */
  kept(): Promise<Kept>;
  /** In memory, for the extension's own contexts only, until the browser closes. */
  readonly session: SealedArea;
  /** What an administrator laid down. */
  readonly managed: ManagedArea;
  readonly browser: Omit<PageBrowser, 'permissions'> & {
    readonly permissions: Permissions;
  };
  readonly facts: Pick<PolicyFacts, 'extensionId' | 'extensionOrigin'>;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Sets an alarm that leads to `background.settle()`. */
  wakeAfter(ms: number): void;
  /** Sets an alarm, in epoch ms, that leads to `background.checkIdle()`; null = none. */
  lockAt(at: number | null): void;
}

/** Calls that answer otherwise when a write has moved on. */
const OF_JOURNAL = ['journal.list', 'journal.read'];
/** Calls that answer otherwise when a write was settled: the tracker's figures are others now. */
const OF_FIGURES = ['side.figures', 'campaigns.figures', 'placements.score', 'stats.read'];

/** Builds the background from its parts; the entrypoint only connects it to the browser's events. */
export function createBackground(deps: BackgroundDeps) {
  const { database, now, browser } = deps;
  const keys = createKeyStore(database, deps.area, {
    session: deps.session,
    sealedFor: async () => [
      ...(await connections.list()).map(sealedFor),
      ...(await changes.waiting()),
    ],
    extractable: async () => (await deps.kept()) !== 'profile',
    now,
  });
  const pacer = createPacer({ now, sleep: deps.sleep }, deps.session);

  const managed = createManaged(
    deps.managed,
    (policy) => applyPresets(policy, services, connections),
    (work) => changes.inTurn(work),
    database,
    async (calls) => (calls ? browser.invalidate(calls) : pages.registerDetector()),
  );
  const asks = createAsks({
    trackers: deps.trackers,
    database,
    now,
    http: (connection, adapter, credentials) =>
      createHttp({
        connection,
        adapter,
        credentials: async () => {
          const { origin, protocol } = new URL(connection.api);
          if (protocol === 'http:') await managed.allow('http');
          return credentials ?? keys.get({ connection: connection.id, origin });
        },
        fetch: deps.fetch,
        clock: { now, sleep: deps.sleep },
        pacer,
      }),
  });
  const reports = createReportCache(database, async (id, question, signal) =>
    asks.run(await connections.get(id), signal, (ask, adapter) => adapter.report(ask, question)),
  );
  const journal = createJournal(database, now);
  journal.onChange(() => browser.invalidate(OF_JOURNAL));
  const services: Services = {
    database,
    connections: createRecords(database, 'connections', connectionSchema),
    keys,
    reports,
    journal,
    asks,
    permissions: browser.permissions,
    now,
  };

  const changes: Changes = createChanges(services, () => pages.registerDetector());
  const connections: ConnectionHandlers = createConnections(
    services,
    deps.trackers,
    changes,
    managed,
  );
  const settings = createSettings(database, managed.thresholds);
  const panels = createPanels({
    session: deps.session,
    now,
    ask: browser.askDetector,
    context: createPanelContext(connections, settings),
  });
  const pages = createPages(browser, connections, settings, deps.trackers, panels);
  const transfer = createTransfer(
    services,
    connections,
    settings,
    () => managed.allow('add-connections'),
    changes,
  );
  const campaignLists = createCampaignLists(services, connections);
  const forever = new AbortController().signal;
  const writer = createWriter({
    journal,
    send: (record) => sendOrder(services, connections, record, forever),
    readBack: async (record) =>
      segmentOf(await readSegment(services, connections, record.order, forever)),
    async changed(connection) {
      await reports.forget(connection);
      browser.invalidate(OF_FIGURES);
    },
    now,
    sleep: deps.sleep,
    wakeAfter: deps.wakeAfter,
  });

  const locks = createKeyLocks({
    keys,
    database,
    session: deps.session,
    now,
    lockAt: deps.lockAt,
    onUnlock: () => void settle(),
    onChange: browser.invalidate,
  });
  /** Without keys nothing can be sent, read back or taken over: that waits until they are unlocked. */
  const settle = async (): Promise<void> => {
    await locks.check();
    if ((await keys.state()).locked) return;
    // What cannot be ended now is ended at the next turn.
    await changes.finish().catch(() => {});
    await writer.settle();
  };
  const placements = createPlacements(services, connections, campaignLists);
  const governed = async <I extends { settings: RuleSettings }>(input: I): Promise<I> => ({
    ...input,
    settings: { ...input.settings, ...(await managed.thresholds()) },
  });

  const handlers: Handlers = {
    ...connections.calls,
    ...createDemo(services, connections, deps.trackers),
    ...settings.calls,
    ...pages.calls,
    ...panels.calls,
    ...transfer,
    ...managed.calls,
    ...createFigures(services, connections, campaignLists),
    ...createOverlaps(services, connections),
    ...createStats(services, connections),
    ...createCosts(services, connections, writer),
    ...placements,
    'placements.score': async (input, context) =>
      placements['placements.score'](await governed(input), context),
    'placements.export': async (input, context) =>
      placements['placements.export'](await governed(input), context),
    ...locks.calls,
    'storage.read': async () => ({ kept: await deps.kept() }),
  };

  const answer = createServer(
    handlers,
    {
      ...deps.facts,
      connectionAt: async (page) => {
        const connection = await connections.at(page);
        const origins = [hostPattern(page.href)];
        const granted = connection !== null && (await browser.permissions.contains({ origins }));
        return granted ? connection.id : null;
      },
      panelOf: panels.panelOf,
    },
    managed.guard,
    browser.invalidate,
    panels.inSight,
  );

  return {
    async handle(message: unknown, sender: Sender): Promise<Reply> {
      // First, so that keys left idle too long are locked before anything uses them.
      await locks.used().catch(() => {});
      return answer(message, sender);
    },
    pages,
    panels,
    connections,
    /** After a start or an alarm: takes up writes that were cut off. */
    settle,
    /** At its alarm. */
    checkIdle: locks.check,
    async start(): Promise<void> {
      await managed.refresh().catch(() => {});
      // What cannot be swept now lies there unused until the next start.
      await keys.sweep().catch(() => {});
      await settle();
    },
    /** When the policy changed: reads it. */
    readPolicy: () => managed.refresh(),
  };
}
