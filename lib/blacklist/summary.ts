import type { ScoredPlacement } from './placement.ts';

export interface VerdictSummary {
  /** Placements to cut. */
  readonly cut: number;
  /** Expected number of false positives among them: Σ(1 − Pr(loser)). */
  readonly expectedWrong: number;
  /** Money saved per day by cutting, in the placements' currency; never negative. */
  readonly savingPerDay: number;
}

/** @param days number of days that the figures cover, at least 1 */
export function summariseVerdicts(rows: readonly ScoredPlacement[], days: number): VerdictSummary {
  let cut = 0;
  let expectedWrong = 0;
  let saving = 0;
  for (const { verdict } of rows) {
    if (verdict.kind !== 'cut') continue;
    cut += 1;
    expectedWrong += 1 - verdict.loser;
    saving += verdict.atStake;
  }
  return { cut, expectedWrong, savingPerDay: Math.max(0, saving) / Math.max(1, days) };
}
