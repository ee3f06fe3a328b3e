import { addDays, clockChanges, type Range } from '../report/range.ts';

/**
 * The longest runs of a range's days that have one UTC offset throughout. A day on which the clocks
 * change has two, so it is in none of them.
 */
export function oneOffsetRuns(range: Range): Range[] {
  const runs: Range[] = [];
  let from = range.from;
  const endBefore = (day: string) => {
    if (from < day) runs.push({ ...range, from, to: addDays(day, -1) });
  };
  for (const { day, atMidnight } of clockChanges(range)) {
    endBefore(day);
    from = atMidnight ? day : addDays(day, 1);
  }
  endBefore(addDays(range.to, 1));
  return runs;
}
