/** When conversions arrive: what share of them, by age of the click. */
export interface Curve {
  /** Number of conversions behind it; null = not from a log. */
  readonly conversions: number | null;
  /** Age of the click (ms) and share (0–1) of its conversions by then, both rising; straight lines between. */
  readonly points: ReadonlyArray<readonly [age: number, share: number]>;
}

/** When the conversions of a campaign arrive. */
export interface Arrivals extends Curve {
  /**
   * Where it comes from: conversions with the times of their clicks, the tracker's mean time to
   * convert, or the user's setting.
   */
  readonly from: 'log' | 'mean' | 'setting';
  /** false = the log is of too young clicks to tell how many conversions are still to come. */
  readonly settled: boolean;
  /** The curves of its offers by their ids, where a log tells several; only those with enough conversions. */
  readonly offers: ReadonlyArray<Curve & { readonly id: string }>;
}

/** A conversion with its delay, and how long its click has been watched by now, in ms. */
export interface Delayed {
  readonly delay: number;
  readonly watched: number;
  /** Id of its offer; missing or null = not told. */
  readonly offer?: string | null;
}

/** Delays that die away evenly (exponential) around a mean, in ms. */
export function arrivalsByMean(mean: number, from: 'mean' | 'setting' = 'mean'): Arrivals {
  const ages = Array.from({ length: 61 }, (_, step) => step / 10);
  return {
    from,
    settled: true,
    conversions: null,
    offers: [],
    points: [...ages.map((age) => [age * mean, 1 - Math.exp(-age)] as const), [8 * mean, 1]],
  };
}

/** Share (0–1) of conversions that have arrived by an age in ms. */
export function arrivedBy({ points }: Curve, age: number): number {
  const after = points.findIndex(([at]) => at >= age);
  if (after < 0) return 1;
  const [x1, y1] = points[after] ?? [0, 0];
  const [x0, y0] = points[after - 1] ?? [0, 0];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (age - x0)) / (x1 - x0);
}

/** Steps in which a span of ages is walked. */
const STEPS = 48;

/** Mean of `arrivedBy` over clicks spread evenly between two ages in ms. */
export function arrivedBetween(curve: Curve, youngest: number, oldest: number): number {
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    sum += arrivedBy(curve, youngest + ((step + 0.5) / STEPS) * (oldest - youngest));
  }
  return sum / STEPS;
}
