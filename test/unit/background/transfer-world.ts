import { createBackground } from '../../../lib/background/create-background.ts';
import type { Answers, CallName, Input } from '../../../lib/contract/calls.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import type { Report } from '../../../lib/report/question.ts';
import { type Client, createClient } from '../../../lib/rpc/client.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';
import type { TransferEntry, TransferField } from '../../../lib/transfer/plan.ts';
import { NO_ABILITIES } from './no-abilities.ts';

export const KEY = 'canary-key-0001';
export const PASSPHRASE = 'correct horse battery';

/** A tracker that takes every key and has nothing. */
export const fakeTracker: TrackerAdapter = {
  id: 'fake',
  name: 'Fake',
  initial: 'F',
  side: 'tracker',
  key: { in: 'header', name: 'X-Key' },
  keyHelp: 'formKey',
  addressExample: 'https://fake.example',
  paces: { default: { atOnce: 2 } },
  capabilities: NO_ABILITIES,
  refusal: () => null,
  address: (pasted) => ({ api: pasted.origin, pages: [pasted.origin], removed: [] }),
  claims: () => false,
  check: async () => ({
    account: 'me',
    version: null,
    campaigns: 1,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
  }),
  campaigns: async () => [],
  sources: async () => [],
  report: async () => {
    throw new Error('not asked here');
  },
};

/** One that takes costs. */
export const costTracker: TrackerAdapter = {
  ...fakeTracker,
  capabilities: {
    ...NO_ABILITIES,
    cost: {
      can: true,
      modes: ['total'],
      byToken: 0,
      uniqueOnly: false,
      currency: 'own',
      applied: 'at once',
      settlesWithin: 600_000,
      rounding: { shown: 0.01, perClick: 0.0001 },
      bulk: 1,
      cautions: [],
    },
  },
};

/** These rows as the report of a connection, fetched now. */
export const fakeReport = (
  { connection: { zone, currency, basis }, now }: TrackerClient,
  rows: Report['rows'],
  change: Partial<Report> = {},
): Report => ({
  rows,
  counted: [],
  zone,
  currency,
  basis,
  fetchedAt: now(),
  complete: true,
  ...change,
});

/** Sets the cost of two days of a campaign on a connection. */
export const summerCost = (connection: string): CostUpdate => ({
  connection,
  campaignId: '7',
  campaignName: 'Summer',
  range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
  mode: 'total',
  amount: 12,
  currency: 'USD',
  rate: null,
  token: null,
  uniqueOnly: false,
});

export type Area = Record<string, unknown>;

const browserThat = (granted: boolean): Parameters<typeof createBackground>[0]['browser'] => ({
  ownTabs: async () => null,
  runFile: async () => {},
  askDetector: async () => true,
  probe: async () => null,
  invalidate: () => {},
  scripting: {
    getRegisteredContentScripts: async () => [],
    registerContentScripts: async () => {},
    updateContentScripts: async () => {},
    unregisterContentScripts: async () => {},
  },
  tabs: { query: async () => [], create: async () => {}, update: async () => {} },
  windows: { update: async () => {} },
  commands: { getAll: async () => [] },
  runtime: { getURL: (path) => `x://us/${path}`, openOptionsPage: async () => {} },
  permissions: { contains: async () => granted, remove: async () => true },
});
/** A browser that allows every host and does nothing. */
export const fakeWorkerBrowser = browserThat(true);

type Parts = Partial<Parameters<typeof createBackground>[0]> & {
  /** Does the browser allow the trackers' hosts? Default: yes. */
  granted?: boolean;
};

/** The whole background over a database and an area that outlive it, asked as an extension page asks. */
export function startWorker(
  database: OpenDatabase,
  area: Area,
  { granted = true, now = () => Date.UTC(2026, 7, 1), ...parts }: Parts = {},
) {
  let slept = 0;
  const background = createBackground({
    trackers: [fakeTracker],
    database,
    area: areaOver(area),
    retention: async () => 'profile',
    managed: { get: async () => ({}) },
    browser: browserThat(granted),
    facts: { extensionId: 'us', extensionOrigin: 'x://us' },
    fetch: () => Promise.reject(new Error('not asked here')),
    // Sleeping takes its time, if none of ours: a worker that looks until then would never end.
    now: () => now() + slept,
    sleep: async (ms) => {
      slept += ms;
    },
    wakeAfter: () => {},
    session: areaOver({}),
    lockAt: () => {},
    ...parts,
  });
  const client = createClient((request) =>
    background.handle(request, { id: 'us', url: 'x://us/options.html', origin: 'x://us' }),
  );
  return {
    background,
    call: <N extends CallName>(name: N, input: Input<N>): Promise<Answers[N]> =>
      client.call(name, input),
    /** Adds a connection as the form does; the answer is its id. */
    async connect(address: string, key: string, name = ''): Promise<string> {
      const draft = { ...formOf(address), name };
      return (await client.call('connections.save', { draft, credentials: { key }, id: null }))
        .connection.id;
    },
  };
}
export type Worker = ReturnType<typeof startWorker>;

/** The panel on a page in a tab: its detector asks for a ticket, its frame shows it, then it asks. */
export function panelOn(
  { background }: Pick<Worker, 'background'>,
  url: string,
  tab: number,
): Client {
  const from = { id: 'us', tab: { id: tab, url } };
  const page = { ...from, url, origin: new URL(url).origin, frameId: 0, documentId: `top ${tab}` };
  const frame = {
    ...from,
    url: 'x://us/panel.html',
    origin: 'x://us',
    frameId: 7,
    documentId: crypto.randomUUID(),
  };
  const detector = createClient((request) => background.handle(request, page));
  const panel = createClient((request) => background.handle(request, frame));
  let bound: Promise<unknown> | undefined;
  return {
    async call(name, input, signal) {
      bound ??= detector
        .call('panel.ticket', {})
        .then(({ ticket }) => panel.call('panel.claim', { shows: null, ticket }));
      await bound;
      return panel.call(name, input, signal);
    },
  };
}

export const exportFrom = async (worker: Worker, passphrase: string | null) =>
  (await worker.call('transfer.export', { passphrase })).text;

/** Previews and confirms. */
export async function importInto(worker: Worker, text: string, passphrase: string | null) {
  const { plan, entries } = await worker.call('transfer.preview', { text, passphrase });
  await worker.call('transfer.apply', { text, passphrase, plan });
  return told(entries);
}
/** Each added one needs access: a test of its own says so. */
const telling = ({ field }: TransferField): boolean => field !== 'access';
/** "add connection Main", "skip link A · B: transfer_already". */
const told = (entries: readonly TransferEntry[]) =>
  entries.map(({ what, name, does, fields, why }) =>
    [
      `${does} ${what} ${name}`.trim(),
      fields.some(telling) ? `(${fields.filter(telling).map(({ field }) => field)})` : '',
      why?.text ?? '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );

export const namesIn = async (worker: Worker) =>
  (await worker.call('connections.list', {})).map(({ name }) => name);

export const formOf = (address: string) =>
  ({
    tracker: 'fake',
    name: '',
    address,
    currency: 'USD',
    zone: 'Europe/Madrid',
    basis: 'visit',
  }) as const;

export const areaOver = (items: Area) => ({
  get: async (key: string | null) =>
    key === null ? { ...items } : key in items ? { [key]: items[key] } : {},
  set: async (added: Area) => void Object.assign(items, added),
  remove: async (key: string) => void delete items[key],
});
