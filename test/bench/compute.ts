import { DEFAULT_RULES, scorePlacements } from '../../lib/blacklist/score.ts';
import { gapOf, joinSides, type Side, sortRows } from '../../lib/compare/join.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { randomFrom } from '../simulators/model/random.ts';
import { best, type Report, shown } from './lines.ts';

/** The domain's own work, in Node. */
export async function benchCompute(report: Report): Promise<void> {
  compare(report);
  score(report);
}

/** 4 sides × 10,000 campaigns joined, judged, sorted; beside it, the sort of one column alone. */
function compare(report: Report): void {
  const random = randomFrom(7);
  const sides: Side[] = Array.from({ length: 4 }, (_, side) => ({
    connection: String(side),
    currency: 'USD',
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
  }));
  const ours = best(() => {
    const rows = joinSides(sides, []);
    for (const row of rows) {
      for (const other of [1, 2, 3]) {
        for (const metric of ['clicks', 'conversions', 'revenue'] as const)
          gapOf(row, sides, 0, other, metric);
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

/** 1,000,000 placements scored; beside it, only walking over them. */
function score(report: Report): void {
  const random = randomFrom(9);
  const placements = Array.from({ length: 1_000_000 }, (_, index) => {
    const cost = random() * 5;
    const conversions = random() < 0.2 ? Math.ceil(random() * 3) : 0;
    return {
      id: String(index),
      clicks: 50,
      landerViews: 50,
      landerClicks: 10,
      conversions,
      cost,
      revenue: conversions * 3,
    };
  });
  const ours = best(() => scorePlacements(placements, DEFAULT_RULES), 2);
  const control = best(() => placements.reduce((sum, { cost }) => sum + Math.exp(-cost), 0), 2);
  report({
    what: 'score 1,000,000 placements',
    ours,
    unit: 'ms',
    bar: 500,
    beside: `one exp() each ${shown(control, 'ms')}`,
  });
}
