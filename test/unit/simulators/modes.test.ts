import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { CrosstrackError, PROBLEM_KINDS } from '../../../lib/errors.ts';
import { sumMetrics } from '../../../lib/report/metrics.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';
import en from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { MODES, type Mode, type Simulators, startSimulators } from '../../simulators/start.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { adapterOf, clientOf, IDS, NOW } from './client-of.ts';

/** Whatever a tracker does, an adapter ends in data or in a typed, readable error, and shows no part as whole. */
const DAYS = { from: '2026-08-01', to: '2026-08-02' };
const PLACEMENT = { keitaro: 1, binom: 2, binom2: 2, redtrack: 3, affise: 3 } as const;
const TEXTS: Record<string, unknown> = en;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, slowMs: 1, clock: NOW });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

type Id = (typeof IDS)[number];
const rangeOf = (id: Id) => ({ ...DAYS, zone: simulators[id].zone });
const orderOf = (id: Id): CostUpdate => ({
  connection: id,
  campaignId: simulators[id].campaignId(0),
  campaignName: '',
  range: { from: '2026-08-01', to: '2026-08-01', zone: simulators[id].zone },
  mode: 'total',
  amount: 5,
  currency: 'USD',
  rate: null,
  token: null,
  uniqueOnly: false,
});

/** Everything that an adapter can be asked, by name. */
function everything(
  id: Id,
): Record<string, (client: TrackerClient, adapter: TrackerAdapter) => Promise<unknown>> {
  const campaignId = simulators[id].campaignId(0);
  const log = { range: rangeOf(id), campaignId, clickId: null };
  const filters = [{ dimension: 'campaign', value: campaignId }] as const;
  const marks = { campaignId, slot: PLACEMENT[id], range: rangeOf(id), filter: '3' };
  return {
    check: (client, adapter) => adapter.check(client),
    campaigns: (client, adapter) => adapter.campaigns(client),
    sources: (client, adapter) => adapter.sources(client),
    offers: async (client, adapter) => adapter.offers?.(client),
    landers: async (client, adapter) => adapter.landers?.(client),
    report: (client, adapter) =>
      adapter.report(client, { range: rangeOf(id), groupBy: [`token${PLACEMENT[id]}`], filters }),
    conversions: async (client, adapter) => adapter.conversions?.(client, log),
    clicks: async (client, adapter) =>
      adapter.clicks?.(client, { ...log, campaignId: simulators[id].campaignId(4) }),
    postbacks: async (client, adapter) => adapter.postbacks?.(client, log),
    marks: async (client, adapter) => adapter.marks?.(client, marks),
    setMarks: async (client, adapter) =>
      adapter.setMarks?.(client, marks, new Map([['1', 'blacklist']])),
    setActive: async (client, adapter) => adapter.setActive?.(client, campaignId, false),
    setCost: async (client, adapter) => adapter.setCost?.(client, orderOf(id)),
    upload: async (client, adapter) =>
      adapter.uploadConversions?.(client, [
        {
          clickId: 'c0d0n0x0',
          payout: 1,
          at: null,
          type: null,
          status: null,
          campaignId: null,
          offerId: simulators.affise.campaignId(0),
          affiliateId: '2',
        },
      ]),
  };
}

interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
}
type Ended = Readonly<Record<string, Outcome>>;

/** Asks everything; each answer, or the problem that it ended in. */
async function allOf(id: Id): Promise<Ended> {
  const ended: Record<string, Outcome> = {};
  for (const [name, run] of Object.entries(everything(id))) {
    const { client, adapter } = clientOf(simulators, id);
    ended[name] = await run(client, adapter).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  }
  return ended;
}

function expectReadable(id: Id, name: string, error: unknown): void {
  expect(error, name).toBeInstanceOf(CrosstrackError);
  const { problem } = error as CrosstrackError;
  expect(PROBLEM_KINDS, name).toContain(problem.kind);
  expect(problem.text, name).not.toBe('problem_unexpected');
  expect(
    TEXTS[problem.text ?? `problem_${problem.kind}`],
    `${name}: ${problem.text}`,
  ).toBeDefined();
  expect(JSON.stringify(problem), name).not.toContain(simulators[id].apiKey);
}

/** What is told as whole is what the tracker holds. */
function expectWhole(id: Id, value: unknown): void {
  const report = value as Awaited<ReturnType<TrackerAdapter['report']>>;
  if (!report.complete) return;
  const truth = simulators[id].truth({ campaignIndex: 0, ...DAYS });
  expect(sumMetrics(report.rows.map(({ metrics }) => metrics)).clicks).toBe(truth.clicks);
}

/** Back-off and tries carry over what passes: what is read is read. */
function expectCarriedOver({ campaigns, report }: Ended): void {
  expect(campaigns?.error).toBeUndefined();
  expect(report?.error).toBeUndefined();
}

/** What more is to come of everything that is asked in a mode. */
const MORE: Partial<Record<Mode, (ended: Ended, id: Id) => void>> = {
  slow: expectCarriedOver,
  old: expectCarriedOver,
  limited: expectCarriedOver,
  // A lost line and a proxy’s page are tried again, and only a 500 is told.
  flaky(ended) {
    const told = Object.entries(ended).flatMap(([name, { error }]) =>
      error instanceof CrosstrackError && !/^(set|upload)/.test(name) ? [error.problem.status] : [],
    );
    expect(told.filter((status) => status !== 500)).toEqual([]);
    expect(Object.values(ended).some(({ value }) => value !== undefined)).toBe(true);
  },
  // The tracker's fault, told as such, even where there is no JSON behind the warning.
  broken(ended) {
    for (const [name, { error, value }] of Object.entries(ended)) {
      if (error === undefined) expect(value ?? [], name).toEqual([]);
      else {
        const { problem } = error as CrosstrackError;
        expect(problem.text, name).toBe('problem_tracker_error');
        expect(problem.said, name).toMatch(/^Warning: .* on line 12$/);
      }
    }
  },
  // Reads go on; a write is refused and was not applied.
  'read-only'(ended, id) {
    for (const name of ['campaigns', 'sources', 'report', 'conversions', 'clicks']) {
      expect(ended[name]?.error, name).toBeUndefined();
    }
    for (const name of ['setCost', 'setActive', 'setMarks', 'upload']) {
      const { error } = ended[name] ?? {};
      if (error === undefined) continue;
      const { problem } = error as CrosstrackError;
      expect(['permission', 'auth', 'conflict'], name).toContain(problem.kind);
      expect(problem.maybeApplied, name).toBeUndefined();
    }
    expect(ended.setCost?.error !== undefined).toBe(adapterOf(id).capabilities.cost.can);
  },
};

describe.each(IDS)('%s', (id) => {
  test.each(MODES)('%s: ends in data or in a readable problem', async (mode: Mode) => {
    simulators[id].setMode(mode, true);
    const cost = () =>
      simulators[id].truth({ campaignIndex: 0, from: '2026-08-01', to: '2026-08-01' }).cost;
    const before = cost();
    const ended = await allOf(id);
    for (const [name, { error }] of Object.entries(ended)) {
      if (error !== undefined) expectReadable(id, name, error);
    }
    if (ended.report?.value !== undefined) expectWhole(id, ended.report.value);
    const { error } = ended.setCost ?? {};
    if (error instanceof CrosstrackError && error.problem.maybeApplied !== true) {
      expect(cost()).toBeCloseTo(before, 6);
    }
    MORE[mode]?.(ended, id);
  });

  test('storm: a rate problem that says how long to wait', async () => {
    simulators[id].setMode('storm', true);
    const { client, adapter } = clientOf(simulators, id);
    expect(await problemFrom(adapter.campaigns(client))).toMatchObject({
      kind: 'rate',
      retryAfterMs: 1000,
    });
  });

  test('a tracker that never answers is a time-out, and a write may have been applied', async () => {
    simulators[id].fail({ how: 'hang' });
    const { client, adapter } = clientOf(simulators, id, { impatient: true });
    expect((await problemFrom(adapter.campaigns(client))).kind).toBe('timeout');
    if (!adapter.setCost) return;
    const problem = await problemFrom(adapter.setCost(client, orderOf(id)));
    expect(problem).toMatchObject({ kind: 'timeout', maybeApplied: true });
  });

  test('a cancelled question ends at once', async () => {
    simulators[id].fail({ how: 'hang' });
    const { client, adapter } = clientOf(simulators, id);
    const controller = new AbortController();
    const asked = adapter.campaigns({ ...client, signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('binom from before 1.9: the cost of one token value leaves all others alone', async () => {
  simulators.binom.setMode('old', true);
  const { client, adapter } = clientOf(simulators, 'binom');
  const update = orderOf('binom');
  const slice = { campaignIndex: 0, from: update.range.from, to: update.range.to };
  const costs = () =>
    new Map(simulators.binom.truthByPlacement(slice).map((one) => [one.id, one.cost]));
  const before = costs();
  const [[value] = ['']] = before;
  // What is set is read first: that tells how this one speaks.
  const slot = PLACEMENT.binom;
  const filters = [{ dimension: 'campaign', value: update.campaignId }] as const;
  await adapter.report(client, { range: update.range, groupBy: [`token${slot}`], filters });
  await adapter.setCost?.(client, { ...update, token: { slot, value } });
  const after = costs();
  expect(before.get(value)).not.toBeCloseTo(5, 3);
  expect(after).toEqual(new Map([...before, [value, expect.closeTo(5, 6)]]));
});
