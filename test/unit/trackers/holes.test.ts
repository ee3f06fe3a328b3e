import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BASE_METRICS, type Metrics, metricOf, shownOf } from '../../../lib/report/metrics.ts';
import { type Question, type Report, tokenSlot } from '../../../lib/report/question.ts';
import { totalOf } from '../../../lib/report/total.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { adapterOf, clientOf, IDS } from '../simulators/client-of.ts';
import { pathsIn, record, replayClient } from './recorded.ts';

/** Answers with holes in place of figures: what is said to be whole is what it was without them. */
const RUNS = 25;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());

const QUESTIONS: Readonly<Record<string, (campaign: string) => Omit<Question, 'range'>>> = {
  'all campaigns': () => ({ groupBy: ['campaign'], filters: [] }),
  'all campaigns by source, several to a row': () => ({ groupBy: ['source'], filters: [] }),
  'the total of a campaign': (campaign) => ({
    groupBy: [],
    filters: [{ dimension: 'campaign', value: campaign }],
  }),
  'a campaign by day, filtered by OS': (campaign) => ({
    groupBy: ['day'],
    filters: [
      { dimension: 'campaign', value: campaign },
      { dimension: 'os', value: 'Android' },
    ],
  }),
  'the placements of a campaign': (campaign) => ({
    groupBy: ['token2'],
    filters: [{ dimension: 'campaign', value: campaign }],
  }),
};

type Path = readonly string[];
/** What trackers write where they do not tell: nothing at all, nothing, or a dash. */
const HOLES = [undefined, null, '', '-'] as const;
type Hole = (typeof HOLES)[number];

const valueAt = (answer: unknown, path: Path): unknown =>
  path.reduce<unknown>((of, name) => Object(of)[name], answer);

/** The answer with holes at some paths. */
function punched(answer: unknown, holes: ReadonlyArray<readonly [Path, Hole]>): unknown {
  const copy = structuredClone(answer);
  for (const [path, hole] of holes) {
    const place = valueAt(copy, path.slice(0, -1));
    const name = path.at(-1) ?? '';
    // An adapter may read several answers: the path is in one of them.
    if (typeof place === 'object' && place !== null && Object.hasOwn(place, name)) {
      Reflect.set(place, name, hole);
    }
  }
  return copy;
}

/** Values of rows, in order: what stays the same whatever figures are missing. */
const frameOf = ({ rows, complete }: Report) =>
  JSON.stringify([rows.map(({ values }) => values), complete]);

/** Money is printed with some decimals, so what is computed from another figure is not exact. */
const isSame = (a: number | null, b: number | null, { clicks }: Metrics): boolean =>
  a !== null && b !== null && Math.abs(a - b) <= 0.02 + 0.0001 * Math.abs(clicks ?? 0);

/** Nothing is said to be whole that is not the truth, and a part is not more than the whole. */
function expectHonest(seen: Metrics, truth: Metrics): void {
  for (const metric of BASE_METRICS) {
    const [whole, shown] = [metricOf(seen, metric), shownOf(seen, metric)];
    if (whole !== null)
      expect([metric, isSame(whole, truth[metric], truth)]).toEqual([metric, true]);
    else if (shown !== null) {
      expect(seen.partial).toContain(metric);
      expect(shown).toBeLessThanOrEqual((truth[metric] ?? 0) + 0.02);
    }
  }
  const [now, before] = [metricOf(seen, 'profit'), metricOf(truth, 'profit')];
  if (now !== null) expect(isSame(now, before, truth)).toBe(true);
}

type Asking = (typeof QUESTIONS)[string];

/** The questions that an adapter says it can answer. */
const asked = (id: (typeof IDS)[number]): Array<[string, Asking]> => {
  const { dimensions, tokens } = adapterOf(id).capabilities;
  return Object.entries(QUESTIONS).filter(([, ask]) => {
    const { groupBy, filters } = ask('');
    return [...groupBy, ...filters.map(({ dimension }) => dimension)].every((dimension) =>
      tokenSlot(dimension) === null ? dimensions.includes(dimension) : tokens > 0,
    );
  });
};

describe.each(IDS)('%s', (id) => {
  test.each(asked(id))('%s', async (_, ask) => {
    const adapter = adapterOf(id);
    const question: Question = {
      range: { from: '2026-08-01', to: '2026-08-02', zone: simulators[id].zone },
      ...ask(simulators[id].campaignId(4)),
    };
    const { client } = clientOf(simulators, id);
    const { value: truth, answers } = await record(() =>
      adapter.report(clientOf(simulators, id).client, question),
    );
    const report = (holes: ReadonlyArray<readonly [Path, Hole]>) =>
      adapter.report(
        replayClient(adapter, client, answers, (answer) => JSON.stringify(punched(answer, holes))),
        question,
      );
    expect(frameOf(await report([]))).toBe(frameOf(truth));

    // Fields that hold figures: without one of them the rows are the same, but for figures.
    const leaves = [...answers.values()].flatMap((answer) =>
      pathsIn(answer).filter((path) => isLeaf(answer, path)),
    );
    const byField = Map.groupBy(leaves, (path) =>
      path.map((part) => part.replace(/^\d+$/, '#')).join('.'),
    );
    const figures: Path[] = [];
    for (const paths of byField.values()) {
      const frames = HOLES.map(async (hole) =>
        frameOf(await report(paths.map((path) => [path, hole] as const))),
      );
      const ended = await Promise.allSettled(frames);
      const isFigure = ended.every(
        (end) => end.status === 'fulfilled' && end.value === frameOf(truth),
      );
      if (isFigure) figures.push(...paths);
    }
    expect(figures.length).toBeGreaterThan(truth.rows.length);

    let missing = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(figures.length - 1), fc.constantFrom(...HOLES)), {
          minLength: 1,
          maxLength: 40,
        }),
        async (chosen) => {
          const seen = await report(chosen.map(([at, hole]) => [figures[at] ?? [], hole] as const));
          expect(frameOf(seen)).toBe(frameOf(truth));
          seen.rows.forEach(({ metrics }, at) => {
            const row = truth.rows[at];
            if (row) expectHonest(metrics, row.metrics);
          });
          const [total, whole] = [totalOf(seen), totalOf(truth)];
          expectHonest(total, whole);
          missing += BASE_METRICS.filter(
            (metric) => metricOf(total, metric) === null && metricOf(whole, metric) !== null,
          ).length;
        },
      ),
      { numRuns: RUNS, seed: 7 },
    );
    expect(missing).toBeGreaterThan(0);
  });
});

const isLeaf = (answer: unknown, path: Path): boolean =>
  ['number', 'string'].includes(typeof valueAt(answer, path));
