/** One measurement beside what it is held against. */
export interface Line {
  readonly what: string;
  readonly ours: number;
  readonly unit: 'ms' | 'KB' | '×' | '';
  /** What it should not exceed; null = there is no bar. */
  readonly bar: number | null;
  /** A control or a peer of the same run, in words. */
  readonly beside?: string;
}

/** Adds a line to the table. */
export type Report = (line: Line) => void;

export const kb = (bytes: number): number => bytes / 1024;

/** A number as the table shows it. */
export const shown = (value: number, unit: Line['unit']): string => {
  const digits = unit === '' || unit === '×' ? 2 : 1;
  return `${Number(value.toFixed(digits))}${unit === '' ? '' : ` ${unit}`}`;
};

/** The one in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return (low + high) / 2;
}

/** The middle half of them, in words: what a rerun would give. */
export function spread(values: readonly number[], unit: Line['unit']): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
  return `half of ${values.length} within ${shown(at(0.25), unit)} – ${shown(at(0.75), unit)}`;
}

/** Best of several runs, after one to warm up. */
export function best(work: () => unknown, runs = 5): number {
  work();
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}

/** Least processor time (ms) of several runs, after one to warm up: on a shared machine it says more than the clock. */
export function leastProcessorTime(work: () => unknown, runs = 5): number {
  work();
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

/** Does one after another for each of several, over and over, so that a slow moment hits all. */
export async function interleaved<K extends string>(
  rounds: number,
  works: Readonly<Record<K, () => Promise<number>>>,
): Promise<Readonly<Record<K, readonly number[]>>> {
  const names = Object.keys(works) as K[];
  const all = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, number[]>;
  for (let round = 0; round < rounds; round++) {
    // Whoever is first finds the machine as the other left it: by turns.
    for (const name of round % 2 === 0 ? names : names.toReversed())
      all[name].push(await works[name]());
  }
  return all;
}
