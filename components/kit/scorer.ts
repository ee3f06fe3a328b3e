import type { CompleteRules } from '../../lib/blacklist/default-rules.ts';
import type { PlacementColumns, Scores } from '../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import type { ScoreRequest } from './score-worker.ts';

/** Verdicts, with what they were made from. */
export interface Scored {
  readonly columns: PlacementColumns;
  readonly rules: CompleteRules;
  readonly days: number;
  readonly scores: Scores;
}

export interface Scorer {
  /** Scores placements. While one list is being scored only the newest of the next ones waits. */
  score(columns: PlacementColumns, rules: CompleteRules, days: number): void;
  close(): void;
}

/** More placements than these are scored in a worker, so that a slider does not stutter. */
const MOST_HERE = 5_000;

const scoreWorker = () =>
  new Worker(new URL('./score-worker.ts', import.meta.url), { type: 'module' });

/**
 * @param deliver takes the verdicts: at once for short lists, later for long ones
 * @param createWorker for tests
 */
export function createScorer(
  deliver: (scored: Scored) => void,
  createWorker: () => Worker = scoreWorker,
): Scorer {
  type Job = Omit<Scored, 'scores'>;
  let worker: Worker | null = null;
  /** The columns that the worker has. */
  let known: PlacementColumns | null = null;
  let running: Job | null = null;
  /** The newest one; null = it was a short list, and is done. */
  let wanted: Job | null = null;
  /** Where a worker does not start, long lists are scored here, too. */
  let isAlone = false;

  const scoreHere = (job: Job): void => {
    wanted = null;
    deliver({ ...job, scores: scorePlacements(job.columns, job.rules, job.days) });
  };
  const run = (job: Job): void => {
    try {
      worker ??= openWorker();
    } catch {
      isAlone = true;
      scoreHere(job);
      return;
    }
    const request: ScoreRequest = {
      // Names would take longer to hand over than to score.
      columns: known === job.columns ? null : { ...job.columns, ids: [] },
      rules: job.rules,
      days: job.days,
    };
    running = job;
    known = job.columns;
    worker.postMessage(request);
  };
  const openWorker = (): Worker => {
    const opened = createWorker();
    opened.addEventListener('error', () => {
      isAlone = true;
      if (wanted) scoreHere(wanted);
    });
    opened.addEventListener('message', ({ data: scores }: MessageEvent<Scores>) => {
      const done = running;
      running = null;
      if (wanted && wanted !== done) run(wanted);
      // A list that another has taken the place of is not shown any more.
      if (done && done.columns === wanted?.columns) deliver({ ...done, scores });
    });
    return opened;
  };
  return {
    score(columns, rules, days) {
      const job = { columns, rules, days };
      if (isAlone || columns.cost.length <= MOST_HERE) scoreHere(job);
      else {
        wanted = job;
        if (!running) run(job);
      }
    },
    close: () => worker?.terminate(),
  };
}
