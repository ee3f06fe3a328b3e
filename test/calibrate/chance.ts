import { randomFrom } from '../simulators/model/random.ts';

/** Random variables from one seed. */
export interface Chance {
  /** Evenly between 0 and 1. */
  even(): number;
  normal(): number;
  exponential(mean: number): number;
  gamma(shape: number, rate: number): number;
  poisson(mean: number): number;
  /** Log-normal with mean 1 and this σ of its logarithm. */
  logNormal(sigma: number): number;
}

export function chanceFrom(seed: number): Chance {
  const even = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even());
  const exponential = (mean: number) => -mean * Math.log(1 - even());
  /** Marsaglia & Tsang 2000. */
  const gamma = (shape: number, rate: number): number => {
    if (shape < 1) return gamma(shape + 1, rate) * even() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - even()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return (d * v) / rate;
      }
    }
  };
  /** Counts arrivals; large means in parts, whose sum is Poisson too. */
  const poisson = (mean: number): number => {
    let count = 0;
    for (let left = mean; left > 0; left -= 50) {
      const limit = Math.exp(-Math.min(left, 50));
      for (let product = 1 - even(); product > limit; product *= 1 - even()) count += 1;
    }
    return count;
  };
  return {
    even,
    normal,
    exponential,
    gamma,
    poisson,
    logNormal: (sigma) => Math.exp(sigma * normal() - (sigma * sigma) / 2),
  };
}
