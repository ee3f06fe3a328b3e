import type { Reading, WriteKind } from './one-shot-writer.ts';
import type { PauseRecord } from './pause-record.ts';

export const PAUSES: WriteKind = {
  neverSent: 'pause_never_sent',
  notArrived: 'pause_not_arrived',
  mayComeLate: 0,
};

/** @param seen is the campaign active, as the tracker says? null = the tracker does not list it */
export function pauseReading({ active }: PauseRecord, seen: boolean | null): Reading<PauseRecord> {
  const patch = { seen };
  if (seen === active) return { patch, shown: 'asOrdered' };
  return seen === null
    ? { patch, shown: 'gone', problem: { kind: 'conflict', text: 'pause_not_listed' } }
    : { patch, shown: 'otherwise', problem: { kind: 'conflict', text: 'pause_not_as_ordered' } };
}
