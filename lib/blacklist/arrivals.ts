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

/** Fewer conversions tell too little of when they arrive. */
const ENOUGH_CONVERSIONS = 30;
const MOST_POINTS = 200;

/** Learns when a campaign's conversions arrive, and those of each of its offers. null = too few conversions. */
export function learnArrivals(log: readonly Delayed[]): Arrivals | null {
  const all = learnCurve(log);
  if (all === null) return null;
  const byOffer = new Map<string | null, Delayed[]>();
  for (const one of log) {
    const id = one.offer ?? null;
    const of = byOffer.get(id);
    if (of) of.push(one);
    else byOffer.set(id, [one]);
  }
  // The only offer has the curve of the campaign.
  const offers = byOffer.size > 1 ? [...byOffer] : [];
  return {
    from: 'log',
    ...all,
    offers: offers.flatMap(([id, of]) => {
      const curve = id === null ? null : learnCurve(of);
      return id === null || curve === null ? [] : [{ id, ...curve }];
    }),
  };
}

/**
 * Learns a curve from a log, in which young clicks show their quick conversions only: the
 * product-limit estimate for right-truncated delays (Lynden-Bell 1971, Woodroofe 1985). Shares are of
 * what arrives within the longest watch. null = too few conversions.
 */
function learnCurve(log: readonly Delayed[]): Curve | null {
  const seen = log
    .map(({ delay, watched }) => ({ delay: Math.max(0, delay), watched }))
    .filter(({ delay, watched }) => delay <= watched);
  if (seen.length < ENOUGH_CONVERSIONS) return null;
  const delays = seen.map(({ delay }) => delay).sort((a, b) => a - b);
  const watches = seen.map(({ watched }) => watched).sort((a, b) => a - b);
  const points: Array<[number, number]> = [];
  let share = 1;
  let tooShort = watches.length;
  for (let last = delays.length - 1; last >= 0; ) {
    const delay = delays[last] ?? 0;
    let first = last;
    while (first > 0 && delays[first - 1] === delay) first -= 1;
    while (tooShort > 0 && (watches[tooShort - 1] ?? 0) >= delay) tooShort -= 1;
    points.push([delay, share]);
    // Of those that had arrived by this age, and were watched for as long, the part that arrived earlier.
    const atRisk = last + 1 - tooShort;
    share *= 1 - (last + 1 - first) / atRisk;
    last = first - 1;
  }
  points.push([0, share]);
  points.reverse();
  const every = Math.ceil(points.length / MOST_POINTS);
  return {
    conversions: seen.length,
    points: points.filter((_, index) => index % every === 0 || index === points.length - 1),
  };
}

/** Delays that die away evenly (exponential) around a mean, in ms. */
export function arrivalsByMean(mean: number, from: 'mean' | 'setting' = 'mean'): Arrivals {
  const ages = Array.from({ length: 61 }, (_, step) => step / 10);
  return {
    from,
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
