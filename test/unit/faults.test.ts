import { expect, test } from 'vitest';
import { runFaults } from '../faults/run.ts';

/** A few hundred, within a minute; `npm run faults` runs thousands. */
const SCHEDULES = 200;

test('whatever happens, the journal says what the trackers’ books say', {
  timeout: 600_000,
}, async () => {
  const found: string[] = [];
  const tally = await runFaults(SCHEDULES, 1, (seed, what, of) =>
    found.push(`seed ${seed}: ${what}: ${of}`),
  );
  expect(found).toEqual([]);
  expect(tally).toMatchObject({ schedules: SCHEDULES, lost: 0, doubled: 0 });
  // Nothing would be found either if nothing was sent.
  expect(tally.writes).toBeGreaterThan(2 * SCHEDULES);
});
