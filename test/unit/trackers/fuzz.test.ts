import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CrosstrackError, isAbort, PROBLEM_KINDS } from '../../../lib/errors.ts';
import { BASE_METRICS } from '../../../lib/report/metrics.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';
import { trackers } from '../../../lib/trackers/index.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { adapterOf, clientOf, IDS } from '../simulators/client-of.ts';
import { pathsIn, REPLAY_KEY, record, replayClient } from './recorded.ts';

/** Mutated answers at every schema: data without a made-up figure, or a typed problem; never anything else. */
const RUNS = 60;
const range = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());

/** What may stand where something else was. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    '-',
    '1 234',
    '12.5 %',
    'NaN',
    '1e400',
    '∞',
    '0.0000',
    '‮',
    [],
    {},
    -1,
    true,
  ),
  fc.string(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
  fc.constant({ __proto__: { clicks: 5 } }),
);

function withChange(value: unknown, [name, ...rest]: readonly string[], change: Change): unknown {
  if (name === undefined) return change.value;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? (Object.assign([], value) as never)
    : { ...Object(value) };
  if (rest.length === 0 && change.drop) {
    delete copy[name];
    return copy;
  }
  copy[name] = withChange(copy[name], rest, change);
  return copy;
}

interface Change {
  readonly at: number;
  readonly drop: boolean;
  readonly value: unknown;
}
const changeOf: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  drop: fc.boolean(),
  value: anything,
});

/** An answer with some changes, or cut off in the middle. */
const mutated =
  (changes: readonly Change[], cut: number | null) =>
  (answer: unknown): string => {
    let body = answer;
    for (const change of changes) {
      const paths = pathsIn(body);
      body = withChange(body, paths[change.at % paths.length] ?? [], change);
    }
    const text = JSON.stringify(body) ?? '';
    return cut === null ? text : text.slice(0, cut % (text.length + 1));
  };

const READS: Readonly<
  Record<
    string,
    (client: TrackerClient, adapter: TrackerAdapter, campaign: string) => Promise<unknown>
  >
> = {
  check: (client, adapter) => adapter.check(client),
  campaigns: (client, adapter) => adapter.campaigns(client),
  sources: (client, adapter) => adapter.sources(client),
  offers: async (client, adapter) => adapter.offers?.(client),
  landers: async (client, adapter) => adapter.landers?.(client),
  'report by campaign': (client, adapter) =>
    adapter.report(client, { range, groupBy: ['campaign'], filters: [] }),
  'report by country and day': (client, adapter, campaign) =>
    adapter.report(client, {
      range,
      groupBy: ['country', 'day'],
      filters: [{ dimension: 'campaign', value: campaign }],
    }),
  conversions: async (client, adapter, campaignId) =>
    adapter.conversions?.(client, { range, campaignId, clickId: null }),
  clicks: async (client, adapter, campaignId) =>
    adapter.clicks?.(client, { range, campaignId, clickId: null }),
  marks: async (client, adapter, campaignId) =>
    adapter.marks?.(client, { campaignId, slot: 2, range, filter: '4' }),
};

/** Every figure is finite or unknown. */
function expectFigures(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) expectFigures(inner);
  }
}

describe.each(IDS)('%s', (id) => {
  test.each(Object.keys(READS))('%s', async (name) => {
    const read = READS[name];
    if (!read) throw new Error('no such read');
    const adapter = adapterOf(id);
    const campaign = simulators[id].campaignId(4);
    const { client } = clientOf(simulators, id);
    // Once for real: the answers are kept as they came.
    const { value: whole, answers } = await record(() =>
      read(clientOf(simulators, id).client, adapter, campaign),
    );
    expectFigures(whole);
    if (whole === undefined) return;
    const ended = { data: 0, problem: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(changeOf, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(), { freq: 5 }),
        async (changes, cut) => {
          const replay = replayClient(adapter, client, answers, mutated(changes, cut));
          try {
            const value = await read(replay, adapter, campaign);
            expectFigures(value);
            ended.data += 1;
          } catch (error) {
            if (isAbort(error)) throw error;
            if (!(error instanceof CrosstrackError)) throw error;
            ended.problem += 1;
            expect(PROBLEM_KINDS).toContain(error.problem.kind);
            expect(JSON.stringify(error.problem)).not.toContain(REPLAY_KEY);
          }
        },
      ),
      { numRuns: RUNS, seed: 7 },
    );
    // Both happen: the changes reach what is read, and what is not read may be anything.
    if (answers.size > 0) expect(ended.problem).toBeGreaterThan(0);
    expect(ended.data + ended.problem).toBe(RUNS);
  });
});

test('a figure that is no figure is never nought', async () => {
  const words = fc
    .string()
    .filter(
      (text) =>
        !/\d|^[\s\p{Cf}]*$|^[-—–]|n\/a|nan|null|undefined|inf|∞/iu.test(text.normalize('NFKC')),
    );
  const adapter = trackers.find(({ id }) => id === 'keitaro');
  if (!adapter) throw new Error('no adapter');
  const { client } = clientOf(simulators, 'keitaro');
  await fc.assert(
    fc.asyncProperty(words, fc.constantFrom('clicks', 'cost', 'revenue'), async (text, field) => {
      const row = {
        campaign_id: 1,
        campaign: 'a',
        clicks: 1,
        cost: '2',
        revenue: 3,
        [field]: text,
      };
      const answers = new Map([['/admin_api/v1/report/build', { rows: [row], total: 1 }]]);
      const replay = replayClient(adapter, client, answers, JSON.stringify);
      await expect(
        adapter.report(replay, { range, groupBy: ['campaign'], filters: [] }),
      ).rejects.toMatchObject({ problem: { kind: 'shape', field: `rows.0.${field}` } });
    }),
    { numRuns: 100, seed: 7 },
  );
  expect(BASE_METRICS.length).toBeGreaterThan(10);
});
