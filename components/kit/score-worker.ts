import type { CompleteRules } from '../../lib/blacklist/default-rules.ts';
import type { PlacementColumns } from '../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';

/** What the page asks of its worker; columns only where they have changed. */
export interface ScoreRequest {
  readonly columns: PlacementColumns | null;
  readonly rules: CompleteRules;
  readonly days: number;
}

let columns: PlacementColumns | null = null;

addEventListener('message', ({ data }: MessageEvent<ScoreRequest>) => {
  columns = data.columns ?? columns;
  if (columns) postMessage(scorePlacements(columns, data.rules, data.days));
});
