import type { Answer } from '../../cache/report-cache.ts';
import { partOf } from '../../report/metrics.ts';
import type { Report } from '../../report/question.ts';

/** Reports of parts as one, as old as the oldest. It is incomplete where a part is missing. */
export function together(answers: readonly Answer[]): Answer {
  const problem = answers.find((answer) => answer.problem)?.problem ?? null;
  const known = answers.flatMap(({ report }) => report ?? []);
  const [first] = known;
  if (!first) return { report: null, problem };
  const report: Report = {
    ...first,
    rows: known.flatMap(({ rows }) => rows),
    fetchedAt: Math.min(...known.map(({ fetchedAt }) => fetchedAt)),
    complete: known.length === answers.length && known.every(({ complete }) => complete),
  };
  return { report, problem };
}

/** Reports of several campaigns as one: unknown where one is, and partial where one is incomplete. */
export function ofEvery(answers: readonly Answer[]): Answer {
  const { report, problem } = together(answers);
  if (!report || answers.some((answer) => !answer.report)) return { report: null, problem };
  if (report.complete || answers.length === 1) return { report, problem };
  const rows = report.rows.map((row) => ({ ...row, metrics: partOf(row.metrics) }));
  return { report: { ...report, rows }, problem };
}
