import { randomFrom } from '../simulators/model/random.ts';
import { type Simulators, startSimulators } from '../simulators/start.ts';
import { FINDINGS, type Finding, judge } from './judge.ts';
import { type Clock, runSchedule } from './schedule.ts';
import { createTime } from './time.ts';

export type Tally = { schedules: number; writes: number } & Record<Finding, number>;

/**
 * Runs schedules of orders and faults, and compares the journal with the trackers' own books.
 * @param found called with each finding and the seed of its schedule
 */
export async function runFaults(
  schedules: number,
  firstSeed: number,
  found: (seed: number, what: Finding, of: string) => void,
): Promise<Tally> {
  const { random } = Math;
  const none = Object.fromEntries(FINDINGS.map((what) => [what, 0])) as Record<Finding, number>;
  const tally: Tally = { schedules: 0, writes: 0, ...none };
  try {
    await inVirtualTime(async (simulators, clock) => {
      for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
        Math.random = randomFrom(seed);
        const { writes, findings } = judge(await runSchedule(seed, simulators, clock));
        tally.schedules += 1;
        tally.writes += writes;
        for (const { what, of } of findings) {
          tally[what] += 1;
          found(seed, what, of);
        }
      }
    });
  } finally {
    Math.random = random;
  }
  return tally;
}

/** Starts the simulators under a clock whose time passes only while nothing is going on. */
export async function inVirtualTime(
  work: (simulators: Simulators, clock: Clock) => Promise<void>,
): Promise<void> {
  const clock: Clock = { time: createTime(0) };
  const simulators = await startSimulators({
    clock: () => clock.time.now(),
    // What is tested does not depend on size.
    traffic: 0.05,
  });
  const restore = watchCrypto(clock);
  try {
    await work(simulators, clock);
  } finally {
    restore();
    await simulators.stop();
  }
}

/**
 * Work of the browser's cryptography is waited for like a request. Passphrases are derived in one
 * round: that it takes many is no matter here.
 */
function watchCrypto(clock: Clock): () => void {
  const { subtle } = crypto;
  const watched = [
    'encrypt',
    'decrypt',
    'importKey',
    'exportKey',
    'generateKey',
    'deriveKey',
  ] as const;
  for (const name of watched) {
    const work = subtle[name].bind(subtle) as (...input: unknown[]) => Promise<unknown>;
    const quick = ([algorithm, ...rest]: unknown[]) =>
      name === 'deriveKey'
        ? [{ ...(algorithm as object), iterations: 1 }, ...rest]
        : [algorithm, ...rest];
    Object.assign(subtle, {
      [name]: (...input: unknown[]) => clock.time.busy(work(...quick(input))),
    });
  }
  return () => {
    for (const name of watched) Reflect.deleteProperty(subtle, name);
  };
}
