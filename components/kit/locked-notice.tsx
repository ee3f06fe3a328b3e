import type { ConnectionView } from '../../lib/contract/connections.ts';
import { isLocked, LOCKED } from '../../lib/errors.ts';
import { ProblemNotice } from './notice.tsx';

/** Says that keys are locked and offers to unlock them. */
export function LockedNotice({ connections }: { connections: readonly ConnectionView[] }) {
  const locked = connections.some(({ problem }) => isLocked(problem));
  return locked ? <ProblemNotice problem={LOCKED} /> : null;
}
