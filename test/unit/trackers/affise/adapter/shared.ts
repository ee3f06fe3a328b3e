import type { Question } from '../../../../../lib/report/question.ts';

const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Berlin' };

export function question(parts: Partial<Question>): Question {
  return { range: RANGE, groupBy: [], filters: [], ...parts };
}

/** "Custom statistics" of the published document (seed 003), whole. */
export const DOCUMENTED = {
  status: 1,
  stats: [
    {
      slice: { year: 2017, month: 3, day: 1 },
      traffic: { raw: '1607530', uniq: '1468939' },
      actions: {
        total: { revenue: 1252, charge: 1352.52, earning: 100.52, null: 825, count: 1092 },
        confirmed: { revenue: 1252, charge: 1352.52, earning: 100.52, null: 728, count: 995 },
      },
    },
  ],
  pagination: { per_page: 100, total_count: 1, page: 1 },
};

export function stats(...rows: unknown[]) {
  return {
    status: 1,
    stats: rows,
    pagination: { per_page: 500, total_count: rows.length, page: 1 },
  };
}
