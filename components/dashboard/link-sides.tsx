import type { Member } from '../../lib/compare/links.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { Name } from '../kit/name.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';

/** The connections whose campaigns or offers are linked. */
export interface Sides {
  readonly connections: readonly ConnectionView[];
  readonly trackers: readonly TrackerView[];
}

export function SideBadge({
  sides: { connections, trackers },
  connection: id,
}: {
  sides: Sides;
  connection: string;
}) {
  const at = connections.findIndex((one) => one.id === id);
  const connection = connections[at];
  return (
    <TrackerBadge
      tracker={trackers.find((one) => one.id === connection?.tracker)}
      label={connection?.name ?? id}
      index={Math.max(0, at)}
    />
  );
}

/** A campaign or offer with the badge of its connection. */
export function MemberName({ sides, member }: { sides: Sides; member: Member }) {
  return (
    <span class="row member">
      <SideBadge sides={sides} connection={member.connection} />
      <Name text={member.name || `#${member.campaignId}`} maxLength={44} />
    </span>
  );
}
