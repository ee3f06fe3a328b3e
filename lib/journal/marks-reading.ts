import { isAsOrdered } from '../sources/mark-plan.ts';
import type { SeenMark } from '../trackers/adapter.ts';
import type { MarksRecord } from './marks-record.ts';
import { isUnsettled, type Reading, type WriteKind } from './one-shot-writer.ts';

export const MARKS: WriteKind = {
  neverSent: 'marks_never_sent',
  notArrived: 'marks_not_arrived',
  // A list takes several requests, and a busy tracker its time for each.
  mayComeLate: 2 * 60_000,
};

/** @param present marks of the token's values, as the tracker tells them */
export function marksReading(
  record: MarksRecord,
  present: ReadonlyMap<string, SeenMark>,
): Reading<MarksRecord> {
  const { values, on } = record;
  const missing = values.filter((value) => !isAsOrdered(present.get(value), on));
  const seen = values.length - missing.length;
  const patch = isUnsettled(record) ? { seen, missing } : { seen };
  if (seen === values.length) return { patch, shown: 'asOrdered' };
  return {
    patch,
    shown: seen === 0 ? 'otherwise' : 'partly',
    problem: {
      kind: 'conflict',
      text: on ? 'marks_missing' : 'marks_still_there',
      values: [String(values.length - seen), String(values.length)],
    },
  };
}
