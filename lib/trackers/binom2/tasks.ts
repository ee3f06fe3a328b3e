import type { CostQueue, TrackerClient } from '../adapter.ts';
import { API } from './api.ts';
import { rowsOf, taskSchema } from './schema.ts';

/** A recorded tracker had more than a thousand tasks. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Words of a status; none is documented. */
const OVER = /^(?:done|finish|complet|success|ready|fail|error|cancel|abort|reject)/i;
const UNDER_WAY = /^(?:wait|pend|queue|new|creat|schedul|start|run|process|progress|active)/i;

/** The background tasks that set costs and are not over, by `GET /monitor/background_tasks`. */
export async function costQueue(client: TrackerClient): Promise<CostQueue> {
  const tasks = await client.http.send(
    {
      call: 'cost tasks',
      method: 'GET',
      path: `${API}/monitor/background_tasks`,
      maxBytes: MAX_BYTES,
      answer: rowsOf(taskSchema),
    },
    client.signal,
  );
  const waiting = tasks.filter(({ type, status, progress = null }) => {
    if (type !== 'update_cost' || OVER.test(status)) return false;
    return progress === null ? UNDER_WAY.test(status) : progress < 100;
  });
  const furthest = Math.max(...waiting.map(({ progress }) => progress ?? 0));
  return { waiting: waiting.length, percent: waiting.length === 0 ? null : furthest };
}
