import jStat from 'jstat';
import { poissonDistribution } from 'simple-statistics';
import { columnsOf } from '../../lib/blacklist/columns.ts';
import { type CompleteRules, DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { type PlacementColumns, VERDICT_KINDS } from '../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { type Condition, pickedBy, type ThumbRule } from '../../lib/blacklist/thumb-rule.ts';
import { type ComparedSide, createComparison } from '../../lib/compare/comparison.ts';
import { joinSides, sortRows } from '../../lib/compare/join.ts';
import { proposeLinks } from '../../lib/compare/proposals.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { randomFrom } from '../simulators/model/random.ts';
import { best, leastProcessorTime, type Report, shown } from './lines.ts';

/** The domain's own work, in Node. */
export async function benchCompute(report: Report): Promise<void> {
  compare(report);
  propose(report);
  score(report);
  slide(report);
  pick(report);
}

/** 4 sides × 10,000 campaigns joined, judged, sorted; beside it, the sort of one column alone. */
function compare(report: Report): void {
  const random = randomFrom(7);
  const facts = {
    zone: 'UTC',
    currency: 'USD',
    basis: 'visit',
    complete: true,
    fetchedAt: 0,
  } as const;
  const sides = Array.from(
    { length: 4 },
    (_, side): ComparedSide => ({
      connection: String(side),
      currency: 'USD',
      kind: 'tracker',
      report: facts,
      rows: Array.from({ length: 10_000 }, (_, index) => ({
        id: String(index),
        name: `Campaign ${index} push`,
        metrics: metricsOf({
          clicks: Math.round(random() * 1e5),
          conversions: Math.round(random() * 500),
          revenue: random() * 1e3,
          cost: random() * 1e3,
        }),
      })),
    }),
  );
  const ours = best(() => {
    const rows = joinSides(sides, []);
    const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };
    const comparison = createComparison({ sides, rows, range, now: 0 });
    for (const row of rows) {
      for (const other of [1, 2, 3]) {
        for (const metric of ['clicks', 'conversions', 'revenue'] as const)
          comparison.gap(row, other, metric);
      }
    }
    return sortRows(rows, (row) => row.cells[0]?.metrics.clicks ?? null, true);
  });
  const control = best(() =>
    [...(sides[0]?.rows ?? [])].sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0)),
  );
  report({
    what: 'compare 4 × 10,000 campaigns',
    ours,
    unit: 'ms',
    bar: 50,
    beside: `sorting one side alone ${shown(control, 'ms')}`,
  });
}

/** Links proposed between 10,000 campaigns and 10,000 others. */
function propose(report: Report): void {
  const words = ['push', 'pop', 'native', 'summer', 'nutra', 'vpn', 'dating', 'sweeps', 'casino'];
  const random = randomFrom(11);
  const pick = () => words[Math.floor(random() * words.length)];
  const ours = Array.from({ length: 10_000 }, (_, index) => ({
    id: String(index),
    name: `${pick()} ${pick()} ${pick()} v${index % 700}`,
  }));
  const theirs = ours.map(({ id, name }, index) => ({
    id,
    name: index % 2 ? name.toUpperCase() : name.replace('push', 'psuh'),
  }));
  report({
    what: 'propose links, 10,000 × 10,000 names',
    ours: best(() => proposeLinks(ours, theirs)),
    unit: 'ms',
    bar: 2000,
    beside: `lower-casing them ${shown(
      best(() => theirs.map(({ name }) => name.toLowerCase())),
      'ms',
    )}`,
  });
}

/** Placements of a campaign, a fifth of which have up to three conversions. */
function placements(count: number): PlacementColumns {
  const random = randomFrom(9);
  return columnsOf(
    Array.from({ length: count }, (_, index) => {
      const cost = random() * 5;
      const conversions = random() < 0.2 ? Math.ceil(random() * 3) : 0;
      const revenue = conversions * 3;
      return { id: String(index), metrics: metricsOf({ clicks: 50, conversions, cost, revenue }) };
    }),
  );
}

/**
 * 1,000,000 placements scored and sorted; beside it, what two libraries take for the loss probabilities
 * alone, with a flat prior, so that the shapes are whole numbers.
 */
function score(report: Report): void {
  const columns = placements(1_000_000);
  const { cost, conversions } = columns;
  const flat = { ...DEFAULT_RULES, priorWeight: 0 };
  const line = (rules: CompleteRules) =>
    leastProcessorTime(() => scorePlacements(columns, rules, 7), 3);
  const losers = (loser: (k: number, m: number) => number) =>
    leastProcessorTime(() => cost.map((spent, row) => loser(conversions[row] ?? 0, spent / 3)), 1);
  const byJStat = losers((k, m) => jStat.gamma.cdf(m, 1 + k, 1));
  const bySimpleStatistics = losers((k, m) =>
    (poissonDistribution(m) ?? [])
      .slice(0, k + 1)
      .reduce((rest, probability) => rest - probability, 1),
  );
  report({
    what: 'score 1,000,000 placements, processor time',
    ours: line(DEFAULT_RULES),
    unit: 'ms',
    bar: 500,
    beside: `flat prior ${shown(line(flat), 'ms')}, probabilities alone by jStat ${shown(byJStat, 'ms')}, by simple-statistics ${shown(bySimpleStatistics, 'ms')}`,
  });
  report({
    what: 'score 1,000,000 placements, confidence over all looks, processor time',
    ours: line({ ...DEFAULT_RULES, looks: 'many' }),
    unit: 'ms',
    bar: 500,
  });
}

/** 100,000 placements while a slider moves: scored with another confidence each time, sorted, filtered. */
function slide(report: Report): void {
  const columns = placements(100_000);
  let move = 0;
  const ours = leastProcessorTime(() => {
    move = (move + 1) % 40;
    const rules = { ...DEFAULT_RULES, confidence: 0.8 + move / 250 };
    const { kinds, order } = scorePlacements(columns, rules, 7);
    return order.filter((row) => kinds[row] === CUT);
  }, 20);
  const what = 'a slider moves over 100,000 placements, processor time';
  report({ what, ours, unit: 'ms', bar: 50 });
}

/** A rule of thumb of two groups over 1,000,000 placements; beside it, one look at each row. */
function pick(report: Report): void {
  const columns = placements(1_000_000);
  const none: Condition = { measure: 'conversions', is: 'atMost', value: 0 };
  const rule: ThumbRule = [
    [{ measure: 'spent', is: 'atLeast', value: 2 }, none],
    [{ measure: 'roi', is: 'below', value: -0.3 }],
  ];
  const control = leastProcessorTime(() => columns.cost.map((cost) => (cost > 6 ? 1 : 0)), 3);
  report({
    what: 'a rule of thumb over 1,000,000 placements, processor time',
    ours: leastProcessorTime(() => pickedBy(rule, columns, 3), 3),
    unit: 'ms',
    bar: 100,
    beside: `one comparison a row ${shown(control, 'ms')}`,
  });
}

const CUT = VERDICT_KINDS.indexOf('cut');
