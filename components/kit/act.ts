import { useState } from 'preact/hooks';
import { type Problem, problemOf } from '../../lib/errors.ts';

/** What a person sets going, one at a time: whether it still runs, and why the last one failed. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, setProblem, act };
}
