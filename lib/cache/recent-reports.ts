import type { Report } from '../report/question.ts';

/** Reports that the worker has in memory, by key; the least recently used are dropped. */
export interface RecentReports {
  get(key: string): Report | undefined;
  set(key: string, report: Report): void;
  delete(key: string): void;
  keys(): Iterable<string>;
}

/** @param most rows of all reports together; a longer report is not kept */
export function createRecentReports(most: number): RecentReports {
  const kept = new Map<string, Report>();
  let rows = 0;
  const drop = (key: string): void => {
    rows -= kept.get(key)?.rows.length ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const report = kept.get(key);
      if (!report) return undefined;
      kept.delete(key);
      kept.set(key, report);
      return report;
    },
    set(key, report) {
      drop(key);
      if (report.rows.length > most) return;
      kept.set(key, report);
      rows += report.rows.length;
      for (const oldest of kept.keys()) {
        if (rows <= most) break;
        drop(oldest);
      }
    },
    delete: drop,
    keys: () => [...kept.keys()],
  };
}
