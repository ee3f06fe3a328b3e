import { expect } from 'vitest';
import { columnsOf } from '../../../lib/blacklist/columns.ts';
import { type CompleteRules, DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import {
  type PlacementColumns,
  VERDICT_KINDS,
  type Verdict,
} from '../../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../../lib/blacklist/score.ts';
import { judgePlacement } from '../../../lib/blacklist/verdict.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

/** A placement as a report has it: what is not given is unknown, clicks are 100. */
export type Given = Partial<Metrics> & { readonly id: string; readonly ripeCost?: number | null };

export const columns = (placements: readonly Given[]): PlacementColumns =>
  columnsOf(
    placements.map(({ id, ripeCost, ...known }) => ({
      id,
      metrics: metricsOf({ clicks: 100, ...known }),
      ...(ripeCost === undefined ? {} : { ripeCost }),
    })),
  );

/** Default rules with others; a prior of two payouts, so that it does not depend on the placements. */
export const rulesWith = (change: Partial<CompleteRules> = {}): CompleteRules => ({
  ...DEFAULT_RULES,
  priorWeight: 2,
  ...change,
});

/** The verdict on one of some placements, which is the same by itself and among all at once. */
export function verdictOn(
  placements: readonly Given[],
  id: string,
  rules: CompleteRules = rulesWith(),
  days = 1,
): Verdict {
  const table = columns(placements);
  const { campaign, kinds, savingPerDay } = scorePlacements(table, rules, days);
  const row = table.ids.indexOf(id);
  const verdict = judgePlacement(table, row, campaign, rules, days);
  expect(VERDICT_KINDS[kinds[row] ?? -1]).toBe(verdict.kind);
  expect(savingPerDay[row]).toBe(verdict.savingPerDay ?? Number.NaN);
  return verdict;
}
