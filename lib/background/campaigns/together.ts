import type { Answer } from '../../cache/report-cache.ts';
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
