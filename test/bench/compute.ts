import { columnsOf } from '../../lib/blacklist/columns.ts';
import { DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { type ComparedSide, createComparison } from '../../lib/compare/comparison.ts';
import { joinSides, sortRows } from '../../lib/compare/join.ts';
import { proposeLinks } from '../../lib/compare/proposals.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { randomFrom } from '../simulators/model/random.ts';
import { best, type Report, shown } from './lines.ts';

/** The domain's own work, in Node. */
export async function benchCompute(report: Report): Promise<void> {
  compare(report);
  propose(report);
  score(report);
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

/** 1,000,000 placements scored; beside it, only walking over them. */
function score(report: Report): void {
  const random = randomFrom(9);
  const placements = Array.from({ length: 1_000_000 }, (_, index) => {
    const cost = random() * 5;
    const conversions = random() < 0.2 ? Math.ceil(random() * 3) : 0;
    const revenue = conversions * 3;
    return { id: String(index), metrics: metricsOf({ clicks: 50, conversions, cost, revenue }) };
  });
  const columns = columnsOf(placements);
  const ours = best(() => scorePlacements(columns, DEFAULT_RULES, 7), 2);
  const control = best(() => columns.cost.reduce((sum, cost) => sum + Math.exp(-cost), 0), 2);
  report({
    what: 'score 1,000,000 placements',
    ours,
    unit: 'ms',
    bar: 500,
    beside: `one exp() each ${shown(control, 'ms')}`,
  });
}
