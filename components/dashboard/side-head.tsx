import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';

/** Heading of what a drawer shows of one side. */
export function SideHead({
  connection,
  tracker,
  colour,
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  colour: number;
}) {
  return (
    <h3 class="row">
      <TrackerBadge tracker={tracker} label={tracker?.name ?? connection.tracker} index={colour} />
      <bdi>{connection.name}</bdi>
    </h3>
  );
}
