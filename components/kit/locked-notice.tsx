import { useEffect } from 'preact/hooks';
import { isLocked, LOCKED } from '../../lib/errors.ts';
import type { ConnectionView } from '../../lib/rpc/results.ts';
import { ProblemNotice } from './notice.tsx';

/** Says that keys are locked, and looks again when the user comes back from unlocking them. */
export function LockedNotice({
  connections,
  onReturn,
}: {
  connections: readonly ConnectionView[];
  onReturn(): void;
}) {
  const locked = connections.some(({ problem }) => isLocked(problem));
  useEffect(() => {
    if (!locked) return;
    const look = () => {
      if (document.visibilityState === 'visible') onReturn();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [locked]);
  return locked ? <ProblemNotice problem={LOCKED} /> : null;
}
