import { afterEach, expect, test } from 'vitest';
import { createScorer, type Scored, type Scorer } from '../../components/kit/scorer.ts';
import { columnsOf } from '../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { metricsOf } from '../../lib/report/metrics.ts';

let scorer: Scorer;
afterEach(() => scorer.close());

const placements = (count: number) =>
  columnsOf(
    Array.from({ length: count }, (_, at) => ({
      id: `p${at}`,
      metrics: metricsOf({ cost: at % 19, conversions: at % 5, revenue: 3 * (at % 5) }),
    })),
  );
const at = (confidence: number) => ({ ...DEFAULT_RULES, confidence });

test('a short list is scored at once', () => {
  const delivered: Scored[] = [];
  scorer = createScorer((scored) => delivered.push(scored));
  const columns = placements(40);
  scorer.score(columns, DEFAULT_RULES, 7);
  expect(delivered).toEqual([
    { columns, rules: DEFAULT_RULES, days: 7, scores: scorePlacements(columns, DEFAULT_RULES, 7) },
  ]);
});

test('a long list is scored beside the page, with the same verdicts', async () => {
  const delivered: Scored[] = [];
  scorer = createScorer((scored) => delivered.push(scored));
  const columns = placements(20_000);
  scorer.score(columns, at(0.8), 7);
  expect(delivered).toEqual([]);
  await expect.poll(() => delivered.length).toBe(1);
  expect(delivered[0]?.columns).toBe(columns);
  expect(delivered[0]?.scores).toEqual(scorePlacements(columns, at(0.8), 7));
  // The worker knows the list by now.
  scorer.score(columns, at(0.95), 7);
  await expect.poll(() => delivered.length).toBe(2);
  expect(delivered[1]?.scores).toEqual(scorePlacements(columns, at(0.95), 7));
});

test('while a slider moves, only the first and the newest position are scored', async () => {
  const delivered: Scored[] = [];
  scorer = createScorer((scored) => delivered.push(scored));
  const columns = placements(20_000);
  for (const confidence of [0.8, 0.85, 0.9, 0.95]) scorer.score(columns, at(confidence), 7);
  await expect.poll(() => delivered.map(({ rules }) => rules.confidence)).toEqual([0.8, 0.95]);
  expect(delivered[1]?.scores).toEqual(scorePlacements(columns, at(0.95), 7));
});

test('a list that has gone is not shown after the one that came instead', async () => {
  const delivered: Scored[] = [];
  scorer = createScorer((scored) => delivered.push(scored));
  const [first, second, third] = [placements(20_000), placements(20_001), placements(30)];
  const shown = () => delivered.map(({ columns }) => [first, second, third].indexOf(columns));
  scorer.score(first, DEFAULT_RULES, 7);
  scorer.score(second, DEFAULT_RULES, 7);
  await expect.poll(shown).toEqual([1]);
  scorer.score(first, DEFAULT_RULES, 7);
  scorer.score(third, DEFAULT_RULES, 7);
  scorer.score(second, DEFAULT_RULES, 7);
  await expect.poll(shown).toEqual([1, 2, 1]);
  expect(delivered[2]?.scores.kinds).toHaveLength(20_001);
});

test.each([
  ['cannot be loaded', () => new Worker('/there-is-no-such-worker.js')],
  [
    'is not allowed',
    () => {
      throw new DOMException('Not of this origin.', 'SecurityError');
    },
  ],
])('where a worker %s, a long list is scored all the same', async (_, createWorker) => {
  const delivered: Scored[] = [];
  scorer = createScorer((scored) => delivered.push(scored), createWorker);
  const columns = placements(20_000);
  scorer.score(columns, DEFAULT_RULES, 7);
  await expect.poll(() => delivered.length).toBe(1);
  expect(delivered[0]?.scores).toEqual(scorePlacements(columns, DEFAULT_RULES, 7));
  scorer.score(columns, at(0.8), 7);
  expect(delivered).toHaveLength(2);
});
