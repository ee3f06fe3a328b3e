import { createReportCache } from '../cache/report-cache.ts';
import { hostPattern } from '../connections/hosts.ts';
import { createHttp } from '../http/client.ts';
import { createPacer } from '../http/pacer.ts';
import { createJournal, createMarksJournal, createPauseJournal } from '../journal/journal.ts';
import { createJournalRecords } from '../journal/records.ts';
import { createKeyStore } from '../keys/key-store.ts';
import type { Sender } from '../rpc/callers.ts';
import type { Reply } from '../rpc/client.ts';
import { createServer, type Handlers } from '../rpc/server.ts';
import { createReportAcross } from './campaigns/across.ts';
import { createFigures } from './campaigns/figures.ts';
import { createGroups } from './campaigns/groups.ts';
import { createLinkRepository, createLinks } from './campaigns/links.ts';
import { createCampaignLists, createKeptLists } from './campaigns/lists.ts';
import { createMatch } from './campaigns/match.ts';
import { createNamedLists } from './campaigns/named-lists.ts';
import { createOnce } from './campaigns/once.ts';
import { createProposals } from './campaigns/proposals.ts';
import { createSeries } from './campaigns/series.ts';
import { createStats } from './campaigns/stats.ts';
import { createCaps } from './caps/handlers.ts';
import { createChanges } from './changes/changes.ts';
import { createPendingChange } from './changes/pending.ts';
import { createClickLookup } from './clicks/look-up.ts';
import { createReadDraft } from './connections/draft.ts';
import { createConnections } from './connections/handlers.ts';
import { createConnectionRepository } from './connections/repository.ts';
import { sealedFor } from './connections/sealed-for.ts';
import { createKeepTemplate } from './connections/templates.ts';
import { createViews } from './connections/view.ts';
import { createRequireCounterpart } from './costs/counterpart.ts';
import { createCosts } from './costs/handlers.ts';
import { createPreviews } from './costs/previews.ts';
import { createReadSplit } from './costs/split.ts';
import { createCostWriter } from './costs/writer.ts';
import { createDamaged } from './damaged.ts';
import { createDemo } from './demo.ts';
import type { BackgroundDeps } from './deps.ts';
import { createKeyLocks } from './key-locks.ts';
import { createMarks } from './marks/handlers.ts';
import { createReadMarks } from './marks/present.ts';
import { createBackgroundMarksWriter } from './marks/writer.ts';
import { createMaySend } from './may-send.ts';
import { createOffers } from './offers/handlers.ts';
import { createOverlaps } from './overlaps.ts';
import { createPanelContext } from './panel-context.ts';
import { createPanels } from './panels.ts';
import { createPauses } from './pauses/handlers.ts';
import { createBackgroundPauseWriter } from './pauses/writer.ts';
import { createPlacements } from './placements/handlers.ts';
import { createJudging } from './placements/judging.ts';
import { createFindPlacementToken } from './placements/token.ts';
import { createPolicyEnforcer } from './policy/apply.ts';
import { createPolicyReader } from './policy/managed.ts';
import { applyPresets } from './policy/presets.ts';
import { createPopup } from './popup.ts';
import type { Services } from './services.ts';
import { createSettings } from './settings.ts';
import { createSharedAlarm } from './shared-alarm.ts';
import { createDetector } from './tabs/detector.ts';
import { createFollowHosts } from './tabs/follow-hosts.ts';
import { createTabs } from './tabs/handlers.ts';
import { createOpener } from './tabs/open.ts';
import { createTrackerClients } from './tracker-clients.ts';
import { createTransfer } from './transfer.ts';

/** Calls to invalidate when a journal record has changed. */
const OF_JOURNAL = ['journal.list', 'journal.open', 'journal.read', 'costs.line', 'costs.queue'];
/** Calls to invalidate when a record of a pause has changed. */
const OF_PAUSES = ['pauses.list', 'pauses.read'];
/** Calls to invalidate when a record of marks has changed. */
const OF_MARKS = ['marks.list', 'marks.read', 'marks.present'];
/** Calls to invalidate when a write has settled and the tracker's figures have changed. */
const OF_FIGURES = [
  'side.figures',
  'side.total',
  'side.days',
  'side.series',
  'campaigns.figures',
  'campaigns.grouped',
  'offers.figures',
  'offer.senders',
  'offer.part',
  'placements.list',
  'stats.known',
  'stats.read',
];

/** Builds the background from its parts; the entrypoint only connects it to the browser's events. */
export function createBackground(deps: BackgroundDeps) {
  const { trackers, database, now, sleep, session, browser } = deps;
  const { permissions } = browser;

  // Storage.
  const connections = createConnectionRepository(database);
  const pendingChange = createPendingChange(database);
  const links = createLinkRepository(database);
  const records = createJournalRecords(database);
  const journal = createJournal(records, now);
  const pauseJournal = createPauseJournal(records, now);
  const marksJournal = createMarksJournal(records, now);
  const previews = createPreviews({ database, now }, records);
  const keys = createKeyStore(database, deps.area, {
    session,
    sealedFor: async () => [
      ...(await connections.list()).map(sealedFor),
      ...(await pendingChange.waiting()),
    ],
    extractable: async () => (await deps.retention()) !== 'profile',
    now,
  });

  // Tabs and pages.
  const detector = createDetector(browser, connections);
  const followHosts = createFollowHosts(detector, browser);
  const opener = createOpener(browser, connections, detector);

  // Policy and settings.
  const managed = createPolicyReader(deps.managed, database);
  const settings = createSettings(database, managed.thresholds);

  // Access to the trackers.
  const pacer = createPacer({ now, sleep }, session);
  const clients = createTrackerClients({
    trackers,
    database,
    now,
    http: (connection, adapter, credentials) =>
      createHttp({
        connection,
        adapter,
        credentials: async () => {
          if (new URL(connection.api).protocol === 'http:') await managed.allow('http');
          return credentials ?? keys.get(sealedFor(connection));
        },
        fetch: deps.fetch,
        clock: { now, sleep },
        pacer,
      }),
  });
  const reports = createReportCache(database, async (id, question, signal) =>
    clients.run(await connections.get(id), signal, (client, adapter) =>
      adapter.report(client, question),
    ),
  );
  const services: Services = {
    database,
    connections,
    keys,
    reports,
    journal,
    clients,
    permissions,
    now,
  };

  // Parts shared by handlers.
  const changes = createChanges(services, pendingChange, followHosts);
  const readDraft = createReadDraft(services, managed);
  const policy = createPolicyEnforcer(
    managed,
    (laidDown) => applyPresets(laidDown, services, readDraft),
    changes.inTurn,
    async (calls) => (calls ? browser.invalidate(calls) : followHosts()),
  );
  const views = createViews(services, trackers, managed);
  const keepTemplate = createKeepTemplate(services, { changes, managed });
  const context = createPanelContext(views, settings);
  const campaignLists = createCampaignLists(services);
  const figures = createFigures(services, campaignLists);
  const panels = createPanels({
    session,
    now,
    ask: browser.askDetector,
    context,
    figures: figures['side.figures'],
  });
  const namedOn = createNamedLists(services, campaignLists);
  const keptLists = createKeptLists(services);
  const matches = createMatch(services, links, campaignLists, keptLists);

  // Writes to trackers.
  const wake = createSharedAlarm(deps);
  const maySend = createMaySend(services, managed);
  const writer = createCostWriter(services, { sleep, wakeAfter: wake() }, maySend, () =>
    browser.invalidate(OF_FIGURES),
  );
  journal.onChange(() => browser.invalidate(OF_JOURNAL));
  const pauseWriter = createBackgroundPauseWriter(
    services,
    pauseJournal,
    campaignLists,
    { sleep, wakeAfter: wake() },
    maySend,
    () => browser.invalidate(['campaigns.list']),
  );
  pauseJournal.onChange(() => browser.invalidate(OF_PAUSES));
  const readMarks = createReadMarks(services);
  const marksWriter = createBackgroundMarksWriter(
    services,
    marksJournal,
    readMarks,
    { sleep, wakeAfter: wake() },
    maySend,
  );
  marksJournal.onChange(() => browser.invalidate(OF_MARKS));

  /**
   * Resumes interrupted changes and writes. While keys are locked changes wait for the unlock; writes
   * that were to be sent are stopped.
   * @param all reads back every write that is on its way, due or not
   */
  const resume = async (all: boolean): Promise<void> => {
    // What cannot finish now finishes with the next change.
    const { locked } = await keys.state();
    if (!locked) await changes.finish().catch(() => {});
    await writer.settle(all);
    if (locked) return;
    await pauseWriter.settle();
    await marksWriter.settle();
  };
  const locks = createKeyLocks({
    keys,
    database,
    session,
    now,
    lockAt: deps.lockAt,
    onUnlock: () => void resume(true),
    onChange: browser.invalidate,
  });
  const settle = async (all = false): Promise<void> => {
    await locks.check();
    await resume(all);
  };

  const ownSources = async () => (await settings.read()).ownSources;
  const findPlacementToken = createFindPlacementToken(services, campaignLists, ownSources);
  const judgingParts = {
    campaignLists,
    findToken: findPlacementToken,
    readSettings: settings.read,
  };
  const judging = createJudging(services, judgingParts, managed.thresholds);
  const connectionCalls = createConnections(services, {
    trackers,
    changes,
    managed,
    views,
    readDraft,
    keepTemplate,
  });
  const stats = createStats(services);
  const handlers: Handlers = {
    ...connectionCalls,
    ...createDemo(services, records, views, trackers),
    ...settings.calls,
    ...createTabs({ browser, trackers, connections, settings, panels, opener }),
    ...panels.calls,
    ...createTransfer(services, {
      links,
      settings,
      readDraft,
      changes,
      mayAdd: () => managed.allow('add-connections'),
    }),
    ...policy.calls,
    ...figures,
    ...createGroups(services),
    ...createSeries(services),
    ...matches,
    ...createLinks(services, links, namedOn),
    ...createProposals(services, {
      links,
      namedOn,
      reportAcross: createReportAcross(services),
      clock: { now, sleep },
    }),
    ...createOverlaps(services, links),
    ...stats,
    ...createPopup({ ...connectionCalls, ...stats }),
    ...createOnce(services, links, keptLists),
    ...createOffers(services, links, {
      campaignLists,
      keptLists,
      readSettings: settings.read,
      invalidate: browser.invalidate,
    }),
    ...createCaps(services),
    ...createClickLookup(services),
    ...createCosts(
      services,
      previews,
      writer,
      createRequireCounterpart(matches, campaignLists),
      createReadSplit(services, findPlacementToken),
    ),
    ...createPauses(services, {
      journal: pauseJournal,
      previews,
      writer: pauseWriter,
      campaignLists,
    }),
    ...createPlacements(services, { ...judgingParts, keepTemplate, judging }),
    ...createMarks(services, {
      journal: marksJournal,
      previews,
      writer: marksWriter,
      campaignLists,
      judge: judging.judge,
      readMarks,
    }),
    ...locks.calls,
    ...createDamaged(database),
    'storage.read': async () => ({ retention: await deps.retention() }),
  };

  const answer = createServer(
    handlers,
    {
      ...deps.facts,
      connectionAt: async (page) => {
        const connection = await connections.at(page);
        const origins = [hostPattern(page.href)];
        return connection && (await permissions.contains({ origins })) ? connection.id : null;
      },
      panelOf: panels.panelOf,
    },
    policy.guard,
    browser.invalidate,
    panels.inSight,
  );

  return {
    async handle(message: unknown, sender: Sender): Promise<Reply> {
      // First: keys that were idle for too long lock before anything uses them.
      await locks.used().catch(() => {});
      return answer(message, sender);
    },
    panels,
    connections,
    opener,
    /** Call when granted hosts may have changed, and after a start or an update. */
    followHosts,
    /** Call at its alarm: does what is due for writes. */
    settle: () => settle(),
    /** Call at its alarm. */
    checkIdle: locks.check,
    async start(): Promise<void> {
      await policy.refresh().catch(() => {});
      // What cannot be removed now stays unused until the next start.
      await previews.purge().catch(() => {});
      await keys.sweep().catch(() => {});
      await settle(true);
    },
    /** Call when the policy has changed. */
    readPolicy: policy.refresh,
  };
}
